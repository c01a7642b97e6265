"""Seven repair times in whole minutes, one of them long, and not sorted."""


def generate(rng):
    """Redrawn until the median differs from the fourth as listed, from the mean and from the midrange."""
    while True:
        x = [*(rng.integer(8, 34) for _ in range(6)), rng.integer(70, 140)]
        x = rng.shuffled(x)
        ordered = sorted(x)
        median, wrong = ordered[3], [x[3], sum(x) / 7, (ordered[0] + ordered[-1]) / 2]
        gaps = [abs(median - w) for w in wrong] + [
            abs(wrong[0] - wrong[1]),
            abs(wrong[0] - wrong[2]),
            abs(wrong[1] - wrong[2]),
        ]
        if len(set(x)) == 7 and min(gaps) > 1:
            shown = ", ".join(map(str, x[:-1])) + f" and {x[-1]}"
            return {"x": x, "shown": shown, "ordered": ", ".join(map(str, ordered))}
