"""Who is on the demo campus: everybody is made up. A story says how far a learner is; ``stories.py`` tells it."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "demo.techamp.example"


@dataclass(frozen=True)
class Part:
    """One learner: name, story, sponsor, the hour of the day at which she learns, and how often she is right.

    ``shows`` is her consent that the company may see her skills. ``industry`` is hers, of those that account pages
    offer.
    """

    name: str
    story: str
    company: str = ""
    shows: bool = False
    hour: float = 19.0
    skill: float = 0.85
    industry: str = "machining"

    @property
    def email(self) -> str:
        """first@…: first names are used once."""
        return f"{self.name.split()[0].lower()}@{DOMAIN}"


NIGHT, EARLY, NOON, AFTERNOON, EVENING = 2.3, 5.2, 12.1, 15.6, 19.2
MOTION, FOODS = "pawtucket-motion", "quinebaug-foods"

MIDDLE = (
    Part("Ana Alvarez", "in the middle", MOTION, True, NIGHT, 0.8),
    Part("Kofi Mensah", "ahead", MOTION, True, EARLY, 0.95),
    Part("Linh Tran", "ahead", MOTION, False, EVENING, 0.92, "electronics"),
    Part("Rosa Medeiros", "ahead, lab not yet", "", False, AFTERNOON, 0.88),
    Part("Petr Novak", "ahead, no lab", FOODS, True, NOON, 0.9, "food"),
    Part("Wanda Blake", "on time 6", MOTION, True, EVENING, 0.86),
    Part("Diego Fuentes", "on time 5", MOTION, False, NIGHT, 0.82),
    Part("Aisha Rahman", "on time 4", FOODS, True, EVENING, 0.88, "food"),
    Part("Tom Riordan", "on time 3", "", False, EARLY, 0.84),
    Part("Mei Zhou", "on time 3", MOTION, True, AFTERNOON, 0.9, "electronics"),
    Part("Samuel Okoro", "on time 2", "", False, EVENING, 0.83, "biomanufacturing"),
    Part("Ewa Kowalska", "on time 2", FOODS, False, NOON, 0.87, "food"),
    Part("Luis Batista", "on time 1", MOTION, False, NIGHT, 0.8),
    Part("Hannah Fisk", "on time 1", "", False, EVENING, 0.86),
    Part("Sokha Chea", "stuck on a set", MOTION, True, EVENING, 0.85, "electronics"),
    Part("Janelle Price", "stuck on a first set", FOODS, False, AFTERNOON, 0.8, "food"),
    Part("Marek Dudek", "stuck on a challenge", MOTION, False, EVENING, 0.85),
    Part("Bridget Lowe", "stuck on why", "", False, EARLY, 0.84, "biomanufacturing"),
    Part("Yusuf Demir", "late", MOTION, True, NIGHT, 0.75),
    Part("Carla Nunes", "late", "", False, EVENING, 0.78),
    Part("Earl Whitaker", "late", FOODS, False, NOON, 0.72, "food"),
    Part("Priya Nair", "away", MOTION, False, EVENING, 0.86, "electronics"),
    Part("Noel Santos", "joined yesterday", "", False, AFTERNOON, 0.8),
    Part("Gus Lindqvist", "never came", FOODS, False, EVENING, 0.8, "food"),
)
"""The cohort in the middle: 24 learners in their fourth week."""

FIRST = (
    Part("Marta Costa", "capstone signed", MOTION, True, EVENING, 0.92),
    Part("Femi Adeyemi", "capstone waits for the mentor", MOTION, True, AFTERNOON, 0.9),
    Part("Joan Pelletier", "all done", MOTION, False, EARLY, 0.88),
)
"""The cohort that began a year ago. Each of them does everything that the program has, so they are few."""

ELSEWHERE = (
    Part("Olga Petrova", "on time 3", "", False, EVENING, 0.88),
    Part("Jamal Carter", "on time 2", "", False, EARLY, 0.84),
    Part("Beth Yoder", "on time 1", "", False, AFTERNOON, 0.86, "food"),
    Part("Hiro Tanabe", "stuck on a first set", "", False, EVENING, 0.82, "electronics"),
    Part("Dale Hoskins", "late", "", False, NIGHT, 0.76),
    Part("Tess Marlow", "joined yesterday", "", False, NOON, 0.8),
)
"""A cohort of another college: nobody at the first one sees it, nor the other way round."""
