"""A district copies a rubric, edits it, publishes it and makes a next version of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from walkapp import create_app
from walkapp.cli import main as cli
from walkapp.config import Config
from walkapp.records.library import Library
from walkapp.rubric import record_id
from walkapp.rubric_files import RubricsBroken, load_library
from walkapp.rubric_records import published_since

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The `walkapp` command on a new, empty server."""
    monkeypatch.setenv("WALK_HOME", str(tmp_path))
    for name in ("WALK_DATABASE", "WALK_SECRET"):
        monkeypatch.delenv(name, raising=False)

    def command(*words: str) -> Result:
        return CliRunner().invoke(cli, words)

    assert command("init", "--district", "Oak Hill Schools").exit_code == 0
    return command


def edit(home: Path, name: str, old: str, new: str) -> None:
    path = home / "rubrics" / f"{name}.yaml"
    text = path.read_text("ascii")
    assert old in text
    path.write_text(text.replace(old, new), "ascii")


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def test_a_copy_is_a_draft_until_it_is_published_and_then_goes_to_the_tablets(
    run: Run, tmp_path: Path
) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk", "--title", "Oak Hill Walk"))
    assert "oak-walk  version 1  draft  Oak Hill Walk" in said(run("rubrics", "list"))
    assert "13 rubric files are right." in said(run("rubrics", "check"))
    published = said(run("rubrics", "publish", "oak-walk"))
    assert "is published and sealed" in published and "Published the new rubric" in published
    own = load_library(tmp_path)[record_id("oak-walk", 1)]
    assert own.is_published and own.content["title"] == "Oak Hill Walk"
    assert "Every district has the rubrics" in run("doctor").output


def test_the_words_of_the_source_stay_with_their_comments(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk"))
    source = Path("rubrics/deeper-learning-walk.yaml").read_text("ascii").splitlines()
    copied = (tmp_path / "rubrics/oak-walk.yaml").read_text("ascii").splitlines()
    changed = [new for old, new in zip(source, copied, strict=True) if old != new]
    assert changed == ["id: oak-walk", "status: draft"]


def test_a_published_version_never_changes_and_the_next_one_says_what_does(
    run: Run, tmp_path: Path
) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk"))
    said(run("rubrics", "publish", "oak-walk"))
    said(run("rubrics", "version", "oak-walk"))
    edit(tmp_path, "oak-walk-v2", "title: Grade-level content", "title: Grade level content")
    edit(tmp_path, "oak-walk-v2", '  - "Why does it matter?"\n', "")
    found = said(run("rubrics", "diff", "oak-walk", "oak-walk-v2"))
    assert "changed: Indicator TE4\n  - Grade-level content" in found
    assert "+ Grade level content" in found
    assert "removed: Question for students 4" in found
    said(run("rubrics", "publish", "oak-walk-v2"))

    edit(tmp_path, "oak-walk", "title: Task and evidence", "title: Tasks")
    result = run("rubrics", "check")
    assert result.exit_code == 1 and "its text has changed since" in result.output
    with pytest.raises(RubricsBroken):
        load_library(tmp_path)


def test_a_draft_in_the_middle_of_being_written_stops_no_server(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk"))
    edit(tmp_path, "oak-walk", "zone: walk", "zone: wlak")
    assert record_id("oak-walk", 1) not in load_library(tmp_path)
    result = run("rubrics", "publish", "oak-walk")
    assert result.exit_code == 1 and "zone must be one of" in result.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("copy", "deeper-learning", "oak-walk"), "There is no rubric deeper-learning."),
        (("copy", "deeper-learning-walk", "five-conditions-walk"), "There is a rubric five-"),
        (("version", "deeper-learning-walk"), "is not a rubric of this server. Copy it first."),
        (("publish", "deeper-learning-walk"), "belongs to the release, not to this server."),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, words: tuple[str, ...], sentence: str) -> None:
    result = run("rubrics", *words)
    assert result.exit_code == 1 and sentence in result.output


def test_a_rubric_of_the_release_cannot_be_replaced(run: Run, tmp_path: Path) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk"))
    taken = tmp_path / "rubrics/deeper-learning-walk.yaml"
    edit(tmp_path, "oak-walk", "id: oak-walk", "id: deeper-learning-walk")
    (tmp_path / "rubrics/oak-walk.yaml").rename(taken)
    result = run("rubrics", "check")
    assert "is the id of a rubric of the release" in result.output
    ours = load_library()[record_id("deeper-learning-walk", 1)]
    assert load_library(tmp_path)[record_id("deeper-learning-walk", 1)].status == ours.status


def test_a_running_server_learns_of_what_was_published_since_also_when_the_file_is_gone(
    run: Run, tmp_path: Path
) -> None:
    app = create_app(Config.from_env())
    library = Library(load_library(tmp_path), published_since)
    own = record_id("oak-walk", 1)
    with app.app_context():
        assert library.get(own) is None
        said(run("rubrics", "copy", "engagement-sweep", "oak-walk"))
        assert library.get(own) is None, "a draft is nobody's business"
        said(run("rubrics", "publish", "oak-walk"))
        (tmp_path / "rubrics/oak-walk.yaml").unlink()
        found = library.get(own)
    assert found is not None and found.is_published and found.sweep_asks


def test_a_restored_home_without_the_files_still_knows_the_rubrics_of_its_records(
    run: Run, tmp_path: Path
) -> None:
    said(run("rubrics", "copy", "deeper-learning-walk", "oak-walk"))
    said(run("rubrics", "publish", "oak-walk"))
    shutil.rmtree(tmp_path / "rubrics")
    with create_app(Config.from_env()).app_context():
        assert Library(load_library(tmp_path), published_since).get(record_id("oak-walk", 1))
