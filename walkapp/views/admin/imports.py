"""Import: choose a file, look at what it would do, confirm. Nothing is written before that."""

import base64
import binascii

from flask import Blueprint, Response, g, render_template, request

from ... import people_import
from ...access import ROLES
from ...languages import gettext as _
from ...organisation import Refused
from .door import actor, back_to, changing, looking

Answer = Response | str | tuple[str, int]

blueprint = Blueprint("imports", __name__, url_prefix="/import")


@blueprint.get("")
def choose() -> Answer:
    """What a file looks like, and where to choose one."""
    return _choose(None)


@blueprint.post("")
def look() -> Answer:
    """What the chosen file would add, change and cannot."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choose(Refused("missing-field", "file", _("Choose a file first."))), 422
    # One byte more than may be read, so that a larger file is seen to be one.
    return _look(file.read(people_import.MOST_BYTES + 1))


@blueprint.post("/confirm")
def confirm() -> Answer:
    """Enter exactly what was shown, or show again what it would do now."""
    try:
        data = base64.b64decode(request.form.get("content", ""), validate=True)
    except (binascii.Error, ValueError):
        return _choose(Refused("bad-request", "file", _("Choose the file once more."))), 422
    try:
        with changing() as session:
            people_import.apply(session, g.space, actor(), data, request.form.get("digest", ""))
    except Refused as trouble:
        return _look(data, trouble)
    return back_to("admin.overview.show", "imported")


def _look(data: bytes, trouble: Refused | None = None) -> Answer:
    with looking() as session:
        preview = people_import.preview(session, g.space, data)
    page = render_template(
        "admin/import_preview.html",
        preview=preview,
        # The file travels with the page: nothing of it is kept here until it is confirmed.
        content=base64.b64encode(data).decode() if preview.can_apply else "",
        trouble=trouble,
    )
    return page, 422 if preview.refused or trouble else 200


def _choose(trouble: Refused | None) -> str:
    return render_template(
        "admin/import.html",
        trouble=trouble,
        role_ids=ROLES,
        most_rows=people_import.MOST_ROWS,
        most_kilobytes=people_import.MOST_BYTES // 1000,
    )
