"""The layout that was asked for, and nothing at the top that nobody would look for."""

import configparser
import subprocess
import tomllib

from .places import HOUSE

ASKED_FOR = {"walkapp", "static", "sync", "rubrics", "tests", "setup.cfg", "manifest.json"}
BESIDE_IT = {
    ".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore",
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "STYLE.md",
    "bench", "docs", "jsconfig.json", "package.json", "pyproject.toml", "requirements-build.txt",
    "requirements-postgres.txt", "requirements-test.txt", "requirements.txt", "ruff.toml",
}  # fmt: skip


def known_to_git() -> list[str]:
    """Files that are, or would be, in the repository; what is ignored is nobody's business."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_what_was_asked_for_lies_at_the_top() -> None:
    assert {name for name in ASKED_FOR if not (HOUSE / name).exists()} == set()


def test_nothing_unexpected_lies_at_the_top() -> None:
    assert {path.split("/")[0] for path in known_to_git()} - ASKED_FOR - BESIDE_IT == set()


def test_settings_live_in_setup_cfg() -> None:
    settings = configparser.ConfigParser()
    settings.read(HOUSE / "setup.cfg")
    assert {"metadata", "tool:pytest", "mypy", "coverage:run"} <= set(settings.sections())
    assert set(tomllib.loads((HOUSE / "pyproject.toml").read_text())) == {"build-system"}


def test_every_package_is_named_in_setup_cfg() -> None:
    settings = configparser.ConfigParser()
    settings.read(HOUSE / "setup.cfg")
    named = set(settings["options"]["packages"].split())
    found = {
        ".".join(["walkapp", *(p for p in path.parent.relative_to(HOUSE).parts if p != "walkapp")])
        for top in ("walkapp", "sync", "rubrics", "static")
        for path in (HOUSE / top).rglob("__init__.py")
    }
    assert named == found
