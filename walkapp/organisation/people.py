"""People of a space. Their card is a record; their account, if any, is not."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from walkapp.sync.change import Change

from ..clock import now_ms
from ..languages import gettext as _
from ..models import Person, PersonCard
from ..queries.accounts import email_of
from .accounts import await_account, refuse_taken_email, void_links
from .audit import note
from .grants import NewGrant, card_roles, check_grant, end_all_grants, write_grant
from .refused import Refused
from .words import clean_email, clean_name
from .writing import append, changed, created


def add_person(
    session: Session,
    space: str,
    actor: str,
    name: str,
    roles: Iterable[tuple[str, str | None] | NewGrant] = (),
    email: str | None = None,
    *,
    now: int | None = None,
    id: str | None = None,
) -> str:
    """Add a person with their roles. With an address they can be sent a link to sign in.

    `id` is for somebody whose card was lost: what they wrote names them by it.
    """
    at = now if now is not None else now_ms()
    grants = [role if isinstance(role, NewGrant) else NewGrant(*role) for role in roles]
    for grant in grants:
        check_grant(session, space, grant)
    address = clean_email(email) if email else None
    if address:
        refuse_taken_email(session, space, address)
    change = person_record(name, grants, at, id)
    append(session, space, actor, [change], at)
    write_person(session, space, actor, change.id, clean_name(name), address, at)
    for grant in grants:
        write_grant(session, space, actor, change.id, grant, at)
    return change.id


def change_person(
    session: Session,
    space: str,
    actor: str,
    id: str,
    *,
    name: str | None = None,
    email: str | None = None,
    archived: bool | None = None,
    now: int | None = None,
) -> None:
    """Change what is given and differs. Who is archived has no role and no open link from then on.

    Their sign-ins stay: work that waits on their tablet can still reach the server and be kept.
    """
    at = now if now is not None else now_ms()
    card = session.get(PersonCard, (space, id))
    if card is None:
        raise Refused("unknown-record", "person", _("This person is not there any more."))
    if email is not None:
        _change_email(session, space, actor, id, email, at)
    values: dict[str, object] = {}
    if name is not None and clean_name(name) != card.name:
        values["name"] = clean_name(name)
    if archived is not None and archived != card.archived:
        values["archived"] = archived
    if values.get("archived"):
        end_all_grants(session, space, actor, id, at)
        void_links(session, space, id, at)
        values["roles"] = []
    if values:
        append(session, space, actor, [changed(session, space, "person", id, at, values)], at)
        note(session, space, actor, "change-person", id, at, **values)


def person_record(name: str, grants: Iterable[NewGrant], at: int, id: str | None = None) -> Change:
    """The change that makes a person's card, checked as far as it can be alone."""
    return created("person", {"name": clean_name(name), "roles": card_roles(grants)}, at, id)


def write_person(
    session: Session, space: str, actor: str, id: str, name: str, email: str | None, at: int
) -> None:
    """Write the row beside a card: the place where an account is joined."""
    session.add(Person(space=space, id=id))
    if email:
        await_account(session, space, id, email, at)
    note(session, space, actor, "add-person", id, at, name=name, email=email)


def _change_email(session: Session, space: str, actor: str, id: str, email: str, at: int) -> None:
    address = clean_email(email)
    if address == email_of(session, space, id):
        return
    if session.get_one(Person, (space, id)).account is not None:
        # The account is the person's own and may serve other districts: it is not renamed here.
        raise Refused(
            "already-joined", "email", _("This person signs in with that address already.")
        )
    refuse_taken_email(session, space, address, but=id)
    void_links(session, space, id, at)
    await_account(session, space, id, address, at)
    note(session, space, actor, "change-email", id, at, email=address)
