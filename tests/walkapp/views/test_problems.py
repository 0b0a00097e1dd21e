"""The catalogue of problems: complete, without doubles, and always with a way on."""

import ast
import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from walkapp.database import DatabaseBusy
from walkapp.organisation import Refused
from walkapp.problems import PROBLEMS, Problem, with_sentence

from . import district

HOUSE = Path(__file__).resolve().parents[3]
# Whoever says one of these names a code with the first thing said.
SAYS_A_CODE = {"Problem", "Refusal", "Refused", "BadEnvelope", "_Malformed", "Fault", "fault"}
# Rooms and schools have codes too, but none with hyphens between words.
CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for folder in ("walkapp", "sync"):
        for path in sorted((HOUSE / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        said: list[ast.expr | None] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            said = list(node.args[:1]) if name in SAYS_A_CODE else []
        elif isinstance(node, ast.Dict):
            said = [v for k, v in zip(node.keys, node.values, strict=True) if is_text(k, "code")]
        yield from (one.value for one in said if is_text(one) and CODE.fullmatch(one.value))


def is_text(node: ast.expr | None, text: str | None = None) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and text in (None, node.value)
    )


def test_every_code_that_is_used_stands_in_the_catalogue() -> None:
    used = {(code, path.name) for path, tree in trees() for code in codes_in(tree)}
    assert len(used) > 40
    assert {(code, where) for code, where in used if code not in PROBLEMS} == set()


def test_no_code_has_two_meanings() -> None:
    tree = ast.parse((HOUSE / "walkapp" / "problems.py").read_text("utf-8"))
    codes = [
        key.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Call)
    ]
    assert set(codes) == set(PROBLEMS)
    assert [code for code, times in Counter(codes).items() if times > 1] == []


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_is_a_sentence_and_a_way_on(code: str) -> None:
    entry = PROBLEMS[code]
    assert 400 <= entry.status < 600
    assert entry.title.endswith(".") and entry.title[0].isupper()
    # What is safe, and what to do: two sentences at least.
    assert entry.next.count(". ") >= 1 and entry.next != entry.title


def test_every_problem_has_a_page_that_explains_it(client: FlaskClient) -> None:
    for code, entry in PROBLEMS.items():
        page = client.get(f"/problems/{code}")
        assert page.status_code == 200 and code in page.text
        assert html.escape(entry.next, quote=False) in page.text.replace("&#39;", "'")


def test_a_program_gets_json_and_a_person_a_page(client: FlaskClient) -> None:
    document = client.get("/nowhere")
    page = client.get("/nowhere", headers={"Accept": "text/html"})
    assert document.mimetype == "application/problem+json" and document.json["code"] == "not-found"
    assert page.mimetype == "text/html" and page.status_code == 404 and "not-found" in page.text


def test_the_api_answers_json_even_to_a_browser(client: FlaskClient) -> None:
    answer = client.get("/api/v1/session", headers={"Accept": "text/html"})
    assert answer.mimetype == "application/problem+json"
    assert answer.json.keys() >= {"type", "title", "status", "code", "next", "errors", "request_id"}
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_a_wrong_method_keeps_the_list_of_right_ones(client: FlaskClient) -> None:
    answer = client.put("/healthz")
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]


@pytest.fixture
def breaking(make_app: Callable[..., Flask]) -> FlaskClient:
    """A service with one door behind which things break."""
    app = make_app()

    @app.get("/break/<how>")
    def broken(how: str) -> str:
        secret = "Ms. Okoye said"
        if how == "busy":
            raise DatabaseBusy("locked")
        if how == "refused":
            raise Refused("code-taken", "code", "Another school already has the code 0031.")
        raise ValueError(f"cannot read {secret}")

    return district.browser(app)


def test_what_nobody_foresaw_says_nothing_of_the_inside(
    breaking: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = breaking.get("/break/unforeseen")
    assert answer.status_code == 500 and answer.json["code"] == "our-fault"
    assert "Okoye" not in answer.text + caplog.text
    assert "test_problems.py" in caplog.text and answer.json["request_id"] in caplog.text


def test_a_busy_database_says_when_to_come_back(breaking: FlaskClient) -> None:
    answer = breaking.get("/break/busy")
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0


def test_a_refusal_of_the_organisation_names_its_field(breaking: FlaskClient) -> None:
    answer = breaking.get("/break/refused")
    assert answer.status_code == 409
    assert answer.json["errors"][0]["pointer"] == "/code"


def test_an_unknown_code_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        Problem("made-up")


def test_a_refused_change_gets_its_sentence_and_keeps_its_pointer() -> None:
    said = with_sentence({"code": "no-such-level", "pointer": "/set/ratings~1TE1"})
    assert said["pointer"] == "/set/ratings~1TE1" and said["title"] and said["next"]
