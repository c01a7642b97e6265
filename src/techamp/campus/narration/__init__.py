"""A teacher's own voice for a lecture, segment by segment, or a video of it: instead of the browser's voice."""
