"""Chart duel: two charts watch the same points for a hidden shift."""
