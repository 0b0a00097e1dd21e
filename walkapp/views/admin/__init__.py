"""The pages of an administrator, and the door their links open; usable without script."""

from flask import Blueprint, Flask

from ... import said
from ...in_space import carry_space
from . import (
    audit,
    door,
    imports,
    index,
    invite,
    looked,
    mail,
    overview,
    people,
    policy,
    retention,
    roles,
    rooms,
    schools,
    sign_ins,
)

PAGES = (
    overview, policy, mail, schools, rooms, people, roles, imports, sign_ins, audit, retention,
    looked,
)  # fmt: skip


def register(app: Flask) -> None:
    """Hang the pages on the app, all behind one door."""
    pages = Blueprint("admin", __name__, url_prefix="/admin/<space>")
    carry_space(pages)
    pages.before_request(door.enter)
    pages.context_processor(door.shown_on_every_page)
    for view in PAGES:
        pages.register_blueprint(view.blueprint)
    for open_door in (index, invite):
        app.register_blueprint(open_door.blueprint)
    app.register_blueprint(pages)
    said.init_app(app)
