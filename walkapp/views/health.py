"""What a watcher asks: does the process answer, can it work, which version is it."""

from importlib.metadata import version as version_of

from flask import Blueprint, Response, current_app, jsonify

from ..readiness import what_is_missing

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Database, its version and the disk are as they have to be; 503 and the reason otherwise."""
    missing = what_is_missing(current_app.config["WALK"])
    return jsonify(ready=not missing, missing=missing), 503 if missing else 200


@blueprint.get("/version")
def version() -> Response:
    """The version of the service, and of the app it hands out."""
    shell = current_app.extensions["walkapp.shell"]
    return jsonify(version=version_of("walkapp"), build=shell.build)
