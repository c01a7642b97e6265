"""Addresses of narration."""

from django.urls import path

from techamp.campus.narration import views

app_name = "narration"
urlpatterns = [
    path("file/<uuid:uid>/", views.file, name="file"),
    path("<slug:subject>/<slug:module>/<slug:activity>/", views.studio, name="studio"),
]
