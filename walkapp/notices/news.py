"""From an accepted change to who is told what. Pure: a record before and after go in.

`before` and `after` are bodies; `before` is None for a record that was not there. Whether somebody
may read the record, and whether it was their own doing, is asked by who tells them (`log.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from walkapp.sync.change import RECORD

from ..records import coaching_step, reply, review, steps, thank_you

GIVEN = "given"
SENT_BACK = "sent-back"
REOPENED = "reopened"
RELEASED = "released"
COMMENTED = "commented"
THANKED = "thanked"
ASKED = "asked"
AGREED = "agreed"
OVER = "over"
STEP = "step"
ASKED_ALONG = "asked-along"
ALL_GAVE = "all-gave"
ROOM_ASKED = "room-asked"
READABLE = "readable"
REPLIED = "replied"
CORRECTION = "correction"
DELETION = "deletion"

KINDS = (
    GIVEN, SENT_BACK, REOPENED, RELEASED, COMMENTED, THANKED, REPLIED, CORRECTION, ASKED_ALONG,
    ALL_GAVE, ROOM_ASKED, READABLE, ASKED, AGREED, OVER, STEP, DELETION,
)  # fmt: skip
# These lead to a page of the server; the others into the app.
ON_PAGES = frozenset({ROOM_ASKED, READABLE, DELETION})
# Between two people and nobody else: a mail does not even say which of these it was.
COACHING = frozenset({ASKED, AGREED, OVER, STEP})

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What happened, by the change that wrote this path last, and who is told: a person, or the
    desk of a school."""

    kind: str
    path: str
    person: str | None = None
    desk: str | None = None


def news_of(kind: str, before: Body | None, after: Body) -> list[News]:
    """All that there is to tell of a record that came to stand like this."""
    tell = _TELLERS.get(kind)
    return list(tell(before, after)) if tell else []


def _of_observation(before: Body | None, after: Body) -> Iterator[News]:
    observer, was = after["observer"], before or {"state": steps.DRAFT}
    if after["state"] == steps.SUBMITTED and _is_on_desk(after) and not _is_on_desk(was):
        # Of a team's walk it comes there when its visit is revealed, not when it is given.
        path = "state" if was["state"] == steps.DRAFT else "revealed"
        yield News(GIVEN, path, desk=after["school"])
    if after["state"] == steps.RELEASED and was["state"] != steps.RELEASED:
        yield News(RELEASED, "state", person=observer)
    returned = after.get("returned")
    if returned and returned != was.get("returned"):
        kind = REOPENED if returned["verb"] == steps.REOPEN else SENT_BACK
        yield News(kind, "returned", person=observer)


def _is_on_desk(body: Body) -> bool:
    return body["state"] != steps.DRAFT and ("together" not in body or "revealed" in body)


def _of_review(before: Body | None, after: Body) -> Iterator[News]:
    # What went back is told by the observation itself: these are two changes about one thing.
    if before is None and after["verb"] == review.COMMENT:
        yield News(COMMENTED, RECORD, person=after["observer"])


def _of_thank_you(before: Body | None, after: Body) -> Iterator[News]:
    if before is None and after["to"] == thank_you.OBSERVER:
        yield News(THANKED, RECORD, person=after["observer"])


def _of_agreement(before: Body | None, after: Body) -> Iterator[News]:
    coach, teacher, over = after["coach"], after["teacher"], after.get("over")
    if before is None and not over:
        yield News(ASKED, RECORD, person=teacher)
    if "agreed" in after and "agreed" not in (before or {}) and not over:
        yield News(AGREED, "agreed", person=coach)
    if over and before is not None and "over" not in before:
        yield News(OVER, "over", person=teacher if over["by"] == coach else coach)


def _of_step(before: Body | None, after: Body) -> Iterator[News]:
    was = before["state"] if before else coaching_step.DRAFT
    if after["state"] == coaching_step.GIVEN and was == coaching_step.DRAFT:
        yield News(STEP, "state", person=after["teacher"])


def _of_walk(before: Body | None, after: Body) -> Iterator[News]:
    along = after.get("team", {}).keys() - (before or {}).get("team", {}).keys()
    for person in sorted(along - {after["lead"]}):
        yield News(ASKED_ALONG, f"team/{person}", person=person)


def _of_visit(before: Body | None, after: Body) -> Iterator[News]:
    revealed = after.get("revealed")
    if revealed and "by" not in revealed and "revealed" not in (before or {}):
        yield News(ALL_GAVE, "revealed", person=after["by"])


def _of_question(before: Body | None, after: Body) -> Iterator[News]:
    if before is None:
        yield from (News(ROOM_ASKED, RECORD, person=one) for one in sorted(after["asked"]))


def _of_claim(before: Body | None, after: Body) -> Iterator[News]:
    since = after.get("readable_at")
    if since and since != (before or {}).get("readable_at") and "over" not in after:
        yield News(READABLE, "readable_at", person=after["teacher"])


def _of_reply(before: Body | None, after: Body) -> Iterator[News]:
    if before is not None:
        return
    yield News(REPLIED, RECORD, person=after["observer"])
    if after["says"] in (reply.CORRECTION, reply.CONTEST):
        yield News(CORRECTION, RECORD, desk=after["school"])


_TELLERS = {
    "observation": _of_observation,
    "review": _of_review,
    "thank_you": _of_thank_you,
    "agreement": _of_agreement,
    "coaching_step": _of_step,
    "walk": _of_walk,
    "visit": _of_visit,
    "claim": _of_claim,
    "claim_question": _of_question,
    "reply": _of_reply,
}
# The paths by which a record that was there can become news; by others it never does. Of a map,
# which ends in a stroke, every key.
WATCHED = {
    "observation": ("state", "returned", "revealed"),
    "agreement": ("agreed", "over"),
    "coaching_step": ("state",),
    "walk": ("team/",),
    "visit": ("revealed",),
    "claim": ("readable_at",),
}
