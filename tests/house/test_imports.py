"""The arrows of the house: who may import whom, in Python and in JavaScript."""

import ast
import re
import sys
from pathlib import Path

import pytest

from .javascript import read_script
from .places import HOUSE, SCRIPTS, STATIC, Module, python_modules, script_imports, scripts

MODULES = python_modules()

# A folder or file of the service -> what of ours it may import. What is not listed is free to
# import anything but views, which only create_app joins.
ALLOWED = {
    "walkapp.sync": ("walkapp.sync",),
    "walkapp.rubrics": ("walkapp.rubrics",),
    "walkapp.static": (),
    "walkapp.clock": (),
    "walkapp.access": ("walkapp.access", "walkapp.sync"),
    "walkapp.measures": ("walkapp.measures", "walkapp.rubric"),
    "walkapp.rubric": ("walkapp.rubric",),
    "walkapp.models": ("walkapp.models", "walkapp.access.roles"),
    "walkapp.records": (
        "walkapp.records", "walkapp.access", "walkapp.sync", "walkapp.rubric",
    ),
    "walkapp.ready": (),
    "walkapp.log_statements": ("walkapp.models", "walkapp.sync", "walkapp.ready"),
    "walkapp.log": ("walkapp.models", "walkapp.sync", "walkapp.log_statements"),
    "walkapp.projections": (
        "walkapp.projections", "walkapp.models", "walkapp.sync", "walkapp.log",
    ),
    "walkapp.queries": ("walkapp.queries", "walkapp.models"),
}  # fmt: skip

# What a folder that does no I/O and owns no clock has no use for.
IMPURE = {
    "asyncio", "datetime.datetime", "glob", "http", "io", "logging", "os", "pathlib", "random",
    "secrets", "shutil", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time",
    "urllib",
}  # fmt: skip
OUTSIDE = {"flask", "flask_sqlalchemy", "sqlalchemy"}
PURE = ("walkapp.sync", "walkapp.access", "walkapp.measures", "walkapp.records")
CLOCKS = {
    ("time", "time"), ("time", "time_ns"), ("datetime", "now"), ("datetime", "utcnow"),
    ("datetime", "today"), ("date", "today"),
}  # fmt: skip

SCRIPT_ALLOWED = {
    "core": ("core",),
    "store": ("core", "store"),
    "sync": ("core", "sync"),
    "ui": ("core", "ui", "vendor"),
}
NEVER_SAID = {
    "core": r"Date\.now|new Date\(\s*\)|Math\.random|randomUUID|getRandomValues|setTimeout"
    r"|setInterval|performance\.now|fetch(?=\s*\()|indexedDB|localStorage|document|window|navigator",
    "store": r"fetch(?=\s*\()|XMLHttpRequest|sendBeacon|WebSocket",
    "sync": r"document|indexedDB",
    "ui": r"fetch(?=\s*\()|indexedDB|XMLHttpRequest|sendBeacon|WebSocket|EventSource|localStorage",
}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def ours_in(module: Module) -> set[str]:
    return {name for name in module.imports() if is_in(name, "walkapp")}


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_point_inward_only(package: str) -> None:
    allowed = ALLOWED[package]
    wrong = [
        f"{module.where} imports {name}"
        for module in MODULES
        if is_in(module.name, package)
        for name in ours_in(module)
        if not any(is_in(name, each) for each in allowed)
    ]
    assert not wrong


def test_the_engine_needs_nothing_but_the_standard_library() -> None:
    wrong = [
        f"{module.where} imports {name}"
        for module in MODULES
        if is_in(module.name, "walkapp.sync")
        for name in module.imports()
        if not is_in(name, "walkapp.sync") and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert not wrong


def test_pure_folders_do_no_input_or_output_and_own_no_clock() -> None:
    wrong = [
        f"{module.where} imports {name}"
        for module in MODULES
        if any(is_in(module.name, pure) for pure in PURE)
        for name in module.imports()
        if any(is_in(name, impure) for impure in IMPURE | OUTSIDE)
    ]
    assert not wrong


def test_the_engine_has_never_heard_of_schools() -> None:
    words = re.compile(r"walk(?!app)|rubric|teacher|school|observation|indicator|principal", re.I)
    wrong = [
        f"{module.where} says {said.group()!r}"
        for module in MODULES
        if is_in(module.name, "walkapp.sync")
        for said in words.finditer(ast.unparse(without_docstrings(module.tree)))
    ]
    assert not wrong


def without_docstrings(tree: ast.Module) -> ast.Module:
    """Examples in a docstring may speak of schools; code may not."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not is_bare_text(each)] or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def is_bare_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_views_never_import_each_other_and_only_create_app_joins_them() -> None:
    wrong = []
    for module in MODULES:
        for name in ours_in(module):
            if not is_in(name, "walkapp.views") or module.name == "walkapp":
                continue
            # A package of views is one view in several files.
            family = ".".join(name.split(".")[:3])
            if not is_in(module.name, family) and module.name != "walkapp.views":
                wrong.append(f"{module.where} imports {name}")
    assert not wrong


def test_views_hold_no_sql() -> None:
    wrong = [
        f"{module.where} imports {name}"
        for module in MODULES
        if is_in(module.name, "walkapp.views")
        for name in module.imports()
        if name.split(".")[0] == "sqlalchemy" and name != "sqlalchemy.orm.Session"
    ]
    assert not wrong


def test_only_one_file_reads_the_servers_clock() -> None:
    wrong = []
    for module in MODULES:
        if module.name == "walkapp.clock":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and (owner_of(node), node.attr) in CLOCKS:
                wrong.append(f"{module.where}:{node.lineno} reads the clock")
    assert not wrong


def owner_of(node: ast.Attribute) -> str:
    value = node.value
    return getattr(value, "attr", None) or getattr(value, "id", "")


def test_only_the_log_writes_records() -> None:
    kept = ("RecordRow", "ChangeRow", "Commit", "Audience", "Gone")
    wrong = [
        f"{module.where}:{node.lineno} makes a {node.func.id}"
        for module in MODULES
        if module.name != "walkapp.log"
        for row in kept
        if any(
            is_in(name, "walkapp.models") and name.endswith(f".{row}") for name in module.imports()
        )
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == row
    ]
    assert not wrong


def rows_known_to(module: Module) -> set[str]:
    return {name.split(".")[-1] for name in module.imports() if is_in(name, "walkapp.models")}


def floor_of(path: Path) -> str:
    return path.relative_to(SCRIPTS).parts[0]


@pytest.mark.parametrize("floor", SCRIPT_ALLOWED)
def test_scripts_import_downward_only(floor: str) -> None:
    wrong = [
        f"{path.relative_to(HOUSE)} imports {wanted.relative_to(HOUSE)}"
        for path in scripts()
        if floor_of(path) == floor
        for wanted in script_imports(path)
        if floor_of(wanted) not in SCRIPT_ALLOWED[floor]
    ]
    assert not wrong


def test_every_imported_script_is_there() -> None:
    missing = [
        f"{path.relative_to(HOUSE)} imports {wanted.relative_to(HOUSE)}"
        for path in scripts()
        for wanted in script_imports(path)
        if not wanted.is_file()
    ]
    assert not missing


@pytest.mark.parametrize("floor", NEVER_SAID)
def test_a_floor_keeps_to_its_promise(floor: str) -> None:
    never = re.compile(
        rf"(?<![\w#-])(?<!(?<!window)(?<!globalThis)\.)(?:{NEVER_SAID[floor]})(?!\w)"
    )
    wrong = [
        f"{path.relative_to(HOUSE)} says {said.group()}"
        for path in scripts()
        if floor_of(path) == floor
        for said in never.finditer(read_script(path.read_text("utf-8")).code)
    ]
    assert not wrong


# One file heals its connection. The rescue page reads raw: the app's own store may be what broke.
OPENS_THE_DATABASE = {"static/js/store/db.js", "static/rescue/storage.js"}
RESCUE = STATIC / "rescue"


def test_the_database_is_opened_in_one_file_and_by_the_rescue_page() -> None:
    raw = re.compile(r"(?<![\w#-])indexedDB\s*(?:\)|\?\.|\.)\s*open\b")
    found = {
        path.relative_to(HOUSE).as_posix()
        for path in [*scripts(), *sorted(RESCUE.glob("*.js"))]
        if raw.search(read_script(path.read_text("utf-8")).code)
    }
    assert found <= OPENS_THE_DATABASE


def test_the_rescue_page_leans_on_nothing_of_the_app_but_pure_files() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)} imports {wanted.relative_to(HOUSE)}"
        for path in sorted(RESCUE.glob("*.js"))
        for wanted in script_imports(path)
        if wanted.parent not in (RESCUE, SCRIPTS / "core") or not wanted.is_file()
    ]
    assert not wrong
