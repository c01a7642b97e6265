from django.apps import AppConfig


class TeachingConfig(AppConfig):
    name = "techamp.campus.teaching"
    label = "teaching"
