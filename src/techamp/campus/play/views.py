"""A simulation in six steps: predict, run, compare, explain, challenge, your plant."""

from __future__ import annotations

import zlib
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from techamp.campus.data.models import Dataset
from techamp.campus.learning import plant
from techamp.campus.learning.home import url_of
from techamp.campus.learning.models import Attempt
from techamp.campus.learning.text import render_markdown
from techamp.campus.partners.access import asking, own_key, standing
from techamp.campus.people.models import LedgerKey
from techamp.campus.play import actions, challenges
from techamp.campus.play.bench import Bench, bench_of, pairs, without_equations
from techamp.campus.play.live import live_json
from techamp.campus.play.origin import origin_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import InvalidInput, Trace, registry

STEPS = {
    "predict": gettext_lazy("Predict"),
    "run": gettext_lazy("Run"),
    "compare": gettext_lazy("Compare"),
    "explain": gettext_lazy("Explain"),
    "challenge": gettext_lazy("Challenge"),
    "plant": gettext_lazy("Your plant"),
}


@login_required
def play_activity(request: HttpRequest, activity: schema.Play) -> HttpResponse:
    """One step of a simulation activity; its ``do`` is what a form sends."""
    key = own_key(request)
    if request.method == "POST":
        return _post(request, activity, key)
    step = _step(request, activity, key)
    if request.headers.get("HX-Request") and step in {"run", "compare", "challenge"}:
        return render(request, "play/result.html", _STEP_CONTEXT[step](request, activity, key) | {"step": step})
    found = _STEP_CONTEXT[step](request, activity, key)  # first: what opening the step does counts in its tick
    return render(request, f"play/{step}.html", {**_frame(request, activity, key, step), **found})


def _available(activity: schema.Play) -> list[str]:
    missing = {
        "predict": activity.predict is None,
        "explain": activity.explain is None,
        "challenge": not activity.challenges,
        "plant": activity.study is None,
    }
    return [step for step in STEPS if not missing.get(step, False)]


def _step(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> str:
    """The step asked for, if it is there. A learner's first run waits for her prediction; nobody else's does."""
    steps = _available(activity)
    step = request.GET.get("step", "")
    if _is_gated(request, activity, key):
        return "predict"
    return step if step in steps else "run"


def _is_gated(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> bool:
    if activity.predict is None or not standing(request).is_learner:
        return False
    return actions.prediction_of(key, activity.place) is None and actions.runs_of(key, activity.place) is None


def _frame(request: HttpRequest, activity: schema.Play, key: LedgerKey, step: str) -> dict[str, Any]:
    """Steps, crumbs, title: the same around each step."""
    lessons = curriculum()
    passed = challenges.passed_of(key, activity.place)
    done = actions.steps_done(key, activity.place)
    if activity.challenges and passed.issuperset(activity.challenges):
        done.add("challenge")
    steps = _available(activity)
    here = steps.index(step)
    module = lessons.modules[activity.subject, activity.module]
    return {
        "title": activity.title,
        "activity": activity,
        "simulation": registry.simulation(activity.simulation),
        "steps": [(i + 1, s, STEPS[s], s in done, s == step) for i, s in enumerate(steps)],
        "step": step,
        "next_step": steps[here + 1] if here + 1 < len(steps) else "",
        "next_label": STEPS[steps[here + 1]] if here + 1 < len(steps) else "",
        "home": url_of(activity),
        "part_passed": (len(passed), len(activity.challenges)) if passed and "challenge" not in done else (),
        "token": token_urlsafe(9),
        "crumbs": [(lessons.subjects[activity.subject].name, reverse("program:subject", args=[activity.subject])),
                   (module.title, reverse("learning:module", args=[activity.subject, activity.module])),
                   (activity.title, "")],
    }  # fmt: skip


def _predict_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    known = actions.prediction_of(key, activity.place)
    ask = schema.Predict.model_validate(known.realized) if known else activity.predict
    start, _came = plant.resolve(activity.inputs, key)
    bench = bench_of(activity.simulation, start, [], {})
    fixed = [c for c in bench.fixed if c.field.name in activity.inputs or c.field.name in activity.free]
    points = [(i, x, request.POST.get(f"guess-{i}", "")) for i, x in enumerate(ask.x)] if ask else []
    return {"predict": ask, "known": known, "unit": _unit_of(ask, bench), "fixed": fixed, "points": points}


def _unit_of(ask: schema.Predict | None, bench: Bench) -> str:
    """The unit of what is predicted; "" where the run has no such measure or chart any more."""
    units = {m.name: m.unit for m in bench.outcome.measures if ask and ask.kind == "number" and m.name == ask.measure}
    units |= {c.name: c.y_unit for c in bench.outcome.charts if ask and ask.kind == "curve" and c.name == ask.chart}
    return next(iter(units.values()), "")


def _bench_context(request: HttpRequest, activity: schema.Play, key: LedgerKey, step: str) -> dict[str, Any]:
    start, came = plant.resolve(activity.inputs, key)
    asked = request.GET.dict()
    last = "" if "seed" in asked else _last_run(key, activity)
    bench = bench_of(
        activity.simulation, start, activity.free, {**pairs(last), **asked}, many=request.GET.get("many") == "1"
    )
    if standing(request).is_learner:
        actions.keep_run(key, activity, bench.query, compared=step == "compare")
    origin = origin_of(bench, start, came, restored=bool(last), before=_run_before(request))
    return {"bench": bench, "origin": origin, "activity": activity, "home": url_of(activity),
            "step": step, "compare": _comparison(activity, key, bench), **scene_context(bench)}  # fmt: skip


def _run_before(request: HttpRequest) -> str:
    """The run to go back to with one tap; a page that shows results alone has undo."""
    return "" if request.headers.get("HX-Request") else request.GET.get("was", "")[:2000]


def _last_run(key: LedgerKey, activity: schema.Play) -> str:
    attempt = actions.runs_of(key, activity.place)
    runs = attempt.state.get("runs", []) if attempt else []
    return runs[-1] if runs else ""


def scene_context(bench: Bench, hidden: list[str] | None = None) -> dict[str, Any]:
    """The trace (and that of the run before) as JSON for the scene, and where the scene's files lie.

    A hidden input stays out of it: it is in the page's text, where anybody can read it. Such a run is not live.
    """
    folder = bench.simulation.folder()
    trace = bench.outcome.trace
    ghost = bench.was.trace if bench.was else None
    return {
        "scene": f"scenes/{bench.simulation.id}/scene.js" if (folder / "scene.js").exists() and trace else "",
        "scene_css": f"scenes/{bench.simulation.id}/scene.css" if (folder / "scene.css").exists() else "",
        "trace": _json(trace, hidden or []),
        "ghost": _json(ghost, hidden or []),
        "live": "" if hidden else live_json(bench),
    }


def _json(trace: Trace | None, hidden: list[str]) -> str:
    """JSON that is safe inside a script element of type application/json; what is no number is null in it."""
    if trace is None:
        return "null"
    shown = trace.model_copy(update={"fixed": {n: v for n, v in trace.fixed.items() if n not in hidden}})
    return shown.model_dump_json().replace("<", "\\u003c").replace("&", "\\u0026")


def _comparison(activity: schema.Play, key: LedgerKey, bench: Bench) -> dict[str, Any] | None:
    """Her prediction, as it was asked, beside what this run gave; None where the run no longer has what was asked."""
    known = actions.prediction_of(key, activity.place)
    if known is None:
        return None
    ask, guess = schema.Predict.model_validate(known.realized), known.state["guess"]
    found: dict[str, Any] = {"kind": ask.kind, "guess": guess, "sure": known.state.get("sure", ""), "ask": ask.ask}
    if ask.kind == "number":
        found["measure"] = next((m for m in bench.outcome.measures if m.name == ask.measure), None)
        return found if found["measure"] else None
    if ask.kind == "choice":
        found["chosen"] = ask.options[guess]
        found["right"] = [o for o in ask.options if o.right]
    else:
        found["chart"] = ask.chart
    return found


def _compare_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    return _bench_context(request, activity, key, "compare")


def _run_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    return _bench_context(request, activity, key, "run")


def _explain_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    known = actions.explanation_of(key, activity.place)
    chosen = schema.Explain.model_validate(known.realized).options[known.state["choice"]] if known else None
    options = list(enumerate(activity.explain.options if activity.explain else []))
    options.sort(key=lambda o: zlib.crc32(f"{activity.place}{o[1].text}".encode()))  # authors write the right one first
    return {"known": known, "chosen": chosen, "options": options}


def _challenge_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    """One challenge with its bench, its targets, the newest result and the tries left today."""
    asked = (request.POST if request.method == "POST" else request.GET).dict()
    name = asked["which"] if asked.get("which") in activity.challenges else ""
    passed = challenges.passed_of(key, activity.place)
    name = name or next((c for c in activity.challenges if c not in passed), activity.challenges[0])
    challenge = challenges.load(activity, name)
    challenges.grade_interrupted(key, activity, name)
    start, came = plant.resolve(challenge.inputs, key)
    last = Attempt.objects.filter(key=key, place=activity.place, item=name, kind="challenge").exclude(finished=None)
    newest = last.order_by("-finished").first()
    restored = newest is not None and request.method != "POST" and "seed" not in asked
    if newest and restored:
        asked = {**{n: str(newest.state["inputs"][n]) for n in challenge.free if n in newest.state["inputs"]}, **asked}
    bench = bench_of(challenge.simulation, start, challenge.free, asked, many=request.GET.get("many") == "1")
    bench = without_equations(bench) if challenge.hidden else bench
    sample = {m.name: m for m in bench.outcome.measures}
    targets = [(t, sample[t.measure]) for t in challenge.targets]
    left = challenge.tries - challenges.tries_today(key, activity.place, name)
    shown = [c for c in bench.fixed if c.field.name in challenges.shown_inputs(challenge)]
    others = [(c, challenges.load(activity, c).title, c in passed, c == name) for c in activity.challenges]
    return {"challenge": challenge, "bench": bench, "targets": targets, "newest": newest,
            "verdicts": verdicts_of(newest), "left": max(0, left),
            "shown": shown, "others": others, "says": render_markdown(challenge.says),
            "graded_on": _graded_on(challenge, newest),
            "origin": origin_of(bench, start, [c for c in came if c.input not in challenge.hidden], restored=restored),
            **scene_context(bench, challenge.hidden)}  # fmt: skip


def verdicts_of(attempt: Attempt | None) -> list[dict[str, Any]]:
    """How each target came out, for a page."""
    return [{"digits": 2, **verdict} for verdict in attempt.state.get("verdicts", [])] if attempt else []


def _graded_on(challenge: schema.Challenge, newest: Attempt | None) -> list[tuple[int, str]]:
    """(seed, address of that run) for each run that the newest result rests on."""
    if newest is None:
        return []
    free = {n: str(v) for n, v in newest.state["inputs"].items() if n in challenge.free}
    step = {"step": "challenge", "which": challenge.id}
    return [(seed, urlencode({**step, **free, "seed": seed})) for seed in newest.state["seeds"]]


def _plant_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    assert activity.study is not None
    query = urlencode({"study": activity.study.id, "from": activity.place, **activity.study.settings})
    done = Attempt.objects.filter(key=key, place=activity.place, kind="study").order_by("-started").first()
    again = ""
    if done and Dataset.objects.filter(owner=asking(request), uid=done.state["dataset"]).exists():
        again = f"{reverse('data:study', args=[done.state['dataset'], activity.study.id])}?{query}"
    context = {"study": registry.study(activity.study.id), "study_link": f"{reverse('data:home')}?{query}"}
    return context | {"done": done, "again": again}


_STEP_CONTEXT = {
    "predict": _predict_context,
    "run": _run_context,
    "compare": _compare_context,
    "explain": _explain_context,
    "challenge": _challenge_context,
    "plant": _plant_context,
}


def _post(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> HttpResponse:
    do, asked = request.POST.get("do", ""), request.POST.dict()
    here = url_of(activity)
    if do != "predict" and _is_gated(request, activity, key):
        return redirect(here)
    try:
        if do == "predict" and activity.predict:
            actions.predict(key, activity, asked)
            return redirect(f"{here}?step=run")
        if do == "explain" and activity.explain:
            actions.explain(key, activity, asked.get("choice", ""), asked.get("text", ""))
            return redirect(f"{here}?step=explain#answer")
        if do == "challenge" and asked.get("which") in activity.challenges:
            return _hand_in(request, activity, key, asked)
    except InvalidInput as error:
        step = do if do in STEPS else "run"
        context = {**_frame(request, activity, key, step), **_STEP_CONTEXT[step](request, activity, key)}
        context |= {"faults": error.faults, "typed": asked}
        return render(request, f"play/{step}.html", context, status=422)
    raise Http404("No such step.")


def _hand_in(request: HttpRequest, activity: schema.Play, key: LedgerKey, asked: dict[str, str]) -> HttpResponse:
    """Without a try left the page says so."""
    name = asked["which"]
    challenges.hand_in(key, activity, name, asked, asked.get("token", "")[:40])
    return redirect(f"{url_of(activity)}?step=challenge&which={name}#verdict")


def simulation_page(request: HttpRequest, id: str) -> HttpResponse:
    """A simulation by itself: nothing is stored. Anybody may play the front page's; the others need an account."""
    front = curriculum().program.front
    is_front = front is not None and front.simulation == id
    if id not in registry.simulation_ids() or not (is_front or request.user.is_authenticated):
        raise Http404("No such simulation.")
    start = dict(front.inputs) if front and is_front else {}
    model = type(registry.simulation(id)).Inputs
    free = [f.name for f in model.fields()]
    bench = bench_of(id, start, free, request.GET.dict(), many=request.GET.get("many") == "1")
    context = {"title": bench.simulation.title, "bench": bench, "home": request.path, "step": "run",
               "simulation": bench.simulation, **scene_context(bench)}  # fmt: skip
    return render(request, "play/result.html" if request.headers.get("HX-Request") else "play/alone.html", context)


def model_page(request: HttpRequest, id: str) -> HttpResponse:
    """Assumptions, what is left out, sources: model.md as a page. Public."""
    if id not in registry.simulation_ids():
        raise Http404("No such simulation.")
    simulation = registry.simulation(id)
    text = (simulation.folder() / "model.md").read_text(encoding="utf-8")
    context = {
        "title": _("%(name)s: the model") % {"name": simulation.title},
        "body": render_markdown(text),
        "simulation": simulation,
    }
    return render(request, "play/model.html", context)
