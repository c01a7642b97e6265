"""Ten days of 40,000 labels whose share wanders more than the binomial allows."""


def generate(rng):
    middle = rng.number(600, 900, 20)
    return {"counts": [round(middle + 110 * z) for z in rng.normals(10, 0.0, 1.0)]}
