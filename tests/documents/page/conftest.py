"""What goes wrong in a page fails the test that opened it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.documents.page.pages import ERRORS


@pytest.fixture(autouse=True)
def no_errors() -> Iterator[None]:
    """Fail the test in whose page something went wrong, or against its policy."""
    ERRORS.clear()
    yield
    assert ERRORS == []
