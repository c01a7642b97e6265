"""Sixteen np points in control but for one beyond a limit, which may be high or low."""

from techamp.subjects.process_control import np_chart, signal_points


def generate(rng):
    n, p = 200, rng.pick([0.10, 0.12, 0.15])
    panel = np_chart([1], n, center=p).location
    center, sigma = float(panel.center[0]), float(panel.point_sigma[0])
    while True:
        counts = [round(center + sigma * z) for z in rng.normals(16, 0.0, 0.8)]
        at = rng.integer(6, 15)
        counts[at] = round(center + rng.pick([1, -1]) * sigma * rng.number(3.2, 3.8, 0.1))
        z = [(c - center) / sigma for c in counts]
        if list(signal_points(z, "western_electric")) == [at]:
            return {"n": n, "percent": round(100 * p), "counts": counts}
