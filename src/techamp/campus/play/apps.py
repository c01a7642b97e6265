from django.apps import AppConfig


class PlayConfig(AppConfig):
    name = "techamp.campus.play"
    label = "play"
