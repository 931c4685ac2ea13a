"""The shipped pipeline, once for all tests of the language floor."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sightline.language import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()
