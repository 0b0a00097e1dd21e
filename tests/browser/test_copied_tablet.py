"""A tablet that was set up from another's image: two of one, until they meet the server."""

import shutil
from collections.abc import Callable
from pathlib import Path

from . import seen
from .browsers import Browser
from .kept import records, rows, wait_for
from .link import Link
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet


def test_a_copy_of_a_tablet_gets_an_id_of_its_own_and_both_send_what_they_wrote(
    server: Server, link: Link, tablet_of: Callable[..., Browser], tmp_path: Path
) -> None:
    original = Tablet(tablet_of("ortega"), link.url)
    original.sign_in(MR_ORTEGA)
    original.make_ready_for_offline()
    observation = original.start_visit("Room 12", seen.RUBRIC)
    original.wait_until_sent()
    link.down()
    original.note("Saw", "Written before there were two")
    original.wait_until_waiting()
    original.browser.close()
    # The browser may not have let go of its lock yet; the copy is nobody's.
    nobodys = shutil.ignore_patterns("Singleton*")
    shutil.copytree(tmp_path / "profile-ortega", tmp_path / "profile-copy", ignore=nobodys)
    link.up()

    original.browser.open()
    original.open_app(f"#/visit/{observation}")
    original.note("Saw", "Written on the first")
    original.wait_until_sent()
    copy = Tablet(tablet_of("copy"), link.url)
    copy.open_app(f"#/visit/{observation}")
    copy.note("Saw", "Written on the second")
    copy.wait_until_sent()

    wait_for(lambda: len(devices_of(server, MR_ORTEGA.email)) == 2)
    copy.note("Saw", "And once more")
    copy.wait_until_sent()
    original.note("Saw", "And once more there")
    original.wait_until_sent()
    assert devices_of(server, MR_ORTEGA.email) == [0, 0], (
        "one line for each, and nothing waits on either"
    )
    [body] = [one for one in records(server, "observation") if one["id"] == observation]
    assert sorted(line["text"] for line in body["evidence"].values()) == [
        "And once more",
        "And once more there",
        "Written before there were two",
        "Written on the first",
        "Written on the second",
    ]
    assert copy.page.get_by_role("heading", name="damaged").count() == 0


def devices_of(server: Server, person: str) -> list[int]:
    """How much each of this person's tablets last said to hold."""
    query = (
        "SELECT unsent FROM device JOIN account ON account.id = device.account"
        " WHERE email = ? AND unsent IS NOT NULL"
    )
    return [unsent for (unsent,) in rows(server, query, person)]
