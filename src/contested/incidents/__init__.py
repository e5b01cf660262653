"""Claims of many reports: one incident or two, who agrees, who contradicts whom, what is superseded, who holds what."""

from contested.incidents.account import Account, Saying
from contested.incidents.accounts import accounts_of
from contested.incidents.agreement import ConflictKind, FieldRelation, Side, Standing
from contested.incidents.control import (
    ControlClaim,
    ControlKind,
    ControlStatus,
    Gap,
    as_of,
    control_claims,
    gaps,
    last_before,
)
from contested.incidents.incident import Incident, Record, find_incidents, find_incidents_of, incident_of
from contested.incidents.linking import Cluster, Comparison, Judgement, Link, Verdict, link
from contested.incidents.origins import Origin, Text, find_origins, text_of
from contested.incidents.toll import Speaker, Toll

__all__ = [
    "Account",
    "Cluster",
    "Comparison",
    "ConflictKind",
    "ControlClaim",
    "ControlKind",
    "ControlStatus",
    "FieldRelation",
    "Gap",
    "Incident",
    "Judgement",
    "Link",
    "Origin",
    "Record",
    "Saying",
    "Side",
    "Speaker",
    "Standing",
    "Text",
    "Toll",
    "Verdict",
    "accounts_of",
    "as_of",
    "control_claims",
    "find_incidents",
    "find_incidents_of",
    "find_origins",
    "gaps",
    "incident_of",
    "last_before",
    "link",
    "text_of",
]
