"""What kinds of events there are, which outcomes exclude each other, and what a report leaves unsaid."""

from contested.events.gaps import Filled, Gap, Gaps, Unsaid, gaps
from contested.events.ontology import Family, TypeDefinition, ontology, opposes

__all__ = ["Family", "Filled", "Gap", "Gaps", "TypeDefinition", "Unsaid", "gaps", "ontology", "opposes"]
