"""Seven stops of one shift: some short, some long, one changeover."""


def generate(rng):
    short = [round(rng.number(0.5, 4.5, 0.5), 1) for _ in range(4)]
    long = [float(rng.integer(8, 40)), float(rng.integer(8, 40))]
    setup = float(rng.integer(12, 25))
    made = rng.integer(84, 104)
    return {"short": short, "long": long, "setup": setup, "made": made, "bad": rng.integer(1, 4)}
