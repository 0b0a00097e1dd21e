"""What every answer forbids the browser, and which requests may change something at all."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, request

from .problems import Problem

APP_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' blob:; "
    "media-src 'self' blob:; style-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html app"
)
# Pages from the server run no script at all.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The rescue page runs scripts of its own and puts text on the page as text, never as markup.
RESCUE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with it browsers send `Origin: null` on our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
PAGE_HEADERS = HEADERS | {"Content-Security-Policy": PAGE_POLICY}
# The others speak to documents; in an answer to a tablet they would be most of what is sent.
DATA_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
}
ONE_YEAR = "max-age=31536000"
BYTES = "application/octet-stream"
TAKES_BYTES = frozenset({"files.take"})  # endpoints; everything else of the API reads JSON
CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    app.before_request(_check)
    app.after_request(_add_headers)


def _check() -> None:
    if request.method not in CHANGES_NOTHING:
        _check_change()
    _refuse_nul()


def _check_change() -> None:
    if not came_from_here(request):
        raise Problem("cross-site")
    if request.path.startswith("/api/") and _has_body(request):
        _check_type()


def _check_type() -> None:
    if request.endpoint in TAKES_BYTES:
        if request.mimetype != BYTES:
            raise Problem("bytes-only")
    elif not request.is_json:
        raise Problem("json-only")


def _refuse_nul() -> None:
    """No name of ours holds a NUL, and PostgreSQL cannot even be asked for one."""
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        raise Problem("not-found")
    is_form = request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")
    if is_form and any("\0" in value for value in request.form.values()):
        raise Problem("bad-character")


def came_from_here(request: Request) -> bool:
    """Did one of our own pages send this? Silence about its origin counts as no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    # Browsers leave Sec-Fetch-Site out on plain http; Origin is always there on a POST.
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc.lower() == request.host.lower()


def _has_body(request: Request) -> bool:
    return request.method != "DELETE" or bool(request.content_length)


def _add_headers(response: Response) -> Response:
    is_data = request.path.startswith("/api/") and response.is_json
    for name, value in (DATA_HEADERS if is_data else PAGE_HEADERS).items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = ONE_YEAR
    return response
