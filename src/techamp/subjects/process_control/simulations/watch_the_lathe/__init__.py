"""Watch the lathe: when to sample, what to plot, and what to do about a signal."""
