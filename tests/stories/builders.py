"""Short ways to write readings by hand, so that a test says what pages claim and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sightline.types import (
    Access,
    Actor,
    Attribution,
    Certainty,
    Claim,
    Degree,
    Interval,
    Participant,
    Party,
    Place,
    PlaceMention,
    Polarity,
    Publication,
    Quantity,
    Reading,
    Report,
    Source,
    SourceForm,
    SourceKind,
    Span,
    Status,
    TimeMention,
    Where,
)

PYONGYANG = Place(id="t:pyongyang", name="Pyongyang", kind="city", lat=39.03, lon=125.75, country="KP", zone="Asia/Pyongyang")
VLADIVOSTOK = Place(id="t:vladivostok", name="Vladivostok", kind="city", lat=43.11, lon=131.87, country="RU", admin1="Primorye")
KHASAN = Place(id="t:khasan", name="Khasan", kind="station", lat=42.43, lon=130.64, country="RU", admin1="Primorye")
VOSTOCHNY = Place(id="t:vostochny", name="Vostochny", kind="cosmodrome", lat=51.88, lon=128.33, country="RU", admin1="Amur")
RUSSIA = Place(id="t:russia", name="Russia", kind="country", lat=60.0, lon=100.0, country="RU")

KIM = Actor(id="t:kim", name="Kim Jong-un", kind="person", party="state:KP", nationality="KP")
PUTIN = Actor(id="t:putin", name="Vladimir Putin", kind="person", party="state:RU", nationality="RU")
SHOIGU = Actor(id="t:shoigu", name="Sergei Shoigu", kind="person", party="state:RU", nationality="RU")

_STATES = {
    "KP": ("North Korea", "North Korean", "Pyongyang"),
    "KR": ("South Korea", "South Korean", "Seoul"),
    "RU": ("Russia", "Russian", "Moscow"),
}
_OUTLETS = {
    "KCNA": ("state:KP", "state_media"),
    "TASS": ("state:RU", "state_media"),
    "RIA": ("state:RU", "state_media"),
    "Yonhap": ("outlet:yonhap", "agency"),
    "Reuters": ("outlet:reuters", "agency"),
    "Interfax": ("outlet:interfax", "agency"),
    "NHK": ("outlet:nhk", "outlet"),
}


class TinyRegister:
    """A register of a handful of names."""

    def actors_named(self, name: str) -> list[Actor]:
        return [actor for actor in (KIM, PUTIN, SHOIGU) if name in (actor.name, actor.name.split()[-1])]

    def actor(self, actor_id: str) -> Actor | None:
        return next((actor for actor in (KIM, PUTIN, SHOIGU) if actor.id == actor_id), None)

    def outlet(self, name: str) -> Actor | None:
        if name not in _OUTLETS:
            return None
        party, kind = _OUTLETS[name]
        return Actor(id=f"t:{name.lower()}", name=name, kind="organisation", party=party, source_kind=kind)

    def party(self, party_id: str) -> Party | None:
        kind, _, code = party_id.partition(":")
        return Party(id=party_id, name=_STATES[code][0]) if kind == "state" and code in _STATES else None

    def state_of(self, name: str) -> str | None:
        return next((code for code, names in _STATES.items() if name in names), None)


REGISTER = TinyRegister()


def day(date: str, start: int = 0, end: int = 24) -> Interval:
    """A day of September 2023 style date ("2023-09-10"), or some hours of it."""
    first = datetime.fromisoformat(date).replace(tzinfo=UTC)
    edtf = date if (start, end) == (0, 24) else f"{date}T{start:02d}:00/{date}T{end:02d}:00"
    return Interval(earliest=first + timedelta(hours=start), latest=first + timedelta(hours=end, seconds=-1), edtf=edtf)


def official(state: str, text: str | None = None) -> Source:
    """An official whose name is withheld."""
    return Source(
        form=SourceForm.ROLE,
        kind=SourceKind.OFFICIAL,
        text=text or f"a {_STATES[state][1]} official",
        anonymous=True,
        party=f"state:{state}",
        access=Access.TOLD,
    )


def named(name: str) -> Source:
    """A source by name: an agency, a state's organ, an outlet."""
    party, kind = _OUTLETS.get(name, (None, "unknown"))
    return Source(form=SourceForm.NAMED, kind=SourceKind(kind), text=name, name=name, party=party)


class Page:
    """A page being written: sentences are added with what they claim."""

    def __init__(self, report_id: str, published: str, outlet: str | None = None, url: str | None = None, language: str = "en") -> None:
        self.id, self.published, self.outlet, self.url, self.language = report_id, published, outlet, url, language
        self.text = ""
        self.claims: list[Claim] = []
        self.attributions: list[Attribution] = []
        self.times: list[TimeMention] = []
        self.sentences: list[Span] = []
        self.quantities: list[Quantity] = []
        self.places: list[PlaceMention] = []
        self.actors: dict[str, Actor] = {}

    def says(
        self,
        sentence: str,
        type: str = "statement",
        *,
        who: tuple[Actor, ...] = (),
        with_: Actor | None = None,
        companion: Actor | None = None,
        thing: str | None = None,
        when: Interval | None = None,
        said: Interval | None = None,
        places: tuple[tuple[str, Place], ...] = (),
        status: Status = Status.HAPPENED,
        degree: Degree = Degree.CERTAIN,
        negative: bool = False,
        by: Source | None = None,
        via: tuple[Source, ...] = (),
        attitude: str = "statement",
        background: bool = False,
        unknown: tuple[str, ...] = (),
        predicate: str | None = None,
        quantities: tuple[tuple[float, str, str, str], ...] = (),
        counted: str | None = None,
        claim: bool = True,
    ) -> Page:
        """Adds a sentence and the claim that it makes; ``quantities`` are (amount, unit, dimension, comparator) of what is ``counted``."""
        start = len(self.text)
        self.text += f"{sentence} "
        span = Span(start, start + len(sentence))
        words = sentence.split()
        named = next((word for word in words if predicate and word.lower().startswith(predicate)), words[0])
        trigger = Span(start + sentence.index(named), start + sentence.index(named) + len(named))
        self.sentences.append(span)
        index = None
        if by is not None:
            index = len(self.attributions)
            cue = Span(span.end - 1, span.end)
            self.attributions.append(Attribution(source=(trigger,), cue=(cue,), content=(span,), speaker=by, via=via, attitude=attitude))
            if said is not None:
                self.times.append(TimeMention(span=cue, text="", type="DATE", value=said.edtf, interval=said, governor=cue))
        people = [Participant(role="agent", span=trigger, text=actor.name, head=actor.name.lower(), actor=actor.id) for actor in who]
        for role, other in (("counterpart", with_), ("companion", companion)):
            if other is not None:
                people.append(Participant(role=role, span=trigger, text=other.name, head=other.name.lower(), actor=other.id))
        if thing is not None:
            people.append(Participant(role="agent", span=trigger, text=thing, head=thing))
        for actor in (*who, *(other for other in (with_, companion) if other is not None)):
            self.actors[actor.id] = actor
        mentions = tuple(Where(role=role, mention=PlaceMention(span=trigger, text=place.name, place=place)) for role, place in places)
        self.places.extend(where.mention for where in mentions)
        amounts = tuple(
            Quantity(
                span=Span(start + number, start + number + 1),
                text="",
                low=low,
                high=low,
                unit=unit,
                dimension=dimension,
                comparator=sign,
                of=counted,
            )
            for number, (low, unit, dimension, sign) in enumerate(quantities)
        )
        self.quantities.extend(amounts)
        dated = () if when is None else (TimeMention(span=trigger, text="", type="DATE", value=when.edtf, interval=when, governor=trigger),)
        self.times.extend(dated)
        if claim:
            self.claims.append(
                Claim(
                    id=f"{self.id}#{trigger.start}-{trigger.end}",
                    report=self.id,
                    span=span,
                    trigger=trigger,
                    sentence=span,
                    predicate=predicate or type,
                    type=type,
                    participants=tuple(people),
                    when=dated,
                    where=mentions,
                    quantities=amounts,
                    certainty=Certainty(status=status, degree=degree, polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE),
                    attribution=index,
                    background=background,
                    unknown=unknown,
                )
            )
        return self

    def leaves(self, when: Interval | None, by: Source | None = None, **more: object) -> Page:
        """Kim leaves Pyongyang."""
        number = len(self.claims)
        return self.says(  # type: ignore[arg-type]
            f"Departure{number} of Kim from Pyongyang by train is told here by {self.id}.",
            "departure",
            who=(KIM,),
            when=when,
            by=by,
            places=(("from", PYONGYANG),),
            **more,
        )

    def meets(self, when: Interval | None, place: Place | None = None, by: Source | None = None, **more: object) -> Page:
        """Kim meets Putin."""
        number = len(self.claims)
        return self.says(  # type: ignore[arg-type]
            f"Meeting{number} of Kim with Putin in Russia is told here by {self.id}.",
            "meeting",
            who=(KIM,),
            with_=PUTIN,
            when=when,
            by=by,
            places=(("at", place),) if place is not None else (),
            **more,
        )

    def reading(self) -> Reading:
        """What was written, as a reading."""
        interval = day(self.published[:10])
        if "T" in self.published:
            instant = datetime.fromisoformat(self.published).replace(tzinfo=UTC)
            interval = Interval(earliest=instant, latest=instant, edtf=self.published)
        report = Report(
            id=self.id,
            text=self.text,
            outlet=self.outlet,
            url=self.url,
            language=self.language,
            published=Publication(value=self.published, interval=interval, method="metadata"),
        )
        return Reading(
            report=report,
            sentences=tuple(self.sentences),
            times=tuple(self.times),
            places=tuple(self.places),
            quantities=tuple(self.quantities),
            attributions=tuple(self.attributions),
            claims=tuple(self.claims),
            actors=tuple(self.actors.values()),
        )
