"""Spreads of repeats at two levels, and the effect on the spread: differences of the library's ln s²."""

from techamp.subjects.process_control import effects, log_variances


def generate(rng):
    low, high = rng.number(2, 4, 0.5), rng.number(6, 12, 0.5)
    quiet_high = rng.pick([True, False])
    first, second = (high, low) if quiet_high else (low, high)
    # Repeats with exactly these standard deviations, so that ln s² is theirs.
    table = [[-s / 2**0.5, s / 2**0.5] for s in (first, second)]
    found = effects({"T": [-1, 1]}, log_variances(table), ["T"])["T"]
    return {"s_low": first, "s_high": second, "effect": round(found, 9), "quiet": "high" if quiet_high else "low"}
