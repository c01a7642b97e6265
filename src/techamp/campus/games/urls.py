"""Addresses of games."""

from django.urls import path

from techamp.campus.games import views

app_name = "games"
urlpatterns = [
    path("", views.home, name="home"),
    path("rules/<str:id>/", views.rules, name="rules"),
    path("session/<uuid:uid>/", views.session, name="session"),
    path("session/<uuid:uid>/seat/", views.seat, name="seat"),
    path("session/<uuid:uid>/delete/", views.delete, name="delete"),
    path("team/<uuid:uid>/", views.team, name="team"),
    path("team/<uuid:uid>/decide/<str:kind>/", views.decide, name="decide"),
    path("team/<uuid:uid>/take-back/<int:number>/", views.take_back, name="take-back"),
    path("team/<uuid:uid>/go-on/", views.go_on, name="go-on"),
    path("team/<uuid:uid>/news/", views.news, name="news"),
    path("team/<uuid:uid>/debrief/", views.debrief, name="debrief"),
]
