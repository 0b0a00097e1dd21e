"""`walkapp serve`, as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Command
from walkapp.config import Config
from walkapp.server import STOP_SECONDS, settings


@pytest.fixture
def serving(walkapp: Command, empty: Config) -> Iterator[subprocess.Popen[str]]:
    walkapp.must("init")
    command = [sys.executable, "-m", "walkapp.cli", "serve", "--port", "0"]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, start_new_session=True, **piped) as it:  # type: ignore[call-overload]
        yield it
        if it.poll() is None:
            os.killpg(it.pid, signal.SIGKILL)


def address(serving: subprocess.Popen[str]) -> str:
    assert serving.stdout is not None
    said = serving.stdout.readline()
    assert said.startswith("walkapp is listening on http://127.0.0.1:"), said
    return said.split()[4]


def answer(url: str) -> int:
    with urllib.request.urlopen(url, timeout=30) as answered:
        return int(answered.status)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_answers_and_stops_cleanly(
    serving: subprocess.Popen[str], how: signal.Signals
) -> None:
    url = address(serving)
    assert [answer(url + path) for path in ("/healthz", "/readyz")] == [200, 200]
    os.killpg(serving.pid, how)  # a terminal's Ctrl-C reaches every process of the group
    assert serving.wait(timeout=20) == 0


def test_ctrl_c_is_quick_and_quiet_also_while_a_tablet_is_half_through_sending(
    serving: subprocess.Popen[str],
) -> None:
    port = int(address(serving).rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as tablet:
        tablet.sendall(b"POST /session HTTP/1.1\r\nHo")
        answer(f"http://127.0.0.1:{port}/healthz")
        began = time.monotonic()
        os.killpg(serving.pid, signal.SIGINT)
        _, said = serving.communicate(timeout=30)
    assert (serving.returncode, not_requests(said)) == (0, [])
    assert time.monotonic() - began < STOP_SECONDS


def not_requests(said: str) -> list[str]:
    return [line for line in said.splitlines() if not line.startswith("{")]


def test_a_port_that_is_taken_is_one_sentence_that_names_another(walkapp: Command) -> None:
    walkapp.must("init")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = walkapp("serve", "--port", str(port))
    assert said.code == 1 and len(said.text.splitlines()) == 1
    assert f"Port {port} is in use by another program. Choose another: make run PORT=" in said.text


@pytest.mark.parametrize(
    ("host", "told"),
    [("no-such-host.invalid", "no host is called"), ("192.0.2.7", "is not an address of this")],
)
def test_a_host_that_is_not_this_machine_is_one_sentence(
    walkapp: Command, host: str, told: str
) -> None:
    walkapp.must("init")
    said = walkapp("serve", "--host", host)
    assert said.code == 1 and len(said.text.splitlines()) == 1
    assert host in said.text and told in said.text


def test_sqlite_has_one_process_and_postgresql_two(tmp_path: Path) -> None:
    lake = Config(home=tmp_path)
    sea = Config(home=tmp_path, database="postgresql://u@db/walk")
    assert [settings(one)["workers"] for one in (lake, sea)] == [1, 2]
    assert [settings(one)["threads"] for one in (lake, sea)] == [16, 8]


def test_an_ipv6_address_is_put_in_brackets(tmp_path: Path) -> None:
    assert settings(Config(home=tmp_path, host="::1"))["bind"] == "[::1]:8000"
