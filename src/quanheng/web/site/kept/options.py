"""The settings an office writes into `site.toml`; each has a default, so that none need be written."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

import pydantic

from quanheng.findings.errors import UsageError
from quanheng.web.audit.links import Algorithm
from quanheng.web.people.by_code.services import SERVICES

DATABASE_VARIABLE: Final = "QUANHENG_DATABASE_URL"
"""Names the database, over what `site.toml` says: a password need not stand in a file."""


class OutsideSignIn(pydantic.BaseModel):
    """A way to sign in by an account that is kept elsewhere, as it stands in `[[sign_in]]`."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    id: str = pydantic.Field(pattern="^[a-z][a-z0-9-]{0,29}$")
    """What the addresses of the site and the accounts call it."""
    name: str
    """What its button says."""
    kind: Literal["openid_connect", "dingtalk", "feishu", "wecom", "yuezhengyi", "zhengwuding"] = (
        "openid_connect"
    )
    client_id: str
    secret: str
    server: str = ""
    """Of OpenID Connect: the address below which `.well-known/openid-configuration` stands. Of 粤政易, and of
    a 企业微信 or 专有钉钉 of one's own: the address that answers the site."""
    login: str = ""
    """Of the same: the address of the page on which people are asked."""
    agent: str = ""
    """Of 企业微信 and 粤政易: the number of the application (`agentid`)."""

    @pydantic.model_validator(mode="after")
    def _has_what_it_needs(self) -> OutsideSignIn:
        service = SERVICES.get(self.kind)
        needed = {"server"} if self.kind == "openid_connect" else set[str]()
        taken = set(needed)
        if service is not None:
            needed = {"agent"} if service.has_agent else set()
            needed |= set() if service.server else {"server", "login"}
            taken = needed | {"server", "login"}
        given = {name for name in ("server", "login", "agent") if getattr(self, name)}
        if missing := needed - given:
            raise ValueError(f"{self.kind} needs {', '.join(sorted(missing))}")
        if beyond := given - taken:
            raise ValueError(f"{self.kind} has no {', '.join(sorted(beyond))}")
        if bool(self.server) != bool(self.login) and service is not None:
            raise ValueError("server and login are given together")
        if any(each and not each.startswith("https://") for each in (self.server, self.login)):
            raise ValueError("a server is reached by https://")
        if self.kind not in {"openid_connect", self.id}:
            raise ValueError(f"its id is {self.kind!r}")
        return self


class Options(pydantic.BaseModel):
    """What a site can be told, as it stands in `site.toml`."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    name: str = "权衡"
    """What the site is called, at the top of every page."""
    language: Literal["zh", "en"] = "zh"
    """The language of who has not chosen one."""
    contact: str = ""
    """Whom people ask who cannot go on, such as `考核办 010-00000000`; it stands on the page of help."""
    time_zone: str = "Asia/Shanghai"
    """The clock of the office."""
    database: str = ""
    """`postgresql://user:password@host/name`; empty is SQLite in the folder."""
    addresses: tuple[str, ...] = ()
    """The names under which the site is reached, such as `kaohe.example.gov.cn`; loopback always works."""
    https: bool = False
    """Whether people reach it by https: cookies go by https only then, and browsers stay there."""
    behind_proxy: bool = False
    """Whether a proxy of the office's own stands before it, which tells from where a request comes."""
    idle_minutes: int = pydantic.Field(default=30, ge=1, le=1440)
    """Who does nothing for so long has to sign in again."""
    log: Algorithm = "sha256"
    """The hash of the log's chain: sha256, or sm3."""
    evidence_files: int = pydantic.Field(default=5, ge=0, le=50)
    """How many files of evidence a figure or an appeal can have."""
    evidence_megabytes: int = pydantic.Field(default=20, ge=1, le=200)
    """How large each of them can be."""
    sign_in: tuple[OutsideSignIn, ...] = ()
    """Accounts kept elsewhere that people can sign in with, once the administrator has bound them."""
    internal_hosts: tuple[str, ...] = ()
    """Hosts with private addresses that the site may ask, such as the office's own identity server."""
    demonstration: bool = False
    """Whether it is a site to try things out: invented people, no second factor, reached from here only."""

    @pydantic.model_validator(mode="after")
    def _demonstrates_here_only(self) -> Options:
        if self.demonstration and (self.addresses or self.behind_proxy):
            raise ValueError("a demonstration is reached from its own machine only: no addresses, no proxy")
        return self

    @pydantic.field_validator("time_zone")
    @classmethod
    def _is_a_time_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no time zone of the IANA list, such as Asia/Shanghai")
        return str(ZoneInfo(value))

    @pydantic.field_validator("database")
    @classmethod
    def _is_postgresql(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("a database is named as postgresql://user:password@host/name")
        return value


def read_options(file: Path) -> Options:
    """Return the settings of `file` and of the environment; those that are given where it is not there.

    Raises:
        UsageError: it cannot be read, or says something that is no setting.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig")) if file.exists() else {}
        if os.environ.get(DATABASE_VARIABLE):
            told["database"] = os.environ[DATABASE_VARIABLE]
        return Options.model_validate(told)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is no TOML: {error}", f"{file} 不是有效的 TOML 文件：{error}") from error
    except pydantic.ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False)
        )
        raise UsageError(f"{file}: {faults}", f"{file} 中的设置有误：{faults}") from error
