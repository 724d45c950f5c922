"""Services that tell who a person is by a code: where they ask, and what their answers say.

All go the same way. The service asks the person and sends them back with a code; the site asks it for a token
of the application, and with that token whose code it is.
"""

from __future__ import annotations

import abc
import base64
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from quanheng.findings.value import Value

_ZONE: Final = dt.timezone(dt.timedelta(hours=8))


class NotToldError(Exception):
    """A service did not say who the person is; the text is what it said instead."""


class Application(Value):
    """The application as the service knows it: its id and secret, its agent, and where the service stands."""

    id: str
    secret: str
    login: str
    """The address of the page on which the service asks people."""
    server: str
    """The address that answers the site."""
    agent: str = ""


class Answer(Protocol):
    """What a server answers."""

    def json(self) -> Any:  # noqa: ANN401  as the library has it
        """Return what it says."""

    def raise_for_status(self) -> None:
        """Raise an error of the library if the server could not answer."""


class Session(Protocol):
    """What asks servers; it decides which may be asked."""

    def get(self, address: str, *, params: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Ask with parameters in the address."""

    def post(self, address: str, *, data: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Ask with a form."""


class Service(Value):
    """A service that tells who a person is."""

    login: str
    """Where it asks people, unless the office says otherwise; empty where each office has its own."""
    server: str
    has_agent: bool

    @abc.abstractmethod
    def asking(self, app: Application, back: str, state: str) -> str:
        """Return the address to which a person is sent, and from there back to `back`."""

    @abc.abstractmethod
    def person(self, app: Application, code: str, session: Session) -> str:
        """Return the name by which the service knows the person whose `code` it is.

        Raises:
            NotToldError: it does not say.
        """


class WorkWeixin(Service):
    """企业微信, and what governments run of it for themselves (政务微信), such as 粤政易."""

    whose: str
    """The path that tells whose a code is."""
    login_type: str = ""

    def asking(self, app: Application, back: str, state: str) -> str:
        """Return the address to which a person is sent."""
        if self.login_type:
            return _with(
                app.login,
                login_type=self.login_type,
                appid=app.id,
                agentid=app.agent,
                redirect_uri=back,
                state=state,
            )
        told = _with(
            app.login,
            appid=app.id,
            redirect_uri=back,
            response_type="code",
            scope="snsapi_base",
            agentid=app.agent,
            state=state,
        )
        return f"{told}#wechat_redirect"

    def person(self, app: Application, code: str, session: Session) -> str:
        """Return the `userid` of a member; who is none has no such name there."""
        token = self._asked(session, app, "/cgi-bin/gettoken", corpid=app.id, corpsecret=app.secret)
        told = self._asked(session, app, self.whose, access_token=_text(token, "access_token"), code=code)
        return _text(told, "userid" if "userid" in told else "UserId")

    def _asked(self, session: Session, app: Application, path: str, **params: str) -> Mapping[str, Any]:
        answer = session.get(f"{app.server}{path}", params=params, headers={})
        told = _object(answer)
        if told.get("errcode", 0) != 0:
            raise NotToldError(f"{path}: {told.get('errcode')} {told.get('errmsg', '')}")
        return told


class GovernmentDingTalk(Service):
    """专有钉钉, which provinces run for themselves, such as 浙政钉; each question is signed."""

    def asking(self, app: Application, back: str, state: str) -> str:
        """Return the address to which a person is sent."""
        return _with(
            app.login,
            response_type="code",
            client_id=app.id,
            redirect_uri=back,
            scope="get_user_info",
            authType="QRCODE",
            state=state,
        )

    def person(self, app: Application, code: str, session: Session) -> str:
        """Return the `accountId` of the person."""
        path, params = "/gettoken.json", {"appkey": app.id, "appsecret": app.secret}
        answer = session.get(f"{app.server}{path}", params=params, headers=signed(app, "GET", path, params))
        path, params = (
            "/rpc/oauth2/getuserinfo_bycode.json",
            {"access_token": _text(self._content(path, answer), "accessToken"), "code": code},
        )
        answer = session.post(f"{app.server}{path}", data=params, headers=signed(app, "POST", path, params))
        return _text(self._content(path, answer), "accountId")

    def _content(self, path: str, answer: Answer) -> Mapping[str, Any]:
        told = _object(answer)
        content = told.get("content")
        data = content.get("data") if isinstance(content, dict) and content.get("success") else None
        if not isinstance(data, dict):
            said = content if isinstance(content, dict) else told
            raise NotToldError(f"{path}: {said.get('responseMessage', told.get('errorMsg', ''))}")
        return data


def signed(app: Application, method: str, path: str, params: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that sign a question to 专有钉钉, by HMAC-SHA256 with the secret of the application.

    What is signed: method, moment, a number used once, path, and the parameters in the order of their names.
    """
    at = dt.datetime.now(_ZONE).isoformat(timespec="milliseconds")
    once = secrets.token_hex(16)
    told = "&".join(f"{name}={params[name]}" for name in sorted(params))
    what = f"{method}\n{at}\n{once}\n{path}\n{told}"
    seal = hmac.digest(app.secret.encode(), what.encode(), hashlib.sha256)
    return {
        "X-Hmac-Auth-Timestamp": at,
        "X-Hmac-Auth-Version": "1.0",
        "X-Hmac-Auth-Nonce": once,
        "apiKey": app.id,
        "X-Hmac-Auth-Signature": base64.b64encode(seal).decode(),
        "X-Hmac-Auth-IP": "127.0.0.1",
        "X-Hmac-Auth-MAC": "00:00:00:00:00:00",
    }


SERVICES: Final[Mapping[str, Service]] = {
    "wecom": WorkWeixin(
        login="https://login.work.weixin.qq.com/wwlogin/sso/login",
        server="https://qyapi.weixin.qq.com",
        has_agent=True,
        whose="/cgi-bin/auth/getuserinfo",
        login_type="CorpApp",
    ),
    "yuezhengyi": WorkWeixin(login="", server="", has_agent=True, whose="/cgi-bin/user/getuserinfo"),
    "zhengwuding": GovernmentDingTalk(
        login="https://login.dg-work.cn/oauth2/auth.htm",
        server="https://openplatform.dg-work.cn",
        has_agent=False,
    ),
}
"""The services by the `kind` that an office writes down."""


def _with(address: str, **params: str) -> str:
    return f"{address}?{urlencode(params)}"


def _object(answer: Answer) -> Mapping[str, Any]:
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise NotToldError("the answer is no object")
    return told


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value):
        raise NotToldError(f"the answer has no {name}")
    return str(value)
