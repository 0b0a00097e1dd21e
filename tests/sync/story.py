"""How a day in the world goes. A failing test names its seed; `TEST_SEEDS` widens the sample."""

import os
import time
from collections.abc import Callable

from .world import World

SEEDS = int(os.environ.get("TEST_SEEDS", "12"))
FIRST_SEED = int(os.environ.get("TEST_FIRST_SEED", int(time.time()) // 86_400))  # another each day
STEPS = 250


def live(world: World) -> None:
    """One thing happens, as likely as it is in a district in a bad year."""
    device = world.chance.choice(world.devices)
    happenings: list[tuple[float, Callable[[], None]]] = [
        (0.45, lambda: world.write(device)),
        (0.35, lambda: world.sync(device, faulty=True)),
        (0.06, world.deliver_a_ghost),
        (0.04, world.change_rights),
        (0.04, world.back_up),
        (0.02, world.restore),
        (0.003, world.replace_server),
        (0.02, lambda: world.clone(device)),
        (0.02, lambda: world.evict(device)),
    ]
    weights, deeds = zip(*happenings, strict=True)
    world.chance.choices(deeds, weights)[0]()
