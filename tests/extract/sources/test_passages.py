"""The open half of our own passages, read as in annotate; the bench scores both halves."""

from bench.chains import score


def test_links_on_the_open_half() -> None:
    figures = score("open", errors=False)
    assert figures["links F1"] > 85
    assert figures["anonymity F1"] > 90
    assert figures["kind right"] > 80
