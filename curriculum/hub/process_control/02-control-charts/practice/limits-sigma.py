"""Six samples of four shafts; the mean jumps after one of them, so the overall spread is larger than the noise."""


def generate(rng):
    jump = rng.integer(2, 4)
    step = rng.pick([-4.0, 4.0])
    table = [rng.normals(4, 5.5 + (step if sample >= jump else 0.0), 1.2, decimals=1) for sample in range(6)]
    rows = {f"s{i + 1}": "  ".join(f"{x:.1f}" for x in row) for i, row in enumerate(table)}
    return {"table": table, "jump": jump, **rows}
