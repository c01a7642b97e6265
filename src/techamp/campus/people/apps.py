from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "techamp.campus.people"
    label = "people"
