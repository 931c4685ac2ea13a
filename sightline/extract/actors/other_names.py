"""Names under which nobody acts, and names that the language pipeline has not seen: works and laws, peoples, organisations by their last word."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from sightline.extract.actors.cast import Cast
from sightline.extract.actors.words import words
from sightline.extract.columns import columns
from sightline.gazetteer.folding import fold
from sightline.gazetteer.tables import demonyms
from sightline.types import NameMention
from sightline.types import Span as TextSpan


def is_work(name: Span) -> bool:
    """Whether a name is that of a law, an agreement, an award or an event ("Clean Water Act", "Brexit")."""
    last = name[-1].lower_
    return fold(name.text) in words("works") or (len(name) > 1 and (last in words("work_nouns") or _numbered(name)))


def _numbered(name: Span) -> bool:
    return name[0].text[0].isdigit() and name[-1].lower_ in ("amendment", "symphony", "summit", "congress")


def is_people(cast: Cast, first: int, last: int) -> bool:
    """Whether every word of a name is one for a people ("Lithuanian Americans")."""
    return all(_of_a_people(cast, i) for i in range(first, last))


def _of_a_people(cast: Cast, i: int) -> bool:
    mention = cast.places.get(i)
    if mention is not None and mention.metonymy == "demonym":
        return True
    word = cast.doc[i].text
    return word[:1].isupper() and (word.lower() in words("peoples") or fold(word) in demonyms())


def unseen(doc: Doc) -> Iterator[Span]:
    """Runs of capitals after "the" that end, or begin, like an organisation and that the pipeline has left without a label: "the Tax Reform
    Foundation", "the Commission on Fair Debates"."""
    n = 1
    column = columns(doc)
    while n < len(doc):
        if column.lower[n - 1] != "the" or not _capital(doc[n]) or doc[n].is_sent_start:
            n += 1
            continue
        last = _run(doc, n)
        if last - n > 1 and not doc[last - 1].ent_type_ and doc[last - 1].lower_ in words("organisation_nouns"):
            yield Span(doc, n, last, label="ORG")
        elif (
            last - n == 1
            and doc[n].lower_ in words("organisation_nouns")
            and last + 1 < len(doc)
            and doc[last].lower_ in ("on", "of", "for")
        ):
            end = _run(doc, last + 1)
            if end > last + 1 and not doc[end - 1].ent_type_:
                yield Span(doc, n, end, label="ORG")
        n = last


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.ent_type_ in ("", "LOC")


def _run(doc: Doc, first: int) -> int:
    """One past the last of the capitals from a token on; an "and" between capitals is taken in where an organisation's word follows."""
    last = first
    while last < len(doc) and _capital(doc[last]) and not (last > first and doc[last].is_sent_start):
        last += 1
    if last + 1 < len(doc) and last > first and doc[last].lower_ == "and" and _capital(doc[last + 1]) and not doc[last - 1].ent_type_:
        more = _run(doc, last + 1)
        if doc[more - 1].lower_ in words("organisation_nouns") and doc[last - 1].lower_ not in words("organisation_nouns"):
            return more
    return last


def plain_names(cast: Cast) -> None:
    """Places and peoples that do not act, and other names: a mention each, without an actor."""
    doc = cast.doc
    named: set[int] = set()
    for first, last in _peoples(cast):
        _add(cast, named, doc[first:last], "NORP", "demonym", 1.0)
    seen: set[int] = set()
    for mention in cast.places.values():
        if id(mention) in seen or mention.metonymy == "name":
            continue
        seen.add(id(mention))
        span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if span is None or not cast.free(span.start, span.end) or not named.isdisjoint(range(span.start, span.end)):
            continue
        people = mention.metonymy == "demonym"
        named.update(range(span.start, span.end))
        cast.plain.append(
            NameMention(
                span=mention.span,
                text=mention.text,
                label="NORP" if people else "LOC",
                form="demonym" if people else "name",
                confidence=mention.confidence,
            )
        )
    for entity in columns(doc).names:
        if entity.label_ in ("MISC", "NORP"):
            _add(cast, named, entity, entity.label_, "name", 1.0)
        elif is_work(entity):
            first = entity.start + (entity[0].lower_ == "the")
            _add(cast, named, doc[first : entity.end], "MISC", "name", 0.9)


def _add(cast: Cast, named: set[int], span: Span, label: str, form: str, confidence: float) -> None:
    if len(span) and cast.free(span.start, span.end) and named.isdisjoint(range(span.start, span.end)):
        named.update(range(span.start, span.end))
        cast.plain.append(
            NameMention(span=TextSpan(span.start_char, span.end_char), text=span.text, label=label, form=form, confidence=confidence)
        )


def _peoples(cast: Cast) -> Iterator[tuple[int, int]]:
    """Words for peoples, faiths and adherents: joined to the people that they qualify ("Polish Americans", "African-American"), and those that
    no table of countries holds ("Latino")."""
    doc = cast.doc
    people = {i for i, m in cast.places.items() if m.metonymy == "demonym"}
    people |= {i for e in columns(doc).names if e.label_ == "ORG" and is_people(cast, e.start, e.end) for i in range(e.start, e.end)}
    column = columns(doc)
    people |= {
        i
        for i, word in enumerate(column.lower)
        if word in words("peoples") and column.words[i][:1].isupper() and column.label[i] in ("", "NORP", "MISC")
    }
    n = 0
    while n < len(doc):
        if n not in people:
            n += 1
            continue
        last = n + 1
        while last < len(doc) and (last in people or (doc[last].text in ("-", "–") and last + 1 < len(doc) and last + 1 in people)):
            last += 1
        first = n
        if n > 1 and doc[n - 1].text in ("-", "–") and doc[n - 2].text[:1].isupper() and doc[n - 2].ent_type_ in ("", "NORP", "MISC"):
            first = n - 2
        joined = last - first > 1
        if joined or doc[n].lower_ in words("peoples"):
            yield first, last
        n = last
