from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "techamp.campus.partners"
    label = "partners"
