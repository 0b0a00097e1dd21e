"""A server that is killed at any step of an upload has lost nothing it said it had."""

import json
import subprocess
import sys

import pytest

from tests.house.places import HOUSE
from walkapp.config import Config
from walkapp.files import Sender


@pytest.mark.usefixtures("on_both")
def test_killed_before_any_step_there_is_no_row_without_bytes_and_the_next_try_succeeds(
    config: Config, okoye: Sender
) -> None:
    words = [sys.executable, "-m", "tests.walkapp.files.killing", str(config.home)]
    words += [config.database, okoye.space, okoye.account]
    said = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["steps"] > 30
