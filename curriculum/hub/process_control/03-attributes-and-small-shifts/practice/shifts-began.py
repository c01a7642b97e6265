"""Twenty forces in sigmas that rise a little at one point; the upper CUSUM signals once at the end."""

from techamp.subjects.process_control import cusum_chart, individuals_chart, signal_points


def generate(rng):
    while True:
        start = rng.integer(7, 12)
        z = [round(v, 1) for v in rng.normals(start, -0.1, 0.8)] + [
            round(v, 1) for v in rng.normals(20 - start, 1.3, 0.7)
        ]
        chart = cusum_chart(individuals_chart(z, center=0.0, sigma=1.0), reference=0.5, decision=5.0)
        up, down = chart.signals()
        if len(up) == 0 or len(down) or len(signal_points(z, "WE1")):
            continue
        sums = [round(v, 2) for v in chart.upper.tolist()][: int(up[0]) + 1]
        if 5 < chart.began(int(up[0])) < up[0] - 2 and up[0] > 12:
            return {"z": z[: int(up[0]) + 1], "sums": sums}
