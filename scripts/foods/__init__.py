"""Inputs and rules of the food table, read by scripts/build_foods.py."""
