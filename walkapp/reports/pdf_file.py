"""A report as a tagged PDF (PDF/UA-1), set by typst with the fonts it carries itself.

The words go in as data, never as markup. A letter that no font has stops it: a page with boxes in
place of somebody's school is worse than none.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from ..languages import gettext as _
from . import saying
from .document import Cell, Document, Row, Section

MIME = "application/pdf"
STANDARDS: Any = ["ua-1"]  # the name of its type is not there at run time


class LetterMissing(Exception):
    """A name holds a letter that the fonts do not have."""


def write(document: Document, at: int) -> bytes:
    """`at` is the moment it speaks of, in milliseconds; the file says no other."""
    try:
        return typst.compile(
            _template(), format="pdf", pdf_standards=STANDARDS, ignore_system_fonts=True,
            timestamp=at // 1000, sys_inputs={"report": json.dumps(_data(document))},
        )  # fmt: skip
    except typst.TypstError as trouble:
        if "could not be displayed" in trouble.message or "no font" in trouble.message:
            raise LetterMissing from trouble
        raise


@cache
def _template() -> bytes:
    return (files("walkapp.reports") / "report.typ").read_bytes()


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "language": document.language,
        "facts": document.facts,
        "notes": document.notes,
        "sections": [_section(one) for one in document.sections],
        "nothing": "" if document.sections else _("There is nothing to report yet."),
        "meaning": _("What the numbers mean"),
        "definitions": [
            {"name": one.name, "words": one.words, "version": _version(one.version)}
            for one in document.definitions
        ],
        "page": _("page"),
    }


def _version(number: int) -> str:
    return _("version %(number)s", number=number)


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "about": section.about,
        "heads": [section.head, *section.columns],
        "rows": [_row(one, section) for one in section.rows],
    }


def _row(row: Row, section: Section) -> dict[str, Any]:
    cells = [_cell(one, section) for one in row.cells]
    return {"label": row.label, "about": row.about, "why": row.why_all, "cells": cells}


def _cell(cell: Cell, section: Section) -> list[str]:
    return [saying.number(cell), saying.beside(cell, with_n=not section.n_in_row)]
