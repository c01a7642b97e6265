"""The luck of four parts, in whole microns, such that each way of going wrong gives another number."""


def generate(rng):
    """Misses from −9 to 9, none of them zero."""
    while True:
        e = [rng.pick([-1, 1]) * rng.integer(2, 9) for _ in range(4)]
        answers = [
            e[3] - e[2],
            e[3],
            e[3] + e[2],
            e[3] - e[2] + e[1] - e[0],
            e[3] - e[2] - e[1] - e[0],
        ]
        if len(set(answers)) == len(answers):
            signed = [f"+{v}" if v > 0 else f"−{-v}" for v in e]
            return {"e": e, "luck": ", ".join(signed[:-1]) + f" and {signed[-1]}"}
