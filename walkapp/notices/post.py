"""Handing one mail to the mail server, and what its refusals mean for trying again."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Timer
from typing import Any

from ..mail_settings import STARTTLS, TLS, MailSettings

ANSWER_SECONDS = 30  # for one answer of the server
# For the whole mail: a server that drips a letter at a time never runs into the other limit.
MAIL_SECONDS = 120
LASTING = 500  # answers from here on stay the same when they are asked again


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the server may take."""

    answer_seconds: float = ANSWER_SECONDS
    mail_seconds: float = MAIL_SECONDS


class NotSent(Exception):
    """It was not taken, for a reason of `words.PROBLEMS`.

    `lasting`: trying again would end the same. `server`: no other mail would fare better now.
    """

    def __init__(self, problem: str, *, lasting: bool = False, server: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.lasting = lasting
        self.server = server


def send(mail: EmailMessage, to: str, settings: MailSettings, limits: Limits = Limits()) -> None:  # noqa: B008 - a frozen value
    """Return when the mail server has taken the mail, raise NotSent when it has not."""
    with _in_our_words(), _connected(settings, limits) as server:
        try:
            refused = server.send_message(mail, settings.address, [to])
        except smtplib.SMTPRecipientsRefused as trouble:
            refused = trouble.recipients
        for code, _words in refused.values():
            raise _answered(code, "address")


class _Deadline:
    """Ends the conversation when it takes too long, whatever it waits for just then."""

    def __init__(self, seconds: float) -> None:
        self._server: smtplib.SMTP | None = None
        self._is_over = False
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, server: smtplib.SMTP) -> None:
        self._server = server
        if self._is_over:
            raise TimeoutError  # to connect alone took that long

    def cancel(self) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self._is_over = True
        if self._server is not None:
            _shut(self._server)


class _Watched(smtplib.SMTP):
    """Watched from its first letter on: a server can drip its greeting too."""

    def __init__(self, deadline: _Deadline, *where: Any, **how: Any) -> None:
        self._deadline = deadline
        super().__init__(*where, **how)

    def _get_socket(self, *where: Any) -> socket.socket:
        made: socket.socket = super()._get_socket(*where)  # type: ignore[misc]
        try:
            self._deadline.watch(self)
        except TimeoutError:
            made.close()
            raise
        return made


class _WatchedTls(_Watched, smtplib.SMTP_SSL):
    """The same, encrypted from the first letter on."""


@contextmanager
def _connected(settings: MailSettings, limits: Limits) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    deadline = _Deadline(limits.mail_seconds)
    # Named by the address people know: the name of this machine is nobody's business.
    how: dict[str, Any] = {
        "local_hostname": settings.domain, "timeout": limits.answer_seconds,
    }  # fmt: skip
    try:
        with closing(_opened(settings, deadline, context, how)) as server:
            if settings.tls == STARTTLS:
                server.starttls(context=context)
            if settings.user:
                server.login(settings.user, settings.password)
            yield server
            _part(server)
    finally:
        deadline.cancel()


def _opened(
    settings: MailSettings, deadline: _Deadline, context: ssl.SSLContext, how: dict[str, Any]
) -> smtplib.SMTP:
    where = settings.host, settings.port
    if settings.tls == TLS:
        return _WatchedTls(deadline, *where, context=context, **how)
    return _Watched(deadline, *where, **how)


def _shut(server: smtplib.SMTP) -> None:
    # Not `close`: another thread waits on this very socket, and a shut one answers it.
    try:
        if server.sock is not None:
            server.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it is shut already


def _part(server: smtplib.SMTP) -> None:
    # The mail is the server's by now, whatever it says to a farewell.
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        pass


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What the server says may name an address: of it only what kind it was goes on."""
    try:
        yield
    except smtplib.SMTPSenderRefused as trouble:
        raise _answered(trouble.smtp_code, "sender", server=True) from None
    except smtplib.SMTPDataError as trouble:
        raise _answered(trouble.smtp_code, "refused") from None
    except smtplib.SMTPAuthenticationError:
        raise NotSent("sign-in", server=True) from None
    except smtplib.SMTPNotSupportedError as trouble:
        # No STARTTLS or no way to sign in; or an address it has no letters for.
        is_address = "SMTPUTF8" in str(trouble)
        raise NotSent(
            "address" if is_address else "no-tls", lasting=is_address, server=not is_address
        ) from None
    except smtplib.SMTPServerDisconnected:
        raise NotSent("silent", server=True) from None
    except smtplib.SMTPException:
        raise NotSent("unreachable", server=True) from None
    except ssl.SSLError:
        raise NotSent("no-tls", server=True) from None
    except TimeoutError:
        raise NotSent("silent", server=True) from None
    except OSError:
        raise NotSent("unreachable", server=True) from None


def _answered(code: int, problem: str, *, server: bool = False) -> NotSent:
    """A refusal for good, or for now; one of the server as a whole passes when it is mended."""
    if code < LASTING:
        return NotSent("later", server=server)
    return NotSent(problem, lasting=not server, server=server)
