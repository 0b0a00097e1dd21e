"""The files of the app: packed once, named by their hash, and listed whole for the worker."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from walkapp import shell
from walkapp.shell import boot_modules, one_sheet

from . import district, small_app

PATHS = ["/app/", "/sw.js", "/manifest.json", "/static/css/app.css", "/static/js/app.js"]


def listed(client: FlaskClient) -> tuple[str, dict[str, str]]:
    """What the worker was told: the version, and each path with its hash."""
    script = client.get("/sw.js").text
    build = re.search(r'^const BUILD = "(\w+)";$', script, re.M)
    files = re.search(r"^const SHELL = (\{.*?\});$", script, re.M | re.S)
    assert build and files
    return build[1], json.loads(files[1])


@pytest.mark.parametrize("path", PATHS)
def test_a_file_comes_in_the_best_packing_the_browser_takes(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    gzipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert brotli.decompress(packed.data) == gzip.decompress(gzipped.data) == plain.data
    assert packed.headers["Content-Encoding"] == "br" and "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < len(plain.data)


@pytest.mark.parametrize("path", PATHS)
def test_the_tag_is_the_hash_and_a_fresh_copy_is_not_sent_again(
    client: FlaskClient, path: str
) -> None:
    first = client.get(path)
    tag = f'"{sha256(first.data).hexdigest()[:16]}"'
    assert first.headers["ETag"] == tag and first.headers["Cache-Control"] == "no-cache"
    # A proxy that packs on its own makes the tag weak.
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"If-None-Match": known})
        assert again.status_code == 304 and not again.data and again.headers["ETag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/app/", "text/html"),
        ("/sw.js", "text/javascript"),
        ("/static/js/app.js", "text/javascript"),
        ("/static/css/app.css", "text/css"),
        ("/static/icons/icon.svg", "image/svg+xml"),
        ("/static/icons/icon-192.png", "image/png"),
        ("/manifest.json", "application/manifest+json"),
    ],
)
def test_files_say_what_they_are(client: FlaskClient, path: str, kind: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.mimetype == kind


@pytest.mark.parametrize(
    "path",
    [
        "/static/__init__.py", "/static/../setup.cfg", "/static/%2e%2e/setup.cfg",
        "/static//etc/passwd", "/static/js", "/static/js/", "/static/nothing.js",
        "/static/js/store/README.md",
    ],
)  # fmt: skip
def test_nothing_but_the_files_is_handed_out(client: FlaskClient, path: str) -> None:
    assert client.get(path, follow_redirects=True).status_code == 404


def test_the_worker_is_told_every_file_with_the_hash_of_its_bytes(client: FlaskClient) -> None:
    _, files = listed(client)
    assert {"/app/", "/manifest.json", "/static/js/app.js", "/static/css/app.css"} <= files.keys()
    for path, tag in files.items():
        assert sha256(client.get(path).data).hexdigest()[:16] == tag


def test_the_worker_keeps_what_the_app_needs_and_nothing_of_the_pages(client: FlaskClient) -> None:
    _, files = listed(client)
    assert not {"/static/sw.js", "/static/no-worker.js"} & files.keys()
    assert not {path for path in files if path.startswith("/static/css/")} - {shell.FIRST_SHEET}
    assert not [path for path in files if path.endswith(".png")]
    scripts = {f"/static/{p.relative_to(shell.asset_folder('static')).as_posix()}"
               for p in shell.asset_folder("static").glob("js/**/*.js")}  # fmt: skip
    assert scripts <= files.keys()


def test_the_worker_never_reads_or_keeps_data() -> None:
    script = (shell.asset_folder("static") / "sw.js").read_text()
    assert "indexedDB" not in script and "/api/" not in script
    # Waiting pages decide when to change over; only their message may skip the wait.
    assert script.count("skipWaiting") == 1
    assert len(script.splitlines()) <= 150


def test_the_document_is_the_same_for_everybody_and_runs_no_inline_script(
    client: FlaskClient, as_role: Callable[[str], FlaskClient]
) -> None:
    page = client.get("/app/").text
    assert page == as_role("observer").get("/app/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page) and "style=" not in page
    assert not re.search(r"<[^>]+\son\w+=", page)


def test_the_document_is_answered_at_once_and_not_by_a_redirect(client: FlaskClient) -> None:
    assert client.get("/app/").status_code == 200
    assert client.get("/app").status_code == 308


def test_the_document_names_the_build_the_worker_names(client: FlaskClient) -> None:
    build, _ = listed(client)
    assert f'<meta name="build" content="{build}">' in client.get("/app/").text
    assert client.get("/version").json["build"] == build


def sources(files: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def test_modules_are_found_through_static_imports_only() -> None:
    found = sources(
        {
            "/static/js/boot.js": "const { start } = await import('./app.js')\nstart()\n",
            "/static/js/app.js": (
                "import './a.js'\nimport { b,\n  c } from './ui/b.js'\n"
                "const later = () => import('./later.js')\n"
                "/** @type {import('./types.js').Thing} */\n// import './commented.js'\n"
            ),
            "/static/js/a.js": "export { x } from './a2.js'\nexport const y = 'from ./no.js'\n",
            "/static/js/a2.js": "import '../js/a.js'\n",
            "/static/js/ui/b.js": ("export * from '../vendor/lit.js'\nimport d from './gone.js'\n"),
            **{f"/static/js/{name}.js": "" for name in ("later", "types", "commented", "no")},
            "/static/js/vendor/lit.js": "export{a as b}",
        }
    )
    assert boot_modules(found) == [
        "/static/js/boot.js", "/static/js/app.js", "/static/js/a.js", "/static/js/ui/b.js",
        "/static/js/a2.js", "/static/js/vendor/lit.js",
    ]  # fmt: skip


def test_what_a_sheet_imports_is_written_in_its_place() -> None:
    found = sources(
        {
            "/static/css/app.css": (
                '@layer a;\n@import "tokens.css";\n@import "parts/x.css";\n@import "gone.css";\n'
            ),
            "/static/css/tokens.css": "@layer a { b { c: d } }",
            "/static/css/parts/x.css": '@import "y.css";\ne { f: g }',
            "/static/css/parts/y.css": "h { i: j }",
        }
    )
    assert one_sheet("/static/css/app.css", found) == (
        '@layer a;\n@layer a { b { c: d } }\nh { i: j }\ne { f: g }\n@import "gone.css";\n'
    )


def test_the_app_asks_for_one_sheet_and_it_has_all_of_them(client: FlaskClient) -> None:
    assert client.get("/app/").text.count('rel="stylesheet"') == 1
    sheet = client.get("/static/css/app.css").text
    assert "@import" not in sheet and ".visit-script" in sheet and "@media print" in sheet
    _, files = listed(client)
    assert [path for path in files if path.endswith(".css")] == ["/static/css/app.css"]


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small `static/` of one's own."""
    folder = small_app.make(tmp_path / "house")
    monkeypatch.setattr(shell, "asset_folder", lambda name: folder.parent / name)
    return folder


def test_a_changed_file_changes_its_hash_and_the_build_and_nothing_else(
    static: Path, client: FlaskClient
) -> None:
    build, files = listed(client)
    small_app.write_version(static, 2)
    newer_build, newer = listed(client)
    assert newer_build != build
    # The document names the build, so it always goes along.
    assert {path for path in newer if newer[path] != files[path]} == {
        "/static/js/version.js",
        "/app/",
    }


def test_a_file_that_is_added_or_taken_away_is_noticed(static: Path, client: FlaskClient) -> None:
    build, _ = listed(client)
    (static / "js/more.js").write_text("")
    added, files = listed(client)
    assert added != build and "/static/js/more.js" in files
    (static / "js/more.js").unlink()
    assert listed(client)[0] == build


def test_a_changed_worker_is_a_new_build(static: Path, client: FlaskClient) -> None:
    build, _ = listed(client)
    (static / "sw.js").write_text("// another policy\n")
    assert listed(client)[0] != build


def test_the_kill_switch_serves_a_worker_that_takes_itself_away(
    app: Flask, client: FlaskClient
) -> None:
    app.config["WALK"] = replace(app.config["WALK"], kill_worker=True)
    script = client.get("/sw.js")
    assert script.status_code == 200 and script.mimetype == "text/javascript"
    assert "unregister()" in script.text and "SHELL" not in script.text
    assert "indexedDB" not in script.text.replace("is in IndexedDB", "")


def test_the_app_can_be_installed(client: FlaskClient) -> None:
    manifest = client.get("/manifest.json").json
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == "/app/"
    assert manifest["display"] == "standalone" and manifest["name"] and manifest["short_name"]
    sizes = {(icon["sizes"], icon.get("purpose", "any")) for icon in manifest["icons"]}
    assert {("any", "any maskable"), ("192x192", "any"), ("512x512", "any")} <= sizes
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).mimetype == icon["type"]
    assert client.get("/static/icons/apple-touch-icon.png").mimetype == "image/png"


@pytest.mark.parametrize(
    ("host", "can_install"),
    [("http://localhost:8000", True), ("http://127.0.0.1:8000", True), ("http://[::1]:8000", True),
     ("https://walks.example", True), ("http://10.0.0.5:8000", False),
     ("http://localhost.evil.example", False)],
)  # fmt: skip
def test_the_start_page_says_why_plain_http_cannot_install(
    client: FlaskClient, host: str, can_install: bool
) -> None:
    page = client.get("/", base_url=host)
    assert page.status_code == 200 and 'href="/app/"' in page.text
    assert ("cannot be put on a tablet" not in page.text) == can_install


def test_health_is_told_without_a_sign_in(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"ok": True}
    assert client.get("/readyz").json == {"ready": True, "missing": []}


def test_an_unreachable_database_is_not_ready_but_alive(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    browser = district.browser(make_app(database=f"sqlite:///{tmp_path / 'no' / 'folder.sqlite3'}"))
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503
