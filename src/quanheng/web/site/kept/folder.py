"""The folder of a site: its database, its secret key, its settings.

DIR/site.toml        settings, where the office wants others than those that are given
DIR/site.sqlite3     the database, unless PostgreSQL is named
DIR/secret-key       made at the first start; whoever has it can forge sessions
DIR/seals/           the ends of the log, one file a day
DIR/evidence/        files that were handed in, each by its hash; none is ever deleted
DIR/runs/            a folder for each run of the score: the book that was scored, and its result
DIR/publications/    what was made to be published, before its moment comes
DIR/public/          what everybody reads: a folder for each version of a round that was published
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value

FOLDER_VARIABLE: Final = "QUANHENG_SITE"
"""The variable of the environment that tells every process of a site its folder."""
_PRIVATE: Final = 0o600
_KEY_BYTES: Final = 50


class SiteFolder(Value):
    """Where a site is kept."""

    path: Path

    @property
    def options(self) -> Path:
        """The file of settings."""
        return self.path / "site.toml"

    @property
    def database(self) -> Path:
        """The file of the database, where it is SQLite."""
        return self.path / "site.sqlite3"

    @property
    def is_site(self) -> bool:
        """Whether a site is kept there already."""
        return any(file.is_file() for file in (self.options, self.database, self._key))

    @property
    def seals(self) -> Path:
        """The folder of the sealed ends of the log."""
        return self.path / "seals"

    @property
    def evidence(self) -> Path:
        """The folder of the files that were handed in as evidence, each by its hash."""
        return self.path / "evidence"

    @property
    def runs(self) -> Path:
        """The folder of the runs of the score, each with the book that was scored and its result."""
        return self.path / "runs"

    @property
    def publications(self) -> Path:
        """The folder of what was made to be published."""
        return self.path / "publications"

    @property
    def public(self) -> Path:
        """The folder of what everybody reads."""
        return self.path / "public"

    @property
    def _key(self) -> Path:
        return self.path / "secret-key"

    def secret_key(self) -> str:
        """Return the secret key; the first who asks makes it, and nobody else can read it."""
        if not self._key.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            beside = self.path / f".secret-key-{os.getpid()}"
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w") as file:
                file.write(secrets.token_urlsafe(_KEY_BYTES))
            try:
                os.link(beside, self._key)  # fails where another process was faster, and keeps that one's
            except FileExistsError:
                pass
            finally:
                beside.unlink()
        return self._key.read_text(encoding="ascii").strip()


def folder_of_the_environment() -> SiteFolder:
    """Return the folder that the environment names.

    Raises:
        UsageError: it names none.
    """
    named = os.environ.get(FOLDER_VARIABLE, "")
    if not named:
        raise UsageError(
            f"{FOLDER_VARIABLE} does not name the folder of a site; start it by 'quanheng serve DIR'",
            f"环境变量{FOLDER_VARIABLE}没有指明站点文件夹；请用 quanheng serve 文件夹 启动",
        )
    return SiteFolder(path=Path(named))
