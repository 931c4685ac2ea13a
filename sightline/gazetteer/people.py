"""People with their offices: the shipped table, and a user's CSV or FollowTheMoney file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sightline.gazetteer.folding import fold
from sightline.gazetteer.tables import countries, listed, table
from sightline.types import Actor, Office

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_KINDS = {"Person": "person"} | dict.fromkeys(("Organization", "PublicBody", "Company", "LegalEntity"), "organisation")


class Person(NamedTuple):
    """An actor and, where told, ``m`` or ``f``."""

    actor: Actor
    sex: str


@cache
def shipped() -> tuple[Person, ...]:
    """The people of ``data/people.tsv``."""
    return tuple(_person(*row) for row in table("people.tsv"))


@cache
def as_of() -> str:
    """The day on which the open terms of ``data/people.tsv`` were open (EDTF)."""
    text = (files("sightline.gazetteer") / "data" / "people.tsv").read_text(encoding="utf-8")
    return next(line.partition("as of:")[2].strip() for line in text.splitlines() if line.startswith("# as of:"))


def _person(name: str, aliases: str, country: str, sex: str, offices: str, identifier: str = "", party: str = "") -> Person:
    held = tuple(_office(text) for text in offices.split(";") if text.strip())
    in_office = [o.body for o in held if o.end == ".."]
    iso = country.upper() or None
    speaks = "official" if in_office else "person"
    return Person(
        Actor(
            id=_identifier(identifier, name),
            name=name,
            kind="person",
            aliases=listed(aliases),
            nationality=iso,
            offices=held,
            party=party or _party(held, iso),
            source_kind=speaks,
        ),
        sex.lower()[:1],
    )


def _party(offices: tuple[Office, ...], iso: str | None) -> str | None:
    """A holder of a state's office shares the state's interest; one of an organisation, the organisation's."""
    for office in offices:
        body = office.body or ""
        if body.startswith("state:"):
            return body
        slug = body.removeprefix("table:")
        if slug in ("wagner-group", "hamas", "hezbollah", "al-qaeda"):
            return f"group:{slug}"
        if slug in ("united-nations", "nato", "european-union", "iaea"):
            return f"org:{slug}"
    return f"state:{iso}" if offices and iso and any(c.iso == iso for c in countries()) else None


def _office(text: str) -> Office:
    title, _, rest = text.partition("@")
    body, _, term = rest.partition("@")
    start, _, end = term.strip().partition("/")
    return Office(title=title.strip(), body=body.strip() or None, start=start or None, end=end or None)


def _identifier(given: str, name: str) -> str:
    given = given.strip().removeprefix("wd:")
    if _WIKIDATA.fullmatch(given):
        return f"wd:{given}"
    return f"table:{fold(name).replace(' ', '-')}"


def read(path: Path) -> tuple[Person, ...]:
    """A user's people.

    A CSV needs a head line with ``name``; it may have ``id`` (a Wikidata id), ``aliases`` (set apart by bars), ``country`` (ISO 3166-1),
    ``sex``, ``offices`` ("title @ body @ start/end" set apart by semicolons) and ``party``. Lines of JSON are read as FollowTheMoney
    entities (``schema``, ``properties``: name, alias, weakAlias, nationality, country, gender, position, wikidataId).

    Raises:
        OSError: when the file cannot be read.
        ValueError: with the file and line that are wrong.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        return tuple(_follow_the_money(path, file) if first.lstrip().startswith("{") else _csv(path, file))


def _csv(path: Path, lines: Iterator[str]) -> Iterator[Person]:
    reader = csv.DictReader(line.lstrip("\ufeff") for line in lines)
    if "name" not in (reader.fieldnames or ()):
        raise ValueError(f"{path}, line 1: a people file needs a head line with the column 'name'")
    for number, row in enumerate(reader, start=2):
        fields = {k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)}
        if not fields.get("name"):
            raise ValueError(f"{path}, line {number}: no name")
        yield _person(fields["name"], *(fields.get(k, "") for k in ("aliases", "country", "sex", "offices", "id", "party")))


def _follow_the_money(path: Path, lines: Iterator[str]) -> Iterator[Person]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entity: dict[str, Any] = msgspec.json.decode(line.lstrip("\ufeff"))
            kind = _KINDS.get(entity["schema"])
            properties: dict[str, list[str]] = entity["properties"]
            if kind is None:
                continue
            name = properties["name"][0]
        except (msgspec.DecodeError, KeyError, IndexError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: not a FollowTheMoney entity with a name ({error})") from error
        country = next(iter(properties.get("nationality", []) or properties.get("country", [])), "").upper()[:2]
        offices = tuple(Office(title=p) for p in properties.get("position", []))
        wikidata = next(iter(properties.get("wikidataId", [])), "") or str(entity.get("id", ""))
        aliases = (*properties["name"][1:], *properties.get("alias", []), *properties.get("weakAlias", []))
        yield Person(
            Actor(
                id=_identifier(wikidata, name),
                name=name,
                kind=kind,
                aliases=aliases,
                nationality=country or None,
                offices=offices,
                party=f"state:{country}" if country and offices else None,
                source_kind="official" if offices else kind,
            ),
            next(iter(properties.get("gender", [])), "")[:1],
        )
