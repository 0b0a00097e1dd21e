"""CSV, XLSX and PDF, read back by other programs."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from walkapp import organisation
from walkapp.database import writing
from walkapp.reports import csv_file

from .conftest import Year
from .reading import csv_cells

AsRole = Callable[[str], FlaskClient]
HIDDEN = "not shown: fewer than 5 rooms or 5 visits"


def sent(client: FlaskClient, year: Year, kind: str, **asked: str) -> bytes:
    answer = client.get(f"/reports/{year.space}/report.{kind}", query_string=asked)
    assert answer.status_code == 200
    assert re.fullmatch(
        rf'attachment; filename="walk-report-\d{{4}}-\d\d-\d\d\.{kind}"',
        answer.headers["Content-Disposition"],
    )
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def rename(app: Flask, year: Year, name: str) -> None:
    with app.app_context(), writing() as session:
        organisation.change_school(session, year.space, organisation.SERVICE, year.oak, name=name)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '=cmd|" /C calc"!A0']
)  # noqa: RUF001
def test_no_text_begins_a_formula(text: str) -> None:
    assert csv_file.safe(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1.5, 0, 12, "Oak Hill", "a=1", "5 rooms", ""])
def test_numbers_and_other_texts_stay_what_they_are(value: object) -> None:
    assert csv_file.safe(value) == value  # type: ignore[arg-type]


def test_a_school_called_like_a_formula_is_a_text_in_each_file(
    app: Flask, year: Year, as_role: AsRole
) -> None:
    name = '=HYPERLINK("http://evil.example","Oak")'
    rename(app, year, name)
    lead = as_role("lead")
    rows = csv.reader(io.StringIO(sent(lead, year, "csv").decode("utf-8-sig"), newline=""))
    said = [cell for row in rows for cell in row if "HYPERLINK" in cell]
    assert said and set(said) == {f"'{name}"}
    book = load_workbook(io.BytesIO(sent(lead, year, "xlsx")))
    found = [c for sheet in book for row in sheet for c in row if "HYPERLINK" in str(c.value)]
    assert found and {(one.data_type, one.value) for one in found} == {("s", name)}
    assert name in text_of(sent(lead, year, "pdf")).replace("”", '"').replace("“", '"')


def test_each_file_says_what_was_asked_and_as_of_when(as_role: AsRole, year: Year) -> None:
    lead, asked = as_role("lead"), {"school": year.oak, "from": "2026-10-01"}
    words = sent(lead, year, "csv", **asked).decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(sent(lead, year, "xlsx", **asked)))["About"]
    table = "\n".join(",".join(map(str, row)) for row in sheet.values)
    for said in (words, table, text_of(sent(lead, year, "pdf", **asked))):
        assert "Oak Hill" in said and "from October 1, 2026 on" in said
        assert re.search(r"As of.{1,3}\w+ \d{1,2}, \d{4}, \d{1,2}:\d\d", said)


def test_a_spreadsheet_knows_the_letters_of_a_csv(as_role: AsRole, year: Year) -> None:
    assert sent(as_role("lead"), year, "csv").startswith(b"\xef\xbb\xbf")


def test_numbers_are_numbers_in_a_workbook(as_role: AsRole, year: Year) -> None:
    sheet = load_workbook(io.BytesIO(sent(as_role("lead"), year, "xlsx")))["Numbers"]
    values = [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {type(one) for one in values if one is not None} <= {int, float}


def text_of(data: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split()
    )


def tags_of(node: DictionaryObject) -> list[str]:
    found = [str(node["/S"])] if "/S" in node else []
    below = node.get("/K", [])
    below = below.get_object() if hasattr(below, "get_object") else below
    for one in below if isinstance(below, list) else [below]:
        child = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(child, DictionaryObject):
            found += tags_of(child)
    return found


def test_the_pdf_is_tagged_and_says_its_language_and_title(as_role: AsRole, year: Year) -> None:
    lead = as_role("lead")
    for code, title in (("en", "Report on learning walks"), ("es", None), ("ht", None)):
        lead.set_cookie("walk_language", code)
        reader = PdfReader(io.BytesIO(sent(lead, year, "pdf")))
        root = reader.root_object
        assert str(root["/Lang"]).split("-")[0] == code
        assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid" in root["/Metadata"].get_data()
        if title:
            assert reader.metadata is not None and reader.metadata.title == title
        tags = set(tags_of(root["/StructTreeRoot"]))
        assert {"/H1", "/P", "/Table", "/TR", "/TH", "/TD"} <= tags


def test_every_font_of_the_pdf_is_in_it(as_role: AsRole, year: Year) -> None:
    reader = PdfReader(io.BytesIO(sent(as_role("lead"), year, "pdf")))
    fonts = [
        one.get_object() for page in reader.pages for one in page["/Resources"]["/Font"].values()
    ]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(one.get_object()) for one in described)


def test_the_pdf_says_every_number_of_the_csv(as_role: AsRole, year: Year) -> None:
    lead = as_role("lead")
    said = text_of(sent(lead, year, "pdf"))
    cells = csv_cells(sent(lead, year, "csv"))
    for (_, row, column), (number, *_rest) in cells.items():
        if number and column == "Level 3 or 4":
            assert f"{round(float(number) * 100)}%" in said, row
    hidden_rows = {
        (table, row) for table, row, _ in cells
        if all(not v[0] for (t, r, _), v in cells.items() if (t, r) == (table, row))
    }  # fmt: skip
    alone = [at for at, v in cells.items() if v[5] == HIDDEN and at[:2] not in hidden_rows]
    assert said.count(HIDDEN) == len(hidden_rows) + len(alone)


def test_a_name_with_a_letter_that_no_font_has_is_told_and_not_drawn_as_a_box(
    app: Flask, year: Year, as_role: AsRole
) -> None:
    rename(app, year, "小学校")
    lead = as_role("lead")
    answer = lead.get(f"/reports/{year.space}/report.pdf", headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert "letter that the fonts for PDF do not have" in answer.get_data(as_text=True)
    assert "小学校" in sent(lead, year, "csv").decode("utf-8-sig")


def test_markup_in_a_name_is_only_text(app: Flask, year: Year, as_role: AsRole) -> None:
    rename(app, year, '#panic("x") *Oak* $1$ @me <b>')
    lead = as_role("lead")
    assert "*Oak* $1$ @me <b>" in text_of(sent(lead, year, "pdf"))
    assert "<b>" not in lead.get(f"/reports/{year.space}").get_data(as_text=True)
