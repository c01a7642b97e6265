"""The penny fab: four stations and a fixed number of pennies."""
