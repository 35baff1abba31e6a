"""Segmenters: photo to embedding, prompts to candidates. torch lives here."""
