"""Sixteen averages with one pattern put in; drawn again until nothing else signals."""

from techamp.subjects.process_control import signal_points

PATTERNS = {
    "WE1": [(3.2, 3.8)],
    "WE2": [(2.1, 2.7), (0.2, 1.6), (2.1, 2.7)],
    "WE3": [(1.1, 1.8), (1.1, 1.8), (0.1, 0.9), (1.1, 1.8), (1.1, 1.8)],
    "WE4": [(0.1, 1.5)] * 8,
}


def generate(rng):
    rule, side = rng.pick(sorted(PATTERNS)), rng.pick([1, -1])
    shape = PATTERNS[rule]
    start = rng.integer(4, 15 - len(shape))
    while True:
        z = [round(max(-1.9, min(1.9, v)), 1) for v in rng.normals(16, 0.0, 0.9)]
        z[start : start + len(shape)] = [side * rng.number(low, high, 0.1) for low, high in shape]
        z[start - 1] = -side * abs(z[start - 1] or 0.3)
        z[start + len(shape)] = -side * 0.4
        if list(signal_points(z, "western_electric")) == list(signal_points(z, rule)) == [start + len(shape) - 1]:
            break
    extreme = 1 + max(range(16), key=lambda i: abs(z[i]))
    return {"z": z, "rule": rule, "start": start + 1, "extreme": extreme}
