"""What three machines did in a shift of 450 minutes, in minutes."""


def generate(rng):
    names = ["lathe", "press", "robot cell"]
    busy = [rng.integer(300, 350), rng.integer(230, 300), rng.integer(300, 345)]
    setup = [rng.integer(15, 40), 0, 0]
    down = [rng.integer(5, 35), rng.integer(0, 15), rng.integer(10, 60)]
    return {"names": names, "busy": busy, "setup": setup, "down": down}
