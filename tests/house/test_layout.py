"""The layout that was asked for, and nothing at the top that nobody would look for."""

import configparser
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from .places import HOUSE

ASKED_FOR = {"walkapp", "static", "sync", "rubrics", "tests", "setup.cfg", "manifest.json"}
BESIDE_IT = {
    ".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore",
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "MANIFEST.in", "Makefile", "README.md",
    "STYLE.md", "bench", "biome.json", "docs", "jsconfig.json", "package.json", "pyproject.toml",
    "requirements-build.txt", "requirements-postgres.txt", "requirements-test.txt",
    "requirements.txt", "ruff.toml",
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


def test_a_source_release_holds_what_the_repository_holds(tmp_path: Path) -> None:
    ours = [path for path in known_to_git() if (HOUSE / path).is_file()]
    for path in ours:
        (tmp_path / "house" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOUSE / path, tmp_path / "house" / path)
    build = "from setuptools.build_meta import build_sdist; build_sdist('..')"
    words = [sys.executable, "-W", "ignore", "-c", build]
    subprocess.run(words, cwd=tmp_path / "house", capture_output=True, check=True)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as release:
        held = {name.partition("/")[2] for name in release.getnames()}
    assert set(ours) - held - {".gitignore"} == set()
