"""A copy of unsent work: closed by a tablet, opened by its own server and by no other."""

import gzip
import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest

from walkapp.copies import keys, open_copy, public_key
from walkapp.copies.envelope import plain_words
from walkapp.problems import Problem

from . import closing

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/copy.json").read_text("utf-8"))
SECRET = "a secret of at least thirty-two characters"
OAK_HILL = "0b8a4c1e-0000-4000-8000-000000000001"
PINE_RIDGE = "0b8a4c1e-0000-4000-8000-000000000002"
MS_OKOYE = "6f1d2c3b-0000-4000-8000-00000000000a"


def change(text: str = "Six of eight explained") -> dict[str, Any]:
    return {"cid": "11111111-2222-4333-8444-555555555555", "kind": "observation",
            "id": "99999999-2222-4333-8444-555555555555", "at": 1_795_000_000_000,
            "base": 0, "seen": [], "set": {"focus": text}}  # fmt: skip


@pytest.fixture
def closed() -> bytes:
    return closing.close(SECRET, closing.content(OAK_HILL, MS_OKOYE, change()))


def code_of(data: bytes, secret: str = SECRET, words: str = "") -> str:
    with pytest.raises(Problem) as caught:
        open_copy(data, secret, words)
    return caught.value.code


@pytest.mark.parametrize("vector", VECTORS["keys"], ids=lambda one: one["space"][-1])
def test_the_key_of_a_space_follows_from_the_secret_alone(vector: dict[str, Any]) -> None:
    told = public_key(vector["secret"], vector["space"])
    assert told == {"id": vector["id"], "jwk": vector["jwk"]}
    assert public_key(vector["secret"] + "!", vector["space"]) != told
    assert public_key("", vector["space"]) is None


@pytest.mark.parametrize("vector", VECTORS["closed"], ids=lambda one: one["by"])
def test_both_sides_close_what_this_one_opens(vector: dict[str, Any]) -> None:
    data = json.dumps(vector["file"]).encode()
    for secret, words in ((vector["secret"], ""), ("", f"  {vector['words'].upper()} ")):
        opened = open_copy(data, secret, words)
        assert [one.space for one in opened] == [one["space"] for one in vector["contents"]]
        waiting = vector["contents"][0]["waiting"]
        assert opened[0].content.changes == [one["change"] for one in waiting]
        assert opened[0].content.photos[0].bytes == b64decode("/9j/4AAQ")


@pytest.mark.parametrize(("typed", "counted"), VECTORS["words"])
def test_words_count_the_same_however_a_keyboard_wrote_them(typed: str, counted: str) -> None:
    assert plain_words(typed) == counted


def test_nothing_of_what_was_written_can_be_read_from_outside(closed: bytes) -> None:
    assert b"explained" not in closed and MS_OKOYE.encode() not in closed
    assert b"focus" not in b"".join(b64decode(p["box"]) for p in json.loads(closed)["parts"])


def test_another_server_needs_the_words(closed: bytes) -> None:
    other = "another secret of thirty-two characters and more"
    assert code_of(closed, other) == "copy-needs-words"
    assert code_of(closed, other, "otter lamp river cedar stone violin") == "copy-wrong-words"
    assert open_copy(closed, other, closing.WORDS)[0].content.account == MS_OKOYE


def test_a_part_cannot_be_passed_off_as_another_spaces(closed: bytes) -> None:
    file = json.loads(closed)
    file["parts"][0]["space"] = PINE_RIDGE
    own = keys.name_of(keys.private_key(SECRET, PINE_RIDGE))
    for wrap in file["parts"][0]["wraps"]:
        if wrap["to"] == "space":
            wrap["key_id"] = own
    assert code_of(json.dumps(file).encode()) == "copy-unreadable"


def test_what_was_put_inside_for_another_space_is_not_taken() -> None:
    inside = closing.content(OAK_HILL, MS_OKOYE, change())
    assert code_of(closing.close(SECRET, inside, outside=PINE_RIDGE)) == "copy-unreadable"


def damaged(closed: bytes) -> dict[str, bytes]:
    file = json.loads(closed)

    def but(**other: Any) -> bytes:
        return json.dumps({**file, **other}).encode()

    def part(**other: Any) -> bytes:
        return but(parts=[{**file["parts"][0], **other}])

    def wraps(**other: Any) -> bytes:
        return part(wraps=[{**one, **other} for one in file["parts"][0]["wraps"]])

    box = bytearray(b64decode(file["parts"][0]["box"]))
    box[5] ^= 1
    return {
        "nothing": b"", "no text": b"\xff\xfe", "a list": b"[]", "cut short": closed[:-40],
        "another format": but(format="walkapp-unsent"), "a newer version": but(version=2),
        "no parts": but(parts=[]), "an unknown field": but(more=1), "half a box": part(box="AAA"),
        "another box": part(box=b64encode(bytes(box)).decode()), "no wraps": part(wraps=[]),
        "an empty key": wraps(key=""), "a short iv": wraps(iv="AAAA"),
        "a point off the curve": wraps(epk=b64encode(b"\x04" + b"\x01" * 64).decode()),
        "no base64": part(iv="über"), "a space that is none": part(space="../../etc"),
        "endless rounds": wraps(iterations=10**9),
    }  # fmt: skip


@pytest.mark.parametrize(
    "how", sorted(damaged(closing.close(SECRET, closing.content(OAK_HILL, MS_OKOYE))))
)
def test_what_is_damaged_or_no_copy_is_refused_in_one_sentence(closed: bytes, how: str) -> None:
    assert code_of(damaged(closed)[how]) == "copy-unreadable"


@pytest.mark.parametrize(
    "wrong",
    [
        {"account": "somebody"}, {"waiting": [{"change": {"cid": "x"}, "since": 1}]},
        {"waiting": {}}, {"files": [{"sha": "../x", "type": "", "record": None, "bytes": ""}]},
        {"files": [{"sha": "a" * 64, "type": "", "record": None, "bytes": "not base64"}]},
    ],
)  # fmt: skip
def test_a_content_of_another_shape_is_refused_whole(wrong: dict[str, Any]) -> None:
    content = closing.content(OAK_HILL, MS_OKOYE, change())
    assert code_of(closing.close(SECRET, {**content, **wrong})) == "copy-unreadable"


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = closing.content(OAK_HILL, MS_OKOYE, change("a" * 3_000_000))
    assert len(gzip.compress(json.dumps(bomb).encode())) < 20_000
    monkeypatch.setattr("walkapp.copies.envelope.MOST_OPENED_BYTES", 1_000_000)
    assert code_of(closing.close(SECRET, bomb)) == "copy-unreadable"
