"""Addresses of boards."""

from __future__ import annotations

from django.urls import path

from quanheng.web.boards.views import board, charts, own, whatif

urlpatterns = [
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/board/charts/<str:name>.svg", charts.board_picture, name="board_picture"),
    path("<int:pk>/board/charts/<str:name>/", charts.board_chart, name="board_chart"),
    path("<int:pk>/own/board/<int:unit>/<str:name>.svg", charts.own_picture, name="own_picture"),
    path("<int:pk>/own/board/", own.own_board, name="own_board"),
    path("<int:pk>/doubts/", own.doubts, name="doubts"),
    path("<int:pk>/whatif/", whatif.whatif, name="whatif"),
]
