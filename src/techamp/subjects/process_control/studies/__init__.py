"""Studies of process control: one folder each."""
