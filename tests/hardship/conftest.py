"""The server of forks, one for all tests of hardship."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.hardship.running import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server.started() as running:
        yield running


@pytest.fixture(scope="session")
def other_server() -> Iterator[Server]:
    with Server.started() as running:
        yield running
