"""`walkapp refound`: a district whose database is gone, under the id its tablets know."""

import re

import click
from sqlalchemy.orm import Session

from .. import database, organisation, passwords
from ..models import Space
from ..organisation.words import clean_email, clean_name
from .create_admin import asked_password
from .setting import Trouble, ready

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@click.command()
@click.option("--space", required=True, metavar="ID", help="The district's id.")
@click.option("--district", prompt="District", metavar="NAME")
@click.option("--person", required=True, metavar="ID", help="The administrator's own id there.")
@click.option("--name", prompt="Name")
@click.option("--email", prompt="Email")
@click.option("--password", help="Better typed when asked: a command line stays in its history.")
def refound(
    space: str, district: str, person: str, name: str, email: str, password: str | None
) -> None:
    """Found a district again after its database was lost and no backup is left.

    Both ids stand on the administrator's tablet, under This tablet, For a rebuilt server. When
    the administrator has signed in there, the tablet brings back schools, rooms and people; each
    of the others brings back their work once they were given a link and signed in.
    """
    _check_ids(space=space, person=person)
    name, email = clean_name(name), clean_email(email)
    password = password or asked_password()
    passwords.check_new(password, email, name)
    with ready(), database.writing() as session:
        _refuse_known(session, space)
        organisation.create_space(session, district, id=space)
        service = organisation.SERVICE
        organisation.add_person(session, space, service, name, [("admin", None)], email, id=person)
        organisation.set_account_password(session, space, person, password, actor=service)
    click.echo(
        f"Founded {district} again ({space}). Sign in on the administrator's tablet: it fills the "
        "district. Then give everybody a link under People."
    )


def _check_ids(**ids: str) -> None:
    for option, id in ids.items():
        if not ID.fullmatch(id):
            raise Trouble(
                f"--{option} is not an id: copy it from the tablet, letter by letter, as in "
                "01234567-89ab-4cde-8f01-23456789abcd."
            )


def _refuse_known(session: Session, space: str) -> None:
    found = session.get(Space, space)
    if found is not None:
        raise Trouble(f"The district {found.name} is there already under this id.")
