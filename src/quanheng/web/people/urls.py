"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from quanheng.web.people.views import imports, links, people

urlpatterns = [
    path("", people.people, name="people"),
    path("import/", imports.import_page, name="import_people"),
    path("add/", people.add_person, name="add_person"),
    path("link/<str:secret>/", links.link, name="link"),
    path("one/<str:code>/", people.change_person, name="change_person"),
    path("one/<str:code>/link/", people.link_person, name="link_person"),
    path("one/<str:code>/outside/", people.bind_person, name="bind_person"),
    path("one/<str:code>/active/", people.activate_person, name="activate_person"),
]
