from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "techamp.campus.practice"
    label = "practice"
