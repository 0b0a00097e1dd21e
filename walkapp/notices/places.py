"""Where in the app a notice leads. Pure."""

from typing import Protocol

from .news import COACHING, GIVEN, STEP


class Line(Protocol):
    """A notice with the body of its record."""

    @property
    def kind(self) -> str: ...
    @property
    def record(self) -> str: ...
    @property
    def body(self) -> dict[str, object]: ...


def place_of(line: Line) -> str:
    """The address in the app, where the words are that a notice does not say."""
    if line.kind == GIVEN:
        return f"/app/#/desk/{line.record}"
    if line.kind == STEP:
        return f"/app/#/coaching/{line.body['agreement']}"
    if line.kind in COACHING:
        return f"/app/#/coaching/{line.record}"
    return f"/app/#/visit/{line.body.get('observation', line.record)}"
