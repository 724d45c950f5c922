"""Addresses of schemes."""

from __future__ import annotations

from django.urls import path

from quanheng.web.library import views

urlpatterns = [
    path("", views.schemes, name="schemes"),
    path("add/", views.add_scheme, name="add_scheme"),
    path("check/", views.check_scheme, name="check_scheme"),
    path("<int:version>/", views.scheme, name="scheme"),
]
