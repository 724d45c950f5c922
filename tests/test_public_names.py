from __future__ import annotations

import subprocess
import sys

import pytest

import quanheng


@pytest.mark.parametrize("name", quanheng.__all__)
def test_public_name_is_there(name: str) -> None:
    assert getattr(quanheng, name) is not None
    assert name in dir(quanheng)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'quanheng' has no attribute 'scor'"):
        getattr(quanheng, "scor")  # noqa: B009  a plain attribute would be refused by the type checker


def test_import_is_light() -> None:
    program = (
        "import sys, quanheng;"
        "print(sorted({'narwhals', 'numpy', 'polars', 'pydantic', 'rich', 'cyclopts'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
