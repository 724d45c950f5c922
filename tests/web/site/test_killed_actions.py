"""What people were told is done is there, and nothing is there by half, however often the site is killed."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import BlankSite
from tests.web.site.killing import (
    figures_are_there_as_a_whole,
    people_are_there_as_a_whole,
    publications_are_there_as_a_whole,
)


def test_people_are_taken_in_as_a_whole(blank_site: BlankSite, tmp_path: Path) -> None:
    people_are_there_as_a_whole(blank_site(tmp_path / "site"))


def test_figures_are_saved_and_submitted_as_a_whole(blank_site: BlankSite, tmp_path: Path) -> None:
    figures_are_there_as_a_whole(blank_site(tmp_path / "site"))


def test_a_round_is_published_as_a_whole(blank_site: BlankSite, tmp_path: Path) -> None:
    publications_are_there_as_a_whole(blank_site(tmp_path / "site"))
