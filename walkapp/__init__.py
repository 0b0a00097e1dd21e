"""walkapp: learning-walk observations that work all day on a tablet with no network."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from .config import Config

LARGEST_UPLOAD_BYTES = 8_000_000


def create_app(config: "Config | None" = None) -> "Flask":
    """Join the parts. This is the one place where they meet."""
    # Imported here, so that the engine and the rules can be imported without a web framework.
    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    from . import database, languages, logs, security
    from .config import Config
    from .records import rules_for
    from .rubric_files import load_library
    from .rubric_records import published_since

    config = config or Config.from_env()
    app = Flask(__name__, static_folder=None)
    app.config.update(WALK=config, TESTING=config.testing, MAX_CONTENT_LENGTH=LARGEST_UPLOAD_BYTES)
    if config.proxy:
        # Only then: anybody else could write an address of their choice into the header.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    logs.init_app(app)
    database.init_app(app)
    security.init_app(app)
    languages.init_app(app)
    app.extensions["walkapp.rules"] = rules_for(load_library(config.home), published_since)
    _hang_doors(app)
    return app


def _hang_doors(app: "Flask") -> None:
    from .views import (
        admin,
        deletions,
        files,
        health,
        kept,
        language,
        mine,
        notices,
        problems,
        reports,
        rescue,
        session,
        sign_in,
        start,
        sync,
    )
    from .views import app as tablet

    problems.init_app(app)
    tablet.init_app(app)
    for view in (
        problems, start, tablet, session, sync, files, sign_in, health, rescue, kept, language,
        notices, reports, mine, deletions,
    ):  # fmt: skip
        app.register_blueprint(view.blueprint)
    admin.register(app)
