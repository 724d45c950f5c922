"""Addresses of work in the background."""

from __future__ import annotations

from django.urls import path

from quanheng.web.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:pk>/stop/", views.stop, name="stop_job"),
]
