"""Addresses of boards."""

from __future__ import annotations

from django.urls import path

from quanheng.web.boards.views import board, whatif

urlpatterns = [
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/whatif/", whatif.whatif, name="whatif"),
]
