"""The closed sets of labels, as the annotation guidelines of the corpus define them."""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """What happened; 42 types in four families (violence, ground, humanitarian, political)."""

    BATTLE = "battle"
    REPEL = "repel"
    AIRSTRIKE = "airstrike"
    DRONE_STRIKE = "drone_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    SUICIDE_BOMBING = "suicide_bombing"
    CHEMICAL_ATTACK = "chemical_attack"
    ATTACK = "attack"
    INTERCEPTION = "interception"
    ABDUCTION = "abduction"
    DETENTION = "detention"
    ABUSE = "abuse"
    DESTRUCTION = "destruction"
    TAKE_CONTROL = "take_control"
    HOLD = "hold"
    WITHDRAW = "withdraw"
    ADVANCE = "advance"
    SIEGE = "siege"
    DEPLOYMENT = "deployment"
    MILITARY_SUPPORT = "military_support"
    DISPLACEMENT = "displacement"
    AID = "aid"
    OPEN_ACCESS = "open_access"
    BLOCK_ACCESS = "block_access"
    TALKS = "talks"
    AGREEMENT = "agreement"
    CEASEFIRE = "ceasefire"
    CEASEFIRE_VIOLATION = "ceasefire_violation"
    RELEASE = "release"
    SURRENDER = "surrender"
    DEMAND = "demand"
    ACCUSE = "accuse"
    THREATEN = "threaten"
    REJECT = "reject"
    PLEDGE = "pledge"
    SANCTION = "sanction"
    LEGAL_ACTION = "legal_action"
    PROTEST = "protest"
    RIOT = "riot"
    REPRESSION = "repression"
    COUP = "coup"


class Status(StrEnum):
    """Whether somebody says that the event happened."""

    ACTUAL = "actual"
    NEGATED = "negated"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


class Stance(StrEnum):
    """What a source does with an event: six ways of standing to it."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    ADMITS = "admits"
    DISOWNS = "disowns"


class Role(StrEnum):
    """What a span is to an event: five arguments and eleven kinds of count."""

    BY = "by"
    ON = "on"
    PLACE = "place"
    TIME = "time"
    WEAPON = "weapon"
    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DISPLACED = "displaced"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    RELEASED = "released"
    FORCE = "force"
    MUNITIONS = "munitions"
    DESTROYED = "destroyed"
    AFFECTED = "affected"

    @property
    def is_count(self) -> bool:
        """Whether the span holds a number."""
        return self not in (Role.BY, Role.ON, Role.PLACE, Role.TIME, Role.WEAPON)


class ActorKind(StrEnum):
    """What sort of people or organisation an actor is."""

    MILITARY = "military"
    POLICE = "police"
    GOVERNMENT = "government"
    REBEL = "rebel"
    MILITIA = "militia"
    CRIMINAL = "criminal"
    GUNMEN = "gunmen"
    CIVILIANS = "civilians"
    PROTESTERS = "protesters"
    IGO = "igo"
    NGO = "ngo"
    MEDIA = "media"
    PARTY = "party"
    OTHER = "other"


class PlaceLevel(StrEnum):
    """How large a named place is."""

    COUNTRY = "country"
    REGION = "region"
    ADM1 = "adm1"
    ADM2 = "adm2"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    DISTRICT = "district"
    SITE = "site"
    WATER = "water"


class Layer(StrEnum):
    """The span layers of a reading; spans of different layers may overlap."""

    TRIGGER = "trigger"
    PARTICIPANT = "participant"
    PLACE = "place"
    TIME = "time"
    WEAPON = "weapon"
    COUNT = "count"
    CUE = "cue"
