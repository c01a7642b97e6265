"""Addresses of learning."""

from django.urls import path

from techamp.campus.learning import views

app_name = "learning"
urlpatterns = [
    path("week/", views.home, name="home"),
    path("map/", views.map_page, name="map"),
    path("record/", views.record, name="record"),
    path("learn/<slug:subject>/<slug:module>/", views.module, name="module"),
    path("learn/<slug:subject>/<slug:module>/<slug:activity>/", views.activity, name="activity"),
]
