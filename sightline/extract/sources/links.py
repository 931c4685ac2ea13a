"""What stands between a source and the reader, read around the cue: who was told, who is quoted behind whom, who carried the words.

The tree is asked first; where it may have gone wrong, the order of words decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from sightline.extract.columns import columns
from sightline.extract.sources.phrases import DAYS, Phrase, conjuncts, phrase
from sightline.extract.sources.words import SourceWords

_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "FW", "DT")
_FAR = 14
_LONGEST = 300


class Citing(NamedTuple):
    """A place where one source is named behind another: "citing two officials", "quoted X as saying", "quoted by Y"."""

    cue: Token
    inner: tuple[Phrase, ...]
    """Those named behind."""
    outer: Phrase | None
    """Who names them, where the words around tell; else the sentence's reporting source."""
    content: bool = True
    """The words reported are those of the sentence."""


def sentence_bounds(doc: Doc, i: int) -> tuple[int, int]:
    """First and one past the last token of the sentence around token ``i``, cut where it runs on for hundreds of words."""
    first, last = columns(doc).sentence[i]
    return max(first, i - _LONGEST), min(last, i + _LONGEST)


def next_phrase(doc: Doc, i: int, end: int, limit: int | None = None) -> Phrase | None:
    """The noun phrase that begins at token ``i`` (adverbs aside), if one does."""
    while i < end and ((doc[i].tag_ in ("RB", "``", "''") and doc[i].lower_ != "not") or doc[i].lower_ in DAYS):
        i += 1
    if i >= end:
        return None
    j = i
    while j < end and (
        doc[j].tag_ in ("DT", "JJ", "JJS", "JJR", "CD", "PRP$", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "VBG", "FW", "PDT", "ADD")
        or doc[j].text in ("&", "-")
    ):
        if j > i and doc[j].tag_ == "DT":
            break
        if (
            doc[j].tag_ in ("DT",)
            and doc[j].lower_ in ("that", "this")
            and j == i
            and j + 1 < end
            and doc[j + 1].tag_ not in ("NN", "NNP", "JJ")
        ):
            return None
        j += 1
    if j == i:
        return phrase(doc[i]) if doc[i].tag_ == "PRP" else None
    nouns = [k for k in range(i, j) if doc[k].tag_ in ("NN", "NNS", "NNP", "NNPS", "FW", "JJ", "CD", "VBG", "ADD")]
    names = [k for k in nouns if doc[k].tag_ in ("NN", "NNS", "NNP", "NNPS", "FW", "ADD")]
    if not nouns:
        return None
    head = doc[(names or nouns)[-1]]
    if head.dep_ in ("flat", "compound") and i <= head.head.i < j:
        head = head.head
    found = phrase(head, limit)
    return found._replace(first=max(found.first, i)) if found.last >= i else None


def addressee(verb: Token, words: SourceWords, content_start: int | None, newsroom: Callable[[Phrase], bool]) -> tuple[Phrase, ...]:
    """The one told: object of "told", "assured", or behind "to" of "confirmed to"; subject of "were told by".

    Behind an object ("confirmed the date to the channel") only a ``newsroom`` is taken for one.
    """
    doc = verb.doc
    lemma = words.verbs.get(verb.lower_, verb.lower_)
    end = sentence_bounds(doc, verb.i)[1]
    passive = [child for child in verb.children if child.dep_ == "aux:pass"]
    if passive and lemma in words.addressee_object:
        subject = next((child for child in verb.children if child.dep_ in ("nsubj:pass", "nsubj")), None)
        return (phrase(subject, verb.i),) if subject is not None else ()
    if lemma in words.addressee_object:
        found = next_phrase(doc, verb.i + 1, end)
        if found is not None and found.head.i - verb.i <= 9 and not _clause_subject(found, verb):
            return (found,)
    if lemma in words.addressee_to:
        for i in range(verb.i + 1, min(verb.i + _FAR, end)):
            if doc[i].lower_ == "to":
                if i + 1 < end and doc[i + 1].tag_ == "VB":
                    break
                direct = content_start is None or doc[i].idx < content_start or doc[i].head.head == verb
                found = next_phrase(doc, i + 1, end)
                if found is not None and _near(doc, verb.i, i) and (direct or newsroom(found)):
                    return (found,)
            if doc[i].text in (",", ";", "“", '"') or doc[i].lower_ == "that":
                break
    return ()


def _clause_subject(found: Phrase, verb: Token) -> bool:
    """Whether the noun is the subject of the clause reported ("warned the dam would break") rather than the one told."""
    doc, i, head = found.head.doc, found.last + 1, found.head
    if i >= len(doc):
        return False
    if doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    goes_on = doc[i].lower_ in ("that", "how", "what", "why", "to", "not", "of", "about", ",")
    return head.dep_ in ("nsubj", "nsubj:pass") and head.head != verb and head.head.i > i and not goes_on


def _near(doc: Doc, verb: int, to: int) -> bool:
    """Nothing but an object or adverb between the verb and "to"."""
    return all(doc[k].tag_ not in ("VBD", "VBZ", "VBP", "MD") for k in range(verb + 1, to))


def citings(doc: Doc, words: SourceWords, at: Iterator[int]) -> Iterator[Citing]:
    """All places of ``at`` where a source is named behind another."""
    for i in at:
        token = doc[i]
        lemma = words.verbs.get(token.lower_, "")
        first, end = sentence_bounds(doc, i)
        if i and doc[i - 1].lower_ in ("without", "not"):
            continue
        if lemma in words.cite and token.tag_.startswith("VB"):
            yield from _cited(doc, token, lemma, first, end, words)
        else:
            for pair in words.cite_phrases:
                if token.lower_ == pair[0] and i + 1 < end and doc[i + 1].lower_ == pair[1] and pair[0] != "according":
                    inner = _objects(doc, i + 2, end)
                    if inner and token.tag_ == "VBG":
                        yield Citing(token, inner, None)


def _cited(doc: Doc, verb: Token, lemma: str, first: int, end: int, words: SourceWords) -> Iterator[Citing]:
    i = verb.i
    following = doc[i + 1] if i + 1 < end else None
    if following is not None and following.lower_ == "by" and verb.tag_ in ("VBN", "VBD"):
        outer = next_phrase(doc, i + 2, end)
        before = _passive_subject(verb, first)
        if outer is not None and before is not None:
            yield Citing(verb, (before,), outer, _saying(doc, outer.last + 1, end) is not None or _attributive(verb))
        return
    if verb.tag_ in ("VBG", "VBP", "VB") or (verb.tag_ in ("VBD", "VBZ", "VBN") and not _is_passive(verb)):
        inner = _objects(doc, i + 1, end)
        if not inner:
            inner = _what_it_called(doc, i + 1, end)
        if not inner:
            return
        saying = _saying(doc, inner[-1].last + 1, end)
        closed = inner[-1].last + 1 >= end or doc[inner[-1].last + 1].is_punct
        if lemma == "quote" and saying is None and verb.tag_ != "VBG" and not closed and not _says_before(doc, verb):
            return
        outer = None if verb.tag_ == "VBG" else _subject(verb, first)
        yield Citing(verb, inner, outer, True)
        return
    if _is_passive(verb):
        subject = _passive_subject(verb, first)
        saying = _saying(doc, i + 1, end)
        if subject is not None and saying is not None:
            told = words.verbs.get(doc[saying].lower_, "") in words.addressee_object
            outer = next_phrase(doc, saying + 1, end) if told else None
            yield Citing(verb, (subject,), outer, True)


def _objects(doc: Doc, i: int, end: int) -> tuple[Phrase, ...]:
    found = next_phrase(doc, i, end)
    if found is None or found.first > i + 2:
        return ()
    return tuple(conjuncts(found, end))


def _what_it_called(doc: Doc, i: int, end: int) -> tuple[Phrase, ...]:
    """ "citing what it called a reliable source"."""
    if i + 2 < end and doc[i].lower_ == "what" and doc[i + 2].lower_ in ("called", "described", "calls", "describes", "said"):
        skip = i + 3
        while skip < end and doc[skip].lower_ in ("as", "was", "were"):
            skip += 1
        return _objects(doc, skip, end)
    return ()


def _saying(doc: Doc, i: int, end: int) -> int | None:
    """Index of the "saying" of "as saying" within a few words."""
    for j in range(i, min(i + 8, end - 1)):
        if doc[j].lower_ == "as" and doc[j + 1].tag_ == "VBG":
            return j + 1
        if doc[j].lower_ == "saying":
            return j
    return None


def _says_before(doc: Doc, verb: Token) -> bool:
    """A quotation closed right before: '"...," the channel quoted the general'."""
    first = max(verb.i - 8, 0)
    return any(doc[j].text in ('"', "”", "''") for j in range(first, verb.i))


def _is_passive(verb: Token) -> bool:
    return verb.tag_ in ("VBN", "VBD") and any(
        child.dep_ == "aux:pass" or (child.dep_ == "aux" and child.lower_ in ("was", "were", "been", "is", "are"))
        for child in verb.children
    )


def _attributive(verb: Token) -> bool:
    return verb.dep_ in ("acl", "amod", "acl:relcl", "advcl", "appos", "parataxis", "conj")


def _passive_subject(verb: Token, first: int) -> Phrase | None:
    """Whose words were quoted: the passive subject, or the noun that the participle follows."""
    for child in verb.children:
        if child.dep_ in ("nsubj:pass", "nsubj") and child.i < verb.i:
            return phrase(child, verb.i)
    doc = verb.doc
    i = verb.i - 1
    while i > first and (
        doc[i].text == "," or doc[i].tag_ in ("RB",) or doc[i].lower_ in ("was", "were", "is", "are", "been", "has", "had", "being")
    ):
        i -= 1
    if doc[i].tag_ in _NOUN_TAGS and i >= first:
        return phrase(doc[i], verb.i)
    return None


def _subject(verb: Token, first: int) -> Phrase | None:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubj:pass") and child.i < verb.i:
            if child.lower_ in ("that", "which", "who") and verb.dep_ == "acl:relcl":
                return phrase(verb.head, child.i)
            return phrase(child, verb.i)
    doc = verb.doc
    i = verb.i - 1
    if i >= first and doc[i].tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP"):
        return phrase(doc[i], verb.i)
    return None


class Relay(NamedTuple):
    """A newsroom that words passed through: "carried by", "in an interview with", "speaking on"."""

    place: int
    """Token index of the word that tells so."""
    outer: Phrase
    about: Phrase | None
    """The noun that the participle follows ("comments carried by")."""


def relays(doc: Doc, words: SourceWords, newsroom: Callable[[Phrase], bool], at: Iterator[int]) -> Iterator[Relay]:
    """All places of ``at`` where words passed through a newsroom."""
    for i in at:
        token = doc[i]
        lower = token.lower_
        if lower in words.relayed_by and i + 2 < len(doc):
            by = i + 1
            words_between = ("by",) if lower not in ("reported", "leaked", "shared") else ("by", "to", "with")
            while by < i + 4 and by + 1 < len(doc) and doc[by].lower_ not in words_between:
                by += 1
            if doc[by].lower_ not in words_between or any(doc[k].text in (",", ".") for k in range(i + 1, by)):
                continue
            outer = next_phrase(doc, by + 1, sentence_bounds(doc, i)[1])
            if outer is not None and newsroom(outer):
                first = sentence_bounds(doc, i)[0]
                yield Relay(i, outer, _passive_subject(token, first))
        elif (
            lower in words.exchange
            or lower in words.speaking
            or (words.verbs.get(lower) in ("say", "speak") and token.tag_ in ("VBD", "VBG", "VBN"))
        ):
            yield from _exchange(doc, token, words, newsroom)


def _exchange(doc: Doc, token: Token, words: SourceWords, newsroom: Callable[[Phrase], bool]) -> Iterator[Relay]:
    end = sentence_bounds(doc, token.i)[1]
    verb = token.tag_.startswith("VB")
    reach = 3 if verb and token.lower_ not in words.speaking else 4
    for j in range(token.i + 1, min(token.i + 1 + reach, end - 1)):
        if doc[j].lower_ in words.exchange_prepositions:
            if verb and doc[j].lower_ in ("by", "for", "in"):
                return
            outer = next_phrase(doc, j + 1, end)
            if outer is not None and newsroom(outer) and outer.first == j + 1:
                yield Relay(token.i, outer, None)
            return
        if doc[j].is_punct or doc[j].tag_ in ("VBD", "VBZ", "MD"):
            return
