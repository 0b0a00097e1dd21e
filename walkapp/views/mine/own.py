"""Who has looked at what is a person's own, and all of it as one file."""

from flask import current_app, g, make_response, render_template

from ...clock import now_ms
from ...database import reading
from ...languages import language
from ...mine import archive
from ...mine.looks import looks_at
from ...reports import saying
from ...said import iso_day
from .door import Answer, blueprint, catch_up_with, home_of


@blueprint.get("/access")
def access() -> Answer:
    """Who has looked at what concerns this person."""
    parts = []
    for membership in g.visitor.memberships:
        here = home_of(membership)
        catch_up_with(here.space)
        with reading() as session:
            days = looks_at(session, here)
        parts.append({"name": membership.space_name, "days": days})
    return render_template("mine/access.html", parts=parts, saying=saying, is_alone=len(parts) == 1)


@blueprint.get("/<space>/archive.zip")
def own_archive() -> Answer:
    """Everything that is theirs."""
    now = now_ms()
    catch_up_with(g.space)
    with reading() as session:
        made = archive.archive(session, g.here, current_app.config["WALK"].home, language(), now)
    response = make_response(made)
    response.headers["Content-Type"] = "application/zip"
    name = f"walkapp-mine-{iso_day(now)}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
