"""What a training says of itself, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from foodcal_desktop.app.dataset_counts import DatasetCount
from foodcal_desktop.app.interrupted_runs import Interrupted
from foodcal_desktop.app.training_progress import COMPARING, STARTING, TrainingProgress
from foodcal_desktop.storage.training_runs import Run
from foodcal_desktop.ui.sentences import sentence
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP
from foodcal_desktop.ui.wording import day_name

_CONTEXT = "training_words"

# Recipe file → what it is for. A recipe that is not here has only its name.
_RECIPES = {
    "heads": QT_TRANSLATE_NOOP("training_words", "Only the decoder learns; quick for the official checkpoints"),
    "small": QT_TRANSLATE_NOOP("training_words", "All of the bundled checkpoint, in minutes"),
    "full": QT_TRANSLATE_NOOP("training_words", "Everything learns; for a GPU"),
    "lite": QT_TRANSLATE_NOOP("training_words", "The bundled checkpoint anew, for hours"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def recipe_aim(name: str) -> str:
    """What a recipe is for; "" for one that is not the program's own."""
    return _tr(_RECIPES[name]) if name in _RECIPES else ""


def learned_from(run: Run) -> str:
    """The dataset of a training by the name of its folder; "" where an earlier program did not note it."""
    if run.dataset:
        return Path(run.dataset).name
    return _tr(QT_TRANSLATE_NOOP("training_words", "everything marked")) if run.base else ""


def how_far(one: Interrupted) -> str:
    """The epoch that an interrupted training has reached."""
    if one.elsewhere:
        return _tr(QT_TRANSLATE_NOOP("training_words", "running"))
    if not one.epochs:
        return _tr(QT_TRANSLATE_NOOP("training_words", "first epoch"))
    return _tr(QT_TRANSLATE_NOOP("training_words", "epoch {0}")).format(one.epochs)


def when(seconds: float) -> str:
    """A time (seconds of the epoch) shortly: today and yesterday with the hour, else the date."""
    then = datetime.fromtimestamp(seconds)
    ago = (date.today() - then.date()).days
    if ago in (0, 1):
        return f"{day_name(then.date().isoformat())} {then:%H:%M}"
    return QLocale().toString(QDate(then.year, then.month, then.day), QLocale.FormatType.ShortFormat)


def of_dataset(count: DatasetCount) -> str:
    """What of a folder teaches, what is held out, and what is left out."""
    text = _tr(QT_TRANSLATE_NOOP("training_words", "{0} photos teach, {1} are held out."))
    said = text.format(count.photos, count.held_out)
    return f"{said} {sentence(count.left_out)}" if count.left_out else said


def time_left(seconds: float) -> str:
    """How long something will still take, as precisely as one can know."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return _tr(QT_TRANSLATE_NOOP("training_words", "less than a minute left"))
    if minutes == 1:
        return _tr(QT_TRANSLATE_NOOP("training_words", "about a minute left"))
    if minutes < 90:
        return _tr(QT_TRANSLATE_NOOP("training_words", "about {0} minutes left")).format(minutes)
    text = _tr(QT_TRANSLATE_NOOP("training_words", "about {0} h {1} min left"))
    return text.format(minutes // 60, minutes % 60)


def headline(progress: TrainingProgress) -> str:
    """Where a training is: its epoch and how long the learning still takes, or that it is being compared."""
    if progress.phase == STARTING:
        return _tr(QT_TRANSLATE_NOOP("training_words", "Getting ready…"))
    if progress.phase == COMPARING:
        return _tr(QT_TRANSLATE_NOOP("training_words", "Comparing with its base…"))
    epoch = _tr(QT_TRANSLATE_NOOP("training_words", "Epoch {0} of {1}")).format(progress.epoch, progress.epochs)
    left = progress.seconds_left
    return f"{epoch} · {time_left(left)}" if left else epoch


def explanation(progress: TrainingProgress) -> str:
    """What is being done, under the headline."""
    if progress.notice:
        return sentence(progress.notice)
    if progress.phase == STARTING and not progress.photos:
        return _tr(QT_TRANSLATE_NOOP("training_words", "The photos are read and the checkpoint is loaded."))
    if progress.phase == STARTING:
        text = QT_TRANSLATE_NOOP("training_words", "The base is measured on the held-out photos, to compare with.")
        return _tr(text)
    if progress.phase == COMPARING:
        text = QT_TRANSLATE_NOOP("training_words", "Old and new click at the same held-out photos: {0} of {1}.")
        return _tr(text).format(progress.compared, progress.to_compare)
    text = QT_TRANSLATE_NOOP("training_words", "{0} photos teach, {1} are held out. Go on with your work meanwhile.")
    return _tr(text).format(progress.photos, progress.held_out)


def signed(value: float, digits: int) -> str:
    """A difference with its sign, the minus as long as the plus."""
    return f"{value:+.{digits}f}".replace("-", "−")


def between(change: Mapping[str, float], digits: int) -> str:
    """A difference's interval: "−1.4 to −0.1"."""
    text = _tr(QT_TRANSLATE_NOOP("training_words", "{0} to {1}"))
    return text.format(signed(change["low"], digits), signed(change["high"], digits))


def clicks(document: Mapping[str, Any]) -> str:
    """The result in one line: mean clicks to IoU 0.85 before and after."""
    text = QT_TRANSLATE_NOOP("training_words", "before {0} clicks · after {1} clicks per food ({2} unseen photos)")
    before, after = (f"{document[part]['noc85']:.1f}" for part in ("before", "after"))
    return _tr(text).format(before, after, document["compared"]["photos"])


def verdict(document: Mapping[str, Any]) -> str:
    """What the result means, with the 95 % intervals of the paired differences."""
    difference = document["difference"]
    if document["better"]:
        text = QT_TRANSLATE_NOOP(
            "training_words", "Better than {0}: IoU {1}, clicks {2} (95 % intervals of the difference)."
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "training_words",
            "Not better than {0} beyond doubt, so nothing was changed: IoU {1}, clicks {2} (95 % intervals of the "
            "difference). Mark more photos and try again.",
        )
    return _tr(text).format(document["base"], between(difference["score"], 3), between(difference["noc85"], 2))
