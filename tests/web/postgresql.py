"""PostgreSQL for tests, started in a folder of its own, and sites that are kept there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from tests.web.serving import free_port

_DEBIAN: Final = Path("/usr/lib/postgresql")
_NOBODY: Final = 65534


def programs() -> Path:
    """Return the folder of PostgreSQL's programs: Debian keeps them out of the way."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    assert named, "the tests need postgresql: tools/install_system_packages.sh installs it"
    return Path(named).parent


@contextmanager
def postgresql() -> Iterator[str]:
    """Start PostgreSQL and yield how to reach it as an ordinary role; it trusts who asks from here."""
    folder = Path(tempfile.mkdtemp(prefix="quanheng-pg-"))  # not below a folder that is root's alone
    if os.geteuid() == 0:
        os.chown(folder, _NOBODY, _NOBODY)
    port = free_port()
    make = ("-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    start = ("-D", "data", "-l", "log", "-w", "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -F")
    _run(folder, "initdb", *make)
    _run(folder, "pg_ctl", *start, "start")
    try:
        with psycopg.connect(superuser_of(f"postgresql://site@127.0.0.1:{port}/postgres")) as connection:
            connection.execute("CREATE ROLE site LOGIN CREATEDB")
            connection.execute("ALTER DATABASE postgres OWNER TO site")
        yield f"postgresql://site@127.0.0.1:{port}/postgres"
    finally:
        _run(folder, "pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def superuser_of(server: str) -> str:
    """Return how to reach a server as the role that no rule of rows holds."""
    return server.replace("//site@", "//postgres@")


def database_of(server: str, name: str, *, like: str = "template1") -> str:
    """Make a new database of the server, a copy of `like`; return the line of `site.toml` that names it."""
    with psycopg.connect(server, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(like)))
    return f'database = "{server.rpartition("/")[0]}/{name}"\n'


def a_site_on(server: str, name: str, folder: Path, *, like: str = "template1") -> Path:
    """Return the folder of a site whose database is a new one of the server, a copy of `like`."""
    folder.mkdir()
    (folder / "site.toml").write_text(database_of(server, name, like=like), encoding="utf-8")
    return folder


def _run(folder: Path, program: str, *words: str) -> None:
    nobody = _NOBODY if os.geteuid() == 0 else None
    command = (str(programs() / program), *words)
    told = subprocess.run(
        command,
        cwd=folder,
        user=nobody,
        group=nobody,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    assert told.returncode == 0, command
