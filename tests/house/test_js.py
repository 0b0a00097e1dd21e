"""The JavaScript unit tests, run by the Node that Playwright's wheel carries."""

import os
import re
import subprocess

import pytest
from playwright._impl._driver import compute_driver_executable

from .places import HOUSE

# The exact pin of Playwright protects this private call; there is no Node to install.
NODE = os.environ.get("TEST_NODE") or compute_driver_executable()[0]


def test_the_javascript_unit_tests_pass(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(str(path.relative_to(HOUSE)) for path in (HOUSE / "tests/js").glob("*.test.*js"))
    assert files, "there are no JavaScript unit tests"
    run = subprocess.run(
        [NODE, "--test", "--test-concurrency=4", "--test-reporter=spec", *files],
        cwd=HOUSE, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    passed = re.search(r"^ℹ pass (\d+)$", run.stdout, re.MULTILINE)
    with capsys.disabled():
        print(f" [{passed.group(1) if passed else 'no'} JavaScript tests passed] ", end="")
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    assert passed and int(passed.group(1)) > 0
