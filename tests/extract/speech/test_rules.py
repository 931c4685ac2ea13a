"""Ways of the wires that the training data seldom shows."""

import spacy
from spacy.tokens import Span

from sightline.extract.speech.links import CONTENT, CUE, SOURCE, Linked, Piece
from sightline.extract.speech.rules import certain, complete, mend
from sightline.extract.speech.words import Words, read

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def words(text: str, *names: str) -> Words:
    doc = NLP(text)
    spans = [doc.char_span(text.index(name), text.index(name) + len(name), "ORG") for name in names]
    doc.ents = [Span(doc, span.start, span.end, "ORG") for span in spans if span is not None]
    return read(doc)


def said(text: Words, item: Linked) -> tuple[str, str, str]:
    def of(pieces: tuple[Piece, ...]) -> str:
        return " ".join(text.text[text.starts[piece.first] : text.ends[piece.last - 1]] for piece in pieces)

    return of(item.source), of((item.cue,)), of(item.content)


def only(text: Words) -> tuple[str, str, str]:
    (item,) = complete(text, certain(text))
    return said(text, item)


def test_a_name_after_a_headlines_colon() -> None:
    assert only(words("Ferry leaves port at night: Harbour Radio\n\nMore soon.", "Harbour Radio")) == (
        "Harbour Radio",
        ":",
        "Ferry leaves port at night",
    )
    assert only(words("Ferry leaves port at night: officials\n\nMore soon.")) == ("officials", ":", "Ferry leaves port at night")


def test_a_name_before_a_headlines_colon() -> None:
    assert only(words("Minister: The bridge stays closed until May\n\nMore.", "Minister"))[0] == "Minister"


def test_labels_and_clock_times_are_no_sources() -> None:
    for text in (
        "Photo: The ferry at its berth last night",
        "The ferry leaves at 10:30 on most days",
        "Three things to know: bridge, ferry, tunnel",
    ):
        assert complete(words(text), []) == []


def test_a_quotation_a_dash_and_a_name() -> None:
    text = words("Voices from the pier.\n\n“We waited all night for it.” — Dara Holm\n\n“It never came.” ― Ole Berg.")
    assert [said(text, item)[::2] for item in certain(text)] == [
        ("Dara Holm", "“We waited all night for it.”"), ("Ole Berg", "“It never came.”"),
    ]  # fmt: skip


def test_a_verb_glued_to_the_closing_mark() -> None:
    glued = ["“", "It", "sank", ".", "”", "says", "The", "Courier", "."]
    doc = spacy.tokens.Doc(NLP.vocab, words=glued, spaces=[word in {"It", "says", "The"} for word in glued])
    read_words = read(doc)
    (item,) = complete(read_words, [])
    assert said(read_words, item) == ("The Courier", "says", "“It sank.”")


def test_per_and_a_name() -> None:
    assert only(words("The strait is open again, per Harbour Radio.", "Harbour Radio")) == (
        "Harbour Radio",
        "per",
        "The strait is open again",
    )
    assert complete(words("It costs ten crowns, per adult and day."), []) == []


def test_an_agency_that_passes_words_on_is_no_part_of_the_source() -> None:
    text = words("According to two port officials quoted by Harbour Radio, the ferry left at dawn.", "Harbour Radio")
    assert only(text) == ("two port officials", "According to", "the ferry left at dawn")


def test_according_to_a_plan_names_nobody() -> None:
    assert complete(words("According to plan, the ferry left at dawn."), []) == []


def test_fragments_stay_within_paragraphs_and_take_their_closing_mark() -> None:
    text = words("He said “we go now”\nThey went.")
    assert mend(text, [Piece(CONTENT, 2, 6), Piece(SOURCE, 7, 8)]) == [Piece(CONTENT, 2, 7), Piece(SOURCE, 7, 8)]
    assert mend(text, [Piece(CONTENT, 3, 9)]) == [Piece(CONTENT, 3, 7), Piece(CONTENT, 7, 9)]


def linked(text: Words, source: str, cue: str, *contents: str) -> Linked:
    def piece(role: int, part: str) -> Piece:
        start = text.text.index(part)
        first = text.starts.tolist().index(start)
        return Piece(role, first, text.ends.tolist().index(start + len(part)) + 1)

    return Linked((piece(SOURCE, source),), piece(CUE, cue), tuple(piece(CONTENT, content) for content in contents), 0.9)


def test_an_opening_according_to_never_takes_the_line_before_it() -> None:
    text = words("date 2023-09-11 According to port officials, the old ferry left Holm.")
    (item,) = complete(text, [linked(text, "port officials", "According to", "date 2023-09-11")])
    assert said(text, item) == ("port officials", "According to", "the old ferry left Holm")


def test_a_set_off_according_to_covers_both_halves() -> None:
    text = words("The ferry, according to two pilots, left at dawn.")
    (item,) = complete(text, [linked(text, "two pilots", "according to", "left at dawn")])
    assert said(text, item) == ("two pilots", "according to", "The ferry left at dawn")


def test_who_is_told_is_not_what_is_told() -> None:
    text = words("“We are ready,” a port official assured the local papers.")
    (item,) = complete(text, [linked(text, "a port official", "assured", "“We are ready,”", "the local papers")])
    assert said(text, item) == ("a port official", "assured", "“We are ready,”")


def test_an_opening_according_to_takes_its_sentence_from_a_wrong_reading() -> None:
    text = words("According to papers like the Harbour Post, Holm prefers the old ferry.", "Harbour Post")
    (item,) = complete(text, [linked(text, "papers like the Harbour Post, Holm", "prefers", "the old ferry")])
    assert said(text, item) == ("papers like the Harbour Post", "According to", "Holm prefers the old ferry")


def test_a_set_off_according_to_that_the_models_passed_over() -> None:
    text = words("Both pilots are expected to discuss, according to the local papers, the new bridge.")
    (item,) = complete(text, [])
    assert said(text, item) == ("the local papers", "according to", "Both pilots are expected to discuss the new bridge")
