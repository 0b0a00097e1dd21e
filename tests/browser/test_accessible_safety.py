"""The screens about what is safe and what is not: read, hit and seen whole by everybody."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from . import seen
from .browsers import Browser
from .cameras import camera_picture
from .inspector import Inspector
from .link import Link
from .pages import end_role, follow, look_at_copy, sign_in_to_pages
from .people import MR_ORTEGA, MS_ELLIS, MS_KELLER
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet
from .test_conflicts import HERE, THERE, Pair, bring, of_note, pair, write  # noqa: F401
from .test_photos import POSTER, SPOIL, Photographer
from .test_rescue import open_rescue
from .test_save_copy import save_copy

AGO_MS = 3_000_000
DAMAGE = {
    "why": "emptied", "wholeAt": 1_760_000_000_000, "missing": 14, "unsent": 2, "files": 1,
    "foundAt": 1_760_000_600_000, "by": "server",
}  # fmt: skip
# What the storage may say of itself, and the screen or the notice that tells it.
SAYINGS: dict[str, tuple[dict[str, Any], str]] = {
    "full": ({"storageTrouble": "full"}, "storage is full"),
    "lost": ({"storageTrouble": "lost"}, "storage does not answer"),
    "closed": ({"storageTrouble": "closed"}, "does not let this app read its storage"),
    "newer": ({"readOnly": "newer", "waiting": 3}, "This page is older than your data"),
    "failed": ({"readOnly": "failed", "errorId": "M1-2"}, "could not be updated"),
    "damaged": ({"damage": DAMAGE, "secondCopy": True}, "storage was damaged"),
    "stalled": ({"stalled": True, "waiting": 3}, "still nothing could be sent"),
    "waiting": ({"unsentTooLong": True, "waiting": 2, "oldestWaitingAt": 0}, "Work has waited"),
    "little room": ({"lowRoom": True}, "little room left"),
    "private window": ({"isPassing": True}, "private window"),
    "restored": ({"restoredAt": 1_760_000_000_000}, "is restored"),
}
LEFT_TO_DO = {
    "held": 5, "conflicts": 1, "lowRoom": True, "secondCopy": False, "isPassing": True, "heals": 2,
    "signedOut": True, "clockOff": 7_200_000, "tries": 3, "nextTryAt": 1_760_000_000_000,
}  # fmt: skip
# The screens show what the storage says, and nothing else: so it says it.
SAY = """(said) => {
  const { app } = document.querySelector('walk-app')
  const real = app.store.status.bind(app.store)
  app.store.status = () => ({ ...real(), ...said })
  app.dispatchEvent(new Event('status'))
}"""


def storage_says(page: Page, said: dict[str, Any]) -> None:
    page.evaluate(SAY, said)


def test_what_the_storage_says_is_for_everybody(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    eye = Inspector(tablet.browser, every_size=True)
    for state, (said, words) in SAYINGS.items():
        tablet.open_app()
        storage_says(page, said)
        expect(page.locator("main").get_by_text(words).first).to_be_visible()
        eye.look_in_every_theme(f"storage, {state}")
    tablet.open_app("#/tablet")
    storage_says(page, LEFT_TO_DO)
    expect(tablet.fact("Clock")).to_be_visible()
    page.get_by_text("For a rebuilt server").click()
    eye.look_in_every_theme("this tablet, much to say")
    eye.assert_nothing_found()


def test_photos_and_copies_are_for_everybody(
    link: Link, tablet_of: Callable[..., Browser], tmp_path: Path
) -> None:
    tablet = Photographer(tablet_of("ortega"), link.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    eye = Inspector(tablet.browser, every_size=True)
    tablet.open_app("#/copy/open")
    page.get_by_role("button", name="Open the copy").click()
    eye.look_in_every_theme("open a copy, no file")
    link.down()
    tablet.open_app()
    observation = tablet.start_visit("Room 12", seen.RUBRIC)
    tablet.note("Saw", "Two of three teams use the criteria")
    look_at_photos(tablet, eye)
    tablet.open_app("#/tablet")
    expect(tablet.fact("Photos of this tablet on the server")).to_have_text("0 of 1")
    eye.look_in_every_theme("this tablet, a photo waits")
    look_at_a_copy(tablet, eye)
    assert page.evaluate(SPOIL, tablet.account) > 0
    tablet.open_app(f"#/visit/{observation}")
    expect(page.get_by_text("This photo was damaged")).to_be_visible()
    eye.look_in_every_theme("visit, a damaged photo")
    tablet.open_app("#/needs")
    page.get_by_role("button", name="Put away").click()
    eye.look_in_every_theme("needs you, a damaged photo")
    eye.assert_nothing_found()


def look_at_photos(tablet: Photographer, eye: Inspector) -> None:
    page = tablet.page
    tablet.pick(b"GIF89a this is none")
    expect(page.get_by_role("alert")).to_be_visible()
    eye.look_in_every_theme("visit, no photo")
    tablet.pick(camera_picture())
    page.get_by_role("heading", name="Look at the photo").wait_for()
    eye.look_in_every_theme("visit, a photo before it is kept")
    page.get_by_label("What does it show?").fill(POSTER)
    page.get_by_role("button", name="No student’s face can be recognised").click()
    expect(tablet.photos).to_have_count(1)
    eye.look_in_every_theme("visit, a photo")
    page.get_by_role("button", name="Look at it large").click()
    expect(page.get_by_role("img", name=POSTER)).to_be_visible()
    eye.look_in_every_theme("visit, a large photo")


def look_at_a_copy(tablet: Tablet, eye: Inspector) -> None:
    page = tablet.page
    tablet.open_app("#/copy")
    page.get_by_role("button", name="Make the copy").click()
    eye.look_in_every_theme("save a copy, words not written down")
    page.get_by_label("Words of my own").check()
    page.get_by_role("button", name="Make the copy").click()
    eye.look_in_every_theme("save a copy, words too short")
    page.get_by_label("Your words").fill("three of these and more")
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_text("The copy is ready")).to_be_visible()
    eye.look_in_every_theme("save a copy, made")


def test_two_versions_are_for_everybody(
    server: Server,
    pair: Pair,  # noqa: F811 - the fixture above
) -> None:
    one, one_link, other, other_link, observation = pair
    write(one, observation, HERE, 3)
    write(other, observation, THERE, 4)
    bring(one, one_link, server, observation, HERE)
    bring(other, other_link, server, observation, THERE)
    one.open_app(f"#/visit/{observation}")
    expect(of_note(one)).to_be_visible(timeout=SENT_WITHIN_MS)
    eye = Inspector(one.browser, every_size=True)
    eye.look_in_every_theme("visit, two versions")
    one.open_app("#/needs")
    expect(one.page.get_by_role("link", name="See the two versions")).to_be_visible()
    eye.look_in_every_theme("needs you, two versions")
    eye.assert_nothing_found()


def test_rescue_and_kept_work_are_for_everybody(
    server: Server, link: Link, tablet_of: Callable[..., Browser], tmp_path: Path
) -> None:
    tablet = Photographer(tablet_of("ortega", accept_downloads=True), link.url)
    keller, ellis = tablet_of("keller"), tablet_of("ellis")
    eyes = [Inspector(one, every_size=True) for one in (tablet.browser, keller, ellis)]
    file = leave_work_unsent(tablet, link, tmp_path)
    look_at_the_rescue_page(tablet, link, eyes[0])

    sign_in_to_pages(keller.page, server, MS_KELLER)
    look_at_copy(keller.page, server, file)
    eyes[1].look_in_every_theme("rescue, another's copy")
    end_role(keller.page, server, "Luis Ortega")
    tablet.open_app("#/needs")
    kept = tablet.page.get_by_role("heading", name="Kept for the lead to decide")
    expect(kept).to_be_visible(timeout=SENT_WITHIN_MS)
    eyes[0].look_in_every_theme("needs you, kept for the lead")
    look_at_copy(keller.page, server, file)
    follow(keller.page, keller.page.get_by_role("button", name="Enter it"))
    eyes[1].look_in_every_theme("rescue, entered")
    keller.page.goto(f"{server.url}/admin/")
    expect(keller.page.get_by_text("Nora Ellis decides")).to_be_visible()
    eyes[1].look_in_every_theme("overview, work is kept")
    follow(keller.page, keller.page.get_by_role("link", name="Devices"))
    eyes[1].look_in_every_theme("devices")

    look_at_kept_work(Tablet(ellis, server.url), eyes[2])
    for eye in eyes:
        eye.assert_nothing_found()


def leave_work_unsent(tablet: Photographer, link: Link, folder: Path) -> Path:
    """A visit with a photo where there is no network, and a copy of it."""
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    link.down()
    tablet.start_visit("Room 12", seen.RUBRIC)
    tablet.note("Saw", "Two students compare their strategies at the board")
    tablet.take(camera_picture("teal", "gray"), POSTER)
    tablet.wait_until_waiting()
    tablet.open_app("#/copy")
    file, _ = save_copy(tablet.page, folder)
    tablet.page.goto("about:blank")
    link.up()
    return file


def look_at_the_rescue_page(tablet: Tablet, link: Link, eye: Inspector) -> None:
    page = tablet.page
    assert tablet.browser.context is not None
    open_rescue(page, link.url)
    page.locator("#waiting summary").first.click()
    page.get_by_role("button", name="Look it over").click()
    expect(page.locator("#checked")).to_contain_text("all readable")
    eye.look_in_every_theme("rescue, work waits")
    cookies = tablet.browser.context.cookies()
    tablet.browser.context.clear_cookies()
    open_rescue(page, link.url)
    expect(page.locator("#others")).to_be_visible()
    eye.look_in_every_theme("rescue, signed out")
    tablet.browser.context.add_cookies(cookies)  # type: ignore[arg-type]


def look_at_kept_work(tablet: Tablet, eye: Inspector) -> None:
    """The lead comes from This tablet, reads the notes, and takes in the visit."""
    page = tablet.page
    tablet.sign_in(MS_ELLIS)
    tablet.go_to("This tablet")
    follow(page, page.get_by_role("link", name="See the kept work"))
    eye.look_in_every_theme("kept work")
    follow(page, page.get_by_role("row", name="a visit's notes").get_by_role("link"))
    expect(page.get_by_text(POSTER)).to_be_visible()
    eye.look_in_every_theme("kept work, one")
    follow(page, page.get_by_role("button", name="Take it in"))
    eye.look_in_every_theme("kept work, taken in or told why not")
