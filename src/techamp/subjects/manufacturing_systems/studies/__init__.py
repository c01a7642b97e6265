"""Studies of manufacturing systems: one folder each."""
