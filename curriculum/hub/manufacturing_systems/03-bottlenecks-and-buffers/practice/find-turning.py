"""A line of five stations with uneven times, one of them slower: how long each is blocked and starved, exactly."""

from techamp.subjects.manufacturing_systems import exponential_line


def generate(rng):
    slow = rng.integer(0, 4)
    rates = [1.0] * 5
    rates[slow] = rng.pick([0.6, 0.65, 0.7])
    flow = exponential_line(rates, [rng.pick([2, 3])] * 4)
    return {
        "slow": slow,
        "blocked": [round(100 * share) for share in flow.blocked],
        "starved": [round(100 * share) for share in flow.starved],
    }
