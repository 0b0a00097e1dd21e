"""The installed app: its document, its files, its worker. Nothing here knows who is asking."""

from functools import partial
from typing import cast

from flask import Blueprint, Flask, Response, current_app, request
from jinja2 import Environment

from ..packing import packed
from ..problems import Problem
from ..security import APP_POLICY
from ..shell import DOCUMENT, MANIFEST, Asset, Shell, newest_change, read_shell

blueprint = Blueprint("app", __name__)

ENCODINGS = ("br", "gzip")  # the best first


def init_app(app: Flask) -> None:
    """Read the files once, so that answering is only handing out."""
    app.extensions["walkapp.shell"] = _read(app)
    if app.debug or app.testing:
        app.before_request(partial(_read_again_when_changed, app))


@blueprint.get(DOCUMENT)
@blueprint.get(MANIFEST)
@blueprint.get("/static/<path:name>")
@blueprint.get(f"{DOCUMENT}static/<path:name>")  # within the service worker's scope, for workers
def file(name: str = "") -> Response:
    """One file of the app, in the best packing the browser takes."""
    asset = _shell().assets.get(f"/static/{name}" if name else request.path)
    if asset is None:
        raise Problem("not-found")
    return _answer(asset)


@blueprint.get(f"{DOCUMENT}files")
def in_one_piece() -> Response:
    """Every file of the app at once, for the service worker of a tablet that has none of them."""
    return _answer(_shell().in_one_piece())


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker with its file list; or, when it has to go, one that takes itself away."""
    shell = _shell()
    has_to_go = current_app.config["WALK"].kill_worker
    return _answer(shell.no_worker if has_to_go else shell.worker)


def _answer(asset: Asset) -> Response:
    headers = {
        "ETag": f'"{asset.tag}"',
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": APP_POLICY,
    }
    if request.if_none_match.contains_weak(asset.tag):
        return Response(status=304, headers=headers)
    body, encoding = _best_packing(asset)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(body, content_type=asset.mime, headers=headers)


def _best_packing(asset: Asset) -> tuple[bytes, str]:
    home = current_app.config["WALK"].home
    for encoding in ENCODINGS:
        if encoding in request.accept_encodings:
            body = packed(asset.raw, encoding, home)
            if len(body) < len(asset.raw):
                return body, encoding
    return asset.raw, ""


def _shell() -> Shell:
    return cast(Shell, current_app.extensions["walkapp.shell"])


def _read(app: Flask) -> Shell:
    template = cast(Environment, app.jinja_env).get_template("app.html")
    return read_shell(template.render, readable=app.config["WALK"].readable)


def _read_again_when_changed(app: Flask) -> None:
    if newest_change() != app.extensions["walkapp.shell"].changed:
        app.extensions["walkapp.shell"] = _read(app)
