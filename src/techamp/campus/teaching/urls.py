"""Addresses of teaching."""

from django.urls import path

from techamp.campus.teaching import extensions, views

app_name = "teaching"
urlpatterns = [
    path("", views.home, name="home"),
    path("cohort/<uuid:uid>/", views.cohort, name="cohort"),
    path("cohort/<uuid:uid>/invite/", views.invitation, name="invite"),
    path("learner/<uuid:uid>/", views.learner, name="learner"),
    path("extensions/", extensions.extensions, name="extensions"),
    path("extensions/<uuid:id>/", extensions.answer_extension, name="extension"),
    path("attempt/<uuid:id>/", views.attempt, name="attempt"),
]
