"""What there is to learn from: photos with masks, masks, and the corrections that went into them."""

from __future__ import annotations

from dataclasses import dataclass

from foodcal_desktop.storage.database import Database

# A correction is what the first click did not settle: each further prompt, and each change of the finished mask.
_COUNTS = """
SELECT (SELECT count(DISTINCT photo) FROM annotations) AS photos,
       (SELECT count(*) FROM annotations) AS masks,
       (SELECT coalesce(sum(max(clicks - 1, 0) + edits), 0) FROM efforts
        WHERE annotation IN (SELECT id FROM annotations)) AS corrections
"""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Counts of annotated photos, of their masks, and of corrections noted in the effort log."""

    photos: int
    masks: int
    corrections: int


def holdings(database: Database) -> Holdings:
    """What is stored now. Raises DatabaseError where the database cannot be read."""
    return Holdings(**database.query(_COUNTS)[0])
