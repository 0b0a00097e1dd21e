"""A rubric is translated side by side with its English, and its words follow it to the tablets."""

import json
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import Result

from tests.walkapp.test_rubric_house import Run, edit, run, said
from walkapp import create_app, database
from walkapp.config import Config
from walkapp.models import RecordRow
from walkapp.rubric import record_id, words_id
from walkapp.rubric_files import FOLDER, load_library, load_rubric
from walkapp.rubric_po import is_said, messages, read_catalogue, words_of
from walkapp.rubric_po_check import check_words
from walkapp.rubric_po_writing import po_text, side_by_side
from walkapp.rubric_words import texts

__all__ = ["run"]

RELEASED = sorted(FOLDER.glob("words/*/*.po"))
DRAFT = "calibration-round"  # of the release, without words of its own


def po(home: Path, name: str, language: str = "ht") -> Path:
    return home / "rubrics" / "words" / language / f"{name}.po"


def translate(path: Path, **words: str) -> None:
    """Write words beside texts of one word."""
    text = path.read_text("utf-8")
    for english, said_so in words.items():
        assert f'msgid "{english}"\nmsgstr ""' in text, english
        text = text.replace(
            f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{said_so}"'
        )
    path.write_text(text, "utf-8")


def words_held(rubric: str, language: str = "ht") -> dict[str, str] | None:
    """What tablets get, in the only district there is."""
    with create_app(Config.from_env()).app_context(), database.reading() as session:
        id = words_id(record_id(rubric, 1), language)
        row = session.query(RecordRow).filter_by(kind="rubric_words", id=id).one_or_none()
        return dict(json.loads(row.body)["words"]) if row else None


# ---- the file ----


def test_a_file_of_words_has_every_text_with_its_place(run: Run, tmp_path: Path) -> None:
    told = said(run("rubrics", "words", "five-conditions-walk", "--to", "ht"))
    assert f"Wrote {po(tmp_path, 'five-conditions-walk')}: 0 of 178 texts are translated." in told
    text = po(tmp_path, "five-conditions-walk").read_text("utf-8")
    assert (
        text.count("\nmsgid ") == 179 and '#. scale, 1\nmsgid "Not yet visible"\nmsgstr ""' in text
    )
    assert "#. indicator SV1, level 3\n" in text


def test_refreshing_keeps_what_is_translated_adds_what_is_new_and_drops_what_is_gone(
    run: Run, tmp_path: Path
) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk"))
    said(run("rubrics", "words", "oak-walk", "--to", "ht"))
    translate(po(tmp_path, "oak-walk"), Opening="Kòmansman", Middle="Mitan", Pairs="Pa de")
    edit(tmp_path, "oak-walk", "[Opening, Middle, Closing]", "[Opening, Core, Closing]")
    told = said(run("rubrics", "words", "oak-walk", "--to", "ht"))
    assert "2 of 119 texts are translated." in told
    assert "Left out 1 that are no longer in the rubric." in told
    text = po(tmp_path, "oak-walk").read_text("utf-8")
    assert 'msgid "Opening"\nmsgstr "Kòmansman"' in text and "Mitan" not in text
    assert 'msgid "Core"\nmsgstr ""' in text


def test_refreshing_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    path = po(tmp_path, "engagement-sweep")
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    translate(path, Alone="Poukont yo")
    before = path.read_bytes()
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    assert path.read_bytes() == before


def test_a_new_file_begins_with_what_the_same_english_is_in_other_rubrics(run: Run) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk", "--title", "Oak Hill Walk"))
    told = said(run("rubrics", "words", "oak-walk", "--to", "es"))
    assert "118 of 119 texts are translated." in told and "Left out" not in told


def test_what_the_release_says_of_its_own_rubric_is_not_copied(run: Run, tmp_path: Path) -> None:
    told = said(run("rubrics", "words", "deeper-learning-walk", "--to", "es"))
    assert "119 of 119 texts are translated." in told
    kept = read_catalogue(po(tmp_path, "deeper-learning-walk", "es"))
    assert not any(is_said(one) for one in messages(kept))


@pytest.mark.parametrize("language", ["español", "ES", "e", "spanish", "en", "e/s", "..", ""])
def test_a_language_is_two_or_three_small_letters(run: Run, tmp_path: Path, language: str) -> None:
    result = run("rubrics", "words", "five-conditions-walk", "--to", language)
    assert result.exit_code == 1 and "is no language to translate to" in result.output
    assert not (tmp_path / "rubrics").exists()


def test_a_rubric_that_is_not_there_cannot_be_translated(run: Run) -> None:
    result = run("rubrics", "words", "five-conditions", "--to", "ht")
    assert result.exit_code == 1 and "There is no rubric five-conditions." in result.output


def test_a_guess_of_a_tool_and_an_empty_line_are_not_said(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    path = po(tmp_path, "engagement-sweep")
    translate(path, Alone="Poukont yo", Teams="Ekip", Quiet="  ")
    text = path.read_text("utf-8").replace('msgid "Teams"', '#, fuzzy\nmsgid "Teams"')
    path.write_text(text, "utf-8")
    rubric = load_rubric(FOLDER / "engagement-sweep.yaml")
    assert words_of(rubric, tmp_path)["ht"] == {"Alone": "Poukont yo"}
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    assert '#, fuzzy\nmsgid "Teams"\nmsgstr "Ekip"' in path.read_text("utf-8")


def test_english_that_changed_matches_nothing_any_more(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "copy", "engagement-sweep", "oak-sweep"))
    said(run("rubrics", "words", "oak-sweep", "--to", "ht"))
    translate(po(tmp_path, "oak-sweep"), Alone="Poukont yo", Pairs="Pa de")
    edit(tmp_path, "oak-sweep", "Pairs, Alone]", "Pairs, By themselves]")
    rubric = load_rubric(tmp_path / "rubrics" / "oak-sweep.yaml")
    assert words_of(rubric, tmp_path)["ht"] == {"Pairs": "Pa de"}


# ---- the check ----


def faults_of(home: Path, text: bytes, name: str = DRAFT, language: str = "ht") -> str:
    path = po(home, name, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return "\n".join(str(fault) for fault in check_words(path, home))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b'msgid "Title"\nmsgstr "T\n', "ht/calibration-round.po:2: is no line of such a file"),
        (b'\nmsgid "Title"\nhello\n', "ht/calibration-round.po:3: is no line of such a file"),
        (b'msgid "Title"\n', "ht/calibration-round.po:1: is no line of such a file"),
        (b'\nmsgid "T"\nmsgstr "\xe9"\n', "ht/calibration-round.po:3: is not written in UTF-8"),
        (b'#. x\nmsgid "Tea"\nmsgstr ""\n', 'calibration-round.po:2: "Tea" is not a text of the'),
        (b'msgctxt "a"\nmsgid "Calibration Round"\nmsgstr ""\n', "is not a text of the rubric"),
    ],
)
def test_what_is_wrong_in_a_file_of_words_is_told_with_its_line(
    tmp_path: Path, text: bytes, sentence: str
) -> None:
    assert sentence in faults_of(tmp_path, text)


def test_words_that_no_record_would_take_are_told_and_not_sent(tmp_path: Path) -> None:
    title = load_rubric(FOLDER / f"{DRAFT}.yaml").title
    told = faults_of(tmp_path, f'msgid "{title}"\nmsgstr "{"x" * 2_001}"\n'.encode())
    assert "are longer than 2000 characters" in told
    assert words_of(load_rubric(FOLDER / f"{DRAFT}.yaml"), tmp_path)["ht"] == {}


def test_words_of_no_rubric_and_of_no_language_are_told(tmp_path: Path) -> None:
    assert "there is no such rubric" in faults_of(tmp_path, b"", "oak-walk")
    assert "is no language to translate to" in faults_of(tmp_path, b"", DRAFT, "haitian")


def test_the_check_never_breaks_on_a_damaged_file(tmp_path: Path) -> None:
    rubric = load_rubric(FOLDER / "engagement-sweep.yaml")
    whole = po_text(rubric, "ht", side_by_side(rubric, Catalog(fuzzy=False), {}))
    for cut in range(0, len(whole), 29):
        damaged = whole[:cut] + b'\x00"\\' + whole[cut + 5 :]
        faults_of(tmp_path, damaged, "engagement-sweep")


def test_rubrics_check_looks_at_the_words_too(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "words", DRAFT, "--to", "ht"))
    count = len(RELEASED) + 1
    assert f"{count} files of translations are right." in said(run("rubrics", "check"))
    path = po(tmp_path, DRAFT)
    path.write_text(path.read_text("utf-8") + '\nmsgid "Tea"\nmsgstr "Te"\n', "utf-8")
    for result in (run("rubrics", "check"), run("rubrics", "check", str(path))):
        assert result.exit_code == 1 and '"Tea" is not a text of the rubric' in result.output


def test_an_upgrade_says_which_file_cannot_be_read_and_changes_nothing(
    run: Run, tmp_path: Path
) -> None:
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    po(tmp_path, "engagement-sweep").write_text('msgid "Alone\n', "utf-8")
    result: Result = run("upgrade")
    assert result.exit_code == 1 and "ht/engagement-sweep.po:1: is no line" in result.output


# ---- to the tablets ----


def test_a_translation_that_comes_later_reaches_the_tablets_by_an_upgrade(
    run: Run, tmp_path: Path
) -> None:
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    assert (
        "those of this version" in said(run("upgrade")) and words_held("engagement-sweep") is None
    )
    translate(po(tmp_path, "engagement-sweep"), Alone="Poukont yo")
    assert "translations are not published yet" in run("doctor").output
    assert "Published the new rubric versions and translations" in said(run("upgrade"))
    assert words_held("engagement-sweep") == {"Alone": "Poukont yo"}
    assert "those of this version" in said(run("upgrade"))


def test_words_that_changed_are_set_anew_and_what_was_taken_out_is_gone(
    run: Run, tmp_path: Path
) -> None:
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    path = po(tmp_path, "engagement-sweep")
    translate(path, Alone="Poukont yo", Pairs="Pa de")
    said(run("upgrade"))
    path.write_text(path.read_text("utf-8").replace("Poukont yo", "Pou kont yo"), "utf-8")
    path.write_text(path.read_text("utf-8").replace("Pa de", ""), "utf-8")
    said(run("upgrade"))
    assert words_held("engagement-sweep") == {"Alone": "Pou kont yo"}


def test_a_file_that_is_gone_takes_no_words_away(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    translate(po(tmp_path, "engagement-sweep"), Alone="Poukont yo")
    said(run("upgrade"))
    po(tmp_path, "engagement-sweep").unlink()
    said(run("upgrade"))
    assert words_held("engagement-sweep") == {"Alone": "Poukont yo"}


def test_a_rubric_is_published_together_with_its_words(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "copy", "engagement-sweep", "oak-sweep"))
    said(run("rubrics", "words", "oak-sweep", "--to", "ht"))
    translate(po(tmp_path, "oak-sweep"), Alone="Poukont yo")
    said(run("upgrade"))
    assert words_held("oak-sweep") is None, "a draft stays home"
    said(run("rubrics", "publish", "oak-sweep"))
    assert words_held("oak-sweep") == {"Alone": "Poukont yo"}


def test_what_a_house_says_stands_over_the_release_text_by_text(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = tmp_path / "release"
    for name in ("rubric_po", "rubric_po_writing"):
        monkeypatch.setattr(f"walkapp.{name}.FOLDER", release)
    theirs = release / "words" / "ht" / "engagement-sweep.po"
    theirs.parent.mkdir(parents=True)
    theirs.write_text('msgid "Alone"\nmsgstr "Izole"\n\nmsgid "Pairs"\nmsgstr "Pa de"\n', "utf-8")
    told = said(run("rubrics", "words", "engagement-sweep", "--to", "ht"))
    assert "2 of 59 texts are translated." in told
    path = po(tmp_path, "engagement-sweep")
    beside = '#. the release says: Izole\nmsgid "Alone"\nmsgstr ""'
    assert beside in path.read_text("utf-8"), "its words are not copied, only told"
    translate(path, Alone="Poukont yo")
    said(run("upgrade"))
    assert words_held("engagement-sweep") == {"Alone": "Poukont yo", "Pairs": "Pa de"}


# ---- the words of this release ----


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_words_of_the_release_are_whole_and_right(path: Path, tmp_path: Path) -> None:
    assert check_words(path, tmp_path) == []
    rubric = load_rubric(FOLDER / f"{path.stem}.yaml")
    lacking = {text for _place, text in texts(rubric.content)} - words_of(rubric)[
        path.parent.name
    ].keys()
    assert lacking == set()


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_of_the_release_is_as_the_command_writes_it(path: Path) -> None:
    rubric = load_rubric(FOLDER / f"{path.stem}.yaml")
    kept = read_catalogue(path)
    assert po_text(rubric, path.parent.name, side_by_side(rubric, kept, {})) == path.read_bytes()
    assert all(is_said(one) for one in messages(kept))


def test_a_new_district_gets_the_words_of_the_release(run: Run) -> None:
    published = [one for one in load_library().values() if one.is_published]
    for rubric in published:
        for language, words in words_of(rubric).items():
            assert words_held(rubric.id, language) == words
