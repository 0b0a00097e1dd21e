"""`/reports/`: numbers over many visits, as a page and as files of the same filter."""

from collections.abc import Callable
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy.orm import Session

from ..access import ability_of
from ..clock import now_ms
from ..database import reading, writing
from ..in_space import carry_space
from ..languages import language
from ..looking import REPORTS as REPORTS_LOOK
from ..looking import note_look
from ..measures.periods import school_year_of
from ..problems import Problem
from ..projections import ORGANISATION, REPORTS, catch_up, is_behind
from ..queries import reporting
from ..queries.reporting import WalkLine
from ..reports import Document, Filter, Material, asked, build, gather, reader_of, saying
from ..reports.chart import chart
from ..reports.filters import NotAsked
from ..reports.gathering import NothingThere
from ..reports.readers import Reader
from ..reports.replies import replied
from ..reports.visit import visit_page
from ..rubric import words_id
from ..said import iso_day, said_moment
from ..signing_in import visitor

Answer = Response | str

RECORDS_AT_A_TIME = 500  # nobody waits long for the lock while a large log is read

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
carry_space(blueprint)


@blueprint.before_request
def enter() -> Response | None:
    """Let in who may read reports of this very space. Another's and none at all look the same."""
    found = visitor(request)
    if found is None:
        return redirect("/sign-in?back=/reports/", code=303)  # type: ignore[return-value]
    g.visitor = found
    if g.space is None:
        return None
    here = next((one for one in found.memberships if one.space == g.space), None)
    if here is None:
        raise Problem("not-found")
    if not here.opens("reports", now_ms()):
        raise Problem("not-allowed")
    g.here = here
    return None


@blueprint.get("/")
def spaces() -> Answer:
    """The districts whose reports this account may read."""
    mine = [one for one in g.visitor.memberships if one.opens("reports", now_ms())]
    if not mine:
        raise Problem("not-allowed")
    if len(mine) == 1:
        return redirect(url_for(".show", space=mine[0].space))  # type: ignore[return-value]
    return render_template("reports/spaces.html", spaces=mine)


@blueprint.get("/<space>")
def show() -> Answer:
    """The page: small numbers stand on it only for who may open the visits behind them."""
    now = now_ms()
    with _looking() as session:
        reader = _reader(session)
        material = _gathered(session, reader, _asked())
        document = _document(session, material, reader.is_bound(material.schools), now)
        year = school_year_of(iso_day(now))
        counts = reporting.replied_visits(session, g.space, year)
    return render_template(
        "reports/report.html", here=g.here, document=document, material=material, saying=saying,
        replied=replied(counts, material.schools, reader),
        chart=chart, rubrics=[(id, one.title) for id, one in material.families.items()],
        walk_name=_walk_name(reader), visits=material.visits_of_walk(reader.desks),
    )  # fmt: skip


@blueprint.get("/<space>/visits/<visit>")
def visit(visit: str) -> Answer:
    """One visit, for the desk of its school: what was rated, and never in which room."""
    with _looking() as session:
        found = visit_page(session, g.space, current_app.config["WALK"].home, _reader(session),
                           visit, language())  # fmt: skip
    if found is None:
        raise Problem("not-found")
    with writing() as session:
        for id in found.ids:
            note_look(session, g.space, g.visitor.who.account, id, REPORTS_LOOK, now_ms())
    return render_template("reports/visit.html", here=g.here, visit=found, saying=saying)


@blueprint.get("/<space>/report.csv")
def as_csv() -> Answer:
    from ..reports import csv_file  # what writes files is only loaded where one is wanted

    return _file("csv", csv_file.MIME, lambda document, _at: csv_file.write(document))


@blueprint.get("/<space>/report.xlsx")
def as_xlsx() -> Answer:
    from ..reports import xlsx_file

    return _file("xlsx", xlsx_file.MIME, lambda document, _at: xlsx_file.write(document))


@blueprint.get("/<space>/report.pdf")
def as_pdf() -> Answer:
    from ..reports import pdf_file

    try:
        return _file("pdf", pdf_file.MIME, pdf_file.write)
    except pdf_file.LetterMissing:
        raise Problem("pdf-letter-missing") from None


def _file(kind: str, mime: str, write: Callable[[Document, int], bytes]) -> Response:
    """Of every file whoever makes it: nothing small, because nobody knows who reads it next."""
    now = now_ms()
    with _looking() as session:
        material = _gathered(session, _reader(session), _asked())
        document = _document(session, material, True, now)
    answer = make_response(write(document, now))
    answer.headers["Content-Type"] = mime
    name = f"walk-report-{iso_day(now)}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _looking() -> Any:
    """A reading session on rows that show everything in the log."""
    for what in (ORGANISATION, REPORTS):
        while _is_behind(what):
            with writing() as session:
                catch_up(session, g.space, what, RECORDS_AT_A_TIME)
    return reading()


def _is_behind(what: Any) -> bool:
    with reading() as session:
        return is_behind(session, g.space, what)


def _reader(session: Session) -> Reader:
    ability = ability_of(g.here.grants, now_ms())
    return reader_of(ability, reporting.schools(session, g.space))


def _asked() -> Filter:
    try:
        return asked(request.args)
    except NotAsked as trouble:
        raise Problem("bad-field", str(trouble)) from None


def _gathered(session: Session, reader: Reader, wanted: Filter) -> Material:
    try:
        return gather(session, g.space, current_app.config["WALK"].home, reader, wanted)
    except NothingThere:
        raise Problem("not-found") from None


def _document(session: Session, material: Material, is_bound: bool, now: int) -> Document:
    rubric = material.rubric
    id = words_id(rubric.record_id, language()) if rubric else ""
    words = reporting.rubric_words(session, g.space, id)
    return build(
        material, words, is_bound=is_bound, at=now, today=iso_day(now), said_moment=said_moment
    )


def _walk_name(reader: Reader) -> Callable[[WalkLine], str]:
    """A walk's title is told to who may read the walk; to others its day."""

    def name(walk: WalkLine) -> str:
        title = walk.title if walk.school in reader.desks else ""
        return " · ".join(filter(None, (saying.day(walk.date), title)))

    return name
