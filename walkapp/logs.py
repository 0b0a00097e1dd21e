"""A line of JSON for a request: what was asked and how it went, never who or what it said."""

import json
import logging
import secrets
import sys
import time
import traceback
from typing import Any

from flask import Flask, Response, g, request

from .clock import now_ms

# When all is well with them, they would only hide the rest.
UNLOGGED = ("/healthz", "/static/<path:name>", "/app/static/<path:name>")
BAD = 400

requests = logging.getLogger("walkapp.requests")


def init_app(app: Flask) -> None:
    """Give every request an id, and its line in the log once it is answered."""
    if not app.testing:
        _write_to_stderr()
    app.before_request(_begin)
    app.after_request(_finish)


def _write_to_stderr() -> None:
    logger = logging.getLogger("walkapp")
    logger.setLevel(logging.INFO)
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
        logger.propagate = False


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()


def _finish(response: Response) -> Response:
    # An answer to a tablet that all is well is read by nobody, and is mostly headers as it is.
    if response.status_code >= BAD or not (request.path.startswith("/api/") and response.is_json):
        response.headers["X-Request-Id"] = g.request_id
    # The rule and not the path: an invite's path holds its token.
    rule = request.url_rule.rule if request.url_rule else "(none)"
    if rule in UNLOGGED and response.status_code < BAD:
        return response
    took_ms = round((time.perf_counter() - g.began) * 1000, 1)
    requests.info(_line(
        request_id=g.request_id, method=request.method, route=rule,
        status=response.status_code, ms=took_ms,
    ))  # fmt: skip
    return response


def log_failure(logger: logging.Logger, error: BaseException, request_id: str) -> None:
    """Write where it broke, not what it said: messages can quote evidence."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    logger.error(_line(request_id=request_id, failure=type(error).__qualname__, at=places))


def _line(**fields: Any) -> str:
    return json.dumps({"at_ms": now_ms(), **fields})
