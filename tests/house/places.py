"""Where the parts of the house lie, and what they import."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
STATIC = HOUSE / "static"
SCRIPTS = STATIC / "js"
TEMPLATES = HOUSE / "walkapp" / "templates"

# The folders that are installed under walkapp although they lie beside it.
MAPPED = ("sync", "rubrics", "static")

JS_IMPORT = re.compile(
    r"""(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']([^"']+)["']"""
)
JS_LAZY_IMPORT = re.compile(r"""\bimport\(\s*["']([^"']+)["']\s*\)""")
JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)


@dataclass(frozen=True)
class Module:
    """One Python file of ours: its dotted name, where it lies, and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def where(self) -> str:
        return str(self.path.relative_to(HOUSE))

    def imports(self) -> Iterator[str]:
        """Every dotted name imported, relative ones resolved; `from a import b` gives `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self.resolve(node.module or "", node.level)
                yield from (f"{base}.{alias.name}" for alias in node.names)

    def resolve(self, module: str, level: int) -> str:
        if not level:
            return module
        package = self.name.split(".")
        if self.path.name != "__init__.py":
            package.pop()
        package = package[: len(package) - (level - 1)]
        return ".".join([*package, module] if module else package)


def python_modules() -> list[Module]:
    """All of the service's and the engine's modules."""
    return [read_module(path) for top in ("walkapp", *MAPPED) for path in python_files(HOUSE / top)]


def python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def read_module(path: Path) -> Module:
    parts = list(path.relative_to(HOUSE).with_suffix("").parts)
    if parts[0] in MAPPED:
        parts.insert(0, "walkapp")
    if parts[-1] == "__init__":
        parts.pop()
    return Module(".".join(parts), path, ast.parse(path.read_text("utf-8")))


def scripts() -> list[Path]:
    """All of the tablet's own scripts, without what others wrote."""
    return [path for path in sorted(SCRIPTS.rglob("*.js")) if "vendor" not in path.parts]


def script_imports(path: Path, lazy: bool = True) -> list[Path]:
    """The files that a script imports; with `lazy` also those it fetches when needed."""
    source = JS_COMMENT.sub(" ", path.read_text("utf-8"))
    wanted = JS_IMPORT.findall(source) + (JS_LAZY_IMPORT.findall(source) if lazy else [])
    return [resolve_script(path, each) for each in wanted]


def resolve_script(importer: Path, wanted: str) -> Path:
    assert wanted.startswith((".", "/static/")), f"{importer}: import of {wanted!r} by a bare name"
    if wanted.startswith("/static/"):
        return HOUSE / wanted.lstrip("/")
    return (importer.parent / wanted).resolve()
