"""foodcal-desktop: meal photos into an honest food diary, and every correction into training data."""

__version__ = "0.1.0"
