"""/admin/: to the only district there is to keep, or a list of them."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from ...clock import now_ms
from ...problems import Problem
from ...signing_in import visitor

blueprint = Blueprint("admin_index", __name__)


@blueprint.get("/admin/")
def spaces() -> Response | str:
    """The districts this account administers."""
    found = visitor(request)
    if found is None:
        return redirect("/sign-in", code=303)  # type: ignore[return-value]
    mine = [one for one in found.memberships if one.opens("admin", now_ms())]
    if not mine:
        raise Problem("not-allowed")
    if len(mine) == 1:
        return redirect(url_for("admin.overview.show", space=mine[0].space))  # type: ignore[return-value]
    return render_template("admin/spaces.html", spaces=mine)
