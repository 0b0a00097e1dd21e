"""The one cookie: an opaque token that scripts cannot read and other sites cannot send along."""

from typing import Any

from flask import Request
from werkzeug.wrappers import Response

from .sessions import ABSOLUTE_MS


def token_of(request: Request) -> str | None:
    """The token the browser sent, under the name that fits how it came."""
    return request.cookies.get(_name(request))


def give(response: Response, request: Request, token: str) -> None:
    """Let the browser keep the token as long as a session can last."""
    response.set_cookie(_name(request), token, max_age=ABSOLUTE_MS // 1000, **_how(request))


def take_back(response: Response, request: Request) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(_name(request), **_how(request))


def _name(request: Request) -> str:
    # `__Host-` binds it to this very host, but browsers take it over TLS only.
    return "__Host-walkapp" if request.is_secure else "walkapp"


def _how(request: Request) -> dict[str, Any]:
    return {"path": "/", "secure": request.is_secure, "httponly": True, "samesite": "Lax"}
