"""A serial line of the LA-20 plant: buffers, failures, and the station that sets the pace."""
