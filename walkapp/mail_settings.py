"""How mail is sent: WALK_SMTP_* and WALK_URL, or nothing where no mail is to be sent."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import urlsplit

STARTTLS, TLS, PLAIN = "starttls", "tls", "none"
USUAL_PORTS = {STARTTLS: 587, TLS: 465, PLAIN: 25}
NAMES = (
    "WALK_SMTP_HOST",
    "WALK_SMTP_PORT",
    "WALK_SMTP_USER",
    "WALK_SMTP_PASSWORD",
    "WALK_SMTP_TLS",
    "WALK_SMTP_FROM",
    "WALK_URL",
)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mail goes out, in whose name, and the address of this server that its links name."""

    host: str
    port: int
    sender: str
    url: str
    tls: str = STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """The sender without the name before it."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        return urlsplit(self.url).hostname or "localhost"


def read(env: Mapping[str, str]) -> tuple[MailSettings | None, list[str]]:
    """The settings, or None where mail is not set up; and each fault as a sentence."""
    given = {name: env.get(name, "").strip() for name in NAMES}
    if not given["WALK_SMTP_HOST"]:
        return None, _faults_without_host(given)
    tls = given["WALK_SMTP_TLS"].lower() or STARTTLS
    faults = [
        *_faults_of_tls(tls), *_faults_of_port(given["WALK_SMTP_PORT"]),
        *_faults_of_sender(given["WALK_SMTP_FROM"]), *_faults_of_url(given["WALK_URL"]),
        *_faults_of_sign_in(given, tls),
    ]  # fmt: skip
    if faults:
        return None, faults
    return MailSettings(
        host=given["WALK_SMTP_HOST"],
        port=int(given["WALK_SMTP_PORT"] or USUAL_PORTS[tls]),
        sender=given["WALK_SMTP_FROM"],
        url=given["WALK_URL"].rstrip("/"),
        tls=tls,
        user=given["WALK_SMTP_USER"],
        password=given["WALK_SMTP_PASSWORD"],
    ), []


def _faults_without_host(given: Mapping[str, str]) -> list[str]:
    # The address of this server may stand there for itself.
    lonely = [name for name, value in given.items() if value and name != "WALK_URL"]
    if not lonely:
        return []
    return [f"{lonely[0]} is set, but WALK_SMTP_HOST is not: name the mail server, or unset both."]


def _faults_of_tls(tls: str) -> list[str]:
    if tls in USUAL_PORTS:
        return []
    return [f"WALK_SMTP_TLS is {tls!r}: write starttls, tls or none."]


def _faults_of_port(port: str) -> list[str]:
    if not port or (port.isdecimal() and 0 < int(port) <= 65535):
        return []
    return [f"WALK_SMTP_PORT is {port!r}: write a number from 1 to 65535."]


def _faults_of_sender(sender: str) -> list[str]:
    address = parseaddr(sender)[1]
    name, at, domain = address.rpartition("@")
    if name and at and domain and sender.isprintable() and address.isascii():
        return []
    return [
        f"WALK_SMTP_FROM is {sender!r}: write the address mail comes from, "
        "as walks@example.org or Walks <walks@example.org>."
    ]


def _faults_of_url(url: str) -> list[str]:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment):
        return []
    return [
        f"WALK_URL is {url!r}: write the address people open this server by, "
        "as https://walk.example.org. The links in mails begin with it."
    ]


def _faults_of_sign_in(given: Mapping[str, str], tls: str) -> list[str]:
    user, password = given["WALK_SMTP_USER"], given["WALK_SMTP_PASSWORD"]
    if bool(user) != bool(password):
        return ["WALK_SMTP_USER and WALK_SMTP_PASSWORD go together: set both, or none of them."]
    if password and tls == PLAIN and not _is_here(given["WALK_SMTP_HOST"]):
        return [
            "WALK_SMTP_TLS is none, so that everybody on the way could read WALK_SMTP_PASSWORD: "
            "write starttls or tls."
        ]
    return []


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
