"""Addresses of rounds."""

from __future__ import annotations

from django.urls import path

from quanheng.web.rounds.views import evidence, figure, fill, review, rounds, tasks, template

urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("add/", rounds.add_round, name="add_round"),
    path("due/", tasks.due, name="due"),
    path("<int:pk>/", rounds.round_page, name="round"),
    path("<int:pk>/move/", rounds.move, name="move_round"),
    path("<int:pk>/due/", rounds.change_due, name="change_due"),
    path("<int:pk>/correct/", rounds.correct, name="correct_round"),
    path("<int:pk>/tasks/", tasks.tasks, name="tasks"),
    path("<int:pk>/fill/", fill.fill, name="fill"),
    path("<int:pk>/preview/", fill.preview, name="preview"),
    path("<int:pk>/template.xlsx", template.template, name="template"),
    path("<int:pk>/upload/", template.upload, name="upload_figures"),
    path("<int:pk>/review/", review.review, name="review"),
    path("<int:pk>/history/<int:item>/<int:unit>/", figure.history, name="history"),
    path("<int:pk>/history/<int:item>/<int:unit>/return/", figure.send_back, name="send_back"),
    path("<int:pk>/history/<int:item>/<int:unit>/ask/", figure.ask, name="ask"),
    path("<int:pk>/history/<int:item>/<int:unit>/evidence/", evidence.add, name="add_evidence"),
    path("<int:pk>/evidence/<int:evidence>/withdraw/", evidence.withdraw, name="withdraw_evidence"),
    path("<int:pk>/history/<int:item>/<int:unit>/note/", figure.note, name="note"),
    path("<int:pk>/history/<int:item>/<int:unit>/answer/<int:question>/", figure.answer, name="answer"),
]
