"""Ms. Okoye and Mr. Bell of Oak Hill, and the shelf of their district."""

import pytest

from tests.oak_hill import OakHill
from walkapp.config import Config
from walkapp.files import Sender, Shelf


@pytest.fixture
def okoye(opened: Config, oak_hill: OakHill) -> Sender:
    return Sender(oak_hill.space, oak_hill.okoye.account)


@pytest.fixture
def bell(okoye: Sender, oak_hill: OakHill) -> Sender:
    return Sender(oak_hill.space, oak_hill.bell.account)


@pytest.fixture
def shelf(config: Config, oak_hill: OakHill) -> Shelf:
    return Shelf.of(config, oak_hill.space)
