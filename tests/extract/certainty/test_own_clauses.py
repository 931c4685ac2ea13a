"""The open half of our own labelled clauses; the bench scores both halves."""

from bench.certainty import score_own


def test_polarity_and_status_on_the_open_half() -> None:
    figures = score_own("open", errors=False)
    assert figures["polarity"] > 90
    assert figures["status"] > 90
