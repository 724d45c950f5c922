from __future__ import annotations

import pytest

from quanheng.examples import example_books, path_of_example
from quanheng.findings.errors import UsageError


def test_every_example_is_a_folder_with_a_scheme_and_a_readme() -> None:
    for name in example_books():
        assert (path_of_example(name) / "scheme.yaml").is_file()
        assert (path_of_example(name) / "README.md").is_file()


def test_an_unknown_example_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match="did you mean 'hdi-2022'"):
        path_of_example("hdi-2023")


@pytest.mark.parametrize("name", ["", ".", "..", "hdi-2022/data", "/etc"])
def test_a_name_that_is_not_an_example_leads_nowhere(name: str) -> None:
    with pytest.raises(UsageError, match="there is no example book"):
        path_of_example(name)
