"""The dice game: stations in a row, a die at each, pennies that wait between them."""
