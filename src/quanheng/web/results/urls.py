"""Addresses of results."""

from __future__ import annotations

from django.urls import path

from quanheng.web.results.views import own, parts, run, runs

urlpatterns = [
    path("results/", own.results, name="results"),
    path("<int:pk>/ranking/", own.ranking, name="ranking"),
    path("<int:pk>/own/", own.own, name="own_result"),
    path("<int:pk>/runs/", runs.runs, name="runs"),
    path("<int:pk>/runs/start/", runs.start, name="start_run"),
    path("<int:pk>/runs/move/", runs.move, name="move_by_results"),
    path("<int:pk>/parts/", parts.parts, name="parts"),
    path("<int:pk>/parts/<int:part>/withdraw/", parts.withdraw, name="withdraw_part"),
    path("<int:pk>/runs/<int:number>/", run.run, name="run"),
    path("<int:pk>/runs/<int:number>/since/<int:other>/", run.since, name="run_since"),
    path("<int:pk>/runs/<int:number>/moves/", run.moves, name="run_moves"),
    path("<int:pk>/runs/<int:number>/results.xlsx", run.workbook, name="run_workbook"),
    path("<int:pk>/runs/<int:number>/units/<int:unit>/", run.explain, name="explain"),
]
