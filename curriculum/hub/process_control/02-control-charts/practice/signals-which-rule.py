"""Twelve averages whose last point completes exactly one rule, or none; no earlier point signals."""

from techamp.subjects.process_control import signal_points

ENDS = {
    "WE1": [(3.2, 3.7)],
    "WE2": [(2.1, 2.7), (0.2, 1.6), (2.1, 2.7)],
    "WE3": [(1.1, 1.8), (1.1, 1.8), (0.1, 0.9), (1.1, 1.8), (1.1, 1.8)],
    "WE4": [(0.1, 1.5)] * 8,
    "none": [(0.1, 1.5)] * 6,
}


def generate(rng):
    rule, side = rng.pick(sorted(ENDS)), rng.pick([1, -1])
    shape = ENDS[rule]
    before = 12 - len(shape)
    while True:
        z = [round(max(-1.9, min(1.9, v)), 1) for v in rng.normals(before, 0.0, 0.9)]
        z[-1] = -side * abs(z[-1] or 0.3)
        z += [side * rng.number(low, high, 0.1) for low, high in shape]
        wanted = [] if rule == "none" else [11]
        broken = [name for name in ("WE1", "WE2", "WE3", "WE4") if len(signal_points(z, name))]
        if list(signal_points(z, "western_electric")) == wanted and broken == ([] if rule == "none" else [rule]):
            return {"z": z}
