"""What a held change says, in lines a lead can read before deciding."""

from collections.abc import Iterator, Mapping
from typing import Any

from .languages import N_
from .languages import gettext as _

Content = Mapping[str, Any]

KINDS = {
    "observation": N_("a visit's notes"),
    "visit": N_("a visit"),
    "visit_room": N_("a visit's room"),
    "walk": N_("a walk"),
    "review": N_("words to an observer"),
    "coaching_step": N_("a step for a teacher"),
    "thank_you": N_("a thank-you"),
    "consensus": N_("what a team agrees on"),
    "card": N_("a card of the debrief"),
    "next_step": N_("a next step"),
}
# For two people and nobody else: a lead decides without reading.
UNREAD = frozenset({"coaching_step"})
RANKS = (
    "walk", "visit", "visit_room", "observation", "review", "thank_you", "coaching_step",
    "consensus", "card", "next_step",
)  # fmt: skip
# Where the rubric keeps the names of what an observer answers.
NAMED = {
    "gates": ("gates", "question"),
    "counts": ("counts", "label"),
    "context": ("context_fields", "label"),
    "answers": ("open_fields", "label"),
}
# Counted in a room; an entry has no name of its own.
COUNTED = {
    "asked": N_("Students asked"),
    "sweeps": N_("Engagement sweep"),
    "intervals": N_("A signal of a sweep"),
    "turns": N_("A turn of talk"),
    "talk": N_("Who held the floor"),
    "seats": N_("How the seats are arranged"),
}
# Entries of a map of which one field is what a person wrote.
NAMED_ENTRIES = {
    "clusters": (N_("A cluster of the board"), "title"),
    "said": (N_("What was said of a next step"), "text"),
}
NO_WORD_FOR_PEOPLE = frozenset({"at", "until", "ended_at", "by", "sweep", "of", "order"})
CHIPS = {
    "saw": N_("Saw"),
    "heard": N_("Heard"),
    "said": N_("Said"),
    "work": N_("Work"),
    "tally": N_("Tally"),
}
WRITTEN = {
    "focus": N_("Focus question"),
    "problem": N_("Problem of practice"),
    "title": N_("Name of the walk"),
    "norms": N_("Norms"),
    "look_fors": N_("Look for"),
    "text": N_("Words"),
    "noticed": N_("What was noticed"),
}
STEPS = {
    "submitted": N_("given to the principal"),
    "released": N_("released"),
    "draft": N_("taken back to go on writing"),
}
YES_NO = {"yes": N_("Yes"), "no": N_("No"), "True": N_("Yes"), "False": N_("No")}
GONE = N_("taken away")


def rank_of(kind: str) -> int:
    """What the others of the same visit stand on comes first."""
    return RANKS.index(kind) if kind in RANKS else len(RANKS)


def kind_words(kind: str) -> str:
    return _(KINDS[kind]) if kind in KINDS else _("a record")


def is_unread(change: Mapping[str, Any]) -> bool:
    return change.get("kind") in UNREAD


def lines_of(change: Mapping[str, Any], content: Content | None = None) -> list[tuple[str, str]]:
    """(what, words) of everything in the change that a person wrote or chose.

    `content` is that of the rubric in hand; without it a rating is called by its id.
    """
    if is_unread(change):
        return []
    if change.get("set") == {"": None}:
        return [(_("Removal"), _("The whole record was to be removed."))]
    values = dict(change.get("new") or change.get("set") or {})
    if change.get("new") and values.get("state") == "draft":
        del values["state"]  # nobody took it back: it only begins
    return [line for path, value in _paths(values) for line in _line(path, value, content or {})]


def school_of(change: Mapping[str, Any]) -> str | None:
    """The school the change names itself; an edit of a record that is there names none."""
    return (change.get("new") or {}).get("school")


def rubric_of(change: Mapping[str, Any]) -> str | None:
    """The rubric the change names itself."""
    return (change.get("new") or {}).get("rubric")


def _paths(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, value in values.items():
        if isinstance(value, Mapping) and "/" not in path and path != "version":
            yield from ((f"{path}/{key}", one) for key, one in value.items())
        else:
            yield path, value


def _line(path: str, value: Any, content: Content) -> Iterator[tuple[str, str]]:
    head, _slash, key = path.partition("/")
    if head == "evidence":
        yield _note(value)
    elif head == "photos":
        yield _("Photo"), _photo(value)
    elif head == "ratings":
        yield _rating(key, value, content)
    elif head == "says":
        yield from _agreed(key, value, content)
    elif head in NAMED_ENTRIES:
        what, field = NAMED_ENTRIES[head]
        yield _(what), _(GONE) if value is None else str(value.get(field, ""))
    elif head in COUNTED:
        yield _(COUNTED[head]), _(GONE) if value is None else _parts(value)
    elif head in ("choices", "rows"):
        named = key if head == "choices" else str((value or {}).get("of", ""))
        yield _item_of(named, content), _(GONE) if value is None else _parts(value)
    elif head == "ink":
        yield _("Drawing"), _photo(value) if value else _(GONE)
    elif head == "answers" and _item_of(key, content) != key:
        yield _item_of(key, content), _(GONE) if value is None else str(value)
    elif head in NAMED:
        yield _name_of(head, key, content), _(GONE) if value is None else _said(value)
    elif head == "also":
        yield _("Two versions"), _("one was chosen") if value is None else _said(value)
    elif head == "state":
        yield _("Step"), _named(STEPS, str(value), str(value))
    elif head in WRITTEN and value != "":
        yield _(WRITTEN[head]), _(GONE) if value is None else str(value)


def _note(value: Any) -> tuple[str, str]:
    if not isinstance(value, Mapping):
        return _("Note"), _(GONE)
    return _named(CHIPS, str(value.get("chip")), _("Note")), str(value.get("text", ""))


def _photo(value: Any) -> str:
    # What was kept was never held against its rubric: it may be of any shape.
    alt = value.get("alt") if isinstance(value, Mapping) else None
    return _(GONE) if value is None else str(alt or _("a photo without words"))


def _rating(key: str, value: Any, content: Content) -> tuple[str, str]:
    every = (one for domain in content.get("domains", ()) for one in domain["indicators"])
    indicator = next((one for one in every if one["id"] == key), {"title": key})
    if value is None:
        return indicator["title"], _("not rated any more")
    return indicator["title"], _level(value, indicator, content)


def _agreed(key: str, value: Any, content: Content) -> Iterator[tuple[str, str]]:
    """What one of a team says that the team agrees on, and why."""
    yield _rating(key, value, content)
    if isinstance(value, Mapping) and value.get("why"):
        yield _("Words"), str(value["why"])


def _level(value: Any, indicator: Mapping[str, Any], content: Content) -> str:
    """A level by its label; of a pair each answer after its question."""
    chosen = value.get("value") if isinstance(value, Mapping) else value
    if chosen is not None:
        levels = (content.get("scale") or {}).get("values", ())
        return next((one["label"] for one in levels if one["value"] == chosen), str(chosen))
    if "of" in value:
        return _("%(n)s of %(all)s", n=value.get("n", "?"), all=value["of"])
    questions = {one["id"]: one["question"] for one in indicator.get("fields", ())}
    return " ".join(f"{questions.get(id, id)} {_said(one)}." for id, one in value.items())


def _name_of(head: str, key: str, content: Content) -> str:
    shelf, field = NAMED[head]
    return next((one[field] for one in content.get(shelf, ()) if one["id"] == key), key)


def _item_of(key: str, content: Content) -> str:
    items = (one for section in content.get("sections", ()) for one in section["items"])
    rated = (one for domain in content.get("domains", ()) for one in domain["indicators"])
    found = next((one for one in (*items, *rated) if one["id"] == key), None)
    return str(found.get("label") or found["title"]) if found else key


def _parts(value: Any) -> str:
    """What a person chose or wrote of an entry, without the times and ids around it."""
    if not isinstance(value, Mapping):
        return _said(value)
    return ", ".join(_said(one) for key, one in value.items() if key not in NO_WORD_FOR_PEOPLE)


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_said(one) for one in value.values() if not isinstance(one, Mapping))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return _named(YES_NO, str(value), str(value))


def _named(table: Mapping[str, str], word: str, other: str) -> str:
    return _(table[word]) if word in table else other
