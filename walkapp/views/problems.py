"""One door for everything that goes wrong, and a page that explains each code."""

from flask import Blueprint, Flask, Response, current_app, g, json, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from ..database import DatabaseBusy
from ..disk import is_full
from ..logs import log_failure
from ..organisation.refused import Refused
from ..problems import PROBLEMS, Problem, body_of

BUSY_RETRY_SECONDS = 2
BY_STATUS = {
    404: "not-found",
    405: "wrong-method",
    413: "too-large",
    415: "json-only",
    429: "too-many-tries",
    503: "busy",
}

blueprint = Blueprint("problems", __name__)


def init_app(app: Flask) -> None:
    app.register_error_handler(Problem, answer)
    app.register_error_handler(Refused, _answer_refused)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(DatabaseBusy, _answer_busy)
    app.register_error_handler(Exception, _answer_unexpected)


@blueprint.get("/problems/<code>")
def explain(code: str) -> str:
    """What a code means and what to do next."""
    if code not in PROBLEMS:
        raise Problem("not-found")
    return render_template("problem.html", problem=Problem(code), request_id=None)


def answer(problem: Problem) -> Response:
    """A page for a person, RFC 9457 for a program."""
    response = _page(problem) if _wants_page() else _document(problem)
    response.status_code = problem.entry.status
    response.headers.update(problem.headers)
    return response


def _wants_page() -> bool:
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    return best == "text/html" and not request.path.startswith("/api/")


def _page(problem: Problem) -> Response:
    page = render_template("problem.html", problem=problem, request_id=g.request_id)
    return Response(page, mimetype="text/html")


def _document(problem: Problem) -> Response:
    body = json.dumps(body_of(problem, g.request_id))
    return Response(body, mimetype="application/problem+json")


def _answer_http(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:  # a redirect to the address with its slash
        return error.get_response()
    if error.code >= 500 and error.code != 503:
        return _answer_unexpected(error)
    kept = [(k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After")]
    return answer(Problem(BY_STATUS.get(error.code, "bad-request"), headers=dict(kept)))


def _answer_refused(refused: Refused) -> Response:
    error = {"pointer": f"/{refused.field}", "code": refused.code, "detail": refused.sentence}
    return answer(Problem(refused.code, errors=[error]))


def _answer_busy(error: DatabaseBusy) -> Response:
    return answer(Problem("busy", headers={"Retry-After": str(BUSY_RETRY_SECONDS)}))


def _answer_unexpected(error: Exception) -> Response:
    log_failure(current_app.logger, error, g.request_id)
    if is_full(error):
        return answer(Problem("disk-full"))
    return answer(Problem("our-fault"))
