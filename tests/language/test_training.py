"""What training makes of its material: sound trees, sound names, texts as pages have them. Needs no data."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from sightline.language import weights
from training.language import average, conllu, corpus, events, names, train, vectors
from training.language.__main__ import main
from training.language.augment import varied
from training.language.conllu import read
from training.language.examples import example, reference
from training.language.passages import Passage, Token, cut, disjoint, from_sentences
from training.language.reported import reported
from training.language.score import syntax

TREEBANK = """# newdoc id = GUM_news_own
# newpar
# sent_id = 1
1\tAnna\tAnna\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tEntity=(1-person-new-n-cf1-1-sgl
2\tPetrov\tPetrov\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tEntity=1)
3\tdenied\tdeny\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_
4\tthe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t5\tdet\t_\tEntity=(2-abstract-new-n-cf2-2-sgl
5-6\tminister's\t_\t_\t_\t_\t_\t_\t_\t_
5\tminister\tminister\tNOUN\tNN\tNumber=Sing\t7\tnmod:poss\t_\t_
6\t's\t's\tPART\tPOS\t_\t5\tcase\t_\t_
7\tclaim\tclaim\tNOUN\tNN\tNumber=Sing|Typo=Yes\t3\tobj\t_\tEntity=2)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = 2
# newpar
1\tSnow\tsnow\tNOUN\tNN\tNumber=Sing\t2\tnsubj\t_\t_
2\tfell\tfall\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def document(tmp_path: Path) -> conllu.Document:
    path = tmp_path / "own.conllu.gz"
    path.write_bytes(gzip.compress(TREEBANK.encode()))
    (only,) = read(path)
    return only


def made(seed: int) -> Passage:
    return events.passage(random.Random(seed), ["lamp", "ideas"], reported)


def is_sound(passage: Passage) -> bool:
    """Each sentence has one root, heads stay inside it, and every word is reached from the root."""
    for first, last in passage.sentences():
        heads = [passage.tokens[i].head for i in range(first, last)]
        if sum(head == first + i for i, head in enumerate(heads)) != 1 or not all(h is not None and first <= h < last for h in heads):
            return False
        for i in range(first, last):
            seen = set()
            while passage.tokens[i].head != i:
                if i in seen:
                    return False
                seen.add(i)
                i = passage.tokens[i].head or 0
    return all(first < last <= len(passage.tokens) for first, last, _ in passage.names or ())


def test_a_treebank_is_read_with_its_spaces_and_names(document: conllu.Document):
    passage = from_sentences(document.sentences, document.id)
    assert passage.text == "Anna Petrov denied the minister's claim.\n\nSnow fell. "
    assert passage.names == ((0, 2, "PER"),)
    assert document.genre == "news"
    assert passage.tokens[6].feats == "Number=Sing"


def test_closed_documents_are_left_out(document: conllu.Document):
    document.genre = "whow"
    assert list(conllu.open_to_all(iter([document]))) == []


def test_documents_are_cut_at_paragraphs(document: conllu.Document):
    long = conllu.Document("d", "news", document.sentences * 30)
    runs = list(cut(long))
    assert [s for run in runs for s in run] == long.sentences
    assert all(run[0].new_paragraph for run in runs)


def test_what_is_known_scores_full_marks_against_itself(nlp: Language, document: conllu.Document):
    known = reference(nlp, from_sentences(document.sentences, document.id))
    counts = syntax(known, known)
    assert {counts.f1(m) for m in ("words", "sents", "upos", "xpos", "uas", "las")} == {100.0}


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_made_up_news_has_sound_trees(seed: int):
    assert is_sound(made(seed))


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_varied_passage_keeps_sound_trees(seed: int):
    assert is_sound(varied(made(seed), random.Random(seed), 1))


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_the_same_seed_gives_the_same_text(seed: int):
    assert varied(made(seed), random.Random(seed), 1) == varied(made(seed), random.Random(seed), 1)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_an_example_is_the_text_to_the_letter(seed: int):
    from sightline.language import load

    passage = varied(made(seed), random.Random(seed), 1)
    ready = example(load(), passage)
    assert ready is None or ready.predicted.text == ready.reference.text == passage.text


def test_a_trailing_clause_takes_the_sentence_as_its_complement():
    for seed in range(40):
        source = random.Random(seed)
        plain = events.sentence(source)
        root = next(node for node in plain if node.head is None)
        told = reported(plain, source)
        verb = next(node for node in told if node.head is None)
        if root.dep == "ccomp":
            assert root.head is verb and any(n.head is verb and n.dep == "nsubj" for n in told)
        else:
            assert verb is root


def test_tokenised_text_is_spaced_as_print_is():
    words = ["He", "said", ":", '"', "We", "do", "n't", "know", ".", '"', "(", "AP", ")"]
    after = names.spacing(words)
    assert "".join(w + a for w, a in zip(words, after, strict=True)).strip() == 'He said: "We don\'t know." (AP)'


def test_compass_and_people_are_one_group():
    words = ["the", "North", "Korean", "leader", "Mr.", "Kim"]
    found = names.normalised(words, [(1, 2, "LOC"), (2, 3, "NORP"), (4, 6, "PER")], frozenset({"Korean"}))
    assert found == ((1, 3, "NORP"), (5, 6, "PER"))


def test_the_longer_of_two_names_is_kept():
    assert disjoint([(0, 1, "LOC"), (0, 3, "ORG"), (4, 5, "PER")]) == ((0, 3, "ORG"), (4, 5, "PER"))


def test_vectors_lose_little_in_eight_bits():
    full = np.random.default_rng(1).normal(size=(500, 80)).astype(np.float32)
    data, scale = vectors.quantise(full)
    assert data.shape == (500, vectors.DIMENSIONS) and data.dtype == np.int8
    assert abs((data * scale).std() - 1) < 0.05


def test_missing_data_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    err = capsys.readouterr().err
    assert "--data" in err and err.count("\n") == 1
    with pytest.raises(corpus.DataMissingError):
        corpus.files(tmp_path)


def test_an_unknown_tree_trains_no_tree(nlp: Language):
    passage = Passage((Token("Kim"), Token("left", "")), None, ((0, 1, "PER"),))
    known = reference(nlp, passage)
    assert not known.has_annotation("DEP") and [e.label_ for e in known.ents] == ["PER"]


def test_the_mean_of_a_state_with_itself_is_the_state():
    with weights.numpy_products():
        same = average.mean(weights.FOLDER, weights.FOLDER, 0.2)
        one = weights.bare(weights.FOLDER)
    text = "The ferry left on Sunday, the harbour office said."
    assert [(t.dep_, t.head.i) for t in same(text)] == [(t.dep_, t.head.i) for t in one(text)]


def test_a_share_of_a_plan_keeps_its_proportions():
    tenth = train.FIRST.shorter(0.1, 60)
    assert (tenth.words, tenth.stop, tenth.limit) == (train.FIRST.words // 10, train.FIRST.stop // 10, 60)
