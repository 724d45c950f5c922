"""Addresses of publications: those of the office, and those of everybody."""

from __future__ import annotations

from django.urls import path

from quanheng.web.publication.views import office, public

of_office = [
    path("<int:pk>/publication/", office.publications, name="publications"),
    path("<int:pk>/publication/make/", office.make, name="make_publication"),
    path("<int:pk>/publication/<int:publication>/plan/", office.plan_one, name="plan_publication"),
    path("<int:pk>/publication/<int:publication>/now/", office.publish_now, name="publish_now"),
    path("<int:pk>/publication/<int:publication>/drop/", office.drop_one, name="drop_publication"),
    path("<int:pk>/publication/<int:publication>/<str:name>", office.made_file, name="made_file"),
]
of_everybody = [
    path("", public.all_published, name="published"),
    path("<str:code>/", public.newest, name="published_round"),
    path("<str:code>/<int:version>/", public.version_of, name="published_version"),
    path("<str:code>/<int:version>/<str:name>", public.file_of, name="published_file"),
]
