"""Addresses of data."""

from django.urls import path

from techamp.campus.data import consent_views, example_views, plan_views, study_views, views

app_name = "data"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/<str:planner>/", plan_views.plan, name="plan"),
    path("example/<str:name>/", example_views.example, name="example"),
    path("<uuid:uid>/", views.dataset, name="dataset"),
    path("<uuid:uid>/rules/", views.rules, name="rules"),
    path("<uuid:uid>/share/", views.share, name="share"),
    path("<uuid:uid>/unshare/", consent_views.unshare, name="unshare"),
    path("<uuid:uid>/delete/", views.delete, name="delete"),
    path("<uuid:uid>/file/", views.file, name="file"),
    path("<uuid:uid>/<str:study>/", study_views.study, name="study"),
    path("<uuid:uid>/<str:study>/take/<str:what>", study_views.take, name="take"),
    path("<uuid:uid>/<str:study>/keep/", study_views.keep, name="keep"),
    path("kept/<uuid:uid>/delete/", study_views.delete_run, name="delete_run"),
]
