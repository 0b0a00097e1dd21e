"""Mail to the people of a district: what it may say, and how it fares; nobody's address."""

from flask import Blueprint, Response, current_app, g, render_template, request

from ... import organisation
from ...clock import now_ms
from ...languages import LANGUAGES
from ...notices.words import STATES, problem_words
from ...organisation import Refused
from ...problems import Problem
from ...queries import notices, policy
from .door import actor, back_to, changing, looking

SHOWN_MS = 30 * 24 * 3_600_000

blueprint = Blueprint("mail", __name__, url_prefix="/mail")


@blueprint.get("")
def show() -> str:
    """How many mails went out, wait or failed in the last thirty days, and why."""
    with looking() as session:
        decided = policy.mail(session, g.space)
        endings = notices.endings(session, g.space, now_ms() - SHOWN_MS)
    return render_template(
        "admin/mail.html", decided=decided, endings=endings, states=STATES,
        problem_words=problem_words, every_language=LANGUAGES,
        is_set_up=current_app.config["WALK"].mail is not None,
    )  # fmt: skip


@blueprint.post("")
def change() -> Response:
    """Choose what mails may say, and their language."""
    hides, language = request.form.get("school", ""), request.form.get("language", "")
    if hides not in ("named", "hidden"):
        raise Problem("wrong-fields")
    try:
        with changing() as session:
            organisation.change_mail(
                session, g.space, actor(), hides_school=hides == "hidden", language=language
            )
    except Refused as trouble:
        raise Problem("wrong-fields", detail=trouble.sentence) from None
    return back_to("admin.mail.show", "saved")
