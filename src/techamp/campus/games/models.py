"""A session of a game, its teams, their seats, and what they decided. Nothing else is kept: worlds are replayed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from techamp.campus.partners.models import Cohort

GO_ON = "go on"
"""The kind of a move that lets time pass."""
TAKE_BACK = "take back"
"""The kind of a move that takes a planned decision back; all others are the game's own."""


class Session(models.Model):
    """One setting and one luck, the same for all teams. A cohort's, made by its instructor, or one person's own."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    game = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    scenario = models.JSONField(default=dict)
    seed = models.PositiveBigIntegerField()
    cohort = models.ForeignKey(Cohort, null=True, on_delete=models.CASCADE, related_name="games")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    starts = models.DateTimeField(null=True)  # of a session with a pace
    pace = models.FloatField(null=True)  # periods of the game in a real day; null: each team at its own
    told = models.BooleanField(default=False)  # players may see the scenario

    def __str__(self) -> str:
        return f"{self.game}, {self.cohort or self.owner}"


class Team(models.Model):
    """Those who decide together."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="teams")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_team_of_a_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Team {self.number}"


class Seat(models.Model):
    """A person's place in a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="one_place_in_a_team")]

    def __str__(self) -> str:
        return f"{self.person}, {self.team}"


class Move(models.Model):
    """One decision, or time that passed. ``key`` comes from the form, so that the same one sent twice counts once.

    ``period`` is when it takes effect: that in which it was made, or a later one that it was planned for.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="moves")
    number = models.PositiveIntegerField()
    period = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    key = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "number"], name="moves_in_one_order"),
            models.UniqueConstraint(fields=["team", "key"], name="a_move_sent_twice_is_one"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.team}, {self.period}: {self.kind}"
