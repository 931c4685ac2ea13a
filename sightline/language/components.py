"""The pipeline's own components, registered with spaCy when this module is imported."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from sightline.language import lemmas, longest, paragraphs, reporting, sentences, spans, swap, vote

PARAGRAPHS = "sightline_paragraphs"
SENTENCES = "sightline_sentences"
SETTLED = "sightline_spaces"
MENDED = "sightline_reporting"
MAPPED = "sightline_labels"
LEMMAS = "sightline_lemmas"
SPANS = "sightline_spans"
VOTE = "sightline_vote"


@Language.component(PARAGRAPHS)
def paragraph_starts(doc: Doc) -> Doc:
    """Sentence starts at line breaks (see ``sightline.language.paragraphs``)."""
    return paragraphs.preset(doc)


@Language.component(SENTENCES)
def sentence_ends(doc: Doc) -> Doc:
    """Sentence ends that writing settles (see ``sightline.language.sentences``)."""
    return sentences.preset(doc)


@Language.component(SETTLED)
def settled_spaces(doc: Doc) -> Doc:
    """White space is nobody's head (see ``sightline.language.paragraphs``), and no sentence is without end (see ``longest``)."""
    return longest.cut(paragraphs.settle(doc))


@Language.component(MENDED)
def one_subject(doc: Doc) -> Doc:
    """A verb of saying has one subject (see ``sightline.language.reporting``)."""
    return reporting.mend(doc)


@Language.component(SPANS)
def name_spans(doc: Doc) -> Doc:
    """Names put right by their words (see ``sightline.language.spans``)."""
    return spans.apply(doc)


@Language.component(VOTE)
def document_vote(doc: Doc) -> Doc:
    """Names agree across the document (see ``sightline.language.vote``)."""
    return vote.apply(doc)


@Language.component(MAPPED)
def mapped_labels(doc: Doc) -> Doc:
    """Another pipeline's labels in our terms (see ``sightline.language.swap``)."""
    return swap.map_doc(doc)


class Lemmatizer:
    """Lemmas from the shipped table (see ``sightline.language.lemmas``)."""

    def __init__(self, path: Path) -> None:
        self.lemmas = lemmas.read(path)

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with ``lemma_`` set."""
        return self.lemmas.annotate(doc)


@Language.factory(LEMMAS, default_config={"path": ""})
def lemmatizer(nlp: Language, name: str, path: str) -> Lemmatizer:
    """The lemmatizer with the table at ``path``."""
    return Lemmatizer(Path(path))
