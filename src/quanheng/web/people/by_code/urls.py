"""Addresses of the services that tell by a code who a person is: to go there, and to come back."""

from __future__ import annotations

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.urls import URLPattern, path

from quanheng.web.people.by_code.provider import provider_classes


def addresses_of(kind: str) -> list[URLPattern]:
    """Return the addresses of the service `kind`."""
    adapter = next(each.oauth2_adapter_class for each in provider_classes if each.id == kind)
    return [
        path(f"{kind}/login/", OAuth2LoginView.adapter_view(adapter), name=f"{kind}_login"),
        path(f"{kind}/login/callback/", OAuth2CallbackView.adapter_view(adapter), name=f"{kind}_callback"),
    ]
