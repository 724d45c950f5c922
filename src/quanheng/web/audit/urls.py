"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from quanheng.web.audit import views

urlpatterns = [
    path("", views.log, name="log"),
    path("entries.csv", views.export, name="export_log"),
]
