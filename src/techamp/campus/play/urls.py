"""Addresses of simulations by themselves."""

from django.urls import path

from techamp.campus.play import views

app_name = "play"
urlpatterns = [
    path("<str:id>/", views.simulation_page, name="simulation"),
    path("<str:id>/model/", views.model_page, name="model"),
]
