"""The word that governs a happening, and in which frame: from the tree, with the nearest known word before "to" as a second way."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from sightline.extract.certainty.lexicon import Effect, Lexicon
from sightline.extract.certainty.verbal import FINITE

_CLAUSES = frozenset(
    ("ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "csubj:outer", "dep", "obl", "nmod", "acl:relcl", "parataxis", "obj")
)
_WH = frozenset(("when", "where", "why", "how", "who", "whom", "what", "which", "whose"))
_AUXILIARIES = frozenset(["had", "has", "have", "having", "was", "were", "is", "are", "been", "be"])
_TRIED = {"adjective": ("adjective", "verb"), "verb": ("verb", "adjective"), "noun": ("noun", "adjective")}
_NEAR = 7


class Governor(NamedTuple):
    """One governing word: its frame, the effect from the tables (if any), and the mark between the two."""

    word: Token
    frame: str
    """inf, ing, that, whether, wh, obj, if, without, adjunct."""
    effect: Effect | None
    mark: str = ""


def part_of_speech(token: Token) -> str | None:
    """verb, adjective or noun, as the tables know them."""
    if token.tag_ in FINITE or (token.tag_.startswith("VB") and token.pos_ not in ("ADJ", "NOUN")):
        return "verb"
    if token.tag_.startswith("JJ") or token.pos_ == "ADJ":
        return "adjective"
    if token.tag_ in ("NN", "NNS") or token.pos_ == "NOUN":
        return "noun"
    if token.pos_ in ("VERB", "AUX"):
        return "verb"
    return None


def effect_of(word: Token, frame: str, lexicon: Lexicon, mark: str = "") -> Effect | None:
    """The table's effect of ``word`` on what it governs in ``frame``; ``mark`` is the preposition between them ("keep from")."""
    part = part_of_speech(word)
    if part is None:
        return None
    parts = _TRIED[part]
    lemma = lexicon.lemma(word.lower_)
    particles = (mark, *_particles(word)) if mark else _particles(word)
    for name in parts:
        table = lexicon.governors[name]
        for particle in particles:
            entry = table.get(f"{lemma}_{particle}")
            if entry is not None and frame in entry:
                return entry[frame]
        keys = (lemma,) if name != "adjective" else (word.lower_,) if part == "verb" else (word.lower_, lemma)
        for key in keys:
            entry = table.get(key)
            if entry is not None and frame in entry:
                return entry[frame]
    return None


def _particles(word: Token) -> tuple[str, ...]:
    found = [child.lower_ for child in word.children if child.dep_ == "compound:prt"]
    if word.i + 1 < len(word.doc):
        following = word.nbor(1)
        if following.tag_ in ("RP", "IN", "RB"):
            found.append(following.lower_)
    return tuple(found)


def clause_governor(token: Token, lexicon: Lexicon, infinitive: bool) -> Governor | None:
    """What governs the clause of ``token``; ``None`` for a main clause, or a relative clause, which stands for itself."""
    marks = [child for child in token.children if child.dep_ in ("mark", "case") or _conjunction(child)]
    mark = next((m.lower_ for m in marks if m.tag_ != "TO"), "")
    token = _past_auxiliary(token)
    if not marks and token.lower_ in _AUXILIARIES:
        marks = [child for child in token.children if child.dep_ == "mark"]
        mark = next((m.lower_ for m in marks if m.tag_ != "TO"), "")
    head = token.head
    if not mark and token.left_edge.lower_ == "whether":
        return Governor(head, "whether", Effect("ask", "ask"), "whether")
    close = _right_before(token, marks, lexicon)
    if close is not None:
        return close
    if token.dep_ in ("ROOT", "acl:relcl") or head == token or token.dep_ not in _CLAUSES:
        if token.dep_ == "acl:relcl" and not _relative(token) and part_of_speech(head) == "noun":
            return _governed(token, head, "that", lexicon)
        return _before(token, lexicon) if infinitive and token.dep_ != "acl:relcl" else None
    opened = _open_clause(token, head, mark, lexicon)
    if opened is not None or token.dep_ == "parataxis":
        return opened
    return (
        _infinitive(token, head, mark, infinitive, lexicon)
        or _gerund(token, head, mark, marks, lexicon)
        or _finite(token, head, mark, lexicon)
    )


def _open_clause(token: Token, head: Token, mark: str, lexicon: Lexicon) -> Governor | None:
    """ "whether", "if" and their like."""
    if mark == "whether" or (mark == "if" and token.dep_ in ("ccomp", "xcomp", "csubj")):
        return Governor(head, "whether", Effect("ask", "ask"), mark)
    if mark in lexicon.words["open_marks"] or _phrase_mark(token, ("in", "case")) or mark == "should":
        if mark == "if" and effect_of(head, "that", lexicon) == Effect("ask", "ask"):
            return Governor(head, "whether", Effect("ask", "ask"), mark)
        return Governor(head, "if", Effect("open", "open"), mark)
    return None


def _infinitive(token: Token, head: Token, mark: str, infinitive: bool, lexicon: Lexicon) -> Governor | None:
    if not infinitive:
        return None
    found = effect_of(head, "inf", lexicon)
    near = _before(token, lexicon) if found is None else None
    return near if near is not None else Governor(head, "inf", found, mark)


def _gerund(token: Token, head: Token, mark: str, marks: list[Token], lexicon: Lexicon) -> Governor | None:
    helpers = [child for child in token.children if child.dep_ in ("aux", "aux:pass", "cop")]
    gerund = token.tag_ == "VBG" or (bool(helpers) and helpers[0].lower_ in ("having", "being"))
    if not gerund or any(child.tag_ != "VBG" for child in helpers[:1]):
        return None
    if mark in lexicon.words["untrue_marks"] or any(_phrase_mark(token, phrase) for phrase in lexicon.phrase_marks):
        return Governor(head, "without", Effect("untrue", "untrue"), mark)
    beside = (_noun_before(token, marks), head, head.head if part_of_speech(head) == "noun" else None)
    first = token.left_edge.i
    apart = not marks and "," in (token.doc[first].text, token.doc[max(first - 1, 0)].text) and token.dep_ in ("acl", "advcl")
    if not apart and mark not in ("by", "after", "before", "while", "when", "since"):
        for word in beside:
            found = effect_of(word, "ing", lexicon, mark) if word is not None else None
            if word is not None and found is not None:
                return Governor(word, "ing", found, mark)
    return Governor(head, "adjunct", None, mark)


def _finite(token: Token, head: Token, mark: str, lexicon: Lexicon) -> Governor | None:
    if any(_starts_with_wh(token, child) for child in token.lefts):
        return Governor(head, "wh", effect_of(head, "that", lexicon), mark)
    adverbial = token.dep_ == "advcl" and mark and mark != "that"
    if adverbial or (token.dep_ == "acl" and token.tag_ in ("VBN", "VBG") and mark != "that"):
        return Governor(head, "adjunct", None, mark)
    return _governed(token, head, "that", lexicon)


def _past_auxiliary(token: Token) -> Token:
    """The auxiliary itself where the tree took "had sunk" for two verbs: it holds the group's governor."""
    head = token.head
    if (
        token.dep_ in ("xcomp", "ccomp", "dep")
        and head.lower_ in _AUXILIARIES
        and 0 < token.i - head.i <= 3
        and token.tag_ in ("VBN", "VBG", "VBD")
        and not any(child.tag_ == "TO" for child in token.children)
    ):
        return head
    return token


def _right_before(token: Token, marks: list[Token], lexicon: Lexicon) -> Governor | None:
    """A known word right before the clause ("denied taking", "claims that", "provided that"), where the tree attached it elsewhere."""
    head = token.head
    that = next((m for m in marks if m.lower_ == "that"), None)
    if that is not None and that.i:
        before = that.nbor(-1)
        if before.lower_ in lexicon.words["open_marks"]:
            return Governor(before, "if", Effect("open", "open"), before.lower_)
        if before != head and not that.is_sent_start and (head == token or effect_of(head, "that", lexicon) is None):
            found = effect_of(before, "that", lexicon)
            if found is not None:
                return Governor(before, "that", found, "that")
    if token.tag_ == "VBG" and token.dep_ in ("amod", "compound") and token.i:
        before = token.nbor(-1)
        if before.tag_.startswith("VB"):
            found = effect_of(before, "ing", lexicon)
            if found is not None:
                return Governor(before, "ing", found, "")
    return None


def _governed(token: Token, head: Token, frame: str, lexicon: Lexicon) -> Governor:
    return Governor(head, frame, effect_of(head, frame, lexicon), "")


def _relative(token: Token) -> bool:
    """Whether a relative pronoun stands for the noun: "that" as a mere mark makes a content clause of "claim that"."""
    return any(
        child.lower_ in _WH or (child.lower_ == "that" and child.dep_ != "mark" and not _conjunction(child)) for child in token.children
    )


def _conjunction(child: Token) -> bool:
    """A "that" tagged as a conjunction, whatever arc the tree gave it."""
    return child.lower_ == "that" and child.tag_ == "IN" and child.i < child.head.i


def _starts_with_wh(token: Token, child: Token) -> bool:
    return child.left_edge.lower_ in _WH and child.dep_ in ("advmod", "obj", "nsubj", "nsubj:pass", "obl", "det", "xcomp", "mark")


def _phrase_mark(token: Token, phrase: tuple[str, ...]) -> bool:
    """Whether the words of ``phrase`` stand just before the clause or begin it."""
    doc, first = token.doc, token.left_edge.i
    for start in (first, token.i - len(phrase), first - len(phrase)):
        if start >= 0 and tuple(doc[i].lower_ for i in range(start, min(start + len(phrase), len(doc)))) == phrase:
            return True
    return False


def _noun_before(token: Token, marks: list[Token]) -> Token | None:
    """The noun or adjective right before "of stealing", "for robbing"."""
    first = min((m.i for m in marks if m.tag_ != "TO"), default=token.i)
    if first == 0 or token.doc[first].is_sent_start:
        return None
    before = token.doc[first - 1]
    return before if part_of_speech(before) is not None else None


def _before(token: Token, lexicon: Lexicon) -> Governor | None:
    """The nearest word before "to" that takes an infinitive: robust where the tree went wrong."""
    doc, index = token.doc, token.i - 1
    while index > 0 and doc[index].tag_ != "TO" and token.i - index <= 4:
        index -= 1
    if index <= 0 or doc[index].tag_ != "TO":
        return None
    for i in range(index - 1, max(0, index - _NEAR) - 1, -1):
        word = doc[i]
        if doc[i + 1].is_sent_start or word.is_punct or word.tag_ in ("CC", "WDT", "MD"):
            return None
        if part_of_speech(word) is not None:
            found = effect_of(word, "inf", lexicon)
            if found is not None:
                return Governor(word, "inf", found, "")
            if word.tag_.startswith("VB"):
                return None
    return None
