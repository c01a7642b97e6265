from django.apps import AppConfig


class LabsConfig(AppConfig):
    name = "techamp.campus.labs"
    label = "labs"
