"""Any result of the library as an outcome: charts where there are some, else its words, numbers and tables."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from techamp.contract import Chart, DataTable, Outcome, RefLine, Series
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.cusum import CusumChart
from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy
from techamp.subjects.process_control.multivariate import MultivariateChart
from techamp.subjects.process_control.notebook.charts import chart_outcome, cusum_outcome, multivariate_outcome
from techamp.subjects.process_control.run_length import RunLength

_WORDS = ("notes", "cautions")


def outcome_of(result: Any) -> Outcome:
    """What a result says: drawings, sentences, numbers, tables. ``result`` is a dataclass of this library."""
    match result:
        case ControlChart():
            return chart_outcome(result)
        case CusumChart():
            return cusum_outcome(result)
        case MultivariateChart():
            return multivariate_outcome(result)
    return Outcome(notes=tuple(_sentences(result)), charts=tuple(_charts(result)), tables=tuple(_tables(result)))


def _sentences(result: Any) -> Iterable[str]:
    for name in ("sentence", "verdict", "words"):
        said = getattr(result, name, None)
        said = said() if callable(said) else said
        yield from (said,) if isinstance(said, str) else (said or ())
    for name in _WORDS:
        yield from getattr(result, name, ())


def _tables(result: Any) -> Iterable[DataTable]:
    """First the numbers that stand alone, then one table for each list of lines of one kind."""
    alone: list[tuple[Any, ...]] = []
    more: list[DataTable] = []
    for field in dataclasses.fields(result):
        value, title = getattr(result, field.name), said(field.name)
        if field.name in _WORDS or field.name.startswith("_"):
            continue
        if (lines := _lines(value)) is not None:
            more += [_table(field.name, title, lines)] if lines else []
        elif dataclasses.is_dataclass(value):
            alone += [(f"{title}: {said(k)}", v) for k, v in _plain_fields(value)]
        elif isinstance(value, np.ndarray):
            alone.append((title, _array(value)))
        elif isinstance(value, Mapping):
            alone += [(f"{title}: {key}", _scalar(inner)) for key, inner in value.items() if _is_scalar(inner)]
        elif _is_scalar(value):
            alone.append((title, _scalar(value)))
        elif isinstance(value, tuple | list) and all(map(_is_scalar, value)) and value:
            alone.append((title, ", ".join(str(_short(_scalar(v))) for v in value[:40])))
    if alone:
        yield DataTable(name="numbers", title=said(type(result).__name__), columns=("", "Value"), rows=tuple(alone))
    yield from more


def _lines(value: Any) -> list[Any] | None:
    """The entries of a tuple, list or mapping of dataclasses; None for anything else."""
    entries = (
        list(value.values()) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple | list) else []
    )
    return entries if entries and all(map(dataclasses.is_dataclass, entries)) else None


def _table(name: str, title: str, lines: Sequence[Any]) -> DataTable:
    heads = [key for key, _value in _plain_fields(lines[0])]
    rows = tuple(tuple(value for _key, value in _plain_fields(line)) for line in lines)
    return DataTable(name=name, title=title, columns=tuple(map(said, heads)), rows=rows)


def _plain_fields(value: Any) -> list[tuple[str, Any]]:
    pairs = [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    return [(name, _scalar(inner)) for name, inner in pairs if _is_scalar(inner)]


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | bool | int | float | np.generic)


def _scalar(value: Any) -> Any:
    plain = value.item() if isinstance(value, np.generic) else value
    return str(plain).replace("inf", "∞") if isinstance(plain, float) and math.isinf(plain) else plain


def _short(value: Any) -> Any:
    return f"{value:.6g}" if isinstance(value, float) else value


def _array(value: Any) -> str:
    if value.size == 0:
        return "empty"
    if value.size <= 12 and value.ndim == 1:
        return ", ".join(str(_short(v)) for v in value.tolist())
    return f"{' × '.join(map(str, value.shape))} values"


def said(name: str) -> str:
    """A name as words: ``ppm_overall`` → "Ppm overall", ``GaugeStudy`` → "Gauge study"; symbols stay."""
    if name[:1].isupper() and (len(name) <= 3 or name[1:2].isupper() or name.startswith("Pp")):
        return name.replace("_", " ")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()
    return words if len(words) == 1 else words[:1].upper() + words[1:]


def _charts(result: Any) -> Iterable[Chart]:
    if isinstance(result, GaugeStudy):
        yield _shares(result)
    if isinstance(result, RunLength):
        yield _survival(result)


_SOURCES = ("gauge", "repeatability", "reproducibility", "operator", "interaction", "part")


def _shares(study: GaugeStudy) -> Chart:
    named = [(name, study.components[name].study) for name in _SOURCES if name in study.components]
    kept = [(name, share) for name, share in named if math.isfinite(share)]
    places = tuple(float(i) for i in range(len(kept)))
    bars = Series(name="study", label="Share of the spread", x=places, y=tuple(v for _n, v in kept), shape="bars")
    return Chart(
        name="shares", title="Where the spread comes from", x_label="Source", y_label="Share of the spread", y_unit="%",
        series=(bars,), x_names=tuple(said(name) for name, _v in kept), zero=True,
        lines=tuple(RefLine(label=f"{level} %", value=float(level), kind="zone") for level in (10, 30)),
        words="In standard deviations, of the whole. The squares of the shares add up, the shares do not.",
    )  # fmt: skip


def _survival(run: RunLength) -> Chart:
    keep = np.unique(np.linspace(0, len(run.survival) - 1, min(400, len(run.survival))).astype(np.int64))
    line = Series(
        name="survival", label="No signal yet", x=tuple(map(float, keep)), y=tuple(run.survival[keep].tolist())
    )
    return Chart(
        name="survival", title="Chance of no signal yet", x_label="Points", y_label="Chance", series=(line,), zero=True,
        words=f"On average a signal comes after {run.mean:.5g} points (standard deviation {run.sd:.5g}).",
    )  # fmt: skip
