"""What a rubric file may hold: the marshmallow declaration, part by part.

Parts that a screen or a rule reads are declared to the last key. Parts that wait for the work
that shows them (a draft's stages, steps, sweeps) are named here and their inside left free.
"""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate

ID = validate.Regexp(r"^[A-Za-z][A-Za-z0-9_]{0,39}\Z", error="is not an id (letters, digits, _)")
RUBRIC_ID = validate.Regexp(
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*\Z", error="is not an id (words in lower case, with hyphens)"
)
UNSCORED = ("not_observed", "not_applicable", "cannot_say")
STATUSES = ("published", "draft")
ZONES = ("walk", "coaching", "cadre", "private", "school", "observers")
INDICATOR_TYPES = ("integer", "percent", "fraction", "yes_no", "paired_yes_no", "list")
LIST_TYPES = ("evidence_list", "question_list", "action_list", "list")
ITEM_TYPES = (
    "text", "choice", "choice_text", "multi_choice", "yes_no", "integer", "percent",
    "fraction", "date", "scale", *LIST_TYPES,
)  # fmt: skip
COLUMN_TYPES = ("text", "choice", "date", "integer", "scale")
OPEN_TYPES = ("text", "evidence_list", "question_list")
LONGEST_TEXT = 1_000


class Text(fields.String):
    """A text that says something."""

    def __init__(self, *extra: Any, **settings: Any) -> None:
        length = validate.Length(1, LONGEST_TEXT, error="is empty or longer than {max} characters")
        super().__init__(validate=[length, *extra], **settings)


class Whole(fields.Integer):
    def __init__(self, least: int = 0, **settings: Any) -> None:
        in_range = validate.Range(min=least, error="is less than {min}")
        super().__init__(strict=True, validate=in_range, **settings)


class Truth(fields.Boolean):
    truthy = {True}
    falsy = {False}


class ScaleKey(fields.Field[Any]):
    """A level's number, or one of the answers that are no levels."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        if type(value) is int or value in UNSCORED:
            return value
        raise ValidationError("is neither a whole number nor one of " + ", ".join(UNSCORED))


class Part(Schema):
    """A part of the file; keys that end in _note are words for people and allowed everywhere."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "is not a key this part knows", "type": "is not a group of keys"}

    @pre_load
    def without_notes(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            return data
        notes = {key for key in data if str(key).endswith("_note") and key not in self.fields}
        for note in notes:
            if not isinstance(data[note], str):
                raise ValidationError({note: ["is not a text"]})
        return {str(key): value for key, value in data.items() if key not in notes}


class ScaleValue(Part):
    value = ScaleKey(required=True)
    label = Text(required=True)
    score = fields.Raw(validate=validate.Equal(None, error="is only ever null"), allow_none=True)
    note = Text()


class Scale(Part):
    id = Text(ID, required=True)
    type = Text(validate.OneOf(["ordinal"]))
    applies_to = Text()
    values = fields.List(fields.Nested(ScaleValue), required=True)


class ContextField(Part):
    id = Text(ID, required=True)
    label = Text()
    type = Text(validate.OneOf(["choice", "integer", "text"]), required=True)
    options = fields.List(Text())


class WhenNo(Part):
    domains = fields.List(Text(ID), required=True)
    default_value = ScaleKey(required=True)
    needs_note = Truth()
    district_choices = fields.List(ScaleKey())
    report_as = Text(required=True)


class Gate(Part):
    id = Text(ID, required=True)
    question = Text(required=True)
    type = Text(validate.OneOf(["yes_no", "choice"]), required=True)
    options = fields.List(Text(), required=True)
    when_no = fields.Nested(WhenNo)


class Hint(Part):
    """What to look for in rooms of one grade band or subject."""

    grade_bands = fields.List(Text())
    subjects = fields.List(Text())
    text = Text(required=True)


class OnlyIf(Part):
    """An indicator that is asked only after a gate was answered so."""

    gate = Text(ID, required=True)
    answers = fields.List(Text(), required=True)


class Question(Part):
    id = Text(ID, required=True)
    question = Text()
    type = Text()
    options = fields.List(Text())


class Column(Part):
    """One field of each row of a list."""

    id = Text(ID, required=True)
    label = Text()
    type = Text(validate.OneOf(COLUMN_TYPES), required=True)
    options = fields.List(Text())
    levels = fields.Dict(keys=fields.Integer(), values=Text())


class Item(Part):
    """A question that is answered and not rated."""

    id = Text(ID, required=True)
    label = Text(required=True)
    type = Text(validate.OneOf(ITEM_TYPES), required=True)
    options = fields.List(Text())
    levels = fields.Dict(keys=fields.Integer(), values=Text())
    fields_ = fields.List(fields.Nested(Column), data_key="fields")
    hint = Text()
    required = Truth()
    min = Whole()
    max = Whole()


class Section(Part):
    """Questions that belong together, on a page of their own."""

    id = Text(ID, required=True)
    title = Text(required=True)
    about = Text()
    items = fields.List(fields.Nested(Item), required=True)


class Code(Part):
    code = Text(ID, required=True)
    label = Text(required=True)


class Ask(Part):
    """One thing recorded at each signal of a sweep, or of each turn."""

    id = Text(ID, required=True)
    label = Text(required=True)
    type = Text(validate.OneOf(["count", "codes", "choice"]), required=True)
    codes = fields.List(fields.Nested(Code))
    options = fields.List(Text())
    most = Whole(1)
    off = Truth()


class Sweep(Part):
    """Counts and codes at fixed moments."""

    interval_s = fields.List(Whole(5), required=True)
    interval_default = Whole(5, required=True)
    samples = fields.List(Text(), required=True)
    sample_n = Whole(1, required=True)
    method = Text(required=True)
    asks = fields.List(fields.Nested(Ask), required=True)
    engaged = fields.List(Text())
    not_engaged = fields.List(Text())
    caution = Text()


class Turns(Part):
    """Who speaks, on a grid of seats without names."""

    asks = fields.List(fields.Nested(Ask), required=True)


class Indicator(Part):
    id = Text(ID, required=True)
    title = Text(required=True)
    core = Truth()
    must = Truth()
    ask_students = Truth()
    look_fors = fields.List(Text())
    phrases = fields.List(Text())
    hints = fields.List(fields.Nested(Hint))
    only_if = fields.Nested(OnlyIf)
    note = Text()
    type = Text(validate.OneOf(INDICATOR_TYPES))
    levels = fields.Dict(keys=fields.Integer(), values=Text())
    fields_ = fields.List(fields.Nested(Question), data_key="fields")
    columns = fields.List(fields.Nested(Column))
    derive = fields.Dict(keys=Text(), values=Text())
    options = fields.List(Text())
    min = Whole()
    max = Whole()
    source = Text()
    suggest_n = Whole()


class Domain(Part):
    id = Text(ID, required=True)
    title = Text(required=True)
    about = Text()
    optional = Truth()
    scale = fields.Nested(Scale)
    indicators = fields.List(fields.Nested(Indicator), required=True)


class Count(Part):
    id = Text(ID, required=True)
    label = Text(required=True)
    type = Text(validate.OneOf(["integer"]))
    suggest = Whole()


class OpenField(Part):
    id = Text(ID, required=True)
    label = Text(required=True)
    type = Text(validate.OneOf(OPEN_TYPES), required=True)


class EvidenceRule(Part):
    required_for = fields.List(ScaleKey(), required=True)
    min_notes = Whole(required=True)
    style = Text()


class ShortForm(Part):
    rule = Text(validate.OneOf(["indicators_with_core_true"]), required=True)
    count = Whole(1, required=True)
    minutes_under = Whole(1, required=True)


# Parts of drafts that no screen reads yet.
LATER = [
    "agreement",
    "computed",
    "follow_up",
    "frequency",
    "identity",
    "implementation_level_rules",
    "implementation_levels",
    "outcomes",
    "pick",
    "quality_control",
    "reporting",
    "reports",
    "reviewers",
    "sampling",
    "stages",
    "two_observers_min_share",
    "visibility",
    "when",
]


class _Head(Part):
    id = Text(RUBRIC_ID, required=True)
    version = Whole(1, required=True)
    status = Text(validate.OneOf(STATUSES), required=True)
    title = Text(required=True)
    purpose = Text(required=True)
    zone = Text(validate.OneOf(ZONES), required=True)
    unit = Text(ID, required=True)
    evaluative = Truth(required=True, validate=validate.Equal(False, error="is always false"))
    note = Text()
    minutes = fields.Dict(keys=Text(), values=Whole(1))
    scale = fields.Nested(Scale)
    evidence_rule = fields.Nested(EvidenceRule)
    context_fields = fields.List(fields.Nested(ContextField))
    gates = fields.List(fields.Nested(Gate))
    domains = fields.List(fields.Nested(Domain))
    counts = fields.List(fields.Nested(Count))
    student_questions = fields.List(Text())
    open_fields = fields.List(fields.Nested(OpenField))
    short_form = fields.Nested(ShortForm)
    sections = fields.List(fields.Nested(Section))
    sweep = fields.Nested(Sweep)
    turns = fields.Nested(Turns)


RubricFile = type("RubricFile", (_Head,), {name: fields.Raw() for name in LATER})
