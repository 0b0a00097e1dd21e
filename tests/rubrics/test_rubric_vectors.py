"""Twins: `walkapp/rubric.py` gives what the shared vectors say; JavaScript reads the same ones."""

import json
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from walkapp.rubric import Rubric, gate_default, is_answered, paired_result, progress
from walkapp.rubric_diff import differences
from walkapp.rubric_words import said, texts

VECTORS = Path(__file__).parent.parent / "vectors"


def cases(name: str) -> list[Any]:
    read = json.loads((VECTORS / f"rubric-{name}.json").read_text("ascii"))
    assert read["about"]
    return [pytest.param(case, id=case["name"]) for case in read["cases"]]


def rubric_of(case: dict[str, Any]) -> Rubric:
    content = case.get("content")
    if content is None:
        content = json.loads((VECTORS / "rubrics" / f"{case['rubric']}.json").read_text("ascii"))
    facts = {name: content[name] for name in ("id", "version", "title", "unit")}
    return Rubric(**facts, status="published", content=content)


@pytest.mark.parametrize("case", cases("gates"))
def test_gates(case: dict[str, Any]) -> None:
    rubric = rubric_of(case)
    derived = {one: gate_default(rubric, case["body"], one) for one in case["expect"]}
    assert derived == case["expect"]


@pytest.mark.parametrize("case", cases("paired"))
def test_paired(case: dict[str, Any]) -> None:
    indicator = rubric_of(case).indicators[case["indicator"]]
    assert paired_result(indicator, case["rating"]) == case["expect"]
    assert is_answered(indicator, case["rating"]) == case["answered"]


@pytest.mark.parametrize("case", cases("progress"))
def test_progress(case: dict[str, Any]) -> None:
    assert asdict(progress(rubric_of(case), case["body"])) == case["expect"]


@pytest.mark.parametrize("case", cases("diff"))
def test_differences(case: dict[str, Any]) -> None:
    old = json.loads((VECTORS / "rubric-diff.json").read_text("ascii"))["old"]
    assert [asdict(one) for one in differences(old, case["new"])] == case["expect"]


@pytest.mark.parametrize("case", cases("words"))
def test_words(case: dict[str, Any]) -> None:
    content = deepcopy(case["content"])
    assert said(content, case["words"]) == case["expect"]
    assert [list(one) for one in texts(content)] == case["texts"]
    assert content == case["content"], "what was given stays as it is"
