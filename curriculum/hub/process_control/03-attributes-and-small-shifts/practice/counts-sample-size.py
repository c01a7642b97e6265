"""How many parts a sample needs before the lower limit of the library's np chart leaves zero."""

from techamp.subjects.process_control import np_chart


def generate(rng):
    percent = rng.pick([1, 1.5, 2, 3, 4, 5, 6, 8])
    p = percent / 100
    n = int(9 * (1 - p) / p) - 3
    while np_chart([1], n, center=p).location.lower[0] <= 1e-9:
        n += 1
    return {"percent": percent, "n": n}
