"""The services as ways to sign in, as the sign-in library knows them."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest

from quanheng.web.people.by_code.services import SERVICES, Application, NotToldError, Service


class CodeClient(OAuth2Client):
    """Sends people to a service, and asks it whose the code is that they come back with."""

    service: Service
    app: Application

    def get_redirect_url(self, authorization_url: str, scope: object, extra_params: object) -> str:  # noqa: ARG002  the library's form
        """Return where people are sent; nothing that a person adds to the address goes along."""
        return self.service.asking(self.app, self.callback_url, self.state or "")

    def get_access_token(
        self,
        code: str,
        pkce_code_verifier: object = None,  # noqa: ARG002  the library's form
        extra_data: object = None,  # noqa: ARG002  the same
    ) -> dict[str, str]:
        """Return whose the code is. The token of the application is nobody's, and kept nowhere."""
        try:
            with get_adapter().get_requests_session() as session:
                return {"access_token": "", "uid": self.service.person(self.app, code, session)}
        except NotToldError as error:
            raise OAuth2Error(str(error)) from error


class CodeAdapter(OAuth2Adapter):
    """Joins a service and the application that the office has there."""

    client_class = CodeClient
    authorize_url = access_token_url = ""  # each service has its own, by the settings

    def get_client(self, request: HttpRequest, app: Any) -> CodeClient:  # noqa: ANN401  the library has no types
        """Return what asks the service."""
        client = super().get_client(request, app)
        assert isinstance(client, CodeClient)  # noqa: S101  narrows the type
        client.service = service = SERVICES[self.provider_id]
        client.app = Application(
            id=app.client_id,
            secret=app.secret,
            agent=app.settings.get("agent", ""),
            login=app.settings.get("login") or service.login,
            server=(app.settings.get("server") or service.server).rstrip("/"),
        )
        return client

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:  # noqa: ANN401, ARG002  the same
        """Return who has come."""
        return self.get_provider().sociallogin_from_response(request, {"uid": kwargs["response"]["uid"]})


class CodeProvider(OAuth2Provider):
    """A service that tells by a code who a person is."""

    account_class = ProviderAccount
    oauth2_adapter_class: ClassVar[type[CodeAdapter]]

    def extract_uid(self, data: dict[str, str]) -> str:
        """Return the name by which the service knows the person."""
        return data["uid"]


def _provider(kind: str) -> type[CodeProvider]:
    adapter = type(f"{kind.title()}Adapter", (CodeAdapter,), {"provider_id": kind})
    told = {"id": kind, "name": kind, "oauth2_adapter_class": adapter, "__module__": __name__}
    return type(f"{kind.title()}Provider", (CodeProvider,), told)


provider_classes = [_provider(kind) for kind in SERVICES]
"""One for each service; the library asks for them by this name."""
