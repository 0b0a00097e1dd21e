"""Seal newly published rubric versions and write the contents that tests on both sides read.

    python tests/rubrics/seal.py

Adds the hash of each published version that has none yet to rubrics/published.json and never
alters one that is there; writes tests/vectors/rubrics/<id>.json for every published rubric.
"""

import json
import sys
from pathlib import Path
from typing import Any

from walkapp.rubric_content import content_hash, normalised
from walkapp.rubric_files import FOLDER, SEALS, rubric_paths, seals
from walkapp.rubric_yaml import read

VECTORS = Path(__file__).parent.parent / "vectors" / "rubrics"


def published() -> list[dict[str, Any]]:
    files = [read(path).data for path in rubric_paths()]
    return [normalised(data) for data in files if data and data.get("status") == "published"]


def sealed(contents: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """The seals with those of new versions added."""
    known = seals()
    for content in contents:
        versions = known.setdefault(content["id"], {})
        versions.setdefault(str(content["version"]), content_hash(content))
    return known


def written(value: Any) -> str:
    return json.dumps(value, indent=2) + "\n"


def vectors(contents: list[dict[str, Any]]) -> dict[Path, str]:
    """One file for the newest published version of each rubric."""
    newest = {content["id"]: content for content in sorted(contents, key=lambda c: c["version"])}
    return {VECTORS / f"{id}.json": written(content) for id, content in newest.items()}


def main() -> None:
    contents = published()
    (FOLDER / SEALS).write_text(written(sealed(contents)), "ascii")
    VECTORS.mkdir(exist_ok=True)
    for path, text in vectors(contents).items():
        path.write_text(text, "ascii")
    sys.stdout.write(f"{len(contents)} published versions are sealed.\n")


if __name__ == "__main__":
    main()
