"""What the administrator and the lead are both shown of a district's rule for keeping."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from .config import Config
from .languages import gettext as _
from .languages import say_number
from .queries.places import school_names
from .retention import certificate, finding
from .retention.finding import Due
from .retention.rule import Rule
from .retention.traces import Traces, traces
from .retention_words import KINDS


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate as a page says it."""

    number: int
    at: int
    deleted: tuple[tuple[str, str], ...]  # (what, how many)
    days: tuple[str, ...]
    sha256: str
    said: str


@dataclass(frozen=True, slots=True)
class Preview:
    rule: Rule
    due: Due
    schools: tuple[tuple[str, int, int], ...]  # name, observations, observations losing photos
    certificates: tuple[Certified, ...]
    is_whole: bool
    traces: Traces


def preview(session: Session, space: str, day: str, config: Config) -> Preview:
    """What would be deleted on that day, and what was deleted so far."""
    rule = finding.rule_of(session, space)
    found = finding.due(session, space, rule, day)
    names, counted = school_names(session, space), found.by_school()
    schools = sorted(
        (names.get(id, id), counted[id]["observation"], counted[id]["photos"]) for id in counted
    )
    certified = tuple(map(_certified, certificate.certificates(session, space)))
    whole = certificate.is_whole(session, space)
    return Preview(rule, found, tuple(schools), certified, whole, traces(config))


def _certified(row: Any) -> Certified:
    said = json.loads(row.said)
    deleted = [
        (_(KINDS[kind]) if kind in KINDS else kind, say_number(num))
        for kind, num in said["deleted"].items()
    ]
    if said["photos"]:
        deleted.append((_("photos"), say_number(said["photos"])))
    return Certified(row.number, row.at, tuple(deleted), tuple(said["days"]), row.sha256, row.said)
