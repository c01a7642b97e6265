"""Addresses of learning."""

from django.urls import path

from techamp.campus.learning import more_time, shorter, views

app_name = "learning"
urlpatterns = [
    path("week/", views.home, name="home"),
    path("week/shorter/", shorter.shorter, name="shorter"),
    path("week/more-time/<slug:subject>/<slug:module>/", more_time.more_time, name="more-time"),
    path("map/", views.map_page, name="map"),
    path("record/", views.record, name="record"),
    path("learn/<slug:subject>/<slug:module>/", views.module, name="module"),
    path("learn/<slug:subject>/<slug:module>/<slug:activity>/", views.activity, name="activity"),
]
