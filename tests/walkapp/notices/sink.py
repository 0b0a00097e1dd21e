"""A real mail server of our own that takes mail, refuses it, hangs or dies, as a test wants."""

import asyncio
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.browser.ports import free_port
from walkapp.mail_settings import PLAIN, MailSettings

SENDER = "Walks <walks@oak.example>"
URL = "https://walk.oak.example"
OK = "250 OK"


class Sink:
    """What it took stands in `mails`; what it answers can be changed at any time."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[str] = []
        self.at_sender = self.at_recipient = self.at_data = OK
        self.dies_before_data = self.dies_after_data = False
        self.waits_seconds = 0.0
        self.waits_for = 0  # until so many have come, it answers nobody
        self.when_taken: Any = lambda: None
        self.names: list[str] = []

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def handle_EHLO(  # noqa: N802 - the names aiosmtpd asks for
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.names.append(hostname)
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.at_sender

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.dies_before_data:
            server.transport.abort()
            return "451 gone"
        if self.at_data == OK:
            self.mails.append(
                email.message_from_bytes(envelope.content, policy=email.policy.default)
            )
            self.to += envelope.rcpt_tos
            self.when_taken()
        while len(self.names) < self.waits_for:
            await asyncio.sleep(0.05)
        if self.waits_seconds:
            await asyncio.sleep(self.waits_seconds)
        if self.dies_after_data:
            server.transport.abort()
        return self.at_data


@contextmanager
def listening(**settings: Any) -> Iterator[tuple[Sink, MailSettings]]:
    """A sink on a port of its own, and the settings that lead to it."""
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port, ready_timeout=10, **settings)
    controller.start()
    try:
        yield sink, MailSettings("127.0.0.1", port, SENDER, URL, PLAIN)
    finally:
        controller.stop()


def only(user: str, password: str) -> Any:
    """Lets this one sign in."""

    def authenticate(
        server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        is_right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=is_right, handled=False)

    return authenticate


def server_side(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@contextmanager
def dripping() -> Iterator[MailSettings]:
    """A server that says one letter now and then, and never comes to an end."""
    stop = Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"2")
                except OSError:
                    return

    thread = Thread(target=drip)
    thread.start()
    try:
        yield MailSettings("127.0.0.1", listener.getsockname()[1], SENDER, URL, PLAIN)
    finally:
        stop.set()
        thread.join()
        listener.close()
