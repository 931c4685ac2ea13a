"""The look-ups of a cast find all that looking at everyone finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sightline.extract.actors import spelling
from sightline.extract.actors.descriptions import _same_role
from sightline.extract.actors.entity import Entity
from sightline.extract.actors.index import Index
from sightline.extract.actors.organisations import _same
from sightline.gazetteer.folding import fold

_GIVEN = ["Sergei", "Sergey", "Son", "Sun", "Jong-un", "Jong Un", "S.", "Ann", "Anne", "Élodie", "Mohammed", "Muhammad", "al", "van"]
_FAMILY = ["Lavrov", "Lavrow", "Kim", "Choe", "Hui", "Hassan", "Hasan", "Okello", "O'Kello", "Jr", "III", "Berg"]
_WORDS = ["Harbour", "Safety", "Board", "of", "the", "HSB", "H.S.B.", "Norland", "Pilots", "Union", "PU", "pilots"]
NAMES = st.lists(st.sampled_from(_GIVEN + _FAMILY), min_size=1, max_size=4).map(" ".join)
BODIES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)


def _levenshtein(a: str, b: str) -> int:
    if not a or not b:
        return len(a) + len(b)
    return min(_levenshtein(a[1:], b) + 1, _levenshtein(a, b[1:]) + 1, _levenshtein(a[1:], b[1:]) + (a[0] != b[0]))


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_the_one_of_the_textbook_up_to_four(a: str, b: str) -> None:
    assert spelling._distance(a, b) == min(_levenshtein(a, b), 4)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=6), NAMES)
def test_people_by_their_spelling_and_by_a_part_of_their_name(everyone: list[list[str]], name: str) -> None:
    index = Index()
    for own, *others in everyone:
        index.add(person := Entity(own, "person"))
        for other in others:
            person.aliases.add(other)
            index.name(person, other)
    begins = spelling.squashed(name)[:1]
    alike = [
        p
        for p in index.persons
        if any(spelling.squashed(n)[:1] == begins and spelling.same_name(n, name) for n in (p.name, *sorted(p.aliases)))
    ]
    found = index.spelled_like(name)
    assert [p for p in index.persons if any(p is f for f in found)] == found
    assert all(any(p is f for f in found) for p in alike)
    for country in (None, "KP"):
        short = [
            p
            for p in index.persons
            if fold(p.name) == fold(name) or any(fold(name) in spelling.parts(n, country=country) for n in (p.name, *p.aliases))
        ]
        assert all(any(p is f for f in index.called(name)) for p in short)


@given(st.lists(BODIES, max_size=6), BODIES)
def test_organisations_by_their_name_and_their_acronym(everyone: list[str], name: str) -> None:
    index = Index()
    for own in everyone:
        index.add(Entity(own, "organisation"))
    found = [e for e in index.organisations(name) if _same(e, name)]
    assert [id(e) for e in found] == [id(e) for e in index.entities if _same(e, name)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(1, 4)), max_size=12), st.integers(0, 34), st.integers(0, 34))
def test_mentions_by_where_they_stand(mentions: list[tuple[int, int, int]], first: int, last: int) -> None:
    index = Index()
    for number in range(4):
        index.add(Entity(f"Port {number}", "organisation"))
    for number, begin, length in mentions:
        index.mention(index.entities[number], begin, begin + length, begin + length - 1)
    slow = [
        (entity, sorted(b + n - 1 for k, b, n in mentions if k == number and first <= b + n - 1 < last))
        for number, entity in enumerate(index.entities)
    ]
    assert index.between(first, last) == [(entity, heads) for entity, heads in slow if heads]
    holders = [k for k, b, n in mentions if b <= first < b + n]
    assert index.of(first) is (index.entities[min(holders)] if holders else None)


def test_people_by_a_title_that_answers() -> None:
    index = Index()
    for name, title in (("Ada Okello", "prime minister"), ("Ben Berg", "harbour pilot"), ("Cora Lund", "deputy minister")):
        index.add(person := Entity(name, "person"))
        index.title(person, title)
    assert [p.name for p in index.titled("minister", _same_role)] == ["Ada Okello", "Cora Lund"]
    assert [p.name for p in index.titled("pilot", _same_role)] == ["Ben Berg"]
