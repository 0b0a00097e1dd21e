"""`walkapp worker`: send the mails that wait; once a day, delete what districts' rules say."""

import signal
from threading import Event
from types import FrameType

import click

from ..config import Config
from ..mail_settings import MailSettings
from ..notices.worker import send_due, work
from ..retention.deleting import run
from .setting import Trouble, ready


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now and end; for cron.")
def worker(once: bool) -> None:
    """Send mail until Ctrl-C or SIGTERM; the mail in hand is finished first.

    Once a day it does what `walkapp retention` does.
    """
    with ready() as config:
        settings = mail_of(config)
        if once:
            went_well = send_due(settings, click.echo)
            run(config, click.echo)
            raise SystemExit(0 if went_well else 1)
        stop = Event()

        def end(_signal: int, _frame: FrameType | None) -> None:
            stop.set()

        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, end)
        click.echo(f"Sending mail through {settings.host}, port {settings.port}. Ctrl-C stops it.")
        work(settings, stop, click.echo, daily=lambda: run(config, click.echo))


def mail_of(config: Config) -> MailSettings:
    if config.mail is None:
        raise Trouble(
            "Mail is not set up, so there is nothing to send: "
            "set WALK_SMTP_HOST, WALK_SMTP_FROM and WALK_URL (docs/mail.md)."
        )
    return config.mail
