"""An observation lists its photos by the hash of their bytes; the bytes come after the words."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    NOON,
    bell,
    edit,
    new,
    observation,
    okoye,
    record,
    review,
    ruiz,
    rules,
    told,
)

SHA = "0123456789abcdef" * 4
PHOTO = {"at": NOON, "width": 1600, "height": 1200, "bytes": 300_000}


def as_edit(path: str, value: Any) -> tuple[str, str] | None:
    return told(okoye, record("observation", observation()), edit(**{path: value}))


def test_a_photo_is_listed_described_and_tied_to_indicators() -> None:
    described = PHOTO | {"alt": "A chart of criteria.", "indicators": ["TE1"]}
    assert told(okoye, None, new("observation", observation(photos={SHA: described}))) is None
    assert as_edit(f"photos/{SHA}", PHOTO) is None
    assert as_edit(f"photos/{SHA}", None) is None


WRONG = [
    (SHA.upper(), PHOTO, "wrong-type", ""),
    (SHA[1:], PHOTO, "wrong-type", ""),
    ("../../secret", PHOTO, "wrong-type", ""),
    (SHA, {**PHOTO, "indicators": ["XX9"]}, "no-such-indicator", "/indicators/0"),
    (SHA, {**PHOTO, "name": "IMG_1.jpg"}, "unknown-field", "/name"),
    (SHA, {**PHOTO, "width": 0}, "wrong-type", "/width"),
    (SHA, {**PHOTO, "bytes": 21 * 1024 * 1024}, "wrong-type", "/bytes"),
    (SHA, {**PHOTO, "alt": 7}, "wrong-type", "/alt"),
    (SHA, {"at": NOON}, "missing-field", "/width"),
    (SHA, "photo.jpg", "wrong-type", ""),
]


@pytest.mark.parametrize(("key", "value", "code", "below"), WRONG)
def test_what_is_no_photo_is_refused_by_its_place(
    key: str, value: Any, code: str, below: str
) -> None:
    place = key.replace("/", "~1")
    found = told(okoye, None, new("observation", observation(photos={key: value})))
    assert found == (code, f"/new/photos/{place}{below}")


def test_two_edits_of_one_photo_leave_the_later_one() -> None:
    assert rules().merge_rule("observation", f"photos/{SHA}") in ("lww", "both")


def test_photos_are_added_by_the_observer_alone_and_only_to_a_draft() -> None:
    given = record("observation", observation(state="submitted"))
    assert told(okoye, given, edit(**{f"photos/{SHA}": PHOTO})) is not None
    for other in (bell, ruiz):
        draft = record("observation", observation())
        assert told(other, draft, edit(**{f"photos/{SHA}": PHOTO})) is not None


def test_a_version_that_went_back_carries_its_photos() -> None:
    was = observation(state="submitted", photos={SHA: PHOTO})
    body = review(verb="return", text="Which wall?", version=was)
    assert rules().check(new("review", body)) is None


def test_where_no_photos_may_be_taken_none_is_kept_and_one_that_stands_may_go() -> None:
    bare = observation(media="none")
    assert told(okoye, None, new("observation", bare)) is None
    taken = new("observation", bare | {"photos": {SHA: PHOTO}})
    assert told(okoye, None, taken) == ("photos-off", "/new/photos")
    before = record("observation", bare)
    assert told(okoye, before, edit(**{f"photos/{SHA}": PHOTO})) == (
        "photos-off",
        f"/set/photos~1{SHA}",
    )
    assert told(okoye, before, edit(**{f"photos/{SHA}": None})) is None


def test_what_may_be_photographed_is_said_once() -> None:
    assert as_edit("media", "none") is not None
