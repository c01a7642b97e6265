"""The demo campus: made once, through the application's own services."""


def create() -> None:
    """Make the demo campus unless it is there."""
    from techamp.campus.demo import campus

    if not campus.exists():
        campus.make()
