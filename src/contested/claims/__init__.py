"""One report: what the reader found, resolved and assembled into claims, with the disputes among its sources."""

from contested.claims.assembly import assemble
from contested.claims.form import to_form
from contested.claims.index import AUTHOR, Index, Voice

__all__ = ["AUTHOR", "Index", "Voice", "assemble", "to_form"]
