"""Six stopwatch times of one job, in minutes, with a spread of a tenth to half of their average."""


def generate(rng):
    middle, share = rng.number(3.0, 8.0, 0.5), rng.pick([0.15, 0.25, 0.4])
    times = [round(max(0.4 * middle, middle * (1 + share * z)), 1) for z in rng.normals(5, 0.0, 1.0)]
    return {"times": [*times, round(middle * (1 + 1.6 * share), 1)]}
