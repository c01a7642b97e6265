"""Six arrivals on a clock, in minutes after eight: five gaps, one of them long."""


def generate(rng):
    while True:
        gaps = [rng.integer(1, 9) for _ in range(4)] + [rng.integer(12, 22)]
        order = sorted(range(5), key=lambda _: rng.number(0.0, 1.0, 0.001))
        if len(set(gaps)) > 3:
            at, clock = rng.integer(2, 6), []
            for i in [None, *order]:
                at += 0 if i is None else gaps[i]
                clock.append(at)
            return {"clock": clock}
