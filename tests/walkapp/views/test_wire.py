"""Bodies as they arrive: broken in every way one can think of, and never a crash."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walkapp.sync.unread import Unread

from walkapp import wire
from walkapp.problems import Problem

BROKEN = {
    b"": "malformed-json",
    b"{": "malformed-json",
    b"{'a': 1}": "malformed-json",
    b'{"a":1}{"b":2}': "malformed-json",
    b'"\xff\xfe"': "malformed-json",
    '{"a":1}'.encode("utf-16"): "malformed-json",
    b'{"a":1,"a":2}': "duplicate-key",
    b'{"x":{"a":1,"a":1}}': "duplicate-key",
    b"[NaN]": "not-a-number",
    b"[-Infinity]": "not-a-number",
    b"[1e999]": "not-a-number",
    b"[" + b"9" * 5000 + b"]": "not-a-number",
    b"[" * 40 + b"]" * 40: "too-deep",
    b'{"a":' * 40 + b"1" + b"}" * 40: "too-deep",
    b"[" * 100_000: "too-deep",
    b"[" * 400_000 + b"]" * 400_000: "too-deep",
}


@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:24]))
def test_broken_json_has_a_problem_of_its_own(body: bytes) -> None:
    with pytest.raises(Problem) as trouble:
        wire.parse(body)
    assert trouble.value.code == BROKEN[body]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_well_formed_json_comes_through_unchanged(value: object) -> None:
    assert wire.parse(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_either_a_value_or_a_problem(body: bytes) -> None:
    try:
        wire.read_json(body, "gzip" if body[:1] < b"\x80" else "", 100)
    except Problem as trouble:
        assert trouble.entry.status in (400, 413, 415)


def test_a_packed_body_is_unpacked() -> None:
    assert wire.read_json(gzip.compress(b'{"a":1}', mtime=0), "gzip", 100) == {"a": 1}


def test_a_small_body_that_unpacks_to_a_huge_one_is_refused_without_unpacking_it() -> None:
    bomb = gzip.compress(b" " * 50_000_000, 9, mtime=0)
    with pytest.raises(Problem) as trouble:
        wire.unpack(bomb, "gzip", 1_000_000)
    assert trouble.value.code == "too-large"


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (gzip.compress(b"{}", mtime=0)[:-4], "gzip", "broken-gzip"),
        (b"{}", "gzip", "broken-gzip"),
        (gzip.compress(b"{}", mtime=0) + b"more", "gzip", "broken-gzip"),
        (b"{}", "br", "unknown-encoding"),
        (b" " * 101, "", "too-large"),
    ],
)
def test_a_damaged_or_unknown_packing_is_named(body: bytes, encoding: str, code: str) -> None:
    with pytest.raises(Problem) as trouble:
        wire.unpack(body, encoding, 100)
    assert trouble.value.code == code


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers())))
def test_a_body_that_was_not_read_stands_in_the_answer_as_it_was_kept(bodies: list[object]) -> None:
    rows = [[n, "id", Unread(json.dumps(body))] for n, body in enumerate(bodies)]
    plain = [[n, "id", body] for n, body in enumerate(bodies)]
    answer = {"rows": rows, "more": False}
    assert json.loads(wire.written(answer)) == {"rows": plain, "more": False}


def test_nothing_else_is_written_that_is_not_json() -> None:
    with pytest.raises(TypeError):
        wire.written({"at": {1, 2}})
