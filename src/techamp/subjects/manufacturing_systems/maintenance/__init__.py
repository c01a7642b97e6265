"""When to replace what wears out: on a plan, or when it fails."""
