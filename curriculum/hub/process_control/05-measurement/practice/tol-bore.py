"""Sigmas of a small crossed study of bores, as a report would print them."""

from techamp.subjects.process_control import crossed_gauge_study


def generate(rng):
    while True:
        bores = rng.normals(6, 11.0, 2.6, decimals=1)
        people = rng.pick([[0.0, 0.4, -0.3], [0.2, -0.5, 0.1], [0.0, 0.0, 0.6]])
        sigma = rng.number(0.2, 0.7, 0.1)
        cells = [[[round(b + o + rng.normal(0.0, sigma, decimals=2), 1) for _ in "ab"] for o in people] for b in bores]
        of = crossed_gauge_study(cells, lower=0.0, upper=21.0).components
        sds = {name: round(of[name].sd, 3) for name in ("repeatability", "reproducibility", "gauge", "part", "total")}
        apart = [of["gauge"].tolerance, of["gauge"].study, of["gauge"].tolerance / 6, of["repeatability"].tolerance]
        if sds["reproducibility"] > 0.1 and min(abs(a - b) for i, a in enumerate(apart) for b in apart[:i]) > 1.0:
            return {"cells": cells, **sds}
