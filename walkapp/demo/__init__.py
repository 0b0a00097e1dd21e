"""An invented district to try everything in. Nothing in it is a real place or person."""

from .people import PASSWORD, PEOPLE
from .places import NAME
from .seeding import seed, seed_year

__all__ = ["NAME", "PASSWORD", "PEOPLE", "seed", "seed_year"]
