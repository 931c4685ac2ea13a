"""Words as arrays: the tree's closest ancestors and subtree ends, quotations, paragraphs."""

import numpy as np
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from sightline.extract.speech import features, network, vectors
from sightline.extract.speech.words import CLOSING, INSIDE, OPENING, branch, edges, nearest, read

NLP = spacy.blank("en")
TEXT = ["The", "pilot", "said", "the", "ferry", "sank"]
HEADS = [1, 2, 2, 4, 5, 2]
DEPS = ["det", "nsubj", "ROOT", "det", "nsubj", "ccomp"]


def parsed() -> Doc:
    return Doc(NLP.vocab, words=TEXT, heads=HEADS, deps=DEPS)


def test_closest_ancestors() -> None:
    words = read(parsed())
    chosen = np.array([word == "said" for word in TEXT])
    assert nearest(words, chosen).tolist() == [2] * 6
    assert branch(words, chosen).tolist() == [1, 1, -1, 5, 5, 5]


def test_subtree_ends() -> None:
    left, right = edges(read(parsed()), np.ones(6, dtype=bool))
    assert left.tolist() == [0, 0, 0, 3, 3, 3]
    assert right.tolist() == [0, 1, 5, 3, 4, 5]


def test_the_frame_knows_the_relations_by_name() -> None:
    words = read(parsed())
    seen = features.frame(words, np.array([0, 0, 7, 0, 0, 0]))
    assert seen.clause.tolist() == [-1, -1, -1, 5, 5, 5]
    assert seen.argument.tolist() == [1, 1, -1, 4, 4, 5]
    assert seen.limb.tolist() == [1, 1, -1, 5, 5, 5]
    assert seen.has[2] == 1 + 4
    assert (seen.strong_before[3], seen.strong_after[0]) == (2, 2)


def test_quotation_states_and_paragraphs() -> None:
    words = read(NLP("He said “We go”.\n\nThey went."))
    assert words.quoting.tolist() == [0, 0, OPENING, INSIDE, INSIDE, CLOSING, 0, 0, 0, 0]
    assert words.paragraph.tolist() == [0] * 7 + [1] * 3


@given(st.text(alphabet="abc \n\t.,\"“”'", max_size=120))
def test_any_text_gives_features_of_the_same_length(text: str) -> None:
    doc = NLP(text)
    words = read(doc)
    assert [doc.text[start:end] for start, end in zip(words.starts, words.ends, strict=True)] == [t.text for t in doc if not t.is_space]
    seen = features.frame(words, np.zeros(len(words), dtype=np.int64))
    rows = network.categories(words, seen)
    assert rows.shape == (len(words), len(network.SIZES))
    assert ((rows >= 0) & (rows < sum(network.SIZES))).all()
    empty = vectors.Vectors(np.zeros(0, dtype=np.uint64), np.zeros((1, 4), dtype=np.float32))
    assert network.vector_rows(words, seen, empty).shape == (len(words), 3)
