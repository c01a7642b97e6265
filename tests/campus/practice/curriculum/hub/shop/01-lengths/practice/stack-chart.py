def generate(rng):
    """Five heights that differ by a millimeter or more."""
    first = rng.number(2.0, 4.0, 0.1)
    return {"heights": [round(first + step + rng.pick([0.0, 0.2]), 1) for step in range(5)]}
