"""What `docs/promises.md` promises names the tests that prove it, and each of them is there."""

import ast
import re
from functools import cache
from pathlib import Path

from .places import HOUSE

PAGE = HOUSE / "docs" / "promises.md"
NAMED = re.compile(r"`((?:test_\w+\.py|[\w-]+\.test\.js))::([^`]+)`")
# A promise is a line of a list that begins with words in bold; its proofs stand below it.
PROMISE = re.compile(r"^- \*\*(.+?)\*\*", re.MULTILINE)
NOT_PROMISED = "## What is not promised"
ANNEX = "## Annex: the fault cases, one by one"
JS_TITLE = r"""test\(\s*(['"`]){}\1"""
CASES = [
    *range(1, 17), *range(18, 21), *range(23, 29), 30, 31, *range(38, 54), 55, 58, *range(61, 64),
    *range(65, 70), *range(76, 81), 83,
]  # fmt: skip
INVARIANTS = ("I1", "I7", "I8", "I10", "I11")
OF_SYNC = ("S1", "S2", "S3", "S4", "S5", "S6")


@cache
def files_called(name: str) -> list[Path]:
    tests = (HOUSE / "tests").rglob(name)
    return [path for path in tests if "__pycache__" not in path.parts]


@cache
def names_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def is_there(path: Path, test: str) -> bool:
    if path.suffix == ".py":
        return test.startswith("test_") and test in names_in(path)
    return re.search(JS_TITLE.format(re.escape(test)), path.read_text("utf-8")) is not None


def missing(page: str) -> list[str]:
    return [
        f"{file}::{test}"
        for file, test in NAMED.findall(page)
        if not any(is_there(path, test) for path in files_called(file))
    ]


def rows_of_annex(page: str) -> dict[str, str]:
    lines = [line for line in page.partition(ANNEX)[2].splitlines() if line.startswith("|")]
    return {line.split("|")[1].strip(): line for line in lines}


def test_every_test_that_is_named_is_there() -> None:
    page = PAGE.read_text("utf-8")
    assert len(NAMED.findall(page)) > 100
    assert missing(page) == []


def test_a_test_that_was_renamed_is_noticed() -> None:
    gone = "`test_promises.py::test_that_was_renamed` `core.test.js::a title nobody wrote`"
    assert len(missing(gone)) == 2
    here = "`test_promises.py::test_a_test_that_was_renamed_is_noticed`"
    assert missing(here + " `core.test.js::an id is a random uuid in lower case`") == []


def test_nothing_looks_like_a_proof_and_is_none() -> None:
    page = PAGE.read_text("utf-8")
    assert page.count("::") == len(NAMED.findall(page))


def test_every_promise_has_its_proof() -> None:
    page = PAGE.read_text("utf-8").partition(NOT_PROMISED)[0]
    places = [found.start() for found in PROMISE.finditer(page)]
    parts = [page[start:end] for start, end in zip(places, [*places[1:], len(page)], strict=True)]
    assert len(parts) > 30
    assert [PROMISE.findall(part)[0] for part in parts if not NAMED.search(part)] == []


def test_every_fault_case_and_invariant_has_a_line() -> None:
    rows = rows_of_annex(PAGE.read_text("utf-8"))
    wanted = [*(f"F{number:02}" for number in CASES), *INVARIANTS, *OF_SYNC]
    assert [one for one in wanted if one not in rows] == []
    # A case without a test says so in words.
    assert [one for one in wanted if not NAMED.search(rows[one]) and "not" not in rows[one]] == []
