"""One demo learner at work: each activity done through the services, as its page would call them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from techamp.campus.demo import words
from techamp.campus.demo.answers import right_answer, slip_of, wrong_answer
from techamp.campus.demo.clock import Clock
from techamp.campus.demo.luck import Luck
from techamp.campus.demo.solving import answer, first_try, misses, plausible, way_to
from techamp.campus.games import actions as games
from techamp.campus.games.activity import count as count_game
from techamp.campus.games.models import Team
from techamp.campus.games.worlds import snapshot
from techamp.campus.learning import plant
from techamp.campus.learning.lecture import questions, record
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.partners.models import Enrollment
from techamp.campus.people.models import LedgerKey
from techamp.campus.play import actions, challenges, conversation
from techamp.campus.play.bench import bench_of
from techamp.campus.practice import answering, bridge
from techamp.campus.practice.sets import ItemSet, set_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry

Step = Callable[[], None]
SURE_AFTER, MOST_TURNS = 14, 50  # answers after which she makes no more mistakes; items after which she stops


class Learner:
    """A learner with her own luck, skill and hours. ``skill`` is the chance of a right answer."""

    def __init__(self, enrollment: Enrollment, number: int, clock: Clock, *, hour: float, skill: float) -> None:
        self.enrollment, self.person = enrollment, enrollment.person
        self.key = LedgerKey.objects.get(person=self.person)
        self.number, self.clock, self.luck = number, clock, Luck(number)
        self.hour, self.skill = hour, skill
        self._until = clock.now

    def spread(self, steps: Sequence[Step], first: date, last: date) -> None:
        """Do the steps over the days from ``first`` to ``last``, each at her hour; two on one day after each other.

        A single step falls on the last day.
        """
        first = min(first, last)
        days = (last - first).days
        for place, step in enumerate(steps):
            day = first.toordinal() + (round(days * place / (len(steps) - 1)) if len(steps) > 1 else days)
            self.at(date.fromordinal(day), self.hour + self.luck.between(0, 0.8))
            step()
            self._until = self.clock.now

    def at(self, day: date, hour: float) -> None:
        """Sit down at that hour, or a few minutes after what she did last."""
        if self.clock.go_to(day, hour) <= self._until:
            self.clock.now = self._until
            self.clock.tick(self.luck.between(2, 8))

    # What she does before the first module

    def entry_check(self) -> None:
        """Ten small questions; where a curriculum has none, nothing."""
        if not (bridge.folder() / "bridge.yaml").exists():
            return
        for topic in bridge.bridge().topics:
            item_set = bridge.entry_set(topic)
            attempt = answering.begin(self.key, item_set)
            if attempt and not attempt.finished:
                self.clock.tick(self.luck.between(0.4, 1.6))
                self._answer(item_set, attempt, wrong=not self.luck.happens(self.skill))

    # Activities

    def steps_of(self, activity: schema.Activity) -> list[Step]:
        """The sittings of an activity; a lab has its day, so it has none here."""
        if isinstance(activity, schema.Lecture):
            return [partial(self.lecture, activity)]
        if isinstance(activity, schema.Practice):
            return [partial(self.practice, activity)]
        if isinstance(activity, schema.Conversation):
            return [partial(self.talk, activity)]
        if isinstance(activity, schema.Played):
            return [partial(self.game, activity)]
        if isinstance(activity, schema.Play):
            handing_in = [partial(self.challenge, activity, name) for name in activity.challenges]
            return [partial(self.play, activity), partial(self.explain, activity), *handing_in]
        return []

    def lecture(self, activity: schema.Lecture, *, to_the_end: bool = True) -> None:
        """Read it, answer its questions on the way; half of it if not ``to_the_end``."""
        lecture = lecture_of(activity)
        segments = lecture.segments if to_the_end else lecture.segments[: max(1, len(lecture.segments) // 2)]
        for segment in segments:
            if segment.narration:
                record.remember(self.key, activity, lecture, segment.narration[0].id)
            self.clock.tick(max(0.5, segment.minutes * self.luck.between(0.6, 1.1)))
            for part in segment.parts():
                if isinstance(part, questions.Question):
                    wrong = not self.luck.happens(self.skill)
                    given = (wrong_answer if wrong else right_answer)(part.realized)
                    questions.keep(self.key, activity, lecture, part, questions.answer(part, given))
        if to_the_end:
            record.finish(self.key, activity, lecture)

    def practice(self, activity: schema.Practice) -> None:
        """Answer until the set is mastered, with misses as her skill has it."""
        item_set, answered = set_of(activity), 0
        mastered = Evidence.objects.filter(key=self.key, kind="mastery", place=item_set.place)
        attempt = answering.begin(self.key, item_set)
        for _turn in range(MOST_TURNS):
            if attempt is None:
                return
            self.clock.tick(self.luck.between(0.7, 2.4))
            if not attempt.finished and attempt.realized["stage"] != "worked":
                wrong = answered < SURE_AFTER and not self.luck.happens(self.skill)
                self._answer(item_set, attempt, wrong=wrong)
                answered += 1
                if not wrong and mastered.exists():
                    return
                self.clock.tick(self.luck.between(0.2, 0.9))
            attempt = answering.proceed(self.key, item_set, attempt.pk, self.clock.now)

    def practice_with_a_slip(self, activity: schema.Practice, times: int = 6) -> bool:
        """Alone, the same misconception again and again; what is shown or half done goes well.

        False, and nothing done, when no item of the set knows a misconception by its number.
        """
        item_set, slipped = set_of(activity), 0
        kinds = [item_set.source(id).item for id in item_set.items]
        if not any(item.stage == "alone" and item.asks and item.misconceptions for item in kinds):
            return False
        attempt = answering.begin(self.key, item_set)
        for _turn in range(MOST_TURNS):
            if attempt is None or slipped == times:
                break
            self.clock.tick(self.luck.between(1.0, 3.0))
            if not attempt.finished and attempt.realized["stage"] != "worked":
                slip = slip_of(attempt.realized) if attempt.realized["stage"] == "alone" else ""
                self._answer(item_set, attempt, wrong=bool(slip), slip=slip)
                slipped += bool(slip)
                self.clock.tick(self.luck.between(0.3, 1.2))
            if slipped < times:
                attempt = answering.proceed(self.key, item_set, attempt.pk, self.clock.now)
        return True

    def _answer(self, item_set: ItemSet, attempt: Attempt, *, wrong: bool, slip: str = "") -> None:
        realized = attempt.realized
        if wrong and realized["hint"] and not slip and self.luck.happens(0.3):
            answering.show_hint(self.key, item_set, attempt.pk, [])
            self.clock.tick(0.5)
        given = wrong_answer(realized, slip) if wrong else []
        given = given or right_answer(realized, with_unit=self.luck.happens(0.5))
        answering.answer(self.key, item_set, attempt.pk, given, self.clock.now)

    # Simulations

    def play(self, activity: schema.Play, runs: int = 3) -> None:
        """Predict, then run as it stands, compare, and run with one input changed at a time."""
        if activity.predict:
            actions.predict(self.key, activity, self._guess(activity))
        for n, changed in enumerate(self._changes(activity)[:runs]):
            self.clock.tick(self.luck.between(1.5, 5))
            start, _came = plant.resolve(activity.inputs, self.key)
            run = bench_of(activity.simulation, start, activity.free, changed).query
            actions.keep_run(self.key, activity, run, compared=n > 0)

    def _guess(self, activity: schema.Play) -> dict[str, str]:
        ask = activity.predict
        assert ask is not None
        sure = {"sure": self.luck.one_of(actions.SURE)}
        if ask.kind == "choice":
            return {"guess": str(int(self.luck.uniform() * len(ask.options))), **sure}
        start, _came = plant.resolve(activity.inputs, self.key)
        outcome = bench_of(activity.simulation, start, activity.free, {}).outcome
        if ask.kind == "number":
            return {"guess": plausible(outcome.measure(ask.measure).value, self.luck), **sure}
        high = max(y for y in outcome.chart(ask.chart).series[0].y if y is not None)
        return {f"guess-{i}": plausible(high, self.luck) for i in range(len(ask.x))} | sure

    def _changes(self, activity: schema.Play) -> list[dict[str, str]]:
        """As it stands; then, for each free input, another value: the next choice, or the middle of the range."""
        from techamp.contract import registry

        fields = {f.name: f for f in type(registry.simulation(activity.simulation)).Inputs.fields()}
        changed: list[dict[str, str]] = [{}]
        for name in activity.free:
            field = fields[name]
            if field.kind == "choice":
                changed.append({name: field.options[-1][0]})
            elif field.kind == "quantity":
                changed.append({name: f"{field.low + field.step * round((field.high - field.low) / field.step / 2):g}"})
        return changed

    def explain(self, activity: schema.Play, *, wrong_first: bool | None = None) -> None:
        """Choose why; some choose a wrong reason before, and most write a few words to their instructor."""
        if activity.explain is None:
            return
        reasons = activity.explain.options
        missed = wrong_first if wrong_first is not None else not self.luck.happens(self.skill)
        if missed:
            self.reason_wrong(activity)
            self.clock.tick(self.luck.between(2, 6))
        right = next(i for i, option in enumerate(reasons) if option.right)
        actions.explain(self.key, activity, str(right), words.explanation(activity, self.number))

    def reason_wrong(self, activity: schema.Play, which: int = 0) -> None:
        """Choose a wrong reason; another one for another ``which``."""
        if activity.explain is None:
            return
        wrong = [i for i, option in enumerate(activity.explain.options) if not option.right]
        if wrong:
            actions.explain(self.key, activity, str(wrong[(self.number + which) % len(wrong)]), "")

    def challenge(self, activity: schema.Play, name: str) -> None:
        """Hand in; some try something else first. How often she must is the secret of the runs, and moves no luck."""
        challenge = challenges.load(activity, name)
        first = [] if self.luck.happens(self.skill) else [first_try(activity, name, self.luck)]
        minutes = self.luck.between(3, 9)
        for asked in [*first, *[answer(challenge)] * (challenge.tries - len(first))]:
            if self._hand_in(activity, name, asked, minutes) == "passed":
                return

    def miss_challenge(self, activity: schema.Play, name: str, which: int) -> None:
        """Hand in what clearly misses; another miss for another ``which``."""
        if found := misses(activity, name):
            self._hand_in(activity, name, found[which % len(found)], self.luck.between(3, 9))

    def _hand_in(self, activity: schema.Play, name: str, asked: dict[str, str], minutes: float) -> str:
        self.clock.tick(minutes)
        attempt = challenges.hand_in(self.key, activity, name, asked, f"demo {self.clock.now:%F %T}")
        return attempt.result if attempt else ""

    # Conversations

    def talk(self, activity: schema.Conversation) -> None:
        """Lead it to a good end; some find a bad one first."""
        talk = conversation.talk_of(activity)
        at_once = self.luck.happens(self.skill) and self.number % 5 != 0
        ways = [] if at_once else [way_to(talk, good=False)]
        for way in [*ways, way_to(talk, good=True)]:
            if way is not None:
                self._walk(activity, way)

    def _walk(self, activity: schema.Conversation, way: Sequence[int]) -> None:
        conversation.begin(self.key, activity)
        for count, picked in enumerate(way):
            self.clock.tick(self.luck.between(0.5, 1.5))
            conversation.choose(self.key, activity, str(count), str(picked))
        self.clock.tick(1)

    # Games

    def game(self, activity: schema.Played) -> None:
        """Play it alone to the end, deciding now and then what a careful rival would."""
        team = games.begin_alone(self.person, activity.game, activity.scenario, seed=self.number)
        game = registry.game(activity.game)
        adviser = next(iter(game.rivals))
        while True:
            self.clock.tick(self.luck.between(2, 4))
            now = snapshot(team, self.clock.now)
            if now.period >= game.last(now.world):
                break
            for count, (kind, values) in enumerate(game.rival(adviser, now.world)):
                key = self._move_key(team, now.period, count)
                games.decide(team, self.person, kind, values, key=key, seen=now.moves + count, at=self.clock.now)
            to, key = now.period + game.strides[-1], self._move_key(team, now.period, -1)
            games.go_on(team, self.person, to, key=key, at=self.clock.now)
        count_game(self.key, team, self.clock.now)

    def _move_key(self, team: Team, period: int, count: int) -> UUID:
        return uuid5(team.uid, f"{period} {count}")

    def skills_met(self) -> list[str]:
        """Skills of her first module: what a first project uses."""
        path: list[Any] = curriculum().path(self.enrollment.spokes)
        return list(path[0].skills) if path else []
