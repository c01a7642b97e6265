"""Four shafts before and four after a chip; the means differ by 2 to 4 microns."""


def generate(rng):
    """Whole microns; redrawn until the usual wrong answers are apart from the right one and from each other."""
    while True:
        a = [rng.integer(3, 7) for _ in range(4)]
        b = [rng.integer(6, 11) for _ in range(4)]
        shift = (sum(b) - sum(a)) / 4
        answers = [shift, b[0] - a[3], max(b) - min(a), -shift, 4 * shift]
        apart = [abs(p - q) for i, p in enumerate(answers) for q in answers[i + 1 :]]
        if 2 <= shift <= 4 and min(apart) > 0.2:
            shown = [", ".join(map(str, v[:-1])) + f" and {v[-1]}" for v in (a, b)]
            return {"a": a, "b": b, "before": shown[0], "after": shown[1]}
