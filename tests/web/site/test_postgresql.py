"""The site on PostgreSQL: the same tests, and what only two connections at a time can show."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from tests.web.conftest import BlankSite
from tests.web.jobs.test_worker import a_killed_job_is_taken_up_again
from tests.web.postgresql import a_site_on, postgresql
from tests.web.results.test_killed import kill_and_look
from tests.web.serving import CLEAN, COMMAND, served
from tests.web.site.killing import (
    figures_are_there_as_a_whole,
    people_are_there_as_a_whole,
    publications_are_there_as_a_whole,
)

_SAME: Final = (
    "tests/web/audit",
    "tests/web/people",
    "tests/web/jobs/test_jobs.py",
    "tests/web/library",
    "tests/web/test_many_rows.py",
    "tests/web/results/test_running.py",
    "tests/web/results/test_pages.py",
    "tests/web/results/test_parts.py",
    "tests/web/rounds/test_values.py",
    "tests/web/rounds/test_rounds.py",
    "tests/web/rounds/test_review.py",
    "tests/web/rounds/test_review_pages.py",
    "tests/web/rounds/test_evidence.py",
    "tests/web/appeals/test_appeals.py",
    "tests/web/appeals/test_appeal_pages.py",
    "tests/web/boards/test_board.py",
    "tests/web/boards/test_lights.py",
    "tests/web/boards/test_own.py",
    "tests/web/boards/test_to_do.py",
    "tests/web/boards/test_whatif.py",
    "tests/web/site/test_states.py",
    "tests/web/site/walls_hold.py",
)
"""The tests that ask the database most; those that start the program are run on it here."""


PREPARE: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start PostgreSQL and yield how to reach it."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="module")
def tables(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the database of a site with all tables and nothing in them, which others are copies of."""
    folder = a_site_on(server, "tables", tmp_path_factory.mktemp("tables") / "site")
    subprocess.run([sys.executable, "-c", PREPARE, str(folder)], env=CLEAN, check=True)
    return "tables"


def test_the_same_tests_hold_on_postgresql(server: str) -> None:
    environment = {**CLEAN, "QUANHENG_DATABASE_URL": server}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *_SAME]

    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout[-4000:]


def test_the_site_is_served_from_postgresql_and_its_log_is_whole(server: str, tmp_path: Path) -> None:
    options = tmp_path / "site" / "site.toml"
    options.parent.mkdir()
    options.write_text(f'database = "{server}"\n', encoding="utf-8")

    with served(options.parent) as told:
        assert told["first_link"]
    verified = subprocess.run(
        [*COMMAND, "audit", "verify", str(options.parent), "--lang", "en"],
        env=CLEAN,
        capture_output=True,
        text=True,
        check=False,
    )

    assert verified.stdout.startswith("The log is whole: entries 1,"), verified.stderr
    assert not (options.parent / "site.sqlite3").exists()


def test_a_killed_job_is_taken_up_again_on_postgresql(server: str, tables: str, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    site = a_site_on(server, "jobs", tmp_path / "site", like=tables)

    a_killed_job_is_taken_up_again(site, tmp_path / "files")


def test_a_run_of_the_score_is_whole_however_often_it_is_killed_on_postgresql(
    server: str, tables: str, tmp_path: Path
) -> None:
    kill_and_look(a_site_on(server, "killed", tmp_path / "site", like=tables))


@pytest.mark.parametrize(
    "look",
    [people_are_there_as_a_whole, figures_are_there_as_a_whole, publications_are_there_as_a_whole],
    ids=lambda look: look.__name__,
)
def test_actions_are_whole_however_often_they_are_killed_on_postgresql(
    look: Callable[[Path], None], server: str, tables: str, tmp_path: Path
) -> None:
    look(a_site_on(server, look.__name__[:20], tmp_path / "site", like=tables))


MANY: Final = """
import datetime as dt, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from quanheng.web.site.start import load
load(Path(sys.argv[1]))
from django.db import connection
from quanheng.web.audit.actions import refuse
from quanheng.web.base.actor import THE_PROGRAM

def tell(number):
    for _ in range(10):
        refuse(by=THE_PROGRAM, at=dt.datetime.now(dt.UTC), action="open", about=str(number), reasons="404")
    connection.close()

with ThreadPoolExecutor(8) as pool:
    list(pool.map(tell, range(8)))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_eight_at_a_time_make_one_chain(
    database: str, server: str, tables: str, blank_site: BlankSite, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    if database == "postgresql":
        a_site_on(server, "many", folder, like=tables)
    else:
        blank_site(folder)

    subprocess.run([sys.executable, "-c", MANY, str(folder)], env=CLEAN, check=True)

    verified = subprocess.run(
        [*COMMAND, "audit", "verify", str(folder), "--lang", "en"],
        env=CLEAN,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.stdout.startswith("The log is whole: entries 80,"), verified.stdout + verified.stderr
