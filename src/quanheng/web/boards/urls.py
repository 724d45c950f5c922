"""Addresses of boards."""

from __future__ import annotations

from django.urls import path

from quanheng.web.boards.views import whatif

urlpatterns = [
    path("<int:pk>/whatif/", whatif.whatif, name="whatif"),
]
