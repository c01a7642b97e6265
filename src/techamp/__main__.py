"""``python -m techamp`` is the command ``techamp``."""

import sys

from techamp.cli import main

sys.exit(main())
