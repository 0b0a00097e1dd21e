"""A tablet that was copied with all it holds, or came back from a copy of itself."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from walkapp.database import reading
from walkapp.models import Device

from . import tablet
from .district import World
from .tablet import SYNC, request

AsRole = Callable[[str], FlaskClient]
DATABASE = str(uuid4())
ONE, TWO, THREE, FOUR = (f"{n:08x}" for n in range(1, 5))


class Speaking:
    """A tablet in touch with the server; whatever it says of its storage is news each time."""

    said = 0

    def __init__(self, client: FlaskClient, space: str, device: str = tablet.DEVICE) -> None:
        self.client, self.space, self.device = client, space, device

    def says(self, was: str | None, now: str, **about: Any) -> Any:
        """What the server remembered of this device, and what its contact is called now."""
        Speaking.said += 1
        canary = {"database": DATABASE, "highest": Speaking.said}
        body = request(self.space) | {
            "schema": 2,
            "device": self.device,
            "canary": canary,
            "contact": {"was": was, "now": now},
            **about,
        }
        answer = self.client.post(SYNC, json=body)
        assert answer.status_code == 200, answer.json
        return answer.json["device"]


def test_each_contact_of_one_tablet_is_known_by_the_one_before(
    as_role: AsRole, world: World
) -> None:
    okoye = Speaking(as_role("observer"), world.lakeview.space)
    okoye.says(None, ONE)
    assert okoye.says(ONE, TWO)["nonce"] == TWO
    assert okoye.says(TWO, THREE)["nonce"] == THREE


def test_a_tablet_whose_answers_were_lost_is_no_copy(as_role: AsRole, world: World) -> None:
    okoye = Speaking(as_role("observer"), world.lakeview.space)
    okoye.says(None, ONE)
    for _ in range(3):  # it never hears that its second contact was noted, and says it again
        assert okoye.says(ONE, TWO)["nonce"] == TWO
    assert okoye.says(TWO, THREE)["nonce"] == THREE


def test_a_copy_hears_of_a_contact_that_it_never_made_and_changes_nothing_of_the_other(
    app: Flask, as_role: AsRole, world: World
) -> None:
    client = as_role("observer")
    original = Speaking(client, world.lakeview.space)
    original.says(None, ONE, unsent=0)
    original.says(ONE, TWO, unsent=3)
    copy = Speaking(client, world.lakeview.space)
    assert copy.says(ONE, FOUR, unsent=70)["nonce"] == TWO
    assert copy.says(ONE, FOUR, unsent=70)["nonce"] == TWO, "nor the second time"
    assert heard_of(app, world) == [("iPad 7", 3)]
    assert original.says(TWO, THREE)["nonce"] == THREE


def test_a_copy_under_an_id_of_its_own_is_a_second_tablet_of_the_same_name(
    app: Flask, as_role: AsRole, world: World
) -> None:
    client = as_role("observer")
    original = Speaking(client, world.lakeview.space)
    original.says(None, ONE, unsent=3)
    copy = Speaking(client, world.lakeview.space, str(uuid4()))
    assert copy.says(None, TWO, unsent=7) is None, "of a new tablet nothing is remembered"
    assert copy.says(TWO, THREE, unsent=7)["nonce"] == THREE
    assert original.says(ONE, FOUR, unsent=3)["nonce"] == FOUR
    assert heard_of(app, world) == [("iPad 7", 3), ("iPad 7", 7)]


def test_a_tablet_of_before_that_names_no_contact_is_noted_as_ever(
    app: Flask, as_role: AsRole, world: World
) -> None:
    okoye = Speaking(as_role("observer"), world.lakeview.space)
    okoye.says(None, ONE, unsent=3)
    okoye.says(None, TWO, unsent=4, contact=None)
    assert heard_of(app, world) == [("iPad 7", 4)]
    assert okoye.says(ONE, TWO)["nonce"] == TWO


def heard_of(app: Flask, world: World) -> list[tuple[str, int]]:
    """Name and unsent changes of her tablets that ever said what they hold."""
    hers = Device.account == world.lakeview.accounts["observer"]
    query = select(Device.name, Device.unsent).where(hers, Device.unsent.is_not(None))
    with app.app_context(), reading() as session:
        return sorted((name, unsent) for name, unsent in session.execute(query))
