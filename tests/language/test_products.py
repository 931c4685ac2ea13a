"""Reports share the parser's loops, never a matrix product."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from sightline.language.products import ApartOps, in_step


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 5))
def test_a_product_of_several_reports_has_the_bytes_of_each_ones_own(lengths: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    ops = ApartOps()
    reports = [rng.normal(size=(length, 24)).astype(np.float32) for length in lengths]
    first, second = rng.normal(size=(24, 24)).astype(np.float32), rng.normal(size=(7, 24)).astype(np.float32)
    together = ops.gemm(ops.gemm(ops.flatten(reports), first), second, trans2=True)
    alone = [ops.gemm(ops.gemm(report, first), second, trans2=True) for report in reports]
    assert together.tobytes() == b"".join(part.tobytes() for part in alone)


def test_another_array_of_as_many_rows_is_one_product() -> None:
    ops = ApartOps()
    ops.flatten([np.ones((2, 3), dtype=np.float32), np.ones((4, 3), dtype=np.float32)])
    other = np.ones((6, 3), dtype=np.float32)
    assert np.array_equal(ops.gemm(other, np.eye(3, dtype=np.float32)), other)


def test_the_parser_and_the_name_reader_take_a_whole_group_at_once(nlp: Language) -> None:
    assert in_step(nlp, 5) == {"parser": {"batch_size": 20}, "ner": {"batch_size": 20}}


def test_a_pipeline_without_such_products_reads_one_by_one() -> None:
    import spacy

    other = spacy.blank("en")
    other.add_pipe("ner").add_label("PER")
    other.initialize()
    assert in_step(other, 5) == {}
