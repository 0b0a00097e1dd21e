"""How many bytes come to the tablet, packed with brotli at its best."""

import tempfile
from pathlib import Path

import brotli

from tests.house.test_budgets import first_visit, sent
from walkapp import create_app
from walkapp.config import Config

from .packages import BUNDLES, contents

FIRST, WHOLE = "first visit", "whole app, in one piece"
ENGINE = "form engine"


def ours() -> dict[str, int]:
    """walkapp's bytes as the service sends them: to its first screen, and all of it."""
    with tempfile.TemporaryDirectory(prefix="walk-bench-") as home:
        tablet = create_app(Config(Path(home), testing=True)).test_client()
        first = sum(count for _, count in first_visit(tablet))
        return {FIRST: first, WHOLE: len(sent(tablet, "/app/files"))}


def theirs() -> dict[str, int]:
    """The peers' form engines alone: no page, no form, no keeping of what is filled in."""
    return {
        peer: sum(len(brotli.compress(data)) for data in contents(bundle).values())
        for peer, bundle in BUNDLES.items()
    }
