"""Addresses of practice. A set itself lies at its activity's address."""

from django.urls import path

from techamp.campus.practice import entry, redo_views, views

app_name = "practice"
urlpatterns = [
    path("", views.home, name="home"),
    path("attempt/<uuid:id>/", views.attempt, name="attempt"),
    path("redo/", redo_views.redo_page, name="redo"),
    path("entry/", entry.entry_check, name="entry"),
    path("bridge/<slug:topic>/", entry.bridge_page, name="bridge"),
]
