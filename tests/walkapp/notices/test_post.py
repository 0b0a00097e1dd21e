"""Handing a mail to a real mail server: what it takes, and every way in which it does not."""

import ipaddress
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser.ports import free_port
from walkapp.mail_settings import STARTTLS, TLS, MailSettings
from walkapp.notices.post import Limits, NotSent, send

from .sink import SENDER, URL, Sink, dripping, listening, only, server_side

TO = "ruiz@oak.example"
SOON = Limits(answer_seconds=0.3, mail_seconds=5)


@pytest.fixture
def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = SENDER, TO, "¿Qué hay de nuevo?"
    made.set_content("Lea más aquí.\n")
    return made


@pytest.fixture
def sink() -> Iterator[tuple[Sink, MailSettings]]:
    with listening() as made:
        yield made


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a server called localhost, and nobody's but ours."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]
    )  # fmt: skip
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return file


def why(mail: EmailMessage, settings: MailSettings, limits: Limits = SOON) -> tuple[Any, ...]:
    """The problem, whether it lasts, and whether it is the server's as a whole."""
    with pytest.raises(NotSent) as trouble:
        send(mail, TO, settings, limits)
    return trouble.value.problem, trouble.value.lasting, trouble.value.server


def test_a_mail_arrives_as_it_was_written(
    sink: tuple[Sink, MailSettings], mail: EmailMessage
) -> None:
    send(mail, TO, sink[1])
    [came] = sink[0].mails
    assert (came["Subject"], came.get_content(), sink[0].to) == (
        "¿Qué hay de nuevo?", "Lea más aquí.\r\n", [TO],
    )  # fmt: skip


def test_the_name_of_this_machine_is_not_told(
    sink: tuple[Sink, MailSettings], mail: EmailMessage
) -> None:
    send(mail, TO, sink[1])
    assert set(sink[0].names) == {"walk.oak.example"}


REFUSALS = [
    ("at_recipient", "550 no such person, ruiz@oak.example", ("address", True, False)),
    ("at_recipient", "450 her box is full", ("later", False, False)),
    ("at_sender", "553 not you", ("sender", False, True)),
    ("at_sender", "421 closing", ("later", False, True)),
    ("at_data", "554 this is spam", ("refused", True, False)),
    ("at_data", "451 greylisted", ("later", False, False)),
]


@pytest.mark.parametrize(("when", "answer", "means"), REFUSALS, ids=[row[1] for row in REFUSALS])
def test_each_refusal_means_what_it_says(
    sink: tuple[Sink, MailSettings], mail: EmailMessage, when: str, answer: str, means: object
) -> None:
    setattr(sink[0], when, answer)
    assert why(mail, sink[1]) == means
    assert sink[0].mails == []


def test_what_the_server_said_is_not_told_on(
    sink: tuple[Sink, MailSettings], mail: EmailMessage
) -> None:
    sink[0].at_recipient = f"550 no such person, {TO}"
    with pytest.raises(NotSent) as trouble:
        send(mail, TO, sink[1])
    assert TO not in repr(trouble.value) and trouble.value.__suppress_context__ is not None
    assert trouble.value.__cause__ is None


def test_a_server_that_is_not_there(mail: EmailMessage) -> None:
    nobody = MailSettings("127.0.0.1", free_port(), SENDER, URL, "none")
    assert why(mail, nobody) == ("unreachable", False, True)


def test_a_name_that_nobody_has(mail: EmailMessage) -> None:
    nobody = MailSettings("mail.nowhere.invalid", 25, SENDER, URL, "none")
    assert why(mail, nobody) == ("unreachable", False, True)


def test_a_server_that_hangs_is_not_waited_for(
    sink: tuple[Sink, MailSettings], mail: EmailMessage
) -> None:
    sink[0].waits_seconds = 3
    assert why(mail, sink[1]) == ("silent", False, True)


def test_a_server_that_drips_is_not_waited_for_either(mail: EmailMessage) -> None:
    with dripping() as settings:
        patient = Limits(answer_seconds=5, mail_seconds=0.5)
        assert why(mail, settings, patient)[1:] == (False, True)


@pytest.mark.parametrize("when", ["dies_before_data", "dies_after_data"])
def test_a_server_that_dies_in_the_middle(
    sink: tuple[Sink, MailSettings], mail: EmailMessage, when: str
) -> None:
    setattr(sink[0], when, True)
    assert why(mail, sink[1]) == ("silent", False, True)


def test_an_address_in_letters_the_server_does_not_know(mail: EmailMessage) -> None:
    with listening(enable_SMTPUTF8=False) as (_sink, settings), pytest.raises(NotSent) as trouble:
        send(mail, "josé@oak.example", settings)
    assert (trouble.value.problem, trouble.value.lasting) == ("address", True)


def test_over_starttls_with_a_sign_in(
    mail: EmailMessage, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = server_side(str(certificate))
    settings: dict[str, Any] = {"authenticator": only("walks", "s3cret"), "auth_required": True}
    with listening(tls_context=context, require_starttls=True, **settings) as (sink, plain):
        named = replace(plain, host="localhost", tls=STARTTLS, user="walks", password="s3cret")
        send(mail, TO, named)
        assert len(sink.mails) == 1
        assert why(mail, replace(named, password="wrong")) == ("sign-in", False, True)
        assert why(mail, replace(plain)) == ("sender", False, True)  # it asks for encryption first


def test_over_tls_from_the_beginning(
    mail: EmailMessage, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(ssl_context=server_side(str(certificate))) as (sink, plain):
        send(mail, TO, replace(plain, host="localhost", tls=TLS))
        assert len(sink.mails) == 1


def test_a_server_with_somebody_elses_certificate_gets_nothing(
    mail: EmailMessage, certificate: Path
) -> None:
    with listening(tls_context=server_side(str(certificate))) as (sink, plain):
        assert why(mail, replace(plain, tls=STARTTLS)) == ("no-tls", False, True)
        assert sink.mails == []


def test_a_server_without_encryption_gets_nothing_in_plain(
    sink: tuple[Sink, MailSettings], mail: EmailMessage
) -> None:
    assert why(mail, replace(sink[1], tls=STARTTLS)) == ("no-tls", False, True)
    assert sink[0].mails == []
