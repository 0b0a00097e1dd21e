"""The tablet works where there is no internet: nothing it shows is loaded from elsewhere."""

import re

from .places import HOUSE, STATIC, TEMPLATES

# Names of XML vocabularies look like addresses and are never fetched.
NAMES_ONLY = ("http://www.w3.org/",)
ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9-]+\.[a-z0-9./-]+", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$|<!--.*?-->|\{#.*?#\}", re.DOTALL | re.MULTILINE)
LOADED = {".html", ".css", ".js", ".json", ".svg"}


def test_nothing_is_loaded_from_another_host() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}: {found}"
        for folder in (STATIC, TEMPLATES)
        for path in sorted(folder.rglob("*"))
        if path.suffix in LOADED
        for found in ADDRESS.findall(COMMENT.sub("", path.read_text("utf-8")))
        if not found.startswith(NAMES_ONLY)
    ]
    assert not wrong
