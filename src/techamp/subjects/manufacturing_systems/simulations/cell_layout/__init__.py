"""Cell layout: where six machines stand decides how far parts and people go, and how long a lot takes."""
