"""A teacher's page: the claim, the confirmation, what can be read, the reply, the way back."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from walkapp import organisation
from walkapp.clock import now_ms
from walkapp.database import reading, writing
from walkapp.models import Looked, RecordRow
from walkapp.said import iso_day

from . import tablet
from .district import World
from .tablet import quick_visit, rubric_in, send

AsRole = Callable[[str], FlaskClient]
NOTE = "Four students checked their plan against the criteria."
OBSERVERS_OWN = "I was tired and came late."
WORDS = "It was the first day with the new criteria."
NOTE_ID = "ee000000-0000-4000-8000-000000000001"


class Room:
    """Room 12 of Oak Hill: Ms. Okoye visited it today, Mr. Teo teaches there."""

    def __init__(self, app: Flask, world: World, as_role: AsRole) -> None:
        self.app, self.home = app, world.lakeview
        self.who = {one: as_role(one) for one in ("observer", "principal", "teacher", "coach")}
        rubric = rubric_in(send(self.who["observer"], self.home.space, limit=500))
        self.today = iso_day(now_ms())
        evidence = {NOTE_ID: {"text": NOTE, "at": tablet.AT, "chip": "saw", "indicators": ["TE1"]}}
        self.visit = quick_visit(
            self.home, "observer", rubric, state="submitted", date=self.today, evidence=evidence,
            ratings={"TE1": {"value": 3}},
        )  # fmt: skip
        self.note = self.visit[-1]
        self.note["new"]["also"] = {f"evidence:{NOTE_ID}~0123abcd": {
            "text": OBSERVERS_OWN, "at": tablet.AT, "chip": "saw", "indicators": [],
        }}  # fmt: skip

    def give(self) -> None:
        self.sync("observer", *self.visit)

    def sync(self, who: str, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
        answer = send(self.who[who], self.home.space, *changes, limit=500, **more)
        assert {one["verdict"] for one in answer["results"].values()} <= {"ok", "merged"}, answer
        return answer

    def rows(self, who: str, kind: str) -> list[Any]:
        return [row for row in self.sync(who)["rows"] if row[2] == kind and row[3]]

    def release(self) -> None:
        body = next(row for row in self.rows("principal", "observation"))
        change = {
            "cid": "0" * 8 + "-0000-4000-8000-" + "1" * 12, "kind": "observation",
            "id": body[1], "at": tablet.AT, "base": body[0], "seen": [],
            "set": {"state": "released"},
        }  # fmt: skip
        self.sync("principal", change)

    def page(self, who: str = "teacher", path: str = "/mine/") -> str:
        answer = self.who[who].get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def claim(self, **form: str) -> Any:
        said = {
            "id": "c1a10000-0000-4000-8000-000000000001", "date": self.today,
            "room": self.home.rooms["oak"], "agree": "yes", **form,
        }  # fmt: skip
        return self.who["teacher"].post(f"/mine/{self.home.space}/claims", data=said)

    def confirm(self, answer: str = "yes", who: str = "observer") -> Any:
        found = re.search(r"/questions/([0-9a-f-]+)", self.page(who))
        assert found
        path = f"/mine/{self.home.space}/questions/{found[1]}"
        return self.who[who].post(path, data={"answer": answer})

    def claimed(self) -> str:
        """Everything up to a copy that can be read: its address."""
        self.give()
        assert self.claim().status_code == 303
        assert self.confirm().status_code == 303
        self.release()
        return self.address()

    def address(self) -> str:
        found = re.search(r'href="(/mine/[^"]+/notes/[^"]+)"', self.page())
        assert found, self.page()
        return found[1]

    def reply(self, address: str, says: str, words: str, id: str = NOTE_ID) -> Any:
        said = {"id": id, "says": says, "words": words}
        return self.who["teacher"].post(f"{address}/replies", data=said)

    def kept(self, kind: str) -> list[RecordRow]:
        with self.app.app_context(), reading() as session:
            return session.query(RecordRow).filter_by(kind=kind, removed=False).all()


@pytest.fixture
def room(app: Flask, world: World, as_role: AsRole) -> Room:
    return Room(app, world, as_role)


def test_from_the_claim_to_what_was_written(room: Room) -> None:
    room.give()
    assert room.claim().status_code == 303
    assert "Not confirmed so far" in room.page()
    assert "Mr. Teo" in room.page("observer")
    room.confirm()
    assert "once it is released" in room.page()
    room.release()
    page = room.page(path=room.address())
    assert NOTE in page and "Ms. Okoye" in page
    assert OBSERVERS_OWN not in page


def test_of_what_is_not_released_nothing_is_copied(room: Room) -> None:
    room.give()
    room.claim()
    room.confirm()
    assert not room.kept("released_copy")
    assert NOTE not in room.page()


def test_released_before_it_was_claimed_it_is_there_when_confirmed(room: Room) -> None:
    room.give()
    room.release()
    room.claim()
    room.confirm()
    assert NOTE in room.page(path=room.address())


def test_a_visit_that_reaches_the_server_later_is_asked_about_then(room: Room) -> None:
    room.claim()
    assert "Is this her room" not in room.page("observer")
    room.give()
    room.confirm()
    room.release()
    assert NOTE in room.page(path=room.address())


def test_by_the_number_of_the_visit_it_works_too(room: Room) -> None:
    room.give()
    room.claim(room="", number="1")
    room.confirm()
    room.release()
    assert NOTE in room.page(path=room.address())


def test_whether_somebody_visited_a_claim_does_not_tell(room: Room) -> None:
    room.claim()
    without = room.page()
    room.give()
    room.page("observer")
    assert room.page() == without
    room.confirm("no")
    room.release()
    assert room.page() == without


def test_nobody_but_who_was_there_is_asked_and_nobody_is_told_of_the_link(room: Room) -> None:
    room.claimed()
    for who in ("principal", "coach"):
        assert "Is this her room" not in room.page(who)
        assert not room.rows(who, "claim") and not room.rows(who, "claim_question")
        assert not room.rows(who, "released_copy")
    assert not room.rows("observer", "claim") and not room.rows("teacher", "released_copy")


def test_withdrawn_nothing_of_it_can_be_read_and_nothing_is_asked_any_more(room: Room) -> None:
    address = room.claimed()
    before = room.sync("observer")["cursor"]
    [claim] = room.kept("claim")
    end = f"/mine/{room.home.space}/claims/{claim.id}/end"
    assert room.who["teacher"].post(end).status_code == 303
    assert room.who["teacher"].post(end).status_code == 303
    assert "Withdrawn" in room.page()
    assert room.who["teacher"].get(address).status_code == 404
    assert not room.kept("released_copy") and not room.kept("claim_question")
    rows = room.sync("observer", cursor=before)["rows"]
    assert [row[3] for row in rows if row[2] == "claim_question"] == [None]
    assert "Is this her room" not in room.page("observer")


def test_without_the_agreement_nothing_is_linked_and_the_form_comes_back(room: Room) -> None:
    answer = room.claim(agree="")
    assert answer.status_code == 422
    assert "without your agreement" in answer.text and f'value="{room.today}"' in answer.text
    assert not room.kept("claim")


@pytest.mark.parametrize(
    "wrong",
    [{"date": "2020-01-01"}, {"date": "soon"}, {"room": "", "number": ""},
     {"room": "", "number": "x"}, {"room": "00000000-0000-4000-8000-0000000000aa"}],
)  # fmt: skip
def test_what_cannot_be_claimed_is_said_and_nothing_is_kept(
    room: Room, wrong: dict[str, str]
) -> None:
    assert room.claim(**wrong).status_code in (400, 422)
    assert not room.kept("claim")


def test_what_she_agreed_to_is_kept_as_it_stood_before_her(room: Room) -> None:
    room.who["teacher"].set_cookie("walk_language", "es")
    form = room.page(path=f"/mine/{room.home.space}/claims/new")
    room.claim()
    [claim] = room.kept("claim")
    words = json.loads(claim.body)["words"]
    assert words in form.replace("&#39;", "'")


def test_a_reply_stands_beside_the_note_and_names_no_teacher(room: Room) -> None:
    assert room.reply(room.claimed(), "correction", WORDS).status_code == 303
    teacher = room.home.people["teacher"]
    for who in ("observer", "principal"):
        [row] = room.rows(who, "reply")
        assert row[3]["text"] == WORDS and teacher not in str(row)
    assert not room.rows("coach", "reply")
    # The mark under which a tablet keeps a row says whose it is.
    assert [one.owner for one in room.kept("reply")] == ["system"]


def test_sent_twice_it_is_one_reply(room: Room) -> None:
    address = room.claimed()
    for _time in range(2):
        assert room.reply(address, "thanks", "").status_code == 303
    assert len(room.kept("reply")) == 1


def test_words_that_could_not_be_attached_come_back(room: Room) -> None:
    address = room.claimed()
    empty = room.reply(address, "contest", "")
    assert empty.status_code == 422 and "your words are still here" in empty.text
    long = "x" * 4_001
    assert long in room.reply(address, "context", long).text
    assert not room.kept("reply")


def test_who_was_signed_out_meanwhile_finds_the_words_again(room: Room) -> None:
    address = room.claimed()
    client = room.who["teacher"]
    client.delete_cookie("walkapp")
    answer = room.reply(address, "context", WORDS)
    assert answer.status_code == 401 and WORDS in answer.text


def test_she_changes_her_words_until_somebody_has_answered(room: Room) -> None:
    address = room.claimed()
    room.reply(address, "context", WORDS)
    [made] = room.kept("reply")
    change = f"/mine/{room.home.space}/replies/{made.id}"
    said = {
        "id": NOTE_ID,
        "says": "context",
        "words": "It was the second day.",
        "copy": address[-36:],
    }
    assert room.who["teacher"].post(change, data=said).status_code == 303
    [row] = room.rows("observer", "reply")
    assert row[3]["text"] == "It was the second day."
    answer = {"text": "Thank you.", "at": tablet.AT, "by": room.home.people["observer"]}
    room.sync("observer", {
        "cid": "0" * 8 + "-0000-4000-8000-" + "2" * 12, "kind": "reply", "id": row[1],
        "at": tablet.AT, "base": row[0], "seen": [], "set": {"answer": answer},
    })  # fmt: skip
    assert "Thank you." in room.page(path=address)
    late = room.who["teacher"].post(change, data=said | {"words": "Another day."})
    assert late.status_code == 409
    assert "Another day." not in str(room.rows("observer", "reply"))


def test_the_desk_hears_of_a_correction_and_the_observer_of_every_reply(room: Room) -> None:
    address = room.claimed()
    room.reply(address, "thanks", "")
    told = "A room replied to your notes."
    asked = "A room asks for a correction, or sees it differently."
    assert told in room.page("observer", "/notices/")
    assert asked not in room.page("principal", "/notices/")
    room.reply(address, "correction", WORDS, "ee000000-0000-4000-8000-000000000009")
    assert asked in room.page("principal", "/notices/")
    assert told not in room.page("principal", "/notices/")


def test_she_is_told_when_there_is_something_to_read(room: Room) -> None:
    room.give()
    room.claim()
    assert "A teacher says that a visit of yours" in room.page("observer", "/notices/")
    room.confirm()
    something = "There is something to read about your room."
    assert something not in room.page("teacher", "/notices/")
    room.release()
    assert something in room.page("teacher", "/notices/")


def test_a_district_that_opens_nothing_has_no_copies(room: Room) -> None:
    with room.app.app_context(), writing() as session:
        organisation.change_room_reads(session, room.home.space, organisation.SERVICE, "nothing")
    room.give()
    room.claim()
    room.confirm()
    room.release()
    assert not room.kept("released_copy")


def test_who_has_looked_is_told_to_her_and_to_nobody_else(room: Room) -> None:
    room.claimed()
    page = room.page(path="/mine/access")
    assert "Dr. Alvarez" in page and "notes of a visit: sent to their tablet" in page
    assert "Principal" in page
    for who in ("observer", "coach", "principal"):
        assert "sent to their tablet" not in room.page(who, "/mine/access")


def test_a_record_a_person_and_a_day_are_one_line_however_often_it_is_fetched(room: Room) -> None:
    room.give()
    for _time in range(3):
        room.rows("principal", "observation")
        room.rows("observer", "observation")
    with room.app.app_context(), reading() as session:
        found = session.query(Looked).all()
    assert [(one.reader, one.how) for one in found] == [(room.home.people["principal"], "tablet")]


def test_an_administrator_sees_numbers_and_no_visit(room: Room, as_role: AsRole) -> None:
    room.claimed()
    page = as_role("admin").get(f"/admin/{room.home.space}/looked").text
    assert "Dr. Alvarez" in page and "sent to their tablet" in page
    assert NOTE not in page and "Mr. Teo" not in page


def unpacked(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode("utf-8-sig") for name in file.namelist()}


def test_her_archive_holds_what_is_hers_and_can_be_read_back(room: Room) -> None:
    address = room.claimed()
    room.reply(address, "contest", "=1+1 was not what they said")
    files = unpacked(room.who["teacher"].get(f"/mine/{room.home.space}/archive.zip"))
    assert set(files) == {
        "read-me.html", "visits.csv", "notes.csv", "levels.csv", "claims.csv", "replies.csv",
        "who-looked.csv", "records.json",
    }  # fmt: skip
    assert NOTE in files["notes.csv"] and NOTE in files["read-me.html"]
    assert "'=1+1" in files["replies.csv"] and "Dr. Alvarez" in files["who-looked.csv"]
    kinds = {one["kind"] for one in json.loads(files["records.json"])["records"]}
    assert kinds == {"claim", "released_copy", "reply"}
    assert OBSERVERS_OWN not in str(files)


def test_an_observers_archive_holds_their_own_work_and_nobody_elses(room: Room) -> None:
    room.claimed()
    own = unpacked(room.who["observer"].get(f"/mine/{room.home.space}/archive.zip"))
    assert NOTE in own["notes.csv"] and OBSERVERS_OWN in own["records.json"]
    assert room.home.people["teacher"] not in str(own) and "Mr. Teo" not in str(own)
    other = unpacked(room.who["principal"].get(f"/mine/{room.home.space}/archive.zip"))
    assert NOTE not in str(other)
