"""The addresses of the site: its contexts, and those of the sign-in that are used."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from quanheng.web.people.by_code.services import SERVICES
from quanheng.web.people.by_code.urls import addresses_of
from quanheng.web.publication.urls import of_everybody, of_office
from quanheng.web.rounds.views import evidence
from quanheng.web.site import help as help_page
from quanheng.web.site import views

handler400 = "quanheng.web.site.errors.bad_request"
handler403 = "quanheng.web.site.errors.not_found"
handler404 = "quanheng.web.site.errors.not_found"
handler500 = "quanheng.web.site.errors.went_wrong"

_OF_KIND = {
    kind: path(
        "account/outside/",
        include(addresses_of(kind) if kind in SERVICES else f"allauth.socialaccount.providers.{kind}.urls"),
    )
    for _, kind, _ in settings.OUTSIDE_SIGN_IN
}

urlpatterns = [
    path("", views.home, name="home"),
    path("looks/", views.change_looks, name="change_looks"),
    path("stay/", views.stay, name="stay"),
    path("help/", help_page.show, name="help"),
    path("people/", include("quanheng.web.people.urls")),
    path("schemes/", include("quanheng.web.library.urls")),
    path("rounds/", include("quanheng.web.rounds.urls")),
    path("rounds/", include("quanheng.web.results.urls")),
    path("rounds/", include("quanheng.web.boards.urls")),
    path("rounds/", include(of_office)),
    path("published/", include(of_everybody)),
    path("jobs/", include("quanheng.web.jobs.urls")),
    path("appeals/", include("quanheng.web.appeals.urls")),
    path("evidence/<int:pk>/", evidence.download, name="evidence"),
    path("log/", include("quanheng.web.audit.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    *_OF_KIND.values(),
]
