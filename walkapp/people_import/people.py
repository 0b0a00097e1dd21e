"""Lines of a list of people: one line a role, one person an e-mail address."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..access import ROLES
from ..clock import now_ms
from ..languages import gettext as _
from ..models import Grant, PersonCard
from ..organisation.grants import NewGrant, check_grant
from ..organisation.refused import Refused
from ..organisation.words import clean_email, clean_name
from ..queries.accounts import emails_of
from .outcome import Step
from .schools import school_in_use

Role = tuple[str, str | None]


@dataclass(slots=True)
class Somebody:
    """One person as the file leaves them."""

    id: str | None
    old_name: str | None
    name: str
    has: set[Role] = field(default_factory=set)
    gets: list[Role] = field(default_factory=list)
    first_line: int | None = None
    is_archived: bool = False

    @property
    def new_name(self) -> str | None:
        """The name to write: of somebody new, or of somebody who is called otherwise now."""
        return self.name if self.name != self.old_name else None


class PeoplePlanner:
    """Reads one line after the other and keeps, for each address, what it comes to."""

    def __init__(self, session: Session, space: str) -> None:
        self._session, self._space = session, space
        self._people = _people_by_email(session, space)

    def look_at(self, row: dict[str, Any]) -> tuple[str, str]:
        """What becomes of the line, and how to say it."""
        name, email = clean_name(row["name"]), clean_email(row["email"])
        role, place = self._role(row)
        somebody = self._people.get(email)
        if somebody is None:
            self._people[email] = Somebody(None, None, name, gets=[role], first_line=row["line"])
            return "added", f"{name} · {role[0].replace('_', ' ')} · {place}"
        if somebody.is_archived:
            sentence = _("%(name)s is archived: bring them back first.", name=somebody.name)
            raise Refused("archived", "email", sentence)
        return self._again(somebody, name, role, place, row["line"])

    def steps(self) -> list[Step]:
        return [
            Step("person", one.id, {"name": one.new_name, "email": email, "roles": one.gets})
            for email, one in self._people.items()
            if one.gets or one.new_name
        ]

    def _again(
        self, one: Somebody, name: str, role: Role, place: str, line: int
    ) -> tuple[str, str]:
        if one.first_line is not None and name != one.name:
            sentence = _("Line %(line)s gives this e-mail another name.", line=one.first_line)
            raise Refused("two-names", "name", sentence)
        renamed = name != one.name
        one.name, one.first_line = name, one.first_line or line
        if role in one.has and not renamed:
            return "unchanged", f"{name} · {role[0].replace('_', ' ')} · {place}"
        if role not in one.has:
            one.gets.append(role)
        was = _("%(old)s becomes %(new)s", old=one.old_name, new=name) if renamed else name
        return (
            "changed" if one.id else "added",
            f"{was} · {role[0].replace('_', ' ')} · {place}",
        )

    def _role(self, row: dict[str, Any]) -> tuple[Role, str]:
        role = row["role"].strip().lower().replace(" ", "_")
        if role not in ROLES:
            known = ", ".join(one.replace("_", " ") for one in ROLES)
            sentence = _("This is not a role. The roles are: %(roles)s.", roles=known)
            raise Refused("unknown-role", "role", sentence)
        if not row["school_code"].strip():
            check_grant(self._session, self._space, NewGrant(role))
            return (role, None), _("whole district")
        school = school_in_use(self._session, self._space, row["school_id"])
        check_grant(self._session, self._space, NewGrant(role, school.id))
        return (role, school.id), school.name


def _people_by_email(session: Session, space: str) -> dict[str, Somebody]:
    now = now_ms()
    emails = emails_of(session, space)
    cards = session.scalars(select(PersonCard).where(PersonCard.space == space))
    people = {
        card.id: Somebody(card.id, card.name, card.name, is_archived=card.archived)
        for card in cards
    }
    for grant in session.scalars(select(Grant).where(Grant.space == space)):
        if grant.person in people and (grant.ends_at is None or grant.ends_at > now):
            people[grant.person].has.add((grant.role, grant.school))
    return {emails[id]: one for id, one in people.items() if id in emails}
