"""Serial lines with finite buffers: exact for few machines, by decomposition for many."""
