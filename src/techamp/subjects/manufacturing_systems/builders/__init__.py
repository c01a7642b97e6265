"""Where somebody makes a factory of her own."""
