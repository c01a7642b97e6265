"""Fifteen effects, most of them noise, and Lenth's pseudo standard error by the library."""

from techamp.subjects.process_control import lenth


def generate(rng):
    while True:
        noise = [round(abs(v), 1) for v in rng.normals(12, 0.0, 2.0, decimals=1)]
        sizes = sorted([*noise, *(rng.number(14, 30, 0.5) for _ in range(3))])
        if len(set(sizes)) == 15 and min(sizes) > 0:
            found = lenth({str(i): v for i, v in enumerate(sizes)})
            start = 1.5 * sizes[7]
            small = [v for v in sizes if v < 2.5 * start]
            if len(small) == 12 and abs(start - found.pse) > 0.2:
                break
    return {
        "listed": ", ".join(f"{v:g}" for v in sizes),
        "median": sizes[7],
        "start": start,
        "edge": 2.5 * start,
        "left": len(small),
        "middle": found.pse / 1.5,
        "pse": found.pse,
    }
