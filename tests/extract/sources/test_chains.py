"""Chains of sources: who spoke, through whom, to whom. Links are written "source < newsroom"."""

import pytest

from sightline.extract.sources import type_sources
from sightline.gazetteer import Register
from sightline.language import read
from sightline.types import Attribution, Report, Span

REGISTER = Register.load()


def typed(text: str, given: tuple[Attribution, ...] = (), outlet: str | None = "Harbour Mail") -> list[Attribution]:
    doc = next(iter(read([text])))
    return type_sources(doc, given, (), (), Report(id="r", text=text, outlet=outlet), register=REGISTER)


def chains(text: str) -> list[str]:
    out = []
    for one in typed(text):
        for speaker in (one.speaker, *one.others):
            if speaker is not None:
                out.append(" < ".join([speaker.text, *(link.text or str(link.name) for link in one.via)]))
    return out


def one(text: str) -> Attribution:
    found = [attribution for attribution in typed(text) if attribution.speaker is not None]
    return found[0]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("A minister told Reuters that the port would close.", "A minister < Reuters < Harbour Mail"),
        ("The date was right, a coach told the Kyodo news agency.", "a coach < the Kyodo news agency < Harbour Mail"),
        ("Interfax reported that the bridge was shut, citing a local official.", "a local official < Interfax < Harbour Mail"),
        (
            "State television, quoting the interior minister, said nine men were held.",
            "the interior minister < State television < Harbour Mail",
        ),
        ("Xinhua quoted a doctor as saying that the baby was well.", "a doctor < Xinhua < Harbour Mail"),
        ("According to diplomats quoted by AFP, the talks have failed.", "diplomats < AFP < Harbour Mail"),
        ("In an interview with the BBC, the mayor said she would resign.", "the mayor < the BBC < Harbour Mail"),
    ],
)
def test_the_next_link_behind_a_source(text: str, chain: str) -> None:
    speaker, _, way = chain.partition(" < ")
    assert any(found.startswith(speaker) and found.partition(" < ")[2] == way for found in chains(text))


def test_a_newsroom_at_the_end_encloses_the_speaker() -> None:
    assert "The president < the Anadolu agency < Harbour Mail" in chains(
        "The president said that the deal was done, the Anadolu agency reported."
    )


def test_an_agency_in_the_dateline_stands_before_the_outlet() -> None:
    assert (
        chains("OSLO, June 3 (Reuters) - Pilots will return to work on Monday, their union said.")[0]
        == "their union < Reuters < Harbour Mail"
    )


def test_a_report_of_the_outlet_itself_has_no_further_link() -> None:
    found = [a for a in typed("Reuters said it had seen the letter.", outlet="Reuters") if a.speaker is not None]
    assert found and found[0].via == ()


def test_an_outlet_without_a_name_is_still_a_link() -> None:
    found = [a for a in typed("The mayor said the road was open.", outlet=None) if a.speaker is not None]
    assert [str(link.form) for link in found[0].via] == ["none"]


def test_two_speakers_are_two_sources_even_behind_a_date() -> None:
    found = one("On Monday the mayor and the police chief said the curfew would be lifted.")
    assert found.speaker is not None
    assert [source.text for source in (found.speaker, *found.others)] == ["the mayor", "the police chief"]


def test_the_one_told_is_kept_apart_and_out_of_the_content() -> None:
    text = "The owner assured customers that the shop would open."
    content = Span(text.index("customers"), len(text) - 1)
    given = Attribution(source=(Span(0, 9),), cue=(Span(10, 17),), content=(content,))
    found = typed(text, (given,))[0]
    assert [span.of(text) for span in found.addressee] == ["customers"]
    assert found.content[0].of(text) == "that the shop would open"


def test_given_attributions_keep_their_places() -> None:
    text = "The mayor said the road was open. The agency reported, citing police, that a bus had crashed."
    given = (Attribution(source=(Span(0, 9),), cue=(Span(10, 14),), content=(Span(15, 32),)),)
    assert typed(text, given)[0].cue == given[0].cue


def test_a_source_behind_another_has_it_as_parent() -> None:
    found = typed("Kyodo reported that the train had stopped, citing a railway official.")
    inner = next(a for a in found if a.speaker is not None and a.speaker.text == "a railway official")
    assert inner.parent is not None
    parent = found[inner.parent].speaker
    assert parent is not None and parent.text == "Kyodo"


def test_spans_are_the_words_they_claim_to_be() -> None:
    text = "Two officials told Yonhap on condition of anonymity that the visit was off."
    for attribution in typed(text):
        for source in (attribution.speaker, *attribution.others, *attribution.via):
            if source is not None and source.spans:
                assert source.spans[0].of(text) == source.text
