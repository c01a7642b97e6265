"""A simulation in six steps: predict, run, compare, explain, challenge, your plant."""

from __future__ import annotations

import json
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from techamp.campus.learning import plant
from techamp.campus.learning.home import url_of
from techamp.campus.learning.models import Attempt
from techamp.campus.learning.text import render_markdown
from techamp.campus.partners.access import own_key, standing
from techamp.campus.people.models import LedgerKey
from techamp.campus.play import actions, challenges
from techamp.campus.play.bench import Bench, bench_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import InvalidInput, registry

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
    context = {**_frame(request, activity, key, step), **_STEP_CONTEXT[step](request, activity, key)}
    return render(request, f"play/{step}.html", context)


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
    committed = actions.prediction_of(key, activity.place) is not None
    gated = activity.predict is not None and standing(request).is_learner and not committed
    if gated:
        return "predict"
    default = "predict" if activity.predict and not committed and standing(request).is_learner else "run"
    return step if step in steps else default


def _frame(request: HttpRequest, activity: schema.Play, key: LedgerKey, step: str) -> dict[str, Any]:
    """Steps, crumbs, title: the same around each step."""
    lessons = curriculum()
    kinds = set(
        Attempt.objects.filter(key=key, place=activity.place).exclude(result="wrong").values_list("kind", flat=True)
    )
    passed = set(
        Attempt.objects.filter(key=key, place=activity.place, kind="challenge", result="passed").values_list(
            "item", flat=True
        )
    )
    done = {
        "predict": "prediction" in kinds,
        "run": "simulation" in kinds,
        "compare": "simulation" in kinds and step not in {"predict", "run"},
        "explain": "explanation" in kinds,
        "challenge": bool(activity.challenges) and all(c in passed for c in activity.challenges),
        "plant": "study" in kinds,
    }
    steps = _available(activity)
    here = steps.index(step)
    module = lessons.modules[activity.subject, activity.module]
    return {
        "title": activity.title,
        "activity": activity,
        "simulation": registry.simulation(activity.simulation),
        "steps": [(i + 1, s, STEPS[s], done[s], s == step) for i, s in enumerate(steps)],
        "step": step,
        "next_step": steps[here + 1] if here + 1 < len(steps) else "",
        "next_label": STEPS[steps[here + 1]] if here + 1 < len(steps) else "",
        "home": url_of(activity),
        "passed": passed,
        "token": token_urlsafe(9),
        "crumbs": [(lessons.subjects[activity.subject].name, reverse("program:subject", args=[activity.subject])),
                   (module.title, reverse("learning:module", args=[activity.subject, activity.module])),
                   (activity.title, "")],
    }  # fmt: skip


def _predict_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    known = actions.prediction_of(key, activity.place)
    start, _came = plant.resolve(activity.inputs, key)
    bench = bench_of(activity.simulation, start, [], {})
    unit = ""
    if activity.predict and activity.predict.kind == "number":
        unit = bench.outcome.measure(activity.predict.measure).unit
    if activity.predict and activity.predict.kind == "curve":
        unit = bench.outcome.chart(activity.predict.chart).y_unit
    fixed = [c for c in bench.fixed if c.field.name in activity.inputs or c.field.name in activity.free]
    return {"predict": activity.predict, "known": known, "unit": unit, "fixed": fixed}


def _bench_context(request: HttpRequest, activity: schema.Play, key: LedgerKey, step: str) -> dict[str, Any]:
    start, came = plant.resolve(activity.inputs, key)
    asked = request.GET.dict()
    if "seed" not in asked and (last := _last_run(key, activity)):
        asked = {**dict(_pairs(last)), **asked}
    bench = bench_of(activity.simulation, start, activity.free, asked, many=request.GET.get("many") == "1")
    if standing(request).is_learner:
        actions.keep_run(key, activity, bench.query)
    return {"bench": bench, "came": [c for c in came if c.challenge], "activity": activity, "home": url_of(activity),
            "step": step, "compare": _comparison(activity, key, bench), **scene_context(bench)}  # fmt: skip


def _last_run(key: LedgerKey, activity: schema.Play) -> str:
    attempt = Attempt.objects.filter(key=key, place=activity.place, kind="simulation", finished=None).first()
    runs = attempt.state.get("runs", []) if attempt else []
    return runs[-1] if runs else ""


def _pairs(query: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(query)


def scene_context(bench: Bench) -> dict[str, Any]:
    """The trace (and that of the run before) as JSON for the scene, and where the scene's files lie."""
    folder = bench.simulation.folder()
    trace = bench.outcome.trace
    ghost = bench.was.trace if bench.was else None
    return {
        "scene": f"scenes/{bench.simulation.id}/scene.js" if (folder / "scene.js").exists() and trace else "",
        "scene_css": f"scenes/{bench.simulation.id}/scene.css" if (folder / "scene.css").exists() else "",
        "trace": _json(trace.model_dump() if trace else None),
        "ghost": _json(ghost.model_dump() if ghost else None),
    }


def _json(value: Any) -> str:
    """JSON that is safe inside a script element of type application/json."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")


def _comparison(activity: schema.Play, key: LedgerKey, bench: Bench) -> dict[str, Any] | None:
    """Her prediction beside what the first run gave."""
    ask, known = activity.predict, actions.prediction_of(key, activity.place)
    if ask is None or known is None:
        return None
    guess = known.state["guess"]
    found: dict[str, Any] = {"kind": ask.kind, "guess": guess, "sure": known.state.get("sure", ""), "ask": ask.ask}
    if ask.kind == "number":
        found["measure"] = bench.outcome.measure(ask.measure)
    elif ask.kind == "choice":
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
    chosen = activity.explain.options[known.state["choice"]] if known and activity.explain else None
    return {"known": known, "chosen": chosen}


def _challenge_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    """One challenge with its bench, its targets, the newest result and the tries left today."""
    name = request.GET.get("which", "") if request.GET.get("which") in activity.challenges else ""
    passed = set(
        Attempt.objects.filter(key=key, place=activity.place, kind="challenge", result="passed").values_list(
            "item", flat=True
        )
    )
    name = name or next((c for c in activity.challenges if c not in passed), activity.challenges[0])
    challenge = challenges.load(activity, name)
    start, came = plant.resolve(challenge.inputs, key)
    last = Attempt.objects.filter(key=key, place=activity.place, item=name, kind="challenge").exclude(finished=None)
    newest = last.order_by("-finished").first()
    asked = request.GET.dict()
    if newest and "seed" not in asked:
        asked = {**{n: str(newest.state["inputs"][n]) for n in challenge.free if n in newest.state["inputs"]}, **asked}
    bench = bench_of(challenge.simulation, start, challenge.free, asked, many=request.GET.get("many") == "1")
    sample = {m.name: m for m in bench.outcome.measures}
    targets = [(t, sample[t.measure]) for t in challenge.targets]
    left = challenge.tries - challenges.tries_today(key, activity.place, name)
    shown = [c for c in bench.fixed if c.field.name in challenges.shown_inputs(challenge)]
    others = [(c, challenges.load(activity, c).title, c in passed, c == name) for c in activity.challenges]
    return {"challenge": challenge, "bench": bench, "targets": targets, "newest": newest, "left": max(0, left),
            "shown": shown, "others": others,
            "came": [c for c in came if c.challenge], **scene_context(bench)}  # fmt: skip


def _plant_context(request: HttpRequest, activity: schema.Play, key: LedgerKey) -> dict[str, Any]:
    assert activity.study is not None
    query = urlencode({"study": activity.study.id, "from": activity.place, **activity.study.settings})
    done = Attempt.objects.filter(key=key, place=activity.place, kind="study").order_by("-started").first()
    return {"study": registry.study(activity.study.id), "study_link": f"{reverse('data:home')}?{query}", "done": done}


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
    name = asked["which"]
    challenge = challenges.load(activity, name)
    here = f"{url_of(activity)}?step=challenge&which={name}"
    if challenges.tries_today(key, activity.place, name) < challenge.tries:
        challenges.hand_in(key, activity, name, asked, asked.get("token", "")[:40])
    return redirect(f"{here}#verdict")


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
               "simulation": bench.simulation,               **scene_context(bench)}  # fmt: skip
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
