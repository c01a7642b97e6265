from django.apps import AppConfig


class GamesConfig(AppConfig):
    name = "techamp.campus.games"
    label = "games"
