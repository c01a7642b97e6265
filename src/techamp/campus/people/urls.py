"""Addresses of people: join, sign in by a mailed link, account, own data, demo."""

from django.urls import path

from techamp.campus.people import demo_views, link_views, own_views, views

app_name = "people"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/<str:code>/", views.invited, name="join-code"),
    path("sign-in/link/", link_views.ask, name="ask-link"),
    path("sign-in/link/sent/", link_views.sent, name="link-sent"),
    path("sign-in/link/<str:token>/", link_views.arrive, name="mailed-link"),
    path("me/", views.account, name="account"),
    path("me/everything/", own_views.everything, name="everything"),
    path("me/techamp.zip", own_views.everything_file, name="everything-file"),
    path("me/delete/", own_views.delete, name="delete"),
    path("demo/", demo_views.demo, name="demo"),
    path("demo/outbox/", demo_views.outbox, name="outbox"),
]
