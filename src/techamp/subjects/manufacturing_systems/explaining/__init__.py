"""Why a line does what it does: the bottleneck, where a part's time goes, VUT terms, losses down to OEE.

Everything is read from runs (``engine.run.Run``) and says itself in numbers and in plain words.
"""
