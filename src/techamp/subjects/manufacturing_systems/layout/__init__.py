"""Where things stand, how far parts and people go, and who tends what."""
