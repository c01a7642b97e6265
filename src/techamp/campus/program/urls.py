"""Addresses of the program as it is: public."""

from django.urls import path

from techamp.campus.program import views

app_name = "program"
urlpatterns = [
    path("", views.program_map, name="map"),
    path("<slug:subject>/", views.subject, name="subject"),
]
