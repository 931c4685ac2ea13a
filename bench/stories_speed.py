"""How long stories take, beyond reading (CPU seconds): many made-up reports of one story at once, and one more.

    python -m bench stories_speed [--reports 2000]

The reports are made up from a fixed seed: some thirty happenings of one journey, told by dispatches that pages repeat whole, in part
or in other words, with rival times and sources.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import UTC, datetime, timedelta

from sightline.gazetteer import Register
from sightline.stories import Builder
from sightline.types import (
    Actor,
    Attribution,
    Claim,
    Interval,
    Participant,
    Place,
    PlaceMention,
    Publication,
    Reading,
    Report,
    Source,
    SourceForm,
    SourceKind,
    Span,
    TimeMention,
    Where,
)

START = datetime(2023, 9, 10, tzinfo=UTC)
TYPES = ("departure", "arrival", "crossing", "sighting", "visit", "meeting", "inspection", "passage", "return", "welcome")
SOURCES = (("KCNA", "state:KP"), ("TASS", "state:RU"), ("a South Korean official", "state:KR"), ("a Russian official", "state:RU"))


def made_up(number: int, seed: int = 7) -> list[Reading]:
    random_ = random.Random(seed)
    places = [
        Place(
            id=f"made:{index}",
            name=f"Town {index}",
            kind="city",
            lat=40 + index / 3,
            lon=125 + index / 4,
            country="RU" if index > 5 else "KP",
        )
        for index in range(30)
    ]
    people = [
        Actor(id=f"made:p{index}", name=f"Person {index}", kind="person", party="state:KP" if index % 2 else "state:RU")
        for index in range(8)
    ]
    vocabulary = [f"word{index}" for index in range(4000)]
    dispatches = [[random_.choice(vocabulary) for _ in range(300)] for _ in range(60)]
    return [_report(index, random_, places, people, vocabulary, dispatches) for index in range(number)]


def _report(index, random_, places, people, vocabulary, dispatches) -> Reading:
    published = START + timedelta(hours=random_.uniform(0, 240))
    words = list(random_.choice(dispatches))
    if random_.random() < 0.5:
        words = words[:150] + [random_.choice(vocabulary) for _ in range(150)]
    report_id = f"r{index:05d}"
    text = "Kim travels to Russia by train says Putin at Vostochny. " + " ".join(words) + "."
    claims, attributions, times = [], [], []
    for number in range(10):
        start = 60 + 20 * number
        span, word = Span(start, start + 18), Span(start, start + 5)
        name, party = random_.choice(SOURCES)
        anonymous = name.startswith("a ")
        kind = SourceKind.OFFICIAL if anonymous else SourceKind.STATE_MEDIA
        speaker = Source(
            form=SourceForm.ROLE if anonymous else SourceForm.NAMED, kind=kind, text=name, name=name, party=party, anonymous=anonymous
        )
        attributions.append(Attribution(source=(word,), cue=(word,), content=(span,), speaker=speaker))
        which = random_.randrange(30)
        day = (START + timedelta(days=which // 3 + random_.choice((0, 0, 0, 1)))).replace(hour=0)
        hour = random_.choice((0, 0, 6, 12))
        interval = Interval(
            earliest=day + timedelta(hours=hour),
            latest=day + timedelta(hours=hour + (24 if hour == 0 else 6), seconds=-1),
            edtf=day.date().isoformat()
            if hour == 0
            else f"{day.date().isoformat()}T{hour:02d}:00/{day.date().isoformat()}T{hour + 6:02d}:00",
        )
        dated = TimeMention(span=word, text="", type="DATE", value=interval.edtf, interval=interval)
        times.append(dated)
        actor = people[which % 8]
        place = places[which]
        claims.append(
            Claim(
                id=f"{report_id}#{start}-{start + 5}",
                report=report_id,
                span=span,
                trigger=word,
                sentence=span,
                predicate="go",
                type=TYPES[which % len(TYPES)],
                participants=(Participant(role="agent", span=word, text=actor.name, head="person", actor=actor.id),),
                when=(dated,) if random_.random() < 0.7 else (),
                where=(Where(role=random_.choice(("at", "to")), mention=PlaceMention(span=word, text=place.name, place=place)),),
                attribution=number,
            )
        )
    return Reading(
        report=Report(
            id=report_id,
            text=text,
            outlet=f"Daily {index % 300} <- Reuters",
            published=Publication(value=published.isoformat(), interval=Interval(earliest=published, latest=published), method="metadata"),
        ),
        times=tuple(times),
        attributions=tuple(attributions),
        claims=tuple(claims),
        actors=tuple(people),
    )


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench stories_speed", description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--data", default=None, help="not used")
    options = parser.parse_args(argv)
    register = Register.load()
    for number in (options.reports // 4, options.reports // 2, options.reports):
        readings = made_up(number + 1)
        builder = Builder(register)
        begin = time.process_time()
        for reading in readings[:-1]:
            builder.add(reading)
        added = time.process_time()
        stories = builder.stories()
        built = time.process_time()
        builder.add(readings[-1])
        builder.stories()
        more = time.process_time() - built
        events = sum(len(story.events) for story in stories)
        print(
            f"{number} reports: {built - begin:.2f} s ({added - begin:.2f} s indexing, {built - added:.2f} s stories); one more {more:.3f} s; "
            f"{len(stories)} stories, {events} events"
        )
    return 0
