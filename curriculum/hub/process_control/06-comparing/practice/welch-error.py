"""Readings of two lathes to compare."""


def generate(rng):
    a = [round(v, 1) for v in rng.normals(6, -4.6, 1.2, decimals=1)]
    b = [round(v, 1) for v in rng.normals(6, -3.8, 1.2, decimals=1)]
    if len(set(a)) < 4 or len(set(b)) < 4:
        return generate(rng)
    return {"a": a, "b": b, "a_text": ", ".join(f"{v:.1f}" for v in a), "b_text": ", ".join(f"{v:.1f}" for v in b)}
