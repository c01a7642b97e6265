"""Line balance: give the tasks of an assembly to stations, hold them against takt, and run the line."""
