"""Addresses."""

from django.urls import path

from techamp.campus.ui.pages import about

app_name = "labs"
urlpatterns = [path("", about, name="home"), path("entry/", about, name="entry")]
