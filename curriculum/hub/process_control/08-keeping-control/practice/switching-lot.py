"""Verdicts on 16 lots in which two rejections lie too far apart before two others lie close enough."""

from techamp.subjects.process_control import Switching


def generate(rng):
    start, far, near = rng.integer(1, 3), rng.integer(5, 6), rng.integer(1, 4)
    rejected = (start, start + far, start + far + near)
    verdicts = ["R" if lot in rejected else "A" for lot in range(1, 17)]
    state, first = Switching(reduced_allowed=False), 0
    for lot, verdict in enumerate(verdicts, 1):
        if state.inspection == "tightened":
            first = lot
            break
        state = state.after(verdict == "A")
    return {"verdicts": " ".join(verdicts), "first": first, "early": start + far + 1, "after_one": start + 1}
