"""Line balancing: tasks to stations against a cycle time (SALBP-1)."""
