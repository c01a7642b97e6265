from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "techamp.campus.data"
    label = "data"
