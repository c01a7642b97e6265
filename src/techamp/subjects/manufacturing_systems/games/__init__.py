"""Games on the model plant: decisions over many days, replayed from their list."""
