"""Everything that is a person's own, as one file: to be read, to be reckoned with, to be kept.

Names of files say what is in them and nobody's name. Texts are never formulas to a spreadsheet.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from ..access.scopes import claimed_scope, person_scope
from ..kept_words import CHIPS
from ..languages import gettext as _
from ..queries import concerned, places
from ..queries.concerned import Line
from ..records.claim import OVER
from ..reports.csv_file import ENCODING, safe
from ..rubric_files import load_library
from ..rubric_records import published_records
from .claiming import claims_of
from .here import Here
from .looks import looks_at
from .words import SAID

# What is theirs because they made it or because it was said to them -> who has to be named where.
OWN = {
    "observation": "observer", "review": "observer", "thank_you": "observer", "walk": "lead",
    "visit": "by", "visit_room": "by", "agreement": "teacher", "coaching_step": "teacher",
    "reply": "observer",
}  # fmt: skip

Rows = list[Sequence[Any]]


def archive(session: Session, here: Here, home: Path, language: str, now: int) -> bytes:
    """A ZIP with a page to read, tables, and every record to the letter."""
    records = own_records(session, here)
    tables = _tables(session, here, home, records)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        _put(file, "read-me.html", _page(tables, language, now), now)
        for name, rows in tables.items():
            _put(file, f"{name}.csv", _csv(rows), now)
        kept = [{"id": one.id, "kind": one.kind, "body": one.body} for one in records]
        text = json.dumps({"made_at": now, "records": kept}, ensure_ascii=False, indent=1)
        _put(file, "records.json", text.encode(), now)
    return made.getvalue()


def own_records(session: Session, here: Here) -> list[Line]:
    """What the person wrote, what was said to them, and what they may read of their rooms."""
    mine = concerned.in_scope(session, here.space, person_scope(here.person), tuple(OWN))
    own = [one for one in mine if one.body.get(OWN[one.kind]) == here.person]
    claims = claims_of(session, here)
    under = [
        one
        for claim in claims
        if OVER not in claim.body
        for one in concerned.in_scope(
            session, here.space, claimed_scope(claim.id), ("released_copy", "reply")
        )
    ]
    return [*own, *claims, *under]


def _tables(session: Session, here: Here, home: Path, records: Sequence[Line]) -> dict[str, Rows]:
    schools = places.school_names(session, here.space)
    rubrics = load_library(home)
    if any(_rubric_of(one) not in rubrics for one in records if _rubric_of(one)):
        rubrics = published_records(session) | rubrics
    titles = {id: one.title for id, one in rubrics.items()}
    read = [one for one in records if one.kind in ("observation", "released_copy")]
    return {
        "visits": _visits(read, schools, titles),
        "notes": _notes(read),
        "levels": _levels(read),
        "claims": _claims(records, schools),
        "replies": _replies(records),
        "who-looked": _looks(session, here),
    }


def _rubric_of(one: Line) -> str:
    return str(one.body.get("rubric", "")) if one.kind in ("observation", "released_copy") else ""


def _visits(read: Iterable[Line], schools: Mapping[str, str], titles: Mapping[str, str]) -> Rows:
    head = (_("Day"), _("School"), _("Visit"), _("Rubric"), _("Focus question"), _("State"))
    rows = [
        (
            one.body["date"], schools.get(one.body["school"], ""), one.body["number"],
            titles.get(one.body["rubric"], ""), one.body.get("focus", ""),
            one.body.get("state", _("about your room")),
        )
        for one in read
    ]  # fmt: skip
    return [head, *sorted(rows, key=lambda row: (row[0], row[2]))]


def _notes(read: Iterable[Line]) -> Rows:
    head = (_("Day"), _("Visit"), _("How it was known"), _("Words"), _("Tied to"))
    rows = [
        (
            one.body["date"], one.body["number"],
            _chip(note.get("chip")), note["text"],
            " ".join(note.get("indicators", ())),
        )
        for one in read
        for note in sorted(
            one.body.get("evidence", {}).values(),
            key=lambda note: note.get("order", note.get("at", 0)),
        )
    ]  # fmt: skip
    return [head, *rows]


def _chip(chip: str | None) -> str:
    return _(CHIPS[chip]) if chip in CHIPS else ""


def _levels(read: Iterable[Line]) -> Rows:
    rows = [
        (one.body["date"], one.body["number"], indicator, _level(rating))
        for one in read
        for indicator, rating in sorted(one.body.get("ratings", {}).items())
    ]
    return [(_("Day"), _("Visit"), _("Indicator"), _("Level")), *rows]


def _level(rating: Mapping[str, Any]) -> Any:
    return rating["value"] if "value" in rating else json.dumps(rating, sort_keys=True)


def _claims(records: Iterable[Line], schools: Mapping[str, str]) -> Rows:
    head = (_("Day"), _("School"), _("Agreed"), _("Withdrawn"), _("What you agreed to"))
    rows = [
        (
            one.body["date"], schools.get(one.body["school"], ""), _time(one.body["agreed_at"]),
            _time(one.body.get(OVER, {}).get("at")), one.body["words"],
        )
        for one in records
        if one.kind == "claim"
    ]  # fmt: skip
    return [head, *rows]


def _replies(records: Iterable[Line]) -> Rows:
    head = (_("Said"), _("Visit"), _("What"), _("Words"), _("Answer"))
    rows = [
        (
            _time(one.body["at"]), one.body["number"], _said(one.body), one.body["text"],
            one.body.get("answer", {}).get("text", ""),
        )
        for one in records
        if one.kind == "reply"
    ]  # fmt: skip
    return [head, *rows]


def _said(reply: Mapping[str, Any]) -> str:
    says = reply["says"]
    return _(SAID[says])


def _looks(session: Session, here: Here) -> Rows:
    rows = [
        (day.day, reader.name, ", ".join(reader.roles), what, how)
        for day in looks_at(session, here)
        for reader in day.readers
        for what, how in reader.looks
    ]
    return [(_("Day"), _("Who"), _("Role"), _("What"), _("How")), *rows]


def _time(ms: int | None) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds") if ms else ""


def _csv(rows: Rows) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([safe(value) for value in row] for row in rows)
    return file.getvalue().encode(ENCODING)


def _page(tables: Mapping[str, Rows], language: str, now: int) -> bytes:
    titles = {
        "visits": _("Visits"), "notes": _("Notes"), "levels": _("Levels"), "claims": _("My rooms"),
        "replies": _("Replies"), "who-looked": _("Who has looked"),
    }  # fmt: skip
    parts = [(titles[name], rows[0], rows[1:]) for name, rows in tables.items()]
    return render_template(
        "mine/archive.html", parts=parts, made=_time(now), language=language
    ).encode()


def _put(file: zipfile.ZipFile, name: str, data: bytes, now: int) -> None:
    at = datetime.fromtimestamp(now / 1000, UTC)
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    file.writestr(entry, data)
