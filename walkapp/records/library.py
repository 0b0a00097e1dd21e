"""The rubric versions this release carries, as the record rules ask for them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from walkapp.sync.errors import Refusal

from ..rubric import WHOLE_SCHOOL, Rubric
from .fault import pointer
from .values import Body

Look = Callable[[], Mapping[str, Rubric]]


def _nothing_new() -> Mapping[str, Rubric]:
    return {}


class Library:
    """Keeps, beside the rubrics, the declarations bound to each of them, made when first asked."""

    def __init__(self, rubrics: Mapping[str, Rubric], look: Look = _nothing_new) -> None:
        self._rubrics = rubrics
        self._look = look
        self._has_looked = False
        self._bound: dict[str, Body] = {}

    def get(self, record_id: Any) -> Rubric | None:
        """One that is not known may have been published since the server began."""
        if not isinstance(record_id, str):
            return None
        if record_id not in self._rubrics or not self._has_looked:
            self._look_again()
        return self._rubrics.get(record_id)

    def _look_again(self) -> None:
        """At the first question, and for what is not known: what districts hold as records."""
        self._has_looked = True
        found = {id: one for id, one in self._look().items() if id not in self._rubrics}
        if found:
            self._rubrics = {**self._rubrics, **found}
            # What may be counted depends on every rubric there is.
            self._bound.clear()

    def all(self) -> Iterable[Rubric]:
        return self._rubrics.values()

    def bound(self, rubric: Rubric, bind: Callable[[Rubric, "Library"], Body]) -> Body:
        """The declaration of an observation with the indicators and levels of this rubric."""
        # Another thread may clear them at any moment: what was found or made is held.
        bound = self._bound.get(rubric.record_id)
        if bound is None:
            bound = self._bound[rubric.record_id] = bind(rubric, self)
        return bound

    def refuse_unusable(self, body: Mapping[str, Any], *above: str) -> Refusal | None:
        """A walk, a visit and an observation stand on a published rubric."""
        rubric = self.get(body["rubric"])
        if rubric is None:
            return Refusal("no-such-rubric", pointer(*above, "rubric"))
        if not rubric.is_published:
            return Refusal("rubric-not-published", pointer(*above, "rubric"))
        return None

    def refuse_wrong_stop(self, body: Mapping[str, Any], *above: str) -> Refusal | None:
        """A whole-school rubric hangs on visit 0, which has no room; any other on a room."""
        whole_school = self._rubrics[body["rubric"]].unit == WHOLE_SCHOOL
        if whole_school == (body["number"] == 0):
            return None
        detail = "0 for a whole-school rubric" if whole_school else "1 or more for a room"
        return Refusal("wrong-type", pointer(*above, "number"), detail)
