"""A control chart that costs least: sample size, interval and limits."""
