"""Who is speaking to the engine: a person with the grants of this moment, or the service itself."""

from collections.abc import Iterable
from dataclasses import replace

from walkapp.sync.author import Author

from .ability import Ability, Bond, ability_of
from .grants import Grant
from .scopes import scopes_of, view_of

SYSTEM_PERSON = "system"


def author(
    space: str,
    person: str,
    account: str,
    device: str | None,
    grants: Iterable[Grant],
    now: int,
    bonds: Iterable[Bond] = (),
) -> Author:
    """The person as the engine knows them now; what is over, grant or bond, gives nothing."""
    able = ability_of(grants, now, bonds)
    readable = scopes_of(person, able)
    return Author(person, account, device, readable, view_of(space, person, readable), able)


def as_before(
    space: str,
    person: str,
    account: str,
    grants: Iterable[Grant],
    now: int,
    bonds: Iterable[Bond] = (),
) -> Author:
    """The person with every right they once had, for a lead who takes their work in."""
    able = ability_of(grants, now, bonds)
    whole = replace(
        able,
        allowed=able.allowed | able.lapsed,
        coaching=able.coaching | able.coached,
        teams=able.teams | able.walked,
    )
    readable = scopes_of(person, whole)
    return Author(person, account, None, readable, view_of(space, person, readable), whole)


def system(account: str) -> Author:
    """The service's own hand, on behalf of an account; it writes only what no person may."""
    return _service(account, Ability(system=True))


def forgetter(account: str) -> Author:
    """The same hand while it deletes by a district's rule for keeping, and does nothing else."""
    return _service(account, Ability(forgets=True))


def _service(account: str, ability: Ability) -> Author:
    return Author(
        person=SYSTEM_PERSON,
        account=account,
        device=None,
        scopes=frozenset(),
        view=SYSTEM_PERSON,
        ability=ability,
        all_seeing=True,
    )
