"""Six press forces whose wrong ways of averaging the steps all come out different."""

from itertools import pairwise


def generate(rng):
    forces = rng.normals(6, 1.8, 0.2, decimals=2)
    while not _tell_apart(forces):
        forces = rng.normals(6, 1.8, 0.2, decimals=2)
    return {
        "forces": forces,
        "shown": ", ".join(f"{x:.2f}" for x in forces),
        "steps_shown": ", ".join(f"{abs(b - a):.2f}" for a, b in pairwise(forces)),
    }


def _tell_apart(x):
    steps = [abs(b - a) for a, b in pairwise(x)]
    mean = sum(x) / 6
    ways = [
        sum(steps) / 5,
        sum(steps) / 6,
        sum(steps),
        max(x) - min(x),
        (x[-1] - x[0]) / 5,
        (sum((v - mean) ** 2 for v in x) / 5) ** 0.5,
    ]
    return min(abs(a - b) for i, a in enumerate(ways) for b in ways[:i]) > 0.01
