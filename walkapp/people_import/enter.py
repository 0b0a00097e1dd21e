"""Enter what was looked at: all of it in one commit of the log, or nothing."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from walkapp.sync.change import Change

from ..clock import now_ms
from ..languages import gettext as _
from ..organisation.audit import note
from ..organisation.grants import NewGrant, follow_grants, write_grant
from ..organisation.people import person_record, write_person
from ..organisation.refused import Refused
from ..organisation.rooms import room_record
from ..organisation.schools import school_record
from ..organisation.writing import append, changed
from .outcome import Preview, Step, preview_of
from .planning import plan_of


def apply(
    session: Session, space: str, actor: str, data: bytes, digest: str, *, now: int | None = None
) -> Preview:
    """Enter the file if it does exactly what its preview said; else refuse and write nothing."""
    at = now if now is not None else now_ms()
    kind, plan = plan_of(session, space, data)
    seen = preview_of(space, kind, data, plan)
    if seen.digest != digest:
        raise Refused(
            "preview-outdated", "file", _("Something changed since you looked. Look at it again.")
        )
    if not seen.can_apply:
        raise Refused("import-refused", "file", _("This file cannot be entered as it is."))
    _enter(session, space, actor, plan.steps, at)
    note(
        session, space, actor, "import", kind or "", at,
        added=len(plan.added), changed=len(plan.changed), unchanged=len(plan.unchanged),
    )  # fmt: skip
    return seen


def _enter(session: Session, space: str, actor: str, steps: list[Step], at: int) -> None:
    made = [(step, _change(session, space, step, at)) for step in steps]
    append(session, space, actor, [change for _, change in made if change is not None], at)
    for step, change in made:
        id = step.id or (change.id if change else "")
        if step.kind == "person":
            _write_person(session, space, actor, step, id, at)
        else:
            verb = f"{'change' if step.id else 'add'}-{step.kind}"
            note(session, space, actor, verb, id, at, **step.values)
    more_roles = [
        step.id for step in steps if step.kind == "person" and step.id and step.values["roles"]
    ]
    follow_grants(session, space, actor, more_roles, at)


def _change(session: Session, space: str, step: Step, at: int) -> Change | None:
    """The change to the step's record; None where only roles are added to a known person."""
    values = dict(step.values)
    if step.id is None:
        return _NEW[step.kind](values, at)
    if step.kind == "person":
        if not values["name"]:
            return None
        values = {"name": values["name"]}
    return changed(session, space, step.kind, step.id, at, values)


def _new_person(values: dict, at: int) -> Change:
    return person_record(values["name"], [NewGrant(*role) for role in values["roles"]], at)


_NEW: dict[str, Callable[[dict, int], Change]] = {
    "school": lambda values, at: school_record(values["name"], values["code"], at),
    "room": lambda values, at: room_record(values.pop("school"), values.pop("code"), at, **values),
    "person": _new_person,
}


def _write_person(session: Session, space: str, actor: str, step: Step, id: str, at: int) -> None:
    if step.id is None:
        write_person(session, space, actor, id, step.values["name"], step.values["email"], at)
    elif step.values["name"]:
        note(session, space, actor, "change-person", id, at, name=step.values["name"])
    for role in step.values["roles"]:
        write_grant(session, space, actor, id, NewGrant(*role), at)
