"""Addresses of labs."""

from django.urls import path

from techamp.campus.labs import views

app_name = "labs"
urlpatterns = [
    path("", views.home, name="home"),
    path("session/<uuid:uid>/", views.session, name="session"),
    path("session/<uuid:uid>/book/", views.book, name="book"),
    path("session/<uuid:uid>/move/", views.move, name="move"),
    path("session/<uuid:uid>/sign/<uuid:person>/", views.sign, name="sign"),
]
