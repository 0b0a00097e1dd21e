"""`/`: what this is, and how to get it onto a tablet."""

from flask import Blueprint, render_template, request

blueprint = Blueprint("start", __name__)

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


@blueprint.get("/")
def start() -> str:
    """The start page; over plain http from elsewhere it says why the app cannot be installed."""
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    return render_template("start.html", can_install=request.is_secure or name in LOCAL_NAMES)
