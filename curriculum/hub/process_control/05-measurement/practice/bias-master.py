"""Six readings of a 200 mg check weight that are off by more than they scatter."""


def generate(rng):
    while True:
        off = rng.pick([-1.2, -0.9, 0.8, 1.1, 1.4])
        x = rng.normals(6, 200.0 + off, 0.3, decimals=1)
        bias = sum(x) / 6 - 200.0
        if abs(bias) > 0.4 and len({abs(round(v, 3)) for v in (bias, x[-1] - 200.0, max(x) - min(x))}) == 3:
            return {"x": x, "shown": ", ".join(f"{v:.1f}" for v in x)}
