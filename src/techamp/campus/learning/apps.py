from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "techamp.campus.learning"
    label = "learning"
