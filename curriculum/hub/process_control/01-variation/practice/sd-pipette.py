"""Four pipette shots whose standard deviation, variance and range are well apart."""


def generate(rng):
    """Volumes in microliters with one decimal."""
    while True:
        x = rng.normals(4, 200.0, rng.number(1.2, 3.0, 0.2), decimals=1)
        mean = sum(x) / 4
        squares = sum((v - mean) ** 2 for v in x)
        wrong = [(squares / 4) ** 0.5, squares / 3, max(x) - min(x), sum(abs(v - mean) for v in x) / 4]
        s = (squares / 3) ** 0.5
        apart = [abs(a - b) for i, a in enumerate([s, *wrong]) for b in wrong[i:]]
        if len(set(x)) == 4 and s > 1.3 and min(apart) > 0.05 * s:
            return {"x": x, "shown": ", ".join(f"{v:.1f}" for v in x[:-1]) + f" and {x[-1]:.1f}"}
