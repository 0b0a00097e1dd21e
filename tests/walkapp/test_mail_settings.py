"""WALK_SMTP_*: what is understood, and a sentence for each slip."""

import pytest

from walkapp.config import Config, ConfigError, unknown_names
from walkapp.mail_settings import NAMES, MailSettings

GOOD = {
    "WALK_SMTP_HOST": "mail.oak.example",
    "WALK_SMTP_FROM": "Walks <walks@oak.example>",
    "WALK_URL": "https://walk.oak.example/",
}


def mail(**changes: str) -> MailSettings | None:
    return Config.from_env({"WALK_HOME": "/nowhere", **GOOD, **changes}).mail


def test_three_settings_are_enough_and_encryption_is_on() -> None:
    settings = mail()
    assert settings is not None
    assert (settings.port, settings.tls, settings.address, settings.url, settings.domain) == (
        587, "starttls", "walks@oak.example", "https://walk.oak.example", "walk.oak.example",
    )  # fmt: skip


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("TLS", 465), ("none", 25)])
def test_each_way_of_encryption_has_its_usual_port(tls: str, port: int) -> None:
    settings = mail(WALK_SMTP_TLS=tls)
    assert settings is not None and settings.port == port


def test_without_a_mail_server_there_is_no_mail() -> None:
    assert Config.from_env({"WALK_HOME": "/nowhere"}).mail is None
    assert Config.from_env({"WALK_HOME": "/nowhere", "WALK_URL": "https://x.example"}).mail is None


SLIPS = [
    ({"WALK_SMTP_HOST": ""}, "WALK_SMTP_FROM is set, but WALK_SMTP_HOST is not"),
    ({"WALK_SMTP_TLS": "ssl"}, "WALK_SMTP_TLS"),
    ({"WALK_SMTP_PORT": "smtp"}, "WALK_SMTP_PORT"),
    ({"WALK_SMTP_PORT": "70000"}, "WALK_SMTP_PORT"),
    ({"WALK_SMTP_FROM": "walks"}, "WALK_SMTP_FROM"),
    ({"WALK_SMTP_FROM": ""}, "WALK_SMTP_FROM"),
    ({"WALK_SMTP_FROM": "a@b.example\r\nBcc: c@d.example"}, "WALK_SMTP_FROM"),
    ({"WALK_URL": ""}, "WALK_URL"),
    ({"WALK_URL": "walk.oak.example"}, "WALK_URL"),
    ({"WALK_URL": "https://walk.oak.example/?x=1"}, "WALK_URL"),
    ({"WALK_SMTP_USER": "walks"}, "WALK_SMTP_PASSWORD"),
    (
        {"WALK_SMTP_USER": "walks", "WALK_SMTP_PASSWORD": "s3cret", "WALK_SMTP_TLS": "none"},
        "could read WALK_SMTP_PASSWORD",
    ),
]


@pytest.mark.parametrize(("slip", "named"), SLIPS)
def test_a_slip_is_named(slip: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError) as trouble:
        mail(**slip)
    assert named in str(trouble.value) and "s3cret" not in str(trouble.value)


def test_a_mail_server_on_this_machine_may_be_signed_in_to_in_plain() -> None:
    plain = {"WALK_SMTP_USER": "walks", "WALK_SMTP_PASSWORD": "s3cret", "WALK_SMTP_TLS": "none"}
    assert mail(**plain, WALK_SMTP_HOST="127.0.0.1") is not None


def test_the_password_is_in_no_description() -> None:
    settings = mail(WALK_SMTP_USER="walks", WALK_SMTP_PASSWORD="s3cret")
    assert "s3cret" not in repr(settings)


def test_every_setting_of_mail_is_known() -> None:
    assert unknown_names(dict.fromkeys(NAMES, "x")) == []
