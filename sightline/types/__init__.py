"""The records that everyone speaks: frozen, without behaviour beyond their own invariants."""

from sightline.types.actor import Actor, Office, Party
from sightline.types.certainty import Certainty, Degree, Hedge, Polarity, Stance, Status
from sightline.types.claim import Claim, Credit, Participant, Reading, Where
from sightline.types.forecast import (
    DestinationForecast,
    Forecast,
    Observation,
    Passage,
    PositionShare,
    Quantiles,
    Reason,
)
from sightline.types.interval import Interval
from sightline.types.mention import NameMention, PlaceMention, PlaceRelation, Quantity, TimeMention
from sightline.types.place import Place
from sightline.types.problem import Problem
from sightline.types.report import Publication, Report
from sightline.types.source import Access, Attribution, Source, SourceForm, SourceKind
from sightline.types.span import Span
from sightline.types.story import (
    Change,
    Contradiction,
    ContradictionType,
    CopyLink,
    Decision,
    Event,
    Origin,
    Slot,
    SlotValue,
    Story,
    Unknown,
)

__all__ = [
    "Access",
    "Actor",
    "Attribution",
    "Certainty",
    "Change",
    "Claim",
    "Contradiction",
    "ContradictionType",
    "CopyLink",
    "Credit",
    "Decision",
    "Degree",
    "DestinationForecast",
    "Event",
    "Forecast",
    "Hedge",
    "Interval",
    "NameMention",
    "Observation",
    "Office",
    "Origin",
    "Participant",
    "Party",
    "Passage",
    "Place",
    "PlaceMention",
    "PlaceRelation",
    "Polarity",
    "PositionShare",
    "Problem",
    "Publication",
    "Quantiles",
    "Quantity",
    "Reading",
    "Reason",
    "Report",
    "Slot",
    "SlotValue",
    "Source",
    "SourceForm",
    "SourceKind",
    "Span",
    "Stance",
    "Status",
    "Story",
    "TimeMention",
    "Unknown",
    "Where",
]
