"""The program itself: `quanheng serve` on an empty folder, on a demonstration, and on what is no site."""

from __future__ import annotations

import sqlite3
import subprocess
import urllib.request
from pathlib import Path

import pytest
from django.utils import timezone
from tests.web.serving import CLEAN, COMMAND, free_port, served

from quanheng.findings.errors import UsageError
from quanheng.web.site.demonstration import PASSWORD, require_demonstration
from quanheng.web.site.kept.folder import SiteFolder
from quanheng.web.site.kept.options import read_options


def page(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  our own address
        return str(answer.read().decode())


def test_an_empty_folder_becomes_a_site_with_a_first_link(tmp_path: Path) -> None:
    began = timezone.now()
    with served(tmp_path / "site") as told:
        assert (timezone.now() - began).total_seconds() < 30  # 5 s on a machine that does nothing else
        assert "首位系统管理员" in page(told["first_link"])

    key = tmp_path / "site" / "secret-key"
    assert key.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(tmp_path / "site" / "site.sqlite3") as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("SELECT action FROM audit_entry").fetchall() == [("people.first_link",)]
    sealed = subprocess.run(
        [*COMMAND, "audit", "verify", str(tmp_path / "site"), "--lang", "en"],
        capture_output=True,
        text=True,
        env=CLEAN,
        check=False,
    )
    assert (sealed.returncode, sealed.stdout.startswith("The log is whole: entries 1")) == (0, True)


def test_a_demonstration_has_a_person_for_each_role_and_an_open_round(tmp_path: Path) -> None:
    with served(tmp_path / "site", "--demo") as told:
        assert told["first_link"] == ""
        assert "演示站点" in page(told["url"])

    with sqlite3.connect(tmp_path / "site" / "site.sqlite3") as database:
        codes = [code for (code,) in database.execute("SELECT code FROM people_account ORDER BY code")]
        units = database.execute("SELECT count(*) FROM people_unit").fetchone()
        rounds = database.execute("SELECT code, state FROM rounds_keptround").fetchall()
        tasks = database.execute("SELECT count(*), count(DISTINCT reporter_id) FROM rounds_task").fetchone()
    assert rounds == [("2023-Q1", "open")]
    assert (tasks[0] > 400, tasks[1]) == (True, 1), "all that is asked of the one reporter"
    assert codes == ["admin", "auditor", "leader", "office", "reporter", "unit"]
    assert units[0] > 20
    assert PASSWORD not in (tmp_path / "site" / "site.sqlite3").read_bytes().decode(errors="ignore")


def refused(*words: str) -> str:
    told = subprocess.run(
        [*COMMAND, *words, "--lang", "en"], capture_output=True, text=True, env=CLEAN, check=False
    )
    assert told.returncode == 2
    return told.stderr


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("invented", encoding="utf-8")

    assert "holds other things" in refused("serve", str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["paper.txt"]


def test_a_demonstration_is_served_on_this_machine_only(tmp_path: Path) -> None:
    port = str(free_port())

    told = refused("serve", str(tmp_path / "site"), "--demo", "--host", "0.0.0.0", "--port", port)  # noqa: S104  asked for
    assert "on this machine only" in told


def test_no_site_is_verified_where_there_is_none(tmp_path: Path) -> None:
    assert "is no site" in refused("audit", "verify", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_secret_key_is_made_once(tmp_path: Path) -> None:
    site = SiteFolder(path=tmp_path)

    assert site.secret_key() == site.secret_key()
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name = ", "is no TOML"),
        ("colour = 'red'", "colour: Extra inputs"),
        ("time_zone = 'Mars/Base'", "no time zone"),
        ("database = 'mysql://x'", "postgresql://"),
        ("idle_minutes = 0", "idle_minutes"),
        ("log = 'md5'", "log"),
        ("demonstration = true\naddresses = ['example.org']", "its own machine only"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=expected):
        read_options(file)


def test_a_site_is_not_made_a_demonstration(tmp_path: Path) -> None:
    SiteFolder(path=tmp_path).secret_key()

    with pytest.raises(UsageError, match="is no demonstration"):
        require_demonstration(tmp_path)
