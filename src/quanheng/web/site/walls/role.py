"""Whether the role by which the site asks PostgreSQL is held to rules of rows at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import connection

from quanheng.findings.finding import Finding, Kind

PASSES_THE_WALL: Final = Kind(
    code="QH899",
    severity="warning",
    en="PostgreSQL holds the role {role} to no rules of rows: what a page forgets to leave out is shown",
    zh="数据库角色 {role} 不受 PostgreSQL 行级安全规则约束：页面若漏掉限制，多余的内容就会显示",
    hint_en="let the site use an ordinary role (NOSUPERUSER, NOBYPASSRLS) that owns its database",
    hint_zh="请让站点使用普通角色（非超级用户，也不得绕过行级安全），并由它拥有站点的数据库",
)
_ASK: Final = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"


def check_role() -> Iterator[Finding]:
    """Yield a warning if PostgreSQL gives the site every row, whoever it reads for."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        found = cursor.fetchone()
    if found:
        yield PASSES_THE_WALL.at(role=found[0])
