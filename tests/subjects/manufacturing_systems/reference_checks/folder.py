"""Where the published cases of manufacturing systems lie."""

from __future__ import annotations

from pathlib import Path

REFERENCES = Path(__file__).parent.parent / "references"
INSTANCES = Path(__file__).parent.parent / "instances"
