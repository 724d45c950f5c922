"""Addresses of appeals."""

from __future__ import annotations

from django.urls import path

from quanheng.web.appeals.views import appeals

urlpatterns = [
    path("", appeals.appeals, name="appeals"),
    path("file/<int:pk>/", appeals.file, name="file_appeal"),
    path("<int:pk>/", appeals.appeal, name="appeal"),
    path("<int:pk>/move/", appeals.move, name="move_appeal"),
    path("<int:pk>/correct/", appeals.correct, name="correct_by_appeal"),
    path("<int:pk>/evidence/", appeals.add_evidence, name="add_appeal_evidence"),
    path("evidence/<int:pk>/", appeals.download, name="appeal_evidence"),
]
