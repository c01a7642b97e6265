"""Run the plant: the LA-20 plant for 300 days, its promises, machines, stock, lots, hours and cash."""
