"""Other people's engines, and plain C, for the same factories: what the bench measures beside ours."""
