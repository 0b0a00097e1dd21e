"""The form that all are given: 60 indicators in 6 domains, each with four levels in words."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bench.documents import DID, THEN, WHO

NAME, TITLE = "sixty-indicators", "Sixty Indicators"
DOMAINS = {
    "TE": "Task and evidence",
    "TS": "Team structures",
    "SA": "Student agency",
    "TM": "Teacher moves",
    "CL": "Climate",
    "AS": "Assessment",
}
EACH = 10
COUNT = EACH * len(DOMAINS)
SEED = 60
LABELS = {1: "Little or no evidence", 2: "Some evidence", 3: "Clear evidence", 4: "Strong evidence"}
APART = {"not_observed": "Not observed", "not_applicable": "Does not apply"}


def domains() -> list[dict[str, Any]]:
    """Every time the same words: domains with their indicators, levels of about 90 characters."""
    chance = random.Random(SEED)
    return [
        {"id": id, "title": title, "indicators": list(_indicators(chance, id, title))}
        for id, title in DOMAINS.items()
    ]


def titles() -> list[str]:
    """Of the indicators, in the order of the form."""
    return [one["title"] for domain in domains() for one in domain["indicators"]]


def write_rubric(folder: Path) -> None:
    """A house's rubric as a file, still a draft."""
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(_rubric(), sort_keys=False, width=1_000)
    (folder / f"{NAME}.yaml").write_text(text, "ascii")


def survey() -> dict[str, Any]:
    """The same texts as SurveyJS has them: a page for each domain, a radio group an indicator."""
    pages = [_page(domain) for domain in domains()]
    return {"title": TITLE, "pages": pages, "showQuestionNumbers": False}


def _indicators(chance: random.Random, domain: str, title: str) -> Iterator[dict[str, Any]]:
    for number in range(1, EACH + 1):
        levels = {value: _descriptor(chance) for value in LABELS}
        named = f"{title}: what to look for, {number:02}"
        yield {"id": f"{domain}{number}", "title": named, "levels": levels}


def _descriptor(chance: random.Random) -> str:
    words = (chance.choice(WHO), chance.choice(DID), chance.choice(THEN))
    return f"{' '.join(words)}.".format(n=chance.randint(2, 8))


def _rubric() -> dict[str, Any]:
    levels = [{"value": value, "label": label} for value, label in LABELS.items()]
    apart = [{"value": value, "label": label, "score": None} for value, label in APART.items()]
    return {
        "id": NAME,
        "version": 1,
        "status": "draft",
        "title": TITLE,
        "purpose": "As many indicators as a screen is asked to bear.",
        "zone": "walk",
        "unit": "visit",
        "evaluative": False,
        "scale": {"id": "evidence4", "type": "ordinal", "values": [*levels, *apart]},
        "domains": domains(),
    }


def _page(domain: dict[str, Any]) -> dict[str, Any]:
    questions = [_question(one) for one in domain["indicators"]]
    return {"name": domain["id"], "title": domain["title"], "elements": questions}


def _question(indicator: dict[str, Any]) -> dict[str, Any]:
    levels = [
        {"value": value, "text": f"{text} {LABELS[value]}"}
        for value, text in indicator["levels"].items()
    ]
    apart = [{"value": value, "text": text} for value, text in APART.items()]
    return {
        "type": "radiogroup",
        "name": indicator["id"],
        "title": indicator["title"],
        "choices": [*levels, *apart],
    }
