"""Six bioreactor samples read by two cell counters; samples differ much, counters a little."""


def generate(rng):
    while True:
        true = rng.normals(6, 8.0, 2.0, decimals=1)
        old = [round(v + e, 1) for v, e in zip(true, rng.normals(6, 0.0, 0.2), strict=True)]
        new = [round(v + 0.4 + e, 1) for v, e in zip(true, rng.normals(6, 0.0, 0.2), strict=True)]
        gap = [round(b - a, 1) for a, b in zip(old, new, strict=True)]
        if min(old) > 2 and len(set(gap)) > 2:
            rows = "\n".join(f"| {i + 1} | {a:.1f} | {b:.1f} |" for i, (a, b) in enumerate(zip(old, new, strict=True)))
            return {"old": old, "new": new, "gaps": gap, "rows": rows}
