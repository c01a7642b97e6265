from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "techamp.campus.data"
    label = "data"

    def ready(self) -> None:
        from techamp.campus.data import signals  # noqa: F401 — connects the receiver
