"""Addresses of companies and the office."""

from django.urls import path

from techamp.campus.partners import views

app_name = "partners"
urlpatterns = [
    path("company/", views.company, name="company"),
    path("office/", views.office, name="office"),
]
