"""Which noun phrases of a text speak of the same thing: a small mention ranker, trained on GUM."""

from sightline.extract.coreference.chains import chains
from sightline.extract.coreference.phrases import Phrase, phrases

__all__ = ["Phrase", "chains", "phrases"]
