"""The canonical form is RFC 8785, and the same on the server and on the tablet."""

import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from walkapp.sync.canonical import BIGGEST_INTEGER, NotCanonical, canonical, digest

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/canonical.json").read_text("utf-8"))

texts = st.text(st.characters(exclude_categories=("Cs",)))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-BIGGEST_INTEGER, BIGGEST_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_vectors_hold(case: dict[str, Any]) -> None:
    assert canonical(case["value"]) == case["canonical"]
    assert digest(case["value"]) == case["sha256"]


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["name"])
def test_what_two_languages_could_write_differently_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical(json.loads(case["json"]))


@given(values)
def test_an_independent_writer_of_rfc_8785_agrees(value: Any) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(values)
def test_writing_and_reading_again_changes_nothing(value: Any) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_trouble_is_named_by_its_place() -> None:
    with pytest.raises(NotCanonical) as trouble:
        canonical({"ratings": {"TE1": [1, {"a/b": 0.5}]}})
    assert trouble.value.pointer == "/ratings/TE1/1/a~1b"


def test_a_key_that_is_no_string_is_refused() -> None:
    with pytest.raises(NotCanonical):
        canonical({1: "one"})
