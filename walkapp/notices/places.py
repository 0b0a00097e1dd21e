"""Where a notice leads: into the app, or to a page of the server. Pure."""

from typing import Protocol

from .news import (
    ALL_GAVE,
    ASKED_ALONG,
    COACHING,
    CORRECTION,
    DELETION,
    GIVEN,
    READABLE,
    ROOM_ASKED,
    STEP,
)


class Line(Protocol):
    """A notice with the body of its record."""

    @property
    def space(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def record(self) -> str: ...
    @property
    def body(self) -> dict[str, object]: ...


def place_of(line: Line) -> str:
    """The address where the words are that a notice does not say."""
    if line.kind == GIVEN:
        return f"/app/#/desk/{line.record}"
    if line.kind == CORRECTION:
        return f"/app/#/desk/{line.body['observation']}"
    if line.kind == ASKED_ALONG:
        return f"/app/#/walk/{line.record}"
    if line.kind == ALL_GAVE:
        return f"/app/#/together/{line.record}"
    if line.kind in (ROOM_ASKED, READABLE):
        return "/mine/"
    if line.kind == DELETION:
        return f"/lead/{line.space}/deletions"
    if line.kind == STEP:
        return f"/app/#/coaching/{line.body['agreement']}"
    if line.kind in COACHING:
        return f"/app/#/coaching/{line.record}"
    return f"/app/#/visit/{line.body.get('observation', line.record)}"
