"""Addresses of the workshop."""

from django.urls import path

from techamp.campus.workshop import comparing, sharing_views, views

app_name = "workshop"
urlpatterns = [
    path("", views.home, name="home"),
    path("shared/<str:builder>/", sharing_views.shared, name="shared"),
    path("model/<str:builder>/", sharing_views.model, name="model"),
    path("<uuid:uid>/", views.draft, name="draft"),
    path("<uuid:uid>/text/", views.text, name="text"),
    path("<uuid:uid>/delete/", views.delete, name="delete"),
    path("<uuid:uid>/compare/", comparing.compare, name="compare"),
]
