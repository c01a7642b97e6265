"""Six cup weights, one of them off to one side, so that mean, median and midrange differ."""


def generate(rng):
    """Weights in grams: five near the setting and one away from it."""
    setting = rng.number(150, 165, 1)
    while True:
        away = rng.pick([-1, 1]) * rng.number(3, 6, 0.5)
        x = [round(setting + v, 1) for v in [*rng.normals(5, 0, 0.6, decimals=1), away]]
        x = rng.shuffled(x)
        ordered = sorted(x)
        mean, median, midrange = sum(x) / 6, (ordered[2] + ordered[3]) / 2, (ordered[0] + ordered[-1]) / 2
        if min(abs(mean - median), abs(mean - midrange), abs(median - midrange)) > 0.25:
            return {"x": x, "shown": ", ".join(f"{v:.1f}" for v in x[:-1]) + f" and {x[-1]:.1f}"}
