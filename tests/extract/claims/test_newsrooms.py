"""Papers that a newsroom has read are no sightings; what its people saw is told, first-hand."""

from __future__ import annotations

import pytest

from sightline.types import Access, Attribution, Source, SourceForm, SourceKind
from tests.extract.claims.conftest import Reader, one, roles, span_of


def room(text: str, source: str, cue: str, content: str, attitude: str, kind: SourceKind = SourceKind.AGENCY) -> Attribution:
    span = span_of(text, source)
    speaker = Source(form=SourceForm.NAMED, kind=kind, text=source, name=source, spans=(span,), access=Access.OBSERVED)
    return Attribution(source=(span,), cue=(span_of(text, cue),), content=(span_of(text, content),), attitude=attitude, speaker=speaker)


@pytest.mark.parametrize(
    "text",
    [
        "The bank moved the money to Dubai, according to documents seen by Reuters.",
        "In a letter seen by journalists, the general asked for more weapons.",
        "The emails were seen by reporters in Vienna.",
    ],
)
def test_papers_are_no_sighting(read: Reader, text: str) -> None:
    assert not [claim for claim in read(text) if claim.type == "sighting"]


def test_a_memo_that_a_newsroom_reviewed_is_no_investigation(read: Reader) -> None:
    text = "A memo reviewed by Reuters shows that the bank knew of the losses."
    claims = read(text, attributions=[room(text, "Reuters", "shows", "that the bank knew of the losses", "document")])
    assert not [claim for claim in claims if claim.predicate == "review"]


def test_an_investigator_who_reviews_papers_does_so(read: Reader) -> None:
    assert [claim.predicate for claim in read("Prosecutors reviewed the contract on Monday.")] == ["review"]


def test_ships_seen_are_a_sighting(read: Reader) -> None:
    one(read("Two warships were seen by fishermen off Malta.", places=["Malta"]), "sighting")


def test_what_correspondents_saw_is_their_own_word(read: Reader) -> None:
    text = "AFP journalists saw tanks outside the parliament."
    claim = one(read(text, attributions=[room(text, "AFP journalists", "saw", "tanks", "observation")]), "sighting")
    assert claim.attribution == 0
    assert roles(claim) == {("theme", "tanks")}


def test_what_no_table_calls_a_sighting_is_one_where_reporters_saw_it(read: Reader) -> None:
    text = "An AP correspondent saw at least 20 bodies in the street."
    claims = read(text, attributions=[room(text, "An AP correspondent", "saw", "at least 20 bodies", "observation")])
    assert roles(one(claims, "sighting")) == {("theme", "at least 20 bodies")}


def test_who_pledges_under_a_signed_deal_does_not_vouch_for_the_signing(read: Reader) -> None:
    text = "Norway pledged two ferries under a treaty signed in Oslo on Monday."
    pledge = room(text, "Norway", "pledged", "two ferries under a treaty signed in Oslo on Monday", "intention", SourceKind.GOVERNMENT)
    assert one(read(text, places=["Oslo"], attributions=[pledge]), "signing").attribution is None


def test_who_pledges_to_sign_plans_it_in_his_own_word(read: Reader) -> None:
    text = "Norway pledged to sign the treaty."
    claim = one(
        read(text, attributions=[room(text, "Norway", "pledged", "to sign the treaty", "intention", SourceKind.GOVERNMENT)]), "signing"
    )
    assert (claim.attribution, str(claim.certainty.status)) == (0, "planned")
