"""Passages as spaCy examples: the pipeline's own reading of the text beside the known annotation."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from training.language.passages import Passage

SPACE_TAG = "_SP"


def reference(nlp: Language, passage: Passage) -> Doc:
    """The known annotation as a Doc whose text is the passage's to the letter.

    White space that spaCy keeps as a token hangs on the word before it, or on the first word at the text's start.
    """
    words: list[str] = []
    spaces: list[bool] = []
    origin: list[int | None] = []
    place: list[int] = []
    for index, token in enumerate(passage.tokens):
        place.append(len(words))
        words.append(token.form)
        origin.append(index)
        after = token.after
        spaces.append(after.startswith(" "))
        rest = after[1:] if spaces[-1] else after
        if rest:
            words.append(rest)
            spaces.append(False)
            origin.append(None)
    heads: list[int] = []
    deps: list[str] = []
    tags: list[str] = []
    morphs: list[str] = []
    poses: list[str] = []
    lemmas: list[str] = []
    trees = passage.starts is not None
    for at, index in enumerate(origin):
        if index is None:
            heads.append(max(at - 1, 0))
            deps.append("dep")
            tags.append(SPACE_TAG)
            poses.append("SPACE")
            morphs.append("")
            lemmas.append("")
            continue
        token = passage.tokens[index]
        heads.append(place[token.head] if token.head is not None else at)
        deps.append(token.dep or "")
        tags.append(token.xpos or "")
        poses.append(token.upos or "")
        morphs.append(token.feats or "")
        lemmas.append(token.lemma or "")
    if trees:
        doc = Doc(nlp.vocab, words, spaces, heads=heads, deps=deps, tags=tags, pos=poses, morphs=morphs, lemmas=lemmas)
    else:
        doc = Doc(nlp.vocab, words, spaces)
    if passage.names is not None:
        ends = [*place[1:], len(words)]
        names = [
            Span(doc, place[first], ends[last - 1] if origin[ends[last - 1] - 1] is not None else ends[last - 1] - 1, label)
            for first, last, label in passage.names
        ]
        taken = {i for name in names for i in range(name.start, name.end)}
        unsure = [doc[place[i] : place[i] + 1] for i in sorted(passage.unsure) if place[i] not in taken]
        doc.set_ents(names, missing=unsure, default="outside")
    return doc


def example(nlp: Language, passage: Passage) -> Example | None:
    """The example, or None if the line breaks of the text force a sentence start where the annotation has none."""
    known = reference(nlp, passage)
    read = nlp.make_doc(known.text)
    read = nlp.get_pipe("sightline_paragraphs")(read)
    if passage.starts is not None:
        starts = {token.idx for token in known if token.is_sent_start}
        if any(token.is_sent_start and token.i and token.idx not in starts for token in read):
            return None
    return Example(read, known)
