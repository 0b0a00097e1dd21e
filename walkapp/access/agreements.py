"""A teacher's agreement to be coached, as far as access has to know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Agreement:
    """Between one coach and one teacher of one school. What is over does not come back."""

    id: str
    coach: str
    teacher: str
    school: str
    agreed: bool
    over: bool


def agreement_of(id: str, body: Mapping[str, Any]) -> Agreement:
    """What a record of the kind "agreement" says."""
    pair = body["coach"], body["teacher"], body["school"]
    return Agreement(id, *pair, agreed="agreed" in body, over="over" in body)
