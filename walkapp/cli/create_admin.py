"""`walkapp create-admin`: the first person who can let others in."""

import sys

import click
from sqlalchemy.orm import Session

from .. import database, organisation, passwords
from ..organisation.accounts import emails_of
from ..organisation.words import clean_email, clean_name
from .setting import ready, the_space


@click.command()
@click.option("--name", prompt="Name")
@click.option("--email", prompt="Email")
@click.option("--password", help="Better typed when asked: a command line stays in its history.")
@click.option("--district", metavar="NAME", help="Needed when there are several.")
def create_admin(name: str, email: str, password: str | None, district: str | None) -> None:
    """Make an administrator, or give one who is locked out a new password.

    The password is asked for; where nobody can type, it is read as one line.
    """
    name, email = clean_name(name), clean_email(email)
    password = password or asked_password()
    passwords.check_new(password, email, name)
    with ready(), database.writing() as session:
        space = the_space(session, district)
        person = admin_of(session, space.id, name, email)
        organisation.set_account_password(
            session, space.id, person, password, actor=organisation.SERVICE
        )
        said = f"{email} can administer {space.name}."
    click.echo(said)


def asked_password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def admin_of(session: Session, space: str, name: str, email: str) -> str:
    """The person of that address with the role of an administrator, added where needed."""
    service = organisation.SERVICE
    for person, known in emails_of(session, space).items():
        if known == email:
            try:
                organisation.add_grant(session, space, service, person, "admin")
            except organisation.Refused as refused:
                if refused.code != "role-already-given":
                    raise
            return person
    return organisation.add_person(session, space, service, name, [("admin", None)], email)
