"""The database's structure, as the steps that lead to it. Append only: a migration that was released never changes.

The number of steps done is the file's ``user_version``. Each step runs in a transaction of its own with that number.
"""

from __future__ import annotations

FIRST = (
    """
    CREATE TABLE photos (
        sha256 TEXT PRIMARY KEY,
        width INTEGER NOT NULL CHECK (width > 0),
        height INTEGER NOT NULL CHECK (height > 0),
        path TEXT NOT NULL,
        taken_at TEXT,
        state TEXT NOT NULL DEFAULT 'todo' CHECK (state IN ('todo', 'done', 'review'))
    ) STRICT
    """,
    """
    CREATE TABLE annotations (
        id TEXT PRIMARY KEY,
        photo TEXT NOT NULL REFERENCES photos (sha256) ON DELETE CASCADE,
        mask BLOB NOT NULL,
        label TEXT NOT NULL,
        food_id TEXT,
        portion TEXT CHECK (portion IS NULL OR json_valid(portion)),
        predicted_iou REAL,
        checkpoint TEXT,
        position INTEGER NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX annotations_of_photo ON annotations (photo, position)",
    """
    CREATE TABLE scale_references (
        id TEXT PRIMARY KEY,
        photo TEXT NOT NULL REFERENCES photos (sha256) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        mask BLOB,
        line TEXT CHECK (line IS NULL OR json_valid(line)),
        length_mm REAL
    ) STRICT
    """,
    "CREATE INDEX scale_references_of_photo ON scale_references (photo)",
    # The photo and annotation of an entry are no foreign keys: what was eaten stays eaten when they are deleted, and
    # when the deletion is undone the entry points to them again.
    """
    CREATE TABLE diary_entries (
        id TEXT PRIMARY KEY,
        day TEXT NOT NULL CHECK (day IS date(day)),
        meal TEXT NOT NULL,
        name TEXT NOT NULL,
        grams REAL NOT NULL,
        grams_low REAL NOT NULL,
        grams_high REAL NOT NULL,
        kcal_per_100g REAL NOT NULL,
        protein_per_100g REAL NOT NULL,
        fat_per_100g REAL NOT NULL,
        carbohydrate_per_100g REAL NOT NULL,
        scale_error REAL NOT NULL DEFAULT 0,
        food_id TEXT,
        photo TEXT,
        annotation TEXT,
        method TEXT NOT NULL,
        logged_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX diary_entries_of_day ON diary_entries (day, logged_at)",
    "CREATE INDEX diary_entries_of_annotation ON diary_entries (annotation) WHERE annotation IS NOT NULL",
    """
    CREATE TABLE user_foods (
        id TEXT PRIMARY KEY,
        food TEXT NOT NULL CHECK (json_valid(food)),
        updated_at TEXT NOT NULL
    ) STRICT
    """,
)

# No foreign keys: what is undone or counted may be of rows that are gone.
SECOND = (
    """
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        scope TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone')),
        label TEXT NOT NULL,
        edit BLOB NOT NULL,
        bytes INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX journal_of_scope ON journal (scope, state, id, bytes)",
    """
    CREATE TABLE efforts (
        annotation TEXT PRIMARY KEY,
        photo TEXT NOT NULL,
        checkpoint TEXT,
        clicks INTEGER NOT NULL CHECK (clicks >= 0),
        seconds REAL NOT NULL CHECK (seconds >= 0),
        edits INTEGER NOT NULL CHECK (edits >= 0),
        finished_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX efforts_of_photo ON efforts (photo)",
)

# A weighing outlives its photo: what the kitchen scale taught stays known until it is forgotten.
THIRD = (
    """
    CREATE TABLE weighings (
        id TEXT PRIMARY KEY,
        food_id TEXT NOT NULL,
        grams REAL NOT NULL CHECK (grams > 0),
        area_cm2 REAL CHECK (area_cm2 > 0),
        photo TEXT,
        annotation TEXT,
        weighed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX weighings_of_food ON weighings (food_id)",
    """
    CREATE TABLE photo_links (
        id TEXT PRIMARY KEY REFERENCES photos (sha256) ON DELETE CASCADE,
        main TEXT NOT NULL REFERENCES photos (sha256) ON DELETE CASCADE,
        view TEXT NOT NULL CHECK (view IN ('top', 'side', 'after')),
        CHECK (id <> main)
    ) STRICT
    """,
    "CREATE INDEX photo_links_of_main ON photo_links (main)",
    """
    CREATE TABLE item_links (
        id TEXT PRIMARY KEY,
        photo TEXT NOT NULL REFERENCES photos (sha256) ON DELETE CASCADE,
        item TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX item_links_of_photo ON item_links (photo)",
)

# Questions that were waved away are no edits: nothing of the meal changes with them.
FOURTH = (
    "ALTER TABLE annotations ADD COLUMN clicks TEXT CHECK (clicks IS NULL OR json_valid(clicks))",
    "ALTER TABLE diary_entries ADD COLUMN energy_spread REAL NOT NULL DEFAULT 0",
    """
    CREATE TABLE waved (
        photo TEXT NOT NULL REFERENCES photos (sha256) ON DELETE CASCADE,
        question TEXT NOT NULL,
        PRIMARY KEY (photo, question)
    ) STRICT
    """,
)

# What was opened makes the queue, not what was looked at: a folder of which two photos were seen comes back whole.
FIFTH = (
    """
    CREATE TABLE queue_sources (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE open_photo (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        path TEXT NOT NULL
    ) STRICT
    """,
)

# A folder is listed anew at each start: what was removed from the queue has to be known to stay away.
SIXTH = ("CREATE TABLE queue_removed (path TEXT PRIMARY KEY) STRICT",)

# What another dataset trained on must not become what its training is measured by: "" where no dataset has said.
SEVENTH = (
    "ALTER TABLE photos ADD COLUMN split TEXT NOT NULL DEFAULT '' CHECK (split IN ('', 'train', 'val', 'test'))",
)

# A nutrient that a packet does not say is not known, which is another thing than 0. SQLite takes a NOT NULL back only
# by another table.
_COLUMNS = (
    "id, day, meal, name, grams, grams_low, grams_high, kcal_per_100g, protein_per_100g, fat_per_100g,"
    " carbohydrate_per_100g, scale_error, food_id, photo, annotation, method, logged_at, energy_spread"
)
EIGHTH = (
    """
    CREATE TABLE diary_entries_anew (
        id TEXT PRIMARY KEY,
        day TEXT NOT NULL CHECK (day IS date(day)),
        meal TEXT NOT NULL,
        name TEXT NOT NULL,
        grams REAL NOT NULL,
        grams_low REAL NOT NULL,
        grams_high REAL NOT NULL,
        kcal_per_100g REAL NOT NULL,
        protein_per_100g REAL,
        fat_per_100g REAL,
        carbohydrate_per_100g REAL,
        scale_error REAL NOT NULL DEFAULT 0,
        food_id TEXT,
        photo TEXT,
        annotation TEXT,
        method TEXT NOT NULL,
        logged_at TEXT NOT NULL,
        energy_spread REAL NOT NULL DEFAULT 0
    ) STRICT
    """,
    f"INSERT INTO diary_entries_anew ({_COLUMNS}) SELECT {_COLUMNS} FROM diary_entries",
    "DROP TABLE diary_entries",
    "ALTER TABLE diary_entries_anew RENAME TO diary_entries",
    "CREATE INDEX diary_entries_of_day ON diary_entries (day, logged_at)",
    "CREATE INDEX diary_entries_of_annotation ON diary_entries (annotation) WHERE annotation IS NOT NULL",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH)
"""Each migration is a tuple of SQL statements."""
