"""Push and pull: the same line with work released by a plan, by cards at each station, or by one cap for all."""
