from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "techamp.campus.program"
    label = "program"
