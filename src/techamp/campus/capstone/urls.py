"""Addresses of the capstone."""

from django.urls import path

from techamp.campus.capstone import views

app_name = "capstone"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:uid>/", views.project, name="project"),
]
