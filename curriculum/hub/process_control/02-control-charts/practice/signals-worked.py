"""Sixteen averages that hop around the center line and then stay a little above it, breaking no rule but the fourth."""


def generate(rng):
    before = rng.integer(4, 7)
    z = [rng.number(0.1, 0.9, 0.1) * (-1) ** (i + before) for i in range(before)]
    z += [rng.number(0.1, 0.9, 0.1) for _i in range(16 - before)]
    z[before - 1] = -abs(z[before - 1])
    return {"z": z}
