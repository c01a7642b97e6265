"""Five points in sigmas; the upper sum falls to zero once on the way and ends above it."""

from techamp.subjects.process_control import cusum_chart, individuals_chart


def generate(rng):
    while True:
        z = [rng.number(-1.6, 2.4, 0.1) for _ in range(5)]
        chart = cusum_chart(individuals_chart(z, center=0.0, sigma=1.0), reference=0.5)
        plain = sum(v - 0.5 for v in z)
        sums = chart.upper.tolist()
        if 0.0 in sums[1:4] and sums[0] > 0 and sums[4] > 0.3 and abs(plain - sums[4]) > 0.2:
            return {"z": [round(v, 1) for v in z]}
