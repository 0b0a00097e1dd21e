"""What is new, as the people of Lakeview read it, and what may stand in a mail about it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from walkapp.clock import now_ms
from walkapp.database import reading, writing
from walkapp.mail_settings import MailSettings
from walkapp.models import Mail, MailChoice, MailOptOut, Notice
from walkapp.notices import KINDS

from . import tablet
from .district import World, browser, email_of
from .tablet import edit, new, send
from .test_kept import end_role
from .test_team import Walk

AsRole = Callable[[str], FlaskClient]
POST = MailSettings("localhost", 25, "walks@lakeview.example", "https://walk.lakeview.example")
SAID = "Two students compare their strategies at the board"


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The service with mail set up."""
    return make_app(mail=POST)


@pytest.fixture
def given(world: World, as_role: AsRole) -> dict[str, Any]:
    """The observer gave a visit to the principal; the last change gives it."""
    client, home = as_role("observer"), world.lakeview
    rubric = tablet.rubric_in(send(client, home.space))
    note = {"text": SAID, "at": tablet.AT, "chip": "saw", "indicators": []}
    changes = tablet.quick_visit(home, "observer", rubric, evidence={str(uuid4()): note})
    giving = edit(changes[-1], {"state": "submitted"})
    results = send(client, home.space, *changes, giving)["results"]
    assert {one["verdict"] for one in results.values()} == {"ok"}
    return {"note": changes[-1], "giving": giving}


def step_of(
    client: FlaskClient, world: World, note: dict[str, Any], values: dict[str, Any]
) -> None:
    """Somebody moves on what they have just read."""
    rows = send(client, world.lakeview.space, limit=500)["rows"]
    base = next(seq for seq, id, *_ in rows if id == note["id"])
    change = {**edit(note, values), "seen": [], "base": base}
    assert verdict(send(client, world.lakeview.space, change), change) == "ok"


def verdict(answer: dict[str, Any], change: dict[str, Any]) -> str:
    return str(answer["results"][change["cid"]]["verdict"])


def told(client: FlaskClient) -> list[str]:
    """The sentences of the page, in order, each with "new" before it while it is unread."""
    page = client.get("/notices/").text
    lines = re.findall(r'<p id="n\d+">(.*?)</p>', page)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in lines]


def links(client: FlaskClient) -> list[str]:
    return re.findall(r'action="(/notices/[0-9a-f-]+/[0-9a-f-]+)"', client.get("/notices/").text)


def count(app: Flask, model: Any) -> int:
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def everybody_told(app: Flask, world: World) -> set[tuple[str, str]]:
    names = {person: who for who, person in world.lakeview.people.items()}
    with app.app_context(), reading() as session:
        rows = session.execute(select(Notice.person, Notice.kind))
        return {(names[person], kind) for person, kind in rows}


@pytest.mark.usefixtures("given")
def test_what_is_given_is_told_to_the_principal_of_that_school_and_to_nobody_else(
    app: Flask, world: World, as_role: AsRole
) -> None:
    assert told(as_role("principal")) == ["new Notes of a visit were given to you."]
    assert everybody_told(app, world) == {("principal", "given")}
    assert SAID not in as_role("principal").get("/notices/").text


def test_sending_twice_tells_once(
    app: Flask, world: World, as_role: AsRole, given: dict[str, Any]
) -> None:
    send(as_role("observer"), world.lakeview.space, given["giving"])
    assert (count(app, Notice), count(app, Mail)) == (1, 1)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("return", "new Your notes were sent back, with a reason."),
        ("reopen", "new Your notes were reopened, with a reason."),
    ],
)
def test_the_observer_hears_that_notes_came_back_and_once_only(
    world: World, as_role: AsRole, given: dict[str, Any], verb: str, words: str
) -> None:
    principal, me = as_role("principal"), world.lakeview.people["principal"]
    if verb == "reopen":
        released = {"state": "released", "released": {"at": tablet.AT, "by": me}}
        step_of(principal, world, given["note"], released)
    reason = {"reason": "Which team?", "at": tablet.AT, "by": me, "verb": verb}
    back = {"state": "draft", "returned": reason}
    step_of(principal, world, given["note"], back)
    heard = told(as_role("observer"))
    assert heard[0] == words
    assert len(heard) == (2 if verb == "reopen" else 1)
    assert told(principal) == []  # what is no longer on her desk is no longer told


def test_the_observer_hears_of_a_release_a_comment_and_a_thank_you(
    world: World, as_role: AsRole, given: dict[str, Any]
) -> None:
    principal, home = as_role("principal"), world.lakeview
    me, note = home.people["principal"], given["note"]
    step_of(principal, world, note, {"state": "released"})
    about = {"observation": note["id"], "observer": home.people["observer"],
             "school": home.schools["oak"], "by": me, "at": tablet.AT}  # fmt: skip
    said = new("review", {**about, "verb": "comment", "text": SAID})
    thanks = new("thank_you", {**about, "number": 1, "to": "observer", "noticed": SAID})
    answer = send(principal, home.space, said, thanks)
    assert [verdict(answer, one) for one in (said, thanks)] == ["ok", "ok"]
    page = as_role("observer").get("/notices/").text
    assert sorted(told(as_role("observer"))) == [
        "new There is a comment on your notes.",
        "new You were thanked for something that was noticed.",
        "new Your notes were released.",
    ]
    assert SAID not in page


def test_nobody_is_told_of_their_own_doing(world: World, app: Flask, as_role: AsRole) -> None:
    client, home = as_role("principal"), world.lakeview
    rubric = tablet.rubric_in(send(client, home.space))
    changes = tablet.quick_visit(home, "principal", rubric, state="submitted")
    assert verdict(send(client, home.space, *changes), changes[-1]) == "ok"
    assert everybody_told(app, world) == set()


def test_the_two_of_an_agreement_hear_of_it_and_nobody_else(
    world: World, app: Flask, as_role: AsRole
) -> None:
    coach, teacher, home = as_role("coach"), as_role("teacher"), world.lakeview
    asked = new("agreement", {
        "purpose": "coaching", "coach": home.people["coach"], "teacher": home.people["teacher"],
        "school": home.schools["oak"], "asked_at": tablet.AT,
    })  # fmt: skip
    send(coach, home.space, asked)
    assert told(teacher) == ["new A coach asks whether you would like to be coached."]
    fact = {"at": tablet.AT, "by": home.people["teacher"]}
    send(teacher, home.space, {**edit(asked, {"agreed": fact}), "seen": []})
    step = new("coaching_step", {
        "agreement": asked["id"], "teacher": home.people["teacher"], "school": home.schools["oak"],
        "by": home.people["coach"], "state": "draft", "seen": "2026-11-22", "giver": "coach",
        "strength": SAID, "question": "Who asked?", "step": "Wait for a second student.",
    })  # fmt: skip
    send(coach, home.space, step)
    assert everybody_told(app, world) == {("teacher", "asked"), ("coach", "agreed")}
    send(coach, home.space, edit(step, {"state": "given"}))
    send(teacher, home.space, {**edit(asked, {"over": fact}), "seen": []})
    assert everybody_told(app, world) == {
        ("teacher", "asked"), ("coach", "agreed"), ("teacher", "step"), ("coach", "over"),
    }  # fmt: skip


@pytest.mark.usefixtures("given")
def test_opening_a_notice_leads_to_its_place_and_it_is_read(
    as_role: AsRole, given: dict[str, Any]
) -> None:
    principal = as_role("principal")
    answer = principal.post(links(principal)[0], data={"open": "1"})
    assert answer.headers["Location"] == f"/app/#/desk/{given['note']['id']}"
    assert told(principal) == ["Notes of a visit were given to you."]


@pytest.mark.usefixtures("given")
def test_a_notice_is_nobody_elses_to_open(as_role: AsRole) -> None:
    [link] = links(as_role("principal"))
    for other in ("observer", "other_principal", "admin", "other_admin"):
        assert as_role(other).post(link, data={"open": "1"}).status_code == 404
    assert told(as_role("principal")) == ["new Notes of a visit were given to you."]


@pytest.mark.usefixtures("given")
def test_all_that_was_shown_is_read_at_once(as_role: AsRole) -> None:
    principal = as_role("principal")
    assert principal.post("/notices/read", data={"until": now_ms()}).status_code == 303
    assert told(principal) == ["Notes of a visit were given to you."]


@pytest.mark.usefixtures("given")
def test_what_came_after_the_page_was_shown_stays_unread(as_role: AsRole) -> None:
    principal = as_role("principal")
    for until in (1, -(10**30)):
        assert principal.post("/notices/read", data={"until": until}).status_code == 303
    assert told(principal) == ["new Notes of a visit were given to you."]
    assert principal.post("/notices/read", data={"until": 10**30}).status_code == 303
    assert told(principal) == ["Notes of a visit were given to you."]


@pytest.mark.usefixtures("given")
def test_who_may_not_read_a_record_any_more_is_not_told_of_it(
    app: Flask, world: World, as_role: AsRole
) -> None:
    principal = as_role("principal")
    [link] = links(principal)
    end_role(app, world, "principal")
    assert told(principal) == []
    assert principal.post(link, data={"open": "1"}).status_code == 404


def test_what_was_taken_back_is_no_longer_told(
    world: World, as_role: AsRole, given: dict[str, Any]
) -> None:
    step_of(as_role("observer"), world, given["note"], {"state": "draft"})
    assert told(as_role("principal")) == []


def test_what_was_given_again_before_it_was_read_is_told_once(
    app: Flask, world: World, as_role: AsRole, given: dict[str, Any]
) -> None:
    for state in ("draft", "submitted"):
        step_of(as_role("observer"), world, given["note"], {"state": state})
    assert told(as_role("principal")) == ["new Notes of a visit were given to you."]
    assert (count(app, Notice), count(app, Mail)) == (1, 1)


def test_of_a_teams_walk_the_desk_hears_when_its_visit_is_revealed_and_not_before(
    app: Flask, world: World, as_role: AsRole
) -> None:
    team = Walk(world, as_role)
    team.give("observer")
    team.give("coach")
    along = {("coach", "asked-along"), ("principal", "asked-along")}
    assert everybody_told(app, world) == along
    team.give("principal")
    heard = [one for one in told(as_role("principal")) if "asked along" not in one]
    assert heard == ["new Notes of a visit were given to you."] * 2  # her own are no news to her
    assert everybody_told(app, world) - along == {("principal", "given"), ("observer", "all-gave")}


def test_what_a_lead_takes_in_is_told_as_if_it_had_come_in_time(
    app: Flask, world: World, as_role: AsRole
) -> None:
    client, home = as_role("observer"), world.lakeview
    rubric = tablet.rubric_in(send(client, home.space))
    end_role(app, world, "observer")
    changes = tablet.quick_visit(home, "observer", rubric, state="submitted")
    assert verdict(send(client, home.space, *changes), changes[-1]) == "held"
    assert everybody_told(app, world) == set()
    for change in changes:
        place = f"/lead/{home.space}/kept/{change['id']}/{home.people['observer']}"
        assert as_role("lead").post(place, data={"decision": "taken"}).status_code == 303
    assert everybody_told(app, world) == {("principal", "given")}


def test_who_is_not_signed_in_is_asked_to_and_comes_back(app: Flask) -> None:
    answer = browser(app).get("/notices/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?back=/notices/")


@pytest.mark.usefixtures("given")
def test_without_mail_set_up_nothing_is_queued_and_the_page_says_so(
    make_app: Callable[..., Flask], world: World, as_role: AsRole
) -> None:
    page = as_role("principal").get("/notices/mail").text
    assert "Mail is not set up" not in page and email_of("principal") in page
    without = make_app()
    client = browser(without)
    client.post("/sign-in", data={"email": email_of("principal"),
                                  "password": "quiet lanterns over the millpond"})  # fmt: skip
    assert "Mail is not set up" in client.get("/notices/mail").text


def test_without_mail_set_up_a_notice_stands_alone(
    make_app: Callable[..., Flask], world: World
) -> None:
    app = make_app()
    client = browser(app)
    client.post("/sign-in", data={"email": email_of("observer"),
                                  "password": "quiet lanterns over the millpond"})  # fmt: skip
    rubric = tablet.rubric_in(send(client, world.lakeview.space))
    send(client, world.lakeview.space,
         *tablet.quick_visit(world.lakeview, "observer", rubric, state="submitted"))  # fmt: skip
    assert (count(app, Notice), count(app, Mail)) == (1, 0)


def choose(client: FlaskClient, how_often: str, *kinds: str, language: str = "") -> int:
    fields = {"how_often": how_often, "kind": list(kinds), "language": language}
    return client.post("/notices/mail", data=fields).status_code


def test_what_somebody_wants_is_kept_and_shown(app: Flask, world: World, as_role: AsRole) -> None:
    principal = as_role("principal")
    assert choose(principal, "daily", "given", language="es") == 303
    page = principal.get("/notices/mail").text
    assert re.search(r'value="daily" checked', page) and re.search(
        r'value="es"[^>]* selected', page
    )
    assert re.findall(r'name="kind" value="([a-z-]+)" checked', page) == ["given"]
    assert count(app, MailOptOut) == len(KINDS) - 1


def test_an_odd_choice_is_refused_and_changes_nothing(app: Flask, as_role: AsRole) -> None:
    principal = as_role("principal")
    assert choose(principal, "by pigeon") == 400
    assert choose(principal, "daily", language="tlh") == 400
    assert count(app, MailChoice) == 0


@pytest.mark.parametrize(("how_often", "kinds"), [("never", KINDS), ("hourly", KINDS[1:])])
def test_who_wants_no_mail_about_it_gets_the_notice_alone(
    app: Flask, world: World, as_role: AsRole, how_often: str, kinds: tuple[str, ...],
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    choose(as_role("principal"), how_often, *kinds)
    request.getfixturevalue("given")
    assert (count(app, Notice), count(app, Mail)) == (1, 0)


@pytest.mark.usefixtures("given")
def test_what_waits_is_dropped_for_who_wants_no_mail_any_more(app: Flask, as_role: AsRole) -> None:
    principal = as_role("principal")
    choose(principal, "never")
    with app.app_context(), reading() as session:
        assert session.scalars(select(Mail.state)).all() == ["dropped"]
    assert "not sent" in principal.get("/notices/mail").text


@pytest.mark.usefixtures("given")
def test_the_state_of_ones_own_mails_is_told_in_words(app: Flask, as_role: AsRole) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Mail).values(state="trying", problem="unreachable"))
    page = as_role("principal").get("/notices/mail").text
    assert "is tried again" in page and "The mail server could not be reached." in page
    assert "There was none yet." in as_role("observer").get("/notices/mail").text


@pytest.mark.usefixtures("given")
def test_an_administrator_sees_numbers_and_reasons_and_no_address(
    app: Flask, world: World, as_role: AsRole
) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Mail).values(state="given-up", problem="address"))
    page = as_role("admin").get(f"/admin/{world.lakeview.space}/mail").text
    assert "could not be delivered" in page and "takes no mail for this address" in page
    assert email_of("principal") not in page and "Alvarez" not in page


def test_an_administrator_decides_what_mails_say(world: World, as_role: AsRole) -> None:
    admin, path = as_role("admin"), f"/admin/{world.lakeview.space}/mail"
    assert admin.post(path, data={"school": "hidden", "language": "es"}).status_code == 303
    page = admin.get(path).text
    assert re.search(r'value="hidden" checked', page) and re.search(
        r'value="es"[^>]* selected', page
    )
    assert "changed what mails may say" in admin.get(f"/admin/{world.lakeview.space}/audit").text
    assert admin.post(path, data={"school": "hidden", "language": "xx"}).status_code == 400


def test_deciding_about_mail_leaves_when_feedback_is_due_as_it_was(
    world: World, as_role: AsRole
) -> None:
    admin, home = as_role("admin"), f"/admin/{world.lakeview.space}/"
    admin.post(f"{home}policy", data={"feedback_due": "one-week"})
    admin.post(f"{home}mail", data={"school": "hidden", "language": "es"})
    assert 'value="one-week" checked' in admin.get(home).text
