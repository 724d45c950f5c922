"""The cursor by which PostgreSQL is told for whom is read, in the transaction that reads and no longer.

It goes with the first statement of a transaction, in one message, so that it costs no way to the database and
back. Nothing of it is left when the transaction is over: a connection that others use afterwards, also by a
pool beside PostgreSQL, knows nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any, Final, Self

from psycopg import ClientCursor, Connection, sql
from psycopg.pq import TransactionStatus

from quanheng.web.base.seeing import Seeing, seeing_now

_READS: Final = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(SELECT")
"""How statements begin that read or change rows; others are sent as they are."""
_WORD: Final = 8
_UNDOES: Final = "ROLLBACK"
"""After it, to a savepoint, it is not known what the transaction was told."""
_TELL: Final = (
    "SELECT set_config('quanheng.person', {}, true), set_config('quanheng.whole', {}, true),"
    " set_config('jit', 'off', true)"
)
"""Rules of rows look dear to PostgreSQL before it knows that it needs few of them: compiling a statement then
took a second where running it takes some milliseconds."""
_TOLD: Final = "quanheng_told"


class ToldCursor(ClientCursor[Any]):
    """A cursor as Django uses it that says for whom it reads."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:  # noqa: ANN401  as the driver has it
        """Send a statement, after what the transaction has to be told."""
        if isinstance(query, sql.Composable):
            query = query.as_string(self.connection)
        first = query.lstrip()[:_WORD].upper() if isinstance(query, str) else ""
        untold = self._untold()
        if first.startswith(_UNDOES):
            _keep(self.connection, None)
        if untold is None or not first.startswith(_READS):
            super().execute(query, params, **options)
            return self
        told = _said(untold, self.connection)
        if params is not None:
            told = told.replace("%", "%%")
        super().execute(f"{told}; {query}", params, **options)
        self.nextset()
        _keep(self.connection, untold)
        return self

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:  # noqa: ANN401  the same
        """Send a statement for each of many rows, in a transaction that was told."""
        connection = self.connection
        is_alone = connection.autocommit and connection.info.transaction_status == TransactionStatus.IDLE
        with connection.transaction() if is_alone else nullcontext():
            untold = self._untold()
            if untold is not None:
                super().execute(_said(untold, connection))
                _keep(connection, untold)
            super().executemany(query, params_seq, **options)

    def _untold(self) -> Seeing | None:
        """Return what the transaction is to be told; None if it knows, or takes no statement any more."""
        status = self.connection.info.transaction_status
        if status == TransactionStatus.INERROR:
            _keep(self.connection, None)
            return None
        if status != TransactionStatus.INTRANS:
            _keep(self.connection, None)
        now = seeing_now()
        return None if getattr(self.connection, _TOLD, None) == now else now


def _said(seeing: Seeing, connection: Connection[Any]) -> str:
    words = (seeing.person, "on" if seeing.whole else "")
    return sql.SQL(_TELL).format(*map(sql.Literal, words)).as_string(connection)


def _keep(connection: Connection[Any], told: Seeing | None) -> None:
    setattr(connection, _TOLD, told)
