"""From what `walkapp init` leaves to a released observation: a real school is let in."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from . import seen
from .browsers import Browser
from .desk import Desk
from .kept import records
from .pages import sign_in_to_pages
from .people import SignIn
from .server import Server
from .tablet import Tablet, rubric_called

ADMIN = SignIn("quinn@oakhill.example", "four plain words are enough")
MS_OKOYE = SignIn("okoye@oakhill.example", "maple river candle seven")
DR_VANCE = SignIn("vance@oakhill.example", "paper lantern north bridge")
ROOMS_CSV = """school_code,room_code,room_name,grade_band,subject
0031,12,,3-5,Math
0031,014,Garden lab,3-5,Science
"""


def test_from_an_empty_server_to_a_released_observation(
    empty_server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    server = empty_server
    server.command("init", "--district", "Oak Hill Schools")
    server.command("create-admin", "--name", "Quinn Adams", "--email", ADMIN.email,
                   given=f"{ADMIN.password}\n{ADMIN.password}\n")  # fmt: skip
    admin = tablet_of("quinn", engine).page
    sign_in_to_pages(admin, server, ADMIN)
    add_school(admin, server, "Oak Hill Elementary", "0031")
    import_rooms(admin, server)
    okoye_link = add_person(admin, server, "Ngozi Okoye", MS_OKOYE, "observer")
    vance_link = add_person(admin, server, "Ira Vance", DR_VANCE, "principal")

    tablet = Tablet(tablet_of("okoye", engine), server.url)
    accept_invite(tablet.page, okoye_link, MS_OKOYE)
    tablet.open_app()
    tablet.screens.wait_for()  # her link signed her in, and the app knows
    tablet.make_ready_for_offline()
    observation = tablet.start_visit("Room 014", seen.RUBRIC)
    tablet.note("Saw", "Each team has its own question")
    tablet.rate(rubric_called(seen.RUBRIC), "TS1", 4)
    tablet.finish_and_give()
    tablet.wait_until_sent()

    desk = Desk(tablet_of("vance", engine), server.url)
    accept_invite(desk.page, vance_link, DR_VANCE)
    desk.open_app()
    desk.screens.wait_for()
    desk.open_app("#/desk")
    desk.read(observation)
    desk.release()
    assert [one["state"] for one in records(server, "observation")] == ["released"]


def add_school(page: Page, server: Server, name: str, code: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Schools").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Add school").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()


def import_rooms(page: Page, server: Server) -> None:
    """Look first, then enter; the codes keep their zeros."""
    page.get_by_role("navigation").get_by_role("link", name="Import").click()
    page.get_by_label("File").set_input_files(
        {"name": "rooms.csv", "mimeType": "text/csv", "buffer": ROOMS_CSV.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Nothing is entered yet.")).to_be_visible()
    assert records(server, "room") == []
    page.get_by_role("button", name="Enter 2 lines").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert {one["code"] for one in records(server, "room")} == {"12", "014"}


def add_person(page: Page, server: Server, name: str, person: SignIn, role: str) -> str:
    """Add the person with a role at the school; return the link that lets them in."""
    page.get_by_role("navigation").get_by_role("link", name="People").click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Role").select_option(role)
    page.get_by_label("Where").select_option(label="Oak Hill Elementary (0031)")
    page.get_by_role("button", name="Add person").click()
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Link", exact=True).input_value()


def accept_invite(page: Page, link: str, person: SignIn) -> None:
    page.goto(link)
    page.get_by_label("Password").fill(person.password)
    page.get_by_label("The same once more").fill(person.password)
    page.get_by_role("button", name="Save and sign in").click()
    page.wait_for_url(lambda address: "/invite/" not in address)
