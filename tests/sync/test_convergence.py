"""Whatever network, tablets and operator do: all come to the same rows, and nothing is lost."""

import random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from .story import FIRST_SEED, SEEDS, STEPS, live
from .world import World


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + SEEDS))
def test_all_tablets_come_to_the_same_rows_and_nothing_is_lost(seed: int) -> None:
    world = World(random.Random(seed))
    for _ in range(STEPS):
        live(world)
    world.settle()
    world.check()


devices = st.integers(0, 8)


class Story(RuleBasedStateMachine):
    """The same world, told by hypothesis, which shortens a story that goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(random.Random(1))

    def device(self, n: int):  # type: ignore[no-untyped-def]
        return self.world.devices[n % len(self.world.devices)]

    @rule(n=devices)
    def write(self, n: int) -> None:
        self.world.write(self.device(n))

    @rule(n=devices, faulty=st.booleans())
    def sync(self, n: int, faulty: bool) -> None:
        self.world.sync(self.device(n), faulty)

    @rule()
    def ghost(self) -> None:
        self.world.deliver_a_ghost()

    @rule()
    def rights(self) -> None:
        self.world.change_rights()

    @rule()
    def back_up(self) -> None:
        self.world.back_up()

    @rule()
    def restore(self) -> None:
        self.world.restore()

    @rule()
    def replace_server(self) -> None:
        self.world.replace_server()

    @rule(n=devices)
    def evict(self, n: int) -> None:
        self.world.evict(self.device(n))

    @rule(n=devices)
    def clone(self, n: int) -> None:
        self.world.clone(self.device(n))

    def teardown(self) -> None:
        self.world.settle()
        self.world.check()


Story.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestStory = Story.TestCase
