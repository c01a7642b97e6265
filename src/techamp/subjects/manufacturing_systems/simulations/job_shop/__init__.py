"""Job shop: orders of many kinds and routes, five stations, and the question which order is next."""
