"""Addresses of people: join, account, demo."""

from django.urls import path

from techamp.campus.people import views

app_name = "people"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/<str:code>/", views.join, name="join-code"),
    path("me/", views.account, name="account"),
    path("demo/", views.demo, name="demo"),
    path("demo/outbox/", views.outbox, name="outbox"),
]
