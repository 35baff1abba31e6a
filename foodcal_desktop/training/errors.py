"""Why a training cannot go on; apart from the trainer, so that a dataset is read without loading torch."""

from __future__ import annotations


class TrainingError(ValueError):
    """A training cannot go on; the text is one sentence that says what to do."""
