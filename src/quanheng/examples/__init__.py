"""The example books, found from a checkout and from an installed wheel alike."""

from __future__ import annotations

from quanheng.examples._shelf import example_books, path_of_example

__all__ = ["example_books", "path_of_example"]
