"""Comparing: tests with their intervals, sample sizes, analysis of variance, and regression."""
