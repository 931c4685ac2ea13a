"""Reading and writing the shipped weights: static vectors in eight bits, the network in sixteen."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.language import lemmas

if TYPE_CHECKING:
    from spacy.language import Language

FOLDER = Path(__file__).parent / "weights"
NETWORK = "network.bin"
VECTORS = "vectors.npz"
CONFIG = "config.cfg"
_APART = ("vocab", "tokenizer", "meta.json", "config.cfg")


class WeightsMissingError(FileNotFoundError):
    """The folder has no trained weights."""


@contextmanager
def numpy_products() -> Iterator[None]:
    """Networks built inside multiply matrices with numpy's library, on one thread.

    It is more than twice as fast here as the one that spaCy takes by default; one thread a process keeps results the
    same on every run, and workers out of each other's way.
    """
    from thinc.api import get_current_ops, set_current_ops
    from threadpoolctl import threadpool_limits

    from sightline.language.products import ApartOps

    before = get_current_ops()
    threadpool_limits(limits=1, user_api="blas")
    set_current_ops(ApartOps())
    try:
        yield
    finally:
        set_current_ops(before)


def blank(folder: Path) -> Language:
    """An English pipeline without components: the tokenizer, and the static vectors of ``folder`` if it has any."""
    import numpy as np
    from spacy.lang.en import English
    from spacy.vectors import Vectors  # type: ignore[import-not-found]

    from sightline.language import tokenizer

    path = folder / VECTORS
    if not path.exists():
        return English(create_tokenizer=lambda nlp: tokenizer.make(nlp.vocab))
    with np.load(path) as stored:
        keys = stored["keys"]
        data = stored["data"].astype(np.float32) * stored["scale"]
    known = frozenset(keys.tolist())
    nlp = English(create_tokenizer=lambda nlp: tokenizer.make(nlp.vocab, known))
    nlp.vocab.vectors = Vectors(data=data, keys=keys, name="sightline", attr="LOWER")
    return nlp


def bare(folder: Path) -> Language:
    """The trained network in ``folder`` alone; raises ``WeightsMissingError`` with the remedy if there is none."""
    from spacy.util import load_config_from_str

    import sightline.language.components  # noqa: F401  (registers what the config names)

    path = folder / NETWORK
    if not path.exists():
        raise WeightsMissingError(f"{path}: no trained weights; rebuild them with: python -m training.language --data DATA --out {folder}")
    config = load_config_from_str((folder / CONFIG).read_text(encoding="utf-8"))
    nlp = blank(folder)
    for name in config["nlp"]["pipeline"]:
        section = config["components"][name]
        nlp.add_pipe(section["factory"], name=name, config={k: v for k, v in section.items() if k != "factory"})
    nlp.from_bytes(zlib.decompress(path.read_bytes()), exclude=list(_APART))
    for _name, component in nlp.pipeline:
        for label in getattr(component, "labels", ()):
            nlp.vocab.strings.add(label)
    return nlp


def read(folder: Path = FOLDER) -> Language:
    """The whole pipeline with the weights in ``folder``; raises ``WeightsMissingError`` with the remedy if there are none."""
    from sightline.language import components

    with numpy_products():
        nlp = bare(folder)
    nlp.add_pipe(components.SENTENCES, after=components.PARAGRAPHS)
    nlp.add_pipe(components.SETTLED, after="parser")
    nlp.add_pipe(components.SPANS, after="ner")
    nlp.add_pipe(components.VOTE, after=components.SPANS)
    nlp.add_pipe(components.MENDED, last=True)
    nlp.add_pipe(components.LEMMAS, last=True, config={"path": str(folder / lemmas.FILE)})
    return nlp


def write(nlp: Language, folder: Path) -> None:
    """Save the network of ``nlp`` to ``folder`` (the vectors are already there), rounded so that it packs well."""
    folder.mkdir(parents=True, exist_ok=True)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is not None:
            _round(model)
    data = nlp.to_bytes(exclude=list(_APART))
    (folder / NETWORK).write_bytes(zlib.compress(data, 9))
    (folder / CONFIG).write_text(nlp.config.to_str(), encoding="utf-8")


def _round(model: Any) -> None:
    """Round every parameter to eleven bits of mantissa, as a half-precision float has, so that it packs well."""
    import numpy as np

    for node in model.walk():
        for name in node.param_names:
            if node.has_param(name):
                value = np.array(node.get_param(name), dtype=np.float32)
                bits = value.view(np.uint32)
                node.set_param(name, ((bits + 0x1000) & np.uint32(0xFFFFE000)).view(np.float32))
