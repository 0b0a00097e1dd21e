"""The rubric files: all pass their own check, and a fault is named by file, line and field."""

import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from walkapp.rubric import record_id
from walkapp.rubric_files import (
    FOLDER,
    RubricsBroken,
    check_files,
    check_release,
    load_library,
    load_rubric,
    rubric_paths,
)

DEEPER = FOLDER / "deeper-learning-walk.yaml"


def changed(tmp_path: Path, old: str, new: str, of: Path = DEEPER) -> list[tuple[int, str, str]]:
    """The faults of a file after one edit, with the line counted from the edit."""
    text = of.read_text("ascii")
    assert text.count(old) == 1, f"the edit is not of one place: {old}"
    path = tmp_path / of.name
    path.write_text(text.replace(old, new), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    return [
        (f.line - line, f.field, f.sentence)
        for f in check_files([path])
        if "its text has changed" not in f.sentence
    ]


def written(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "made-up.yaml"
    path.write_text(textwrap.dedent(text))
    return [str(fault) for fault in check_files([path])]


def test_all_twelve_files_pass_the_check() -> None:
    assert len(rubric_paths()) == 12
    assert check_release() == []


def test_what_can_be_given_to_somebody_is_published_and_the_others_wait() -> None:
    published = {rubric.id for rubric in load_library().values() if rubric.is_published}
    assert published == {
        "deeper-learning-walk",
        "five-conditions-walk",
        "hqim-implementation-walk",
        "engagement-sweep",
        "system-alignment-check",
    }


def test_the_library_is_kept_by_the_id_of_the_record() -> None:
    library = load_library()
    assert library[record_id("deeper-learning-walk", 1)].title == "Deeper Learning Classroom Walk"
    assert all(id == rubric.record_id for id, rubric in library.items())


def test_the_published_rubrics_have_their_indicators() -> None:
    deeper = load_library()[record_id("deeper-learning-walk", 1)]
    five = load_library()[record_id("five-conditions-walk", 1)]
    assert (len(deeper.indicators), sum(one.core for one in deeper.indicators.values())) == (15, 8)
    assert len(five.indicators) == 25


def test_our_reader_gives_the_same_data_as_the_plain_one() -> None:
    from walkapp.rubric_yaml import read

    for path in rubric_paths():
        assert read(path).data == yaml.safe_load(path.read_text("ascii"))


@pytest.mark.parametrize(
    ("old", "new", "field", "sentence"),
    [
        ("version: 1", "version: one", "version", "is not a whole number"),
        ("version: 1", "version: true", "version", "is not a whole number"),
        ("zone: walk", "zone: wlak", "zone", "must be one of"),
        ("status: published", "status: final", "status", "must be one of: published, draft."),
        ("evaluative: false", "evaluative: true", "evaluative", "is always false"),
        ("unit: visit\n", "unit: visit\ncolour: red\n", "colour", "is not a key this part knows"),
        ("  id: evidence4", "  id: 4 evidence", "scale.id", "is not an id"),
        (
            "    title: Task and evidence",
            "    title: 12",
            "domains[0].title",
            "is not a text",
        ),
        (
            "        title: Target and criteria are in student hands",
            "        titel: Target and criteria are in student hands",
            "domains[0].indicators[0].titel",
            "is not a key this part knows",
        ),
        (
            "          1: Recall, copy or repeat.",
            "          7: Recall, copy or repeat.",
            "domains[0].indicators[1].levels.7",
            "is not a level of the scale evidence4",
        ),
        (
            "      domains: [TS, SA]",
            "      domains: [TS, XX]",
            "gates[0].when_no.domains[1]",
            "there is no domain XX",
        ),
        (
            "      default_value: 1",
            "      default_value: 9",
            "gates[0].when_no.default_value",
            "is not a value of the scale",
        ),
        (
            "evidence_rule: {required_for: [1, 4]",
            "evidence_rule: {required_for: [1, 5]",
            "evidence_rule.required_for[1]",
            "5 is not a level of the scale",
        ),
        ("count: 8", "count: 9", "short_form.count", "is 9, but 8 indicators are core"),
        (
            "any_no: not_met",
            "any_no: failed",
            "domains[0].indicators[2].derive",
            "says for both_yes, any_no and otherwise one of",
        ),
        (
            "      - id: TE2",
            "      - id: TE1",
            "domains[0].indicators[1].id",
            "TE1 is used 2 times",
        ),
    ],
)
def test_a_fault_names_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, sentence: str
) -> None:
    faults = changed(tmp_path, old, new)
    fitting = [f for f in faults if f[1] == field and sentence in f[2]]
    assert fitting, faults
    assert fitting[0][0] in (0, 1)  # the line itself, or the one that was put in below it


def test_the_whole_message_can_be_clicked_in_an_editor(tmp_path: Path) -> None:
    path = tmp_path / DEEPER.name
    path.write_text(DEEPER.read_text("ascii").replace("zone: walk", "zone: here"))
    assert str(check_files([path])[0]).startswith(f"{DEEPER.name}:8: zone must be one of")


def test_a_paired_question_that_says_nothing_of_its_results_is_named(tmp_path: Path) -> None:
    derive = "        derive: {both_yes: met, any_no: not_met, otherwise: not_observed}\n"
    ((_, field, sentence),) = changed(tmp_path, derive, "")
    assert field == "domains[0].indicators[2].derive" and "any_no" in sentence


def test_a_level_without_text_is_named(tmp_path: Path) -> None:
    faults = changed(tmp_path, "          2: Use a procedure or idea that was just shown.\n", "")
    assert [sentence for _, _, sentence in faults] == [
        "has no text for level 2 of the scale evidence4"
    ]


def test_a_key_given_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    (fault,) = changed(tmp_path, "zone: walk\n", "zone: walk\nzone: walk\n")
    assert fault == (1, "zone", "is there twice; the first is on line 8")


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "y", "N", "True", "FALSE"])
def test_an_unquoted_yes_or_no_is_refused(tmp_path: Path, word: str) -> None:
    (fault,) = changed(tmp_path, 'label: "Strong, student-led evidence"', f"label: {word}")
    assert fault[:2] == (0, "scale.values[3].label") and "quote it" in fault[2]


@pytest.mark.parametrize(
    "value", ["010", "0o17", "0x1f", "1_000", "1:30", "2026-11-22", "1e3", ".5", "+1", ".inf", "="]
)
def test_what_old_and_new_yaml_read_differently_is_refused(tmp_path: Path, value: str) -> None:
    faults = changed(tmp_path, 'label: "Strong, student-led evidence"', f"label: {value}")
    assert faults and faults[0][0] == 0


@pytest.mark.parametrize("text", ["&a Walk", "*a", "!!str Walk", "!python/object:os.system x"])
def test_anchors_aliases_and_tags_are_refused(tmp_path: Path, text: str) -> None:
    faults = changed(tmp_path, "zone: walk", f"zone: {text}")
    assert faults and faults[0][0] == 0


def test_a_curly_quote_is_refused_on_its_line(tmp_path: Path) -> None:
    (fault,) = changed(tmp_path, "Students build on", "Students “build” on")
    assert fault[0] == 0 and "not plain ASCII" in fault[2]


def test_a_file_under_a_wrong_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(DEEPER.read_text("ascii"))
    assert "belongs in a file named deeper-learning-walk.yaml" in str(check_files([path])[0])


def test_a_second_version_is_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "deeper-learning-walk-v2.yaml"
    text = DEEPER.read_text("ascii").replace(
        "version: 1\nstatus: published", "version: 2\nstatus: draft"
    )
    path.write_text(text)
    assert check_files([path]) == []
    assert load_rubric(path).record_id != record_id("deeper-learning-walk", 1)


@pytest.mark.parametrize(
    "text",
    ["", "- a\n- b\n", "just words\n", "{a: [}\n", "a: b: c\n", "\t- x\n", "? [a]\n: b\n", "null"],
)
def test_what_is_no_rubric_at_all_is_told_in_words(tmp_path: Path, text: str) -> None:
    faults = written(tmp_path, text)
    assert faults and all(fault.startswith("made-up.yaml:") for fault in faults)


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    assert "cannot be opened" in str(check_files([tmp_path / "gone.yaml"])[0])


def test_a_broken_file_is_never_loaded(tmp_path: Path) -> None:
    path = tmp_path / DEEPER.name
    path.write_text(DEEPER.read_text("ascii").replace("zone: walk", "zone: here"))
    with pytest.raises(RubricsBroken, match="zone must be one of"):
        load_rubric(path)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_the_check_never_breaks_on_what_it_reads(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_text(text, "utf-8", errors="surrogatepass")
    assert check_files([path])


@settings(deadline=None)
@given(st.data())
def test_the_check_never_breaks_on_a_damaged_rubric(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = DEEPER.read_text("ascii").split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(st.sampled_from(["", "x", "  - y: 1", "levels:", lines[place - 1]]))
    path = tmp_path_factory.mktemp("any") / DEEPER.name
    path.write_text("\n".join(lines))
    assert all(fault.sentence for fault in check_files([path]))
