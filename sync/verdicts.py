"""What became of a change. A device may forget a change only when it holds one of these for it."""

from dataclasses import dataclass
from typing import Any

from .errors import Refusal

OK = "ok"  # applied, and the row is now exactly what the author's device holds
MERGED = "merged"  # applied among writes the author had not seen: wait for the row
HELD = "held"  # not applied: kept whole for the space's lead to decide
REFUSED = "refused"  # not applied and not kept: the author's device keeps it


@dataclass(frozen=True, slots=True)
class Verdict:
    verdict: str
    seq: int | None
    hash: str
    problem: Refusal | None = None

    @property
    def accepted(self) -> bool:
        """Is the change part of the history?"""
        return self.verdict in (OK, MERGED)

    def wire(self) -> dict[str, Any]:
        """The verdict as it is answered; the service adds its sentences to the problem."""
        answer: dict[str, Any] = {"verdict": self.verdict, "seq": self.seq, "hash": self.hash}
        if self.problem is not None:
            answer["problem"] = problem(self.problem)
        return answer


def problem(refusal: Refusal) -> dict[str, str]:
    """Code, pointer and, where there is one, the detail of a refusal."""
    told = {"code": refusal.code, "pointer": refusal.pointer}
    return told | {"detail": refusal.detail} if refusal.detail else told
