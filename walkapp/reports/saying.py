"""Numbers of a report in words, in the language of whoever asks."""

from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from ..languages import LOCALES, N_, language, ngettext, say_date
from ..languages import gettext as _
from ..measures.periods import Period
from .document import COUNT, DAYS, LEVEL, POINTS, SHARE, Cell

TERMS = {
    "spring": N_("Spring %(year)s"),
    "summer": N_("Summer %(year)s"),
    "autumn": N_("Autumn %(year)s"),
}


def number(cell: Cell) -> str:
    """The number of a cell, or why there is none."""
    return _one(cell.kind, cell.value) if cell.value is not None else cell.why


def beside(cell: Cell, *, with_n: bool) -> str:
    """The interval and n; what is not there is said, or left out where it stands elsewhere."""
    if not cell.is_shown:
        return ""
    said = [interval(cell)] if cell.ends or cell.why else []
    return " · ".join(said + ([n(cell)] if with_n and cell.visits is not None else []))


def interval(cell: Cell) -> str:
    """Both ends of the interval, or why there is none."""
    if cell.ends is None:
        return cell.why
    low, high = (_one(cell.kind, end) for end in cell.ends)
    return _("%(low)s to %(high)s", low=low, high=high)


def n(cell: Cell) -> str:
    """How many visits, and how many observations of them."""
    visits = ngettext("%(num)s visit", "%(num)s visits", cell.visits or 0)
    seen = ngettext("%(num)s observation", "%(num)s observations", cell.observations or 0)
    return _("%(visits)s, %(observations)s", visits=visits, observations=seen)


def period(one: Period) -> str:
    """A term or a month: "Autumn 2026", "November 2026"."""
    if one.name in TERMS:
        return _(TERMS[one.name], year=one.year)
    return format_date(date.fromisoformat(one.first), "LLLL y", locale=_locale())


def day(said: str) -> str:
    return say_date(date.fromisoformat(said))


def _one(kind: str, value: float) -> str:
    if kind == SHARE:
        return format_percent(value, locale=_locale())
    if kind == POINTS:
        said = format_decimal(abs(round(value * 100)), locale=_locale())
        sign = "+" if value >= 0.005 else "−" if value <= -0.005 else "±"
        return f"{sign}{said}"
    if kind == LEVEL:
        return format_decimal(value, "0.00", locale=_locale())
    if kind in (COUNT, DAYS):
        return format_decimal(value, "#,##0.#", locale=_locale())
    raise ValueError(kind)


def _locale() -> Locale:
    return Locale.parse(LOCALES[language()])
