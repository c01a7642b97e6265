from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    name = "techamp.campus.workshop"
    label = "workshop"
