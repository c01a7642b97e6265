from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "techamp.campus.ui"
    label = "ui"
