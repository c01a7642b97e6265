"""Eight vials whose mean is clearly off the middle, shown to a hundredth of a milliliter."""


def generate(rng):
    while True:
        x = rng.normals(8, rng.pick([5.01, 5.02, 5.08, 5.09]), 0.025, decimals=2)
        mean = sum(x) / 8
        s = (sum((v - mean) ** 2 for v in x) / 7) ** 0.5
        if 0.015 < s < 0.04 and abs(mean - 5.05) > 0.015:
            return {"x": x, "shown": ", ".join(f"{v:.2f}" for v in x)}
