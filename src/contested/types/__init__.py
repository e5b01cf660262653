"""The frozen values that travel between the rooms. Start here: these names are the vocabulary of the house."""

from contested.types.claims import (
    Actor,
    Argument,
    Claim,
    Claims,
    Dispute,
    DisputeKind,
    DisputeSide,
    Event,
    EventMention,
    Place,
    TimeMention,
)
from contested.types.decisions import Action, Correctable, Decision, Target, standing_decisions
from contested.types.device import Device
from contested.types.document import DateOrigin, Document, Furniture, FurnitureKind, Published
from contested.types.keys import claim_keys, document_key, event_keys, text_sha256
from contested.types.labels import ActorKind, EventType, Layer, PlaceLevel, Role, Stance, Status
from contested.types.reading import ArgumentArc, Attribution, Mention, Reading, Trigger
from contested.types.records import DocumentVersion, Failure, Run
from contested.types.spans import Span
from contested.types.values import ActorLink, Agreement, Amount, PlaceCandidate, PlaceLink, Relation, When

__all__ = [
    "Action",
    "Actor",
    "ActorKind",
    "ActorLink",
    "Agreement",
    "Amount",
    "Argument",
    "ArgumentArc",
    "Attribution",
    "Claim",
    "Claims",
    "Correctable",
    "DateOrigin",
    "Decision",
    "Device",
    "Dispute",
    "DisputeKind",
    "DisputeSide",
    "Document",
    "DocumentVersion",
    "Event",
    "EventMention",
    "EventType",
    "Failure",
    "Furniture",
    "FurnitureKind",
    "Layer",
    "Mention",
    "Place",
    "PlaceCandidate",
    "PlaceLevel",
    "PlaceLink",
    "Published",
    "Reading",
    "Relation",
    "Role",
    "Run",
    "Span",
    "Stance",
    "Status",
    "Target",
    "TimeMention",
    "Trigger",
    "When",
    "claim_keys",
    "document_key",
    "event_keys",
    "standing_decisions",
    "text_sha256",
]
