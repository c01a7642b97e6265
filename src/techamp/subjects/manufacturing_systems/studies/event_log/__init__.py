"""A gauge study of real readings: parts, operators, repeats."""
