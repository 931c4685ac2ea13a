"""Who is known: states and their bodies, holders of office, newsrooms with their parties, organisations."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from sightline.gazetteer import people
from sightline.gazetteer.folding import fold
from sightline.gazetteer.tables import countries, listed, table
from sightline.types import Actor, Office, Party

_BODIES = {
    "foreign-ministry": ("Foreign Ministry", "government"),
    "defence-ministry": ("Defence Ministry", "government"),
    "interior-ministry": ("Interior Ministry", "government"),
    "finance-ministry": ("Finance Ministry", "government"),
    "health-ministry": ("Health Ministry", "government"),
    "justice-ministry": ("Justice Ministry", "government"),
    "ministry": ("ministry", "government"),
    "government": ("government", "government"),
    "parliament": ("parliament", "government"),
    "military": ("military", "official"),
    "police": ("police", "official"),
    "intelligence": ("intelligence", "intelligence"),
    "embassy": ("embassy", "government"),
    "court": ("court", "official"),
    "state-media": ("state media", "state_media"),
    "delegation": ("delegation", "government"),
}
"""Bodies that every state has: slug, its English name, what it is as a source."""


class Register:
    """The tables of actors, and a user's own people on top (a name of theirs hides ours)."""

    def __init__(self, own: tuple[people.Person, ...] = ()) -> None:
        self._actors: dict[str, Actor] = {}
        self._names: dict[str, list[str]] = {}
        self._sex: dict[str, str] = {}
        self._hosts: dict[str, str] = {}
        self._media: set[str] = set()
        self._states = _state_names()
        self._seats: dict[str, str] = {}
        self._body_seats: dict[str, str] = {}
        self._parties: dict[str, Party] = {}
        self._holders: dict[tuple[str, str], list[tuple[Office, str]]] = {}
        self._family: dict[str, list[str]] = {}
        self._skeletons: dict[str, list[str]] = {}
        for person in own:
            self._add(person.actor, person.sex)
        self._own = frozenset(person.actor.id for person in own)
        for country in countries():
            self._parties[f"state:{country.iso}"] = Party(id=f"state:{country.iso}", name=country.name)
            self._add(
                Actor(
                    id=f"table:state-{country.iso.lower()}",
                    name=country.name,
                    kind="state",
                    party=f"state:{country.iso}",
                    aliases=tuple(a for a in country.aliases if a),
                    nationality=country.iso,
                    source_kind="government",
                )
            )
            if country.capital:
                self._seats.setdefault(fold(country.capital), country.iso)
        self._load_bodies()
        self._load_media()
        for person in people.shipped():
            self._add(person.actor, person.sex)

    @classmethod
    def load(cls, people_file: Path | None = None) -> Register:
        """The shipped register, with a user's people.csv or FollowTheMoney JSON Lines on top.

        Raises:
            OSError: when the file cannot be read.
            ValueError: when a line of it cannot, with its number.
        """
        return cls(people.read(people_file) if people_file is not None else ())

    def _load_bodies(self) -> None:
        for slug, name, aliases, kind, party, source_kind in table("bodies.tsv"):
            if party == "-":
                party = f"{'group' if kind == 'group' else 'org'}:{slug}"
                self._parties[party] = Party(id=party, name=name)
            country = party[6:] if party.startswith("state:") else None
            self._add(
                Actor(
                    id=f"table:{slug}",
                    name=name,
                    kind=kind,
                    aliases=listed(aliases),
                    party=party,
                    nationality=country,
                    source_kind=source_kind,
                )
            )
        for name, whose in table("seats.tsv"):
            if whose.isupper():
                self._seats[fold(name)] = whose
            else:
                self._body_seats[fold(name)] = f"table:{whose}"

    def _load_media(self) -> None:
        for slug, name, aliases, hosts, country, party, source_kind in table("media.tsv"):
            if party == "-":
                party = f"outlet:{slug}"
                self._parties[party] = Party(id=party, name=name)
            actor = Actor(
                id=f"table:{slug}",
                name=name,
                kind="organisation",
                aliases=listed(aliases),
                party=party,
                nationality=country,
                source_kind=source_kind,
            )
            self._add(actor)
            self._media.add(actor.id)
            self._hosts.update((host, actor.id) for host in listed(hosts))

    def _add(self, actor: Actor, sex: str = "") -> None:
        if actor.id in self._actors:
            return
        self._actors[actor.id] = actor
        if sex:
            self._sex[actor.id] = sex
        for key in dict.fromkeys(fold(n) for n in (actor.name, *actor.aliases)):
            self._names.setdefault(key, []).append(actor.id)
        if actor.party and actor.party not in self._parties:
            self._parties[actor.party] = Party(id=actor.party, name=actor.party.partition(":")[2])
        if actor.kind == "person":
            for key in {skeleton(n) for n in (actor.name, *actor.aliases) if " " in n}:
                self._skeletons.setdefault(key, []).append(actor.id)
            family = fold(family_name(actor.name, actor.nationality))
            if actor.id not in self._family.setdefault(family, []):
                self._family[family].append(actor.id)
        for office in actor.offices:
            self._holders.setdefault((fold(office.title), office.body or ""), []).append((office, actor.id))

    def actors_named(self, name: str) -> list[Actor]:
        """Actors that carry a full name or alias, a user's own first."""
        return [self._actors[i] for i in self._names.get(fold(name), [])]

    def people_spelled_like(self, name: str) -> list[Actor]:
        """Known persons whose full name has the same consonants ("Vladimir Poutine"): to be compared more closely."""
        return [self._actors[i] for i in dict.fromkeys(self._skeletons.get(skeleton(name), []))]

    def actor(self, identifier: str) -> Actor | None:
        """The actor with an id; bodies that every state has (``table:kp-foreign-ministry``) are made on asking."""
        found = self._actors.get(identifier)
        if found is None and identifier.startswith("table:"):
            iso, _, body = identifier.removeprefix("table:").partition("-")
            if body in _BODIES and f"state:{iso.upper()}" in self._parties:
                return self.body(iso.upper(), body)
        return found

    def body(self, iso2: str, body: str) -> Actor:
        """A body that every state has, by its slug: foreign-ministry, military, police, ... Raises KeyError for another."""
        identifier = f"table:{iso2.lower()}-{body}"
        if identifier in self._actors:
            return self._actors[identifier]
        name, source_kind = _BODIES[body]
        adjective = next((c.demonyms[0] if c.demonyms else c.name for c in countries() if c.iso == iso2), iso2)
        return Actor(
            id=identifier, name=f"{adjective} {name}", kind="organisation", party=f"state:{iso2}", nationality=iso2, source_kind=source_kind
        )

    def state(self, iso2: str) -> Actor:
        """A state as an actor. Raises KeyError when there is none with this code."""
        return self._actors[f"table:state-{iso2.lower()}"]

    def sex(self, identifier: str) -> str:
        """``m`` or ``f`` of a known person, else empty."""
        return self._sex.get(identifier, "")

    def outlet(self, name: str) -> Actor | None:
        """A newsroom or agency by name, host or address ("yna.co.kr", "https://en.yna.co.kr/view/1", "Yonhap")."""
        host = urlsplit(name).hostname if "//" in name else name.lower() if "." in name and " " not in name else None
        while host and "." in host:
            if host in self._hosts:
                return self._actors[self._hosts[host]]
            host = host.partition(".")[2]
        return next((a for a in self.actors_named(name) if a.id in self._media), None)

    def party(self, identifier: str) -> Party | None:
        """The party with an id; one of the open kinds (``org:``, ``outlet:``, ``group:``) need not be in a table."""
        found = self._parties.get(identifier)
        if found is None and identifier.partition(":")[0] in ("org", "outlet", "group") and identifier.partition(":")[2]:
            return Party(id=identifier, name=identifier.partition(":")[2].replace("-", " "))
        return found

    def state_of(self, name: str) -> str | None:
        """ISO code of the state that a country's name, an adjective, a capital or a seat of government stands for.

        >>> register = Register.load()
        >>> [register.state_of(n) for n in ("North Korean", "the Kremlin", "Pyongyang", "Springfield")]
        ['KP', 'RU', 'KP', None]
        """
        key = fold(name)
        return self._states.get(key) or self._seats.get(key)

    def seat_of(self, name: str) -> str | None:
        """ISO code of the state whose government is meant when its capital or a building acts."""
        return self._seats.get(fold(name))

    def body_at(self, name: str) -> Actor | None:
        """The body other than a country's government that acts under a place's name ("Brussels")."""
        return self._actors.get(self._body_seats.get(fold(name), ""))

    def holders(self, title: str, iso2: str, day: str | None = None) -> list[Actor]:
        """Who held an office of a state ("president", "RU"), latest first; with an EDTF day only those in office then.

        A term of the shipped table that was open on the table's own day is not taken to last beyond it; a user's is.
        """
        ranked: dict[str, tuple[int, str]] = {}
        for (held, body), terms in self._holders.items():
            rank = _title_rank(fold(title), held)
            if rank is None:
                continue
            for office, identifier in terms:
                at_head = body == f"state:{iso2}"
                below = held not in _HEADS and self._actors[identifier].nationality == iso2
                if (at_head or below) and (day is None or (holds(office, day) and self._known_on(identifier, office, day))):
                    ranked[identifier] = max(ranked.get(identifier, (-9, "")), (-rank, office.start or ""))
        return [self._actors[i] for i, _ in sorted(ranked.items(), key=lambda item: item[1], reverse=True)]

    def _known_on(self, identifier: str, office: Office, day: str) -> bool:
        """Whether the tables can know that an office was still held on a day."""
        as_of = people.as_of()
        return office.end not in (None, "..") or identifier in self._own or day <= as_of[: len(day)]

    def surnamed(self, name: str) -> list[Actor]:
        """Known persons with this family name, whichever end of the name it stands at."""
        return [self._actors[i] for i in self._family.get(fold(name), [])]


_HEADS = ("supreme leader", "king", "queen", "president", "chancellor", "prime minister", "premier", "taoiseach", "leader")


def holds(office: Office, day: str) -> bool:
    """Whether an office was held on an EDTF day, as far as its dates tell (a month counts as a whole)."""
    begun = office.start is None or office.start <= day[: len(office.start)]
    return begun and (office.end in (None, "..") or day[: len(office.end or "")] <= (office.end or ""))


def _title_rank(asked: str, held: str) -> int | None:
    """How well a held title answers to the one asked for, 0 best; ``None`` not at all."""
    if asked == held or {asked, held} == {"premier", "prime minister"}:
        return 0
    if asked in ("leader", "ruler") and held in _HEADS:
        return _HEADS.index(held) if held not in ("king", "queen") else len(_HEADS)
    return None


_VOWELS = re.compile(r"[aeiouyw ]+")


def skeleton(name: str) -> str:
    """The consonants of a folded name, which most transliterations share.

    >>> skeleton("Vladimir Poutine"), skeleton("Aleksandr Lukashenka")
    ('vldmrptn', 'lksndrlkshnk')
    """
    return _VOWELS.sub("", fold(name))


def family_name(name: str, country: str | None) -> str:
    """The family name of a full name: the first word in Chinese, Korean and Vietnamese names, else the last with its particle.

    >>> family_name("Kim Jong-un", "KP"), family_name("Ursula von der Leyen", "DE"), family_name("Bashar al-Assad", "SY")
    ('Kim', 'von der Leyen', 'Assad')
    """
    words = name.split()
    if country in ("KP", "KR", "CN", "TW", "VN", "KH", "HK") and len(words) > 1:
        return words[0]
    if len(words) > 1 and words[-1].rstrip(".") in ("Jr", "Sr", "II", "III", "XVI"):
        words = words[:-1]
    start = len(words) - 1
    while start > 1 and words[start - 1] in ("von", "der", "van", "de", "da", "bin", "ben", "De", "le"):
        start -= 1
    family = " ".join(words[start:])
    return family[3:] if family.startswith(("al-", "el-")) else family


@cache
def _state_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for country in countries():
        for name in (country.name, *country.aliases, *country.demonyms):
            if name:
                names.setdefault(fold(name), country.iso)
    return names
