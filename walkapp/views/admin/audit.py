"""What was administered, by whom, when."""

from typing import Any

from flask import Blueprint, g, render_template, request

from ...languages import N_, ngettext, pgettext
from ...languages import gettext as _
from ...queries import audit, people, places
from ...queries.audit import AuditLine
from ...said import role_name
from .door import looking

# What was done, and to whom or to what.
VERBS = {
    "create-space": N_("founded the district %(whom)s"),
    "publish-rubric": N_("added the rubric %(whom)s"),
    "publish-words": N_("set the translation of the rubric %(whom)s"),
    "add-school": N_("added the school %(whom)s"),
    "change-school": N_("changed the school %(whom)s"),
    "add-room": N_("added the room %(whom)s"),
    "change-room": N_("changed the room %(whom)s"),
    "change-visits": N_("changed when visits are wanted at %(whom)s"),
    "change-policy": N_("changed until when feedback is due"),
    "change-mail-policy": N_("changed what mails may say"),
    "change-room-reads": N_("changed what teachers read of visits to their rooms"),
    "change-keeping": N_("changed how long things are kept"),
    "hold": N_("put %(whom)s on hold"),
    "end-hold": N_("ended the hold on %(whom)s"),
    "add-person": N_("added %(whom)s"),
    "change-person": N_("changed %(whom)s"),
    "change-email": N_("changed the e-mail address of %(whom)s"),
    "give-role": N_("gave a role to %(whom)s"),
    "end-role": N_("ended a role of %(whom)s"),
    "make-link": N_("made a link for %(whom)s"),
    "use-link": N_("used the link for %(whom)s"),
    "set-password": N_("set the password of %(whom)s"),
    "join-account": N_("joined an account to %(whom)s"),
    "end-sign-in": N_("ended a sign-in of %(whom)s"),
    "end-all-sign-ins": N_("ended all sign-ins of %(whom)s"),
    "import": N_("entered a file of %(whom)s"),
    "enter-copy": N_("entered a copy of the work of %(whom)s"),
    "take-in-kept": N_("took in what was kept of %(whom)s"),
    "decline-kept": N_("left out what was kept of %(whom)s"),
    "read-kept": N_("read what was kept of %(whom)s"),
}
LISTS = {"people": N_("people"), "rooms": N_("rooms"), "schools": N_("schools")}

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
        {"at": line.at, "who": who.get(line.account or "", _("The server")), **_said(line, names)}
        for line in lines
    ]
    older = lines[-1].id if len(lines) == audit.PAGE_LINES else None
    return render_template("admin/audit.html", lines=said, older=older)


def _said(line: AuditLine, names: dict[str, str]) -> dict[str, str]:
    detail = line.detail
    named = names.get(line.what) or detail.get("title") or detail.get("name") or detail.get("code")
    if line.verb == "import" and line.what in LISTS:
        named = _(LISTS[line.what])
    return {
        "verb": line.verb,
        "sentence": VERBS.get(line.verb, ""),
        "whom": str(named or line.what),
        "more": _more(line.verb, detail, names),
    }


def _more(verb: str, detail: dict[str, Any], names: dict[str, str]) -> str:
    if verb in ("give-role", "end-role"):
        place = names.get(detail.get("school") or "", _("the whole district"))
        return f"{role_name(detail['role'])}, {place}"
    if verb in ("take-in-kept", "decline-kept"):
        return ngettext("%(num)s change", "%(num)s changes", detail["changes"])
    if verb == "import":
        added, changed = detail["added"], detail["changed"]
        return _("%(added)s added, %(changed)s changed", added=added, changed=changed)
    if detail.get("archived") is not None and verb.startswith("change-"):
        if detail["archived"]:
            return pgettext("what was done", "archived")
        return pgettext("what was done", "brought back")
    return str(detail.get("email") or "")
