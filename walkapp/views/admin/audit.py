"""What was administered, by whom, when."""

from typing import Any

from flask import Blueprint, g, render_template, request

from ...queries import audit, people, places
from ...queries.audit import AuditLine
from ...said import role_name
from .door import looking

VERBS = {
    "create-space": "founded the district",
    "publish-rubric": "added the rubric",
    "add-school": "added the school",
    "change-school": "changed the school",
    "add-room": "added the room",
    "change-room": "changed the room",
    "add-person": "added",
    "change-person": "changed",
    "change-email": "changed the e-mail address of",
    "give-role": "gave a role to",
    "end-role": "ended a role of",
    "make-link": "made a link for",
    "use-link": "used the link for",
    "set-password": "set the password of",
    "join-account": "joined an account to",
    "end-sign-in": "ended a sign-in of",
    "end-all-sign-ins": "ended all sign-ins of",
    "import": "entered a file of",
    "enter-copy": "entered a copy of the work of",
    "take-in-kept": "took in what was kept of",
    "decline-kept": "left out what was kept of",
    "read-kept": "read what was kept of",
}

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.get("")
def index() -> str:
    """A page of it, newest first."""
    before = request.args.get("before", type=int)
    with looking() as session:
        lines = audit.audit_page(session, g.space, before)
        who = people.names_by_account(session, g.space)
        names = people.names(session, g.space) | places.school_names(session, g.space)
    said = [
        {"at": line.at, "who": who.get(line.account or "", "The server"), **_said(line, names)}
        for line in lines
    ]
    older = lines[-1].id if len(lines) == audit.PAGE_LINES else None
    return render_template("admin/audit.html", lines=said, older=older)


def _said(line: AuditLine, names: dict[str, str]) -> dict[str, str]:
    detail = line.detail
    named = names.get(line.what) or detail.get("title") or detail.get("name") or detail.get("code")
    return {
        "what": VERBS.get(line.verb, line.verb),
        "whom": str(named or line.what),
        "more": _more(line.verb, detail, names),
    }


def _more(verb: str, detail: dict[str, Any], names: dict[str, str]) -> str:
    if verb in ("give-role", "end-role"):
        place = names.get(detail.get("school") or "", "the whole district")
        return f"{role_name(detail['role'])}, {place}"
    if verb in ("take-in-kept", "decline-kept"):
        return f"{detail['changes']} changes"
    if verb == "import":
        return f"{detail['added']} added, {detail['changed']} changed"
    if detail.get("archived") is not None and verb.startswith("change-"):
        return "archived" if detail["archived"] else "brought back"
    return str(detail.get("email") or "")
