from django.apps import AppConfig


class NarrationConfig(AppConfig):
    name = "techamp.campus.narration"
    label = "narration"
