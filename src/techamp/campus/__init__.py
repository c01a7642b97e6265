"""The web: who learns what, where. Knows no subject; finds simulations and studies through the contract's registry."""
