"""Addresses of schemes."""

from __future__ import annotations

from django.urls import path

from quanheng.web.library.views import settings, versions

urlpatterns = [
    path("", versions.schemes, name="schemes"),
    path("add/", versions.add_scheme, name="add_scheme"),
    path("check/", versions.check_scheme, name="check_scheme"),
    path("<int:version>/", versions.scheme, name="scheme"),
    path("<int:version>/settings/", settings.scheme_settings, name="scheme_settings"),
]
