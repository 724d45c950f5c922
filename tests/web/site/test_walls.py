"""The second wall from outside: who asks PostgreSQL directly, how it is copied, which role passes it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
import pytest
from django.apps import apps
from tests.web.at_hand import ROOT
from tests.web.postgresql import a_site_on, postgresql, programs, superuser_of
from tests.web.serving import CLEAN, served

import quanheng.web
from quanheng.web.base.visible import Visible
from quanheng.web.site.walls.rules import RULES

WITHOUT: Final[dict[str, str]] = {
    "people_account": "it is asked before it is known who somebody is, and the rules themselves ask it",
    "people_unit": "names of units, which are no secret among those who take part",
    "people_responsibility": "who reports what, and no figure",
    "people_onetimelink": "a link is opened by whoever holds it, before anybody has signed in",
    "audit_entry": "every request may add to the log, and the next entry is chained to the last one",
    "audit_head": "as the log",
    "jobs_job": "work to be done, and no figure; every process of the program looks for it",
    "library_keptscheme": "what is asked and how it is rated, and no figure",
    "library_version": "as the scheme",
    "rounds_keptround": "names and dates, which the rules themselves ask",
    "rounds_askedunit": "which units a round asks, which the rules themselves ask",
    "rounds_askeditem": "what a round asks, and no figure",
    "rounds_sentform": "keys of forms that were taken, and nothing of what stood in them",
}
"""Tables that the wall leaves out, and why."""
SEED: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
from tests.web.people_of_all_roles import somebody
from tests.web.results.world import rounds_of_two_years
rounds_of_two_years()
for role in ("office", "unit", "leader", "auditor"):
    somebody(role)
somebody("reporter", code="other")
"""
TABLES: Final = {
    model._meta.db_table  # noqa: SLF001  Django documents it
    for model in apps.get_models()
    if isinstance(getattr(model, "objects", None), Visible)
}
"""The tables of which some see rows that others do not."""
WHOLE: Final = {"PGOPTIONS": "-c quanheng.whole=on"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start PostgreSQL and yield how to reach it."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="module")
def site(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with two rounds of 4 accepted figures each: 2 of T1, 2 of T2, all reported by wang."""
    folder = a_site_on(server, "walls", tmp_path_factory.mktemp("walls") / "site")
    subprocess.run([sys.executable, "-c", SEED, str(folder)], env=CLEAN, cwd=ROOT, check=True)
    return folder


def counted(server: str, person: str, *, name: str = "walls") -> tuple[int, ...]:
    """Return how many figures, changes and tasks somebody gets who asks for all."""
    with psycopg.connect(f"{server.rpartition('/')[0]}/{name}") as connection:
        if person:
            connection.execute("SELECT set_config('quanheng.person', %s, true)", [person])
        found = connection.execute(
            "SELECT (SELECT count(*) FROM rounds_cell), (SELECT count(*) FROM rounds_change),"
            " (SELECT count(*) FROM rounds_task)"
        ).fetchone()
    assert found is not None
    return tuple(found)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("", (0, 0, 0)),
        ("wang", (8, 24, 8)),
        ("other", (0, 0, 0)),
        ("unit", (4, 12, 0)),
        ("leader", (8, 24, 0)),
        ("auditor", (0, 0, 0)),
        ("office", (8, 24, 8)),
    ],
)
@pytest.mark.usefixtures("site")
def test_who_asks_postgresql_directly_gets_what_is_theirs(
    server: str, person: str, expected: tuple[int, ...]
) -> None:
    assert counted(server, person) == expected


@pytest.mark.usefixtures("site")
def test_a_connection_knows_nobody_after_the_transaction(server: str) -> None:
    with psycopg.connect(f"{server.rpartition('/')[0]}/walls", autocommit=True) as connection:
        with connection.transaction():
            connection.execute("SELECT set_config('quanheng.person', 'office', true)")
            inside = connection.execute("SELECT count(*) FROM rounds_cell").fetchone()
        after = connection.execute("SELECT count(*) FROM rounds_cell").fetchone()

    assert (inside, after) == ((8,), (0,))


@pytest.mark.usefixtures("site")
def test_the_site_s_role_copies_the_whole_only_where_it_says_so(server: str, tmp_path: Path) -> None:
    base = server.rpartition("/")[0]
    file = tmp_path / "site.dump"
    dump = (str(programs() / "pg_dump"), "-Fc", f"--file={file}", f"{base}/walls")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE again")

    refused = subprocess.run(dump, capture_output=True, text=True, check=False)
    told = {**os.environ, **WHOLE}
    subprocess.run((*dump, "--enable-row-security"), env=told, check=True)
    restore = (str(programs() / "pg_restore"), "--exit-on-error", f"--dbname={base}/again", str(file))
    subprocess.run(restore, env=told, check=True)

    assert (refused.returncode, "row-level security" in refused.stderr) == (1, True)
    assert counted(server, "office", name="again") == (8, 24, 8)
    assert counted(server, "unit", name="again") == (4, 12, 0)
    assert counted(server, "", name="again") == (0, 0, 0)


def test_who_serves_as_a_superuser_is_warned(server: str, tmp_path: Path) -> None:
    ordinary = a_site_on(server, "ordinary", tmp_path / "ordinary")
    super_site = a_site_on(superuser_of(server), "super", tmp_path / "super")

    with served(ordinary) as told:
        assert told["findings"] == []
    with served(super_site) as told:
        (found,) = told["findings"]
        assert (found["code"], "postgres" in found["message"]) == ("QH899", True)


def test_every_table_with_rows_for_some_has_a_rule_or_a_reason() -> None:
    assert set(RULES) | set(WITHOUT) == TABLES
    assert set(RULES).isdisjoint(WITHOUT)


def test_cursors_of_the_server_s_side_read_the_log_alone() -> None:
    """They are told nothing of who reads, and would find nothing behind the wall."""
    root = Path(quanheng.web.__file__).parent
    read_by_parts = [path for path in root.rglob("*.py") if ".iterator(" in path.read_text("utf-8")]

    assert {path.relative_to(root).parts[0] for path in read_by_parts} == {"audit"}
