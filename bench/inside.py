"""Inside a served campus's environment, ``python -m bench.inside learners 100`` prints what learners.made(100) gives.

So that the rest of the bench needs no Django, and no settings of its own.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module


def main(name: str, arguments: list[str]) -> None:
    """Print as JSON what ``bench.<name>.made`` returns."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techamp.campus.settings")
    import django

    django.setup()
    print(json.dumps(import_module(f"bench.{name}").made(*arguments)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
