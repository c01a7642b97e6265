"""Three samples of four shafts, in whole microns, with the right answer well apart from the usual wrong ones."""


def generate(rng):
    """Redrawn until no two of the answers meet."""
    while True:
        a, b, c = ([rng.integer(1, 9) for _ in range(4)] for _ in range(3))
        ranges = [max(v) - min(v) for v in (a, b, c)]
        means = [sum(v) / 4 for v in (a, b, c)]
        answers = [
            sum(ranges) / 3,
            max(a + b + c) - min(a + b + c),
            max(ranges),
            sum(ranges) / 12,
            max(means) - min(means),
        ]
        apart = [abs(p - q) for i, p in enumerate(answers) for q in answers[i + 1 :]]
        if min(ranges) >= 1 and min(apart) > 0.2:
            rows = {f"row{n}": ", ".join(map(str, v)) for n, v in enumerate((a, b, c), 1)}
            return {"a": a, "b": b, "c": c, **rows}
