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


class Question(Part):
    id = Text(ID, required=True)
    question = Text()
    type = Text()
    options = fields.List(Text())


class Indicator(Part):
    id = Text(ID, required=True)
    title = Text(required=True)
    core = Truth()
    must = Truth()
    ask_students = Truth()
    look_fors = fields.List(Text())
    note = Text()
    type = Text(validate.OneOf(INDICATOR_TYPES))
    levels = fields.Dict(keys=fields.Integer(), values=Text())
    fields_ = fields.List(fields.Nested(Question), data_key="fields")
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
    "after",
    "agreement",
    "barriers",
    "before",
    "caution",
    "computed",
    "during",
    "engaged_means",
    "fields",
    "follow_up",
    "frequency",
    "identity",
    "implementation_level_rules",
    "implementation_levels",
    "method",
    "outcomes",
    "participation_tally",
    "per_interval",
    "pick",
    "practice_card",
    "quality_control",
    "reporting",
    "reports",
    "response",
    "reviewers",
    "sampling",
    "setup",
    "stages",
    "steps",
    "student_codes",
    "talk_with_host",
    "teacher_codes",
    "team_indicators",
    "two_observers_min_share",
    "visibility",
    "when",
    "written",
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


RubricFile = type("RubricFile", (_Head,), {name: fields.Raw() for name in LATER})
