"""Calm averages, then five of which four are beyond 1σ on one side (the third is the one that is not)."""


def generate(rng):
    side = rng.pick([1, -1])
    before = rng.integer(4, 8)
    z = [rng.number(0.1, 0.9, 0.1) * (-1) ** i for i in range(before)]
    z[before - 1] = -side * abs(z[before - 1])
    z += [side * rng.number(1.2, 1.8, 0.1) for _i in range(2)] + [side * rng.number(0.3, 0.8, 0.1)]
    z += [side * rng.number(1.2, 1.8, 0.1) for _i in range(2)]
    return {"z": [round(v, 1) for v in z], "start": before + 1}
