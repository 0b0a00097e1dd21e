"""What a note, a photo or a drawing is tied to."""

from collections.abc import Set
from typing import Any

from .fault import Fault, fault
from .values import Check

MAX_TAGS = 200


def tags(known: Set[str]) -> Check:
    """A list of ids of the rubric's indicators and lists of evidence."""

    def check(value: Any) -> Fault | None:
        if not isinstance(value, list):
            return fault("wrong-type", detail="a list")
        if len(value) > MAX_TAGS:
            return fault("too-long", detail=f"more than {MAX_TAGS} indicators")
        for place, one in enumerate(value):
            if not isinstance(one, str):
                return fault("wrong-type", str(place))
            if one not in known:
                return fault("no-such-indicator", str(place))
        return None

    return check
