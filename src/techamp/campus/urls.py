"""All addresses. Each room lists its own."""

from django.conf import settings
from django.urls import include, path

from techamp.campus.learning.glossary import glossary
from techamp.campus.people.views import AddPasskey
from techamp.campus.ui import pages

urlpatterns = [
    path("", pages.front, name="front"),
    path("about/", pages.about, name="about"),
    path("glossary/", glossary, name="glossary"),
    path("program/", include("techamp.campus.program.urls")),
    path("", include("techamp.campus.learning.urls")),
    path("practice/", include("techamp.campus.practice.urls")),
    path("play/", include("techamp.campus.play.urls")),
    path("data/", include("techamp.campus.data.urls")),
    path("games/", include("techamp.campus.games.urls")),
    path("workshop/", include("techamp.campus.workshop.urls")),
    path("labs/", include("techamp.campus.labs.urls")),
    path("capstone/", include("techamp.campus.capstone.urls")),
    path("teaching/", include("techamp.campus.teaching.urls")),
    path("narration/", include("techamp.campus.narration.urls")),
    path("", include("techamp.campus.partners.urls")),
    path("", include("techamp.campus.people.urls")),
    path("account/2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/", include("allauth.urls")),
]

handler404 = "techamp.campus.ui.pages.not_found"
handler500 = "techamp.campus.ui.pages.broken"

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
