"""Addresses of boards."""

from __future__ import annotations

from django.urls import path

from quanheng.web.boards.views import board, own, whatif

urlpatterns = [
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/own/board/", own.own_board, name="own_board"),
    path("<int:pk>/doubts/", own.doubts, name="doubts"),
    path("<int:pk>/whatif/", whatif.whatif, name="whatif"),
]
