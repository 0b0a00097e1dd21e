"""A published version never changes, and what tests on both sides read is made from it."""

import importlib.util
import json
from pathlib import Path

from walkapp.rubric_content import content_hash
from walkapp.rubric_files import FOLDER, check_files, load_library, seals

_spec = importlib.util.spec_from_file_location("seal", Path(__file__).with_name("seal.py"))
assert _spec and _spec.loader
seal = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(seal)


def copy_of(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "five-conditions-walk.yaml"
    text = (FOLDER / path.name).read_text("ascii")
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return path


def test_every_published_version_has_the_hash_it_was_published_with() -> None:
    published = [rubric for rubric in load_library().values() if rubric.is_published]
    assert published
    for rubric in published:
        assert content_hash(rubric.content) == seals()[rubric.id][str(rubric.version)], (
            f"{rubric.id} was published: make a new version instead"
        )


def test_a_changed_word_in_a_published_file_asks_for_a_new_version(tmp_path: Path) -> None:
    (fault,) = check_files([copy_of(tmp_path, "label: Emerging", "label: Starting")])
    assert fault.field == "version" and "make a new version instead" in fault.sentence


def test_another_layout_of_the_same_words_is_no_change(tmp_path: Path) -> None:
    assert (
        check_files([copy_of(tmp_path, "unit: school", "\n# Whole school.\nunit:   school")]) == []
    )


def test_a_published_version_stays_published(tmp_path: Path) -> None:
    (fault,) = check_files([copy_of(tmp_path, "status: published", "status: draft")])
    assert "stays so" in fault.sentence


def test_a_version_is_not_published_without_its_seal(tmp_path: Path) -> None:
    path = copy_of(tmp_path, "version: 1", "version: 2").rename(
        tmp_path / "five-conditions-walk-v2.yaml"
    )
    (fault,) = check_files([path])
    assert "without a seal" in fault.sentence


def test_sealing_again_changes_nothing() -> None:
    contents = seal.published()
    assert seal.sealed(contents) == seals()


def test_sealing_never_alters_a_seal() -> None:
    changed = [{**content, "title": "Another"} for content in seal.published()]
    assert seal.sealed(changed) == seals()


def test_the_contents_that_tests_read_are_those_of_the_rubrics() -> None:
    for path, text in seal.vectors(seal.published()).items():
        assert path.read_text("ascii") == text, "run: python tests/rubrics/seal.py"


def test_contents_hold_whole_numbers_strings_truths_lists_and_maps_only() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(inner) for key, inner in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or type(value) in (int, str, bool)

    assert all(plain(rubric.content) for rubric in load_library().values())


def test_the_schema_for_editors_knows_the_same_keys() -> None:
    from walkapp.rubric_shape import RubricFile

    schema = json.loads((FOLDER / "rubric.schema.json").read_text("ascii"))
    shape = RubricFile()
    declared = {field.data_key or name for name, field in shape.fields.items()}
    assert set(schema["properties"]) == declared
    required = {name for name, field in shape.fields.items() if field.required}
    assert set(schema["required"]) == required


def test_every_part_of_the_schema_for_editors_knows_the_same_keys() -> None:
    from walkapp import rubric_shape

    definitions = json.loads((FOLDER / "rubric.schema.json").read_text("ascii"))["$defs"]
    for name, definition in definitions.items():
        shape = getattr(rubric_shape, name)()
        declared = {field.data_key or key for key, field in shape.fields.items()}
        required = {key for key, field in shape.fields.items() if field.required}
        assert (set(definition["properties"]), set(definition.get("required", []))) == (
            declared,
            required,
        ), name
