"""`walkapp serve`, as a process of its own."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Command
from walkapp.config import Config
from walkapp.server import settings


@pytest.fixture
def serving(walkapp: Command, empty: Config) -> Iterator[subprocess.Popen[str]]:
    walkapp.must("init")
    command = [sys.executable, "-m", "walkapp.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as it:
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


def test_a_port_that_is_taken_is_not_waited_for_for_ever(
    serving: subprocess.Popen[str],
) -> None:
    port = address(serving).rsplit(":", 1)[1]
    words = [sys.executable, "-m", "walkapp.cli", "serve", "--port", port]
    second = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode != 0
    assert "in use" in second.stderr


def test_sqlite_has_one_process_and_postgresql_two(tmp_path: Path) -> None:
    lake = Config(home=tmp_path)
    sea = Config(home=tmp_path, database="postgresql://u@db/walk")
    assert [settings(one)["workers"] for one in (lake, sea)] == [1, 2]
    assert [settings(one)["threads"] for one in (lake, sea)] == [16, 8]


def test_an_ipv6_address_is_put_in_brackets(tmp_path: Path) -> None:
    assert settings(Config(home=tmp_path, host="::1"))["bind"] == "[::1]:8000"
