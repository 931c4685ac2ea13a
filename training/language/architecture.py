"""The shape of the network: one shared encoder of words, and a small head for each annotation."""

from __future__ import annotations

from typing import Any

from spacy.language import Language

from sightline.language import components

WIDTH = 128
ROWS = {"NORM": 7000, "PREFIX": 1500, "SUFFIX": 3000, "SHAPE": 1000}
HEADS = ("parser", "ner", "morphologizer", "tagger")
_ENCODER = "tok2vec"


def encoder(static: bool) -> dict[str, Any]:
    """Hashed word features, static vectors if ``static``, four convolutions over a window of three words."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": list(ROWS),
            "rows": list(ROWS.values()),
            "include_static_vectors": static,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def listener() -> dict[str, Any]:
    """A head's view of the shared encoder."""
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": _ENCODER}


def transitions(state: str, hidden: int) -> dict[str, Any]:
    """A transition system's scorer (Kiperwasser and Goldberg 2016, with a maxout layer over word features)."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": listener(),
    }


def build(nlp: Language, static: bool) -> None:
    """Add the untrained components to ``nlp``, in the order in which they run."""
    nlp.add_pipe(components.PARAGRAPHS)
    nlp.add_pipe(_ENCODER, config={"model": encoder(static)})
    nlp.add_pipe("parser", config={"model": transitions("parser", 128), "min_action_freq": 20})
    nlp.add_pipe("ner", config={"model": transitions("ner", 64)})
    tag_model = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener()}
    nlp.add_pipe("morphologizer", config={"model": tag_model, "label_smoothing": 0.03, "extend": False})
    nlp.add_pipe("tagger", config={"model": tag_model, "label_smoothing": 0.03})
