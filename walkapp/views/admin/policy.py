"""What a district decides for everybody; the form stands on the overview."""

from flask import Blueprint, Response, g, request

from ... import organisation
from ...languages import N_
from ...organisation import Refused
from ...problems import Problem
from .door import actor, back_to, changing

DUE_WORDS = {
    "same-day": N_("on the same day"),
    "two-work-days": N_("within two work days"),
    "one-week": N_("within one week"),
}

READS_WORDS = {
    "notes-and-levels": N_("notes and levels"),
    "notes": N_("notes only"),
    "nothing": N_("nothing"),
}

blueprint = Blueprint("policy", __name__, url_prefix="/policy")


@blueprint.post("")
def change() -> Response:
    """Choose until when feedback is due."""
    try:
        with changing() as session:
            due = request.form.get("feedback_due", "")
            organisation.change_feedback_due(session, g.space, actor(), due)
    except Refused as trouble:
        raise Problem("wrong-fields", detail=trouble.sentence) from None
    return back_to("admin.overview.show", "saved")


@blueprint.post("/room-reads")
def change_room_reads() -> Response:
    """Choose what a teacher reads of a visit to her room."""
    try:
        with changing() as session:
            reads = request.form.get("room_reads", "")
            organisation.change_room_reads(session, g.space, actor(), reads)
    except Refused as trouble:
        raise Problem("wrong-fields", detail=trouble.sentence) from None
    return back_to("admin.overview.show", "saved")
