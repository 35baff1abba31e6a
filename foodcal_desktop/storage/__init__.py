"""The disk: paths, settings, photos, the database, the food table, the checkpoint catalogue."""
