"""The quick look at a body and marshmallow's long one are of one mind."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.walkapp.observing import DEEPER, observation, walk
from tests.walkapp.test_records_any_input import BODIES, anything, places
from walkapp.records import KINDS
from walkapp.records.library import Library
from walkapp.records.observation import bind
from walkapp.rubric_files import load_library

DECLARED = {name: kind.body for name, kind in KINDS.items()} | {
    "observation of a rubric": bind(load_library()[DEEPER], Library(load_library()))
}
SAMPLES = BODIES | {"observation of a rubric": observation()}


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(sorted(SAMPLES)), anything)
def test_with_any_one_thing_changed_both_say_the_same(
    data: st.DataObject, name: str, value: Any
) -> None:
    body = deepcopy(SAMPLES[name])
    *above, last = data.draw(st.sampled_from(places(body)))
    inner: Any = body
    for key in above:
        inner = inner[key]
    inner[last] = value
    assert DECLARED[name].fits(body) == (not DECLARED[name].validate(body))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(DECLARED)), anything)
def test_of_any_value_at_all_both_say_the_same(name: str, body: Any) -> None:
    assert DECLARED[name].fits(body) == (not DECLARED[name].validate(body))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_body_fits_at_the_first_look(name: str) -> None:
    assert DECLARED[name].fits(SAMPLES[name])


def test_a_needed_field_that_is_missing_and_a_null_are_seen_at_once() -> None:
    lacking = {name: value for name, value in walk().items() if name != "date"}
    assert not DECLARED["walk"].fits(lacking) and not DECLARED["walk"].fits(walk() | {"date": None})
