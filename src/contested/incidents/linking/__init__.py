"""Accounts to clusters: which to compare, what speaks for one incident and how much, what a person decided."""

from contested.incidents.linking.clusters import Cluster, Comparison, Link, link
from contested.incidents.linking.judgements import Judgement, Verdict

__all__ = ["Cluster", "Comparison", "Judgement", "Link", "Verdict", "link"]
