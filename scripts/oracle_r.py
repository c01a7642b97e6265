"""Compare our statistics with R on random data: base R's stats and the package spc, as far as they are installed.

    apt-get install r-cran-spc          (brings R; Debian packages neither qcc nor AcceptanceSampling)
    python scripts/oracle_r.py [ROUNDS] [SEED]

A development check, not part of the test suite. R writes 17 digits; each line of the report is the largest relative
difference over all rounds, and what we allow. The exit code is 1 if one is larger. Bring qcc or AcceptanceSampling into
R's library yourself, and their lines are compared too.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from techamp.subjects import process_control as pc

Numbers = tuple[float, ...]


@dataclass(frozen=True)
class Check:
    """``draw`` gives R's expression for a vector of numbers, and ours of the same data."""

    name: str
    package: str
    allowed: float
    draw: Callable[[np.random.Generator], tuple[str, Numbers]]


def vector(values: np.ndarray | Sequence[float]) -> str:
    """Numbers as R reads them back without loss."""
    return f"c({','.join(repr(float(v)) for v in np.ravel(values))})"


def groups(rng: np.random.Generator) -> list[np.ndarray]:
    return [rng.normal(rng.normal(), 1.0, size=int(rng.integers(4, 12))) for _ in range(int(rng.integers(3, 6)))]


def stacked(found: Sequence[np.ndarray]) -> str:
    """Data and factor in R."""
    labels = vector(np.repeat(np.arange(len(found)), [len(g) for g in found]))
    return f"y <- {vector(np.concatenate(found))}; g <- factor({labels})"


def welch(rng: np.random.Generator) -> tuple[str, Numbers]:
    a, b = rng.normal(size=int(rng.integers(3, 30))), rng.normal(0.5, 2, size=int(rng.integers(3, 30)))
    ours = pc.two_sample_t(a, b)
    return (
        f"{{t <- t.test({vector(a)},{vector(b)}); c(t$statistic,t$parameter,t$p.value,t$conf.int)}}",
        (ours.statistic, ours.df, ours.p, ours.low, ours.high),
    )


def variances(rng: np.random.Generator) -> tuple[str, Numbers]:
    a, b = rng.normal(size=int(rng.integers(3, 30))), rng.normal(0, 1.5, size=int(rng.integers(3, 30)))
    ours = pc.f_test(a, b)
    return f"{{t <- var.test({vector(a)},{vector(b)}); c(t$statistic,t$p.value)}}", (ours.statistic, ours.p)


def bartlett(rng: np.random.Generator) -> tuple[str, Numbers]:
    found = groups(rng)
    ours = pc.bartlett_test(found)
    return f"{{{stacked(found)}; t <- bartlett.test(y,g); c(t$statistic,t$p.value)}}", (ours.statistic, ours.p)


def anova(rng: np.random.Generator) -> tuple[str, Numbers]:
    found = groups(rng)
    ours = pc.one_way_anova(found)
    said = f"{{{stacked(found)}; t <- anova(lm(y~g)); c(t[1,4],t[1,5],t[2,3])}}"
    return said, (ours.f, ours.p, ours.anova[1].ms)


def welch_anova(rng: np.random.Generator) -> tuple[str, Numbers]:
    found = groups(rng)
    ours = pc.welch_anova(found)
    return f"{{{stacked(found)}; t <- oneway.test(y~g); c(t$statistic,t$p.value)}}", (ours.f, ours.p)


def tukey(rng: np.random.Generator) -> tuple[str, Numbers]:
    found = groups(rng)
    ours = sorted(pair.p for pair in pc.tukey_pairs(found))
    return f"{{{stacked(found)}; sort(TukeyHSD(aov(y~g))$g[,4])}}", tuple(ours)


def kruskal(rng: np.random.Generator) -> tuple[str, Numbers]:
    found = [np.round(group, 1) for group in groups(rng)]
    ours = pc.kruskal_wallis(found)
    return f"{{{stacked(found)}; t <- kruskal.test(y,g); c(t$statistic,t$p.value)}}", (ours.statistic, ours.p)


def ranks(rng: np.random.Generator) -> tuple[str, Numbers]:
    a, b = rng.normal(size=int(rng.integers(4, 18))), rng.normal(0.7, 1, size=int(rng.integers(4, 18)))
    return f"wilcox.test({vector(a)},{vector(b)},exact=TRUE)$p.value", (pc.mann_whitney(a, b).p,)


def line(rng: np.random.Generator) -> tuple[str, Numbers]:
    x = rng.normal(1e4, 5, size=(20, 2))
    y = x @ np.array([0.4, -1.0]) + rng.normal(size=20)
    ours = pc.linear_fit(x, y)
    fit = f"{{s <- summary(lm({vector(y)}~{vector(x[:, 0])}+{vector(x[:, 1])})); c(s$coefficients[,1:2],s$sigma)}}"
    return fit, (*(c.value for c in ours.coefficients), *(c.error for c in ours.coefficients), ours.residual_sd)


def power(rng: np.random.Generator) -> tuple[str, Numbers]:
    n, difference = int(rng.integers(3, 60)), float(rng.uniform(0.2, 2.0))
    said = f"power.t.test(n={n},delta={difference!r},sd=1,strict=TRUE)$power"
    return said, (pc.t_power(difference, 1.0, n),)


def wilson(rng: np.random.Generator) -> tuple[str, Numbers]:
    n = int(rng.integers(5, 300))
    count = int(rng.integers(0, n + 1))
    return f"prop.test({count},{n},correct=FALSE)$conf.int", pc.wilson_interval(count, n)


def single_plan(rng: np.random.Generator) -> tuple[str, Numbers]:
    n, accept, share = int(rng.integers(5, 300)), int(rng.integers(0, 5)), float(rng.uniform(0.001, 0.1))
    ours = float(np.ravel(pc.acceptance(pc.SinglePlan(n, accept), share))[0])
    return f"pbinom({accept},{n},{share!r})", (ours,)


def constants(rng: np.random.Generator) -> tuple[str, Numbers]:
    n = int(rng.integers(2, 26))
    spread = f"integrate(function(w) ptukey(w,{n},Inf,lower.tail=FALSE),0,Inf,rel.tol=1e-9)$value"
    return f"c({spread},sqrt(2/({n}-1))*exp(lgamma({n}/2)-lgamma(({n}-1)/2)))", (pc.d2(n), pc.c4(n))


def ewma(rng: np.random.Generator) -> tuple[str, Numbers]:
    weight, width, shift = (round(float(rng.uniform(*span)), 3) for span in ((0.05, 0.9), (2.2, 3.2), (0.0, 2.0)))
    said = f"xewma.arl({weight},{width},{shift},sided='two',limits='fix',r=120)"
    return said, (pc.ewma_run_length(shift, weight=weight, k=width),)


def cusum(rng: np.random.Generator) -> tuple[str, Numbers]:
    reference, decision, shift = (round(float(rng.uniform(*s)), 3) for s in ((0.2, 1.0), (2.0, 6.0), (0.0, 2.0)))
    said = f"xcusum.arl({reference},{decision},{shift},sided='one',method='igl',r=150)"
    return said, (pc.cusum_run_length(shift, reference=reference, decision=decision, two_sided=False),)


def qcc_x_bar(rng: np.random.Generator) -> tuple[str, Numbers]:
    readings = rng.normal(10, 1, size=(20, 5))
    chart = pc.x_bar_s_chart(readings)
    said = f"{{q <- qcc(matrix({vector(readings)},ncol=5,byrow=TRUE),type='xbar',std.dev='UWAVE-SD',plot=FALSE); "
    return said + "c(q$center,q$limits)}", (chart.center, chart.location.lower[0], chart.location.upper[0])


def two_stage(rng: np.random.Generator) -> tuple[str, Numbers]:
    share = float(rng.uniform(0.005, 0.1))
    ours = float(np.ravel(pc.acceptance(pc.DoublePlan(n1=50, n2=50, accept1=1, reject1=4, accept2=4), share))[0])
    return f"OC2c(c(50,50),c(1,4),c(4,5),pd={share!r})@paccept", (ours,)


CHECKS = (
    Check("Welch's t: t, df, p, interval", "stats", 1e-9, welch),
    Check("F test of two variances", "stats", 1e-9, variances),
    Check("Bartlett's test", "stats", 1e-9, bartlett),
    Check("One-way ANOVA", "stats", 1e-9, anova),
    Check("Welch's ANOVA", "stats", 1e-9, welch_anova),
    Check("Tukey's pairs", "stats", 1e-3, tukey),  # R stops at about 10⁻¹⁰, absolute; small p have fewer digits
    Check("Kruskal-Wallis with ties", "stats", 1e-9, kruskal),
    Check("Mann-Whitney, exact", "stats", 1e-9, ranks),
    Check("Regression on two predictors", "stats", 1e-7, line),
    Check("Power of the t test", "stats", 1e-7, power),
    Check("Wilson's interval", "stats", 1e-9, wilson),
    Check("Single sampling plan", "stats", 1e-9, single_plan),
    Check("d2 and c4", "stats", 1e-6, constants),
    Check("EWMA run length", "spc", 1e-7, ewma),
    Check("CUSUM run length", "spc", 1e-7, cusum),
    Check("X-bar-S limits", "qcc", 1e-9, qcc_x_bar),
    Check("Double sampling plan", "AcceptanceSampling", 1e-9, two_stage),
)


def in_r(lines: Sequence[str]) -> str:
    """What R prints for these lines."""
    script = "\n".join(["options(digits=17, warn=-1)", *lines])
    done = subprocess.run(["Rscript", "--vanilla", "-"], input=script, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"R refused: {done.stderr.strip()[-400:]}")
    return done.stdout


def has_package(name: str) -> bool:
    return in_r([f"cat(requireNamespace('{name}', quietly=TRUE))"]).strip() == "TRUE"


def worst(check: Check, rounds: int, rng: np.random.Generator) -> float:
    """The largest difference, relative to what R says (absolute below 10⁻⁶)."""
    drawn = [check.draw(rng) for _ in range(rounds)]
    load = f"suppressMessages(library({check.package}))"
    said = in_r([load, *(f"cat(format(unname(as.numeric({r})),digits=17,trim=TRUE),'\\n')" for r, _ in drawn)])
    rows = [[float(word) for word in row.split()] for row in said.splitlines() if row.strip()]
    largest = 0.0
    for theirs, (_r, ours) in zip(rows, drawn, strict=True):
        for a, b in zip(theirs, ours, strict=True):
            gap = abs(a - b) / max(abs(a), 1e-6)
            largest = max(largest, gap if math.isfinite(gap) else math.inf)
    return largest


def main(arguments: Sequence[str]) -> int:
    rounds, seed = (int(word) for word in (*arguments, *("50", "1")[len(arguments) :]))
    if shutil.which("Rscript") is None:
        print("There is no R here. Install it: apt-get install r-cran-spc", file=sys.stderr)
        return 2
    there = {name: has_package(name) for name in {check.package for check in CHECKS}}
    bad = 0
    for i, check in enumerate(CHECKS):
        if not there[check.package]:
            print(f"{check.name:<32} {check.package:<20} not installed")
            continue
        gap = worst(check, rounds, np.random.default_rng([seed, i]))
        bad += gap > check.allowed
        print(f"{check.name:<32} {check.package:<20} {gap:9.1e}  {'ok' if gap <= check.allowed else 'DIFFERS'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
