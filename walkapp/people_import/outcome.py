"""What a file would do, line by line, in words; and the steps that do it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file (the header is line 1) and what it does."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line cannot be entered; line 1 stands for the file as a whole."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Step:
    """One record to add (`id` None) or to change."""

    kind: str
    id: str | None
    values: Mapping[str, Any]


@dataclass(slots=True)
class Plan:
    """What the lines come to, collected while they are read."""

    added: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    unchanged: list[Line] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be entered. `digest` stands for exactly this: another file, other rows in the
    meantime, or another language of the reader give another digest."""

    kind: str | None
    added: list[Line]
    changed: list[Line]
    unchanged: list[Line]
    refused: list[Fault]
    digest: str

    @property
    def can_apply(self) -> bool:
        """Every line is good, and there is something to enter."""
        return not self.refused and bool(self.added or self.changed)


def preview_of(space: str, kind: str | None, data: bytes, plan: Plan) -> Preview:
    lines: list[Line | Fault] = [*plan.added, *plan.changed, *plan.unchanged, *plan.refused]
    said = [asdict(one) for one in lines]
    steps = [asdict(step) for step in plan.steps]
    stands_for = [space, kind, hashlib.sha256(data).hexdigest(), said, steps]
    digest = hashlib.sha256(json.dumps(stands_for, sort_keys=True).encode()).hexdigest()
    return Preview(kind, plan.added, plan.changed, plan.unchanged, plan.refused, digest)
