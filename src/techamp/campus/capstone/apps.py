from django.apps import AppConfig


class CapstoneConfig(AppConfig):
    name = "techamp.campus.capstone"
    label = "capstone"
