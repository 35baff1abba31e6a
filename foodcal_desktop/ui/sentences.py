"""Sentences that the core writes in English, as the user's language has them.

The core knows no language. What it says is recognised here by its shape, and what stands at {0}, {1} … is taken over.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "sentences"

SENTENCES: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("sentences", "The scale reference has no pixels; click on the coin, plate or card again."),
    # What stands in others, told apart by a full stop as reasons are.
    QT_TRANSLATE_NOOP("sentences", "plate of {0} mm."),
    QT_TRANSLATE_NOOP("sentences", "1 CNY coin."),
    QT_TRANSLATE_NOOP("sentences", "500 KRW coin."),
    QT_TRANSLATE_NOOP("sentences", "100 KRW coin."),
    QT_TRANSLATE_NOOP("sentences", "1 EUR coin."),
    QT_TRANSLATE_NOOP("sentences", "US quarter."),
    QT_TRANSLATE_NOOP("sentences", "bank card."),
    QT_TRANSLATE_NOOP("sentences", "line."),
    QT_TRANSLATE_NOOP("sentences", "Nothing like a coin, plate or card is at this point; click on its middle."),
    QT_TRANSLATE_NOOP("sentences", "The plate's rim is not clear from this point; drag a box around the whole plate."),
    QT_TRANSLATE_NOOP(
        "sentences", "The reference is too small to be measured; click a larger one, or take the photo closer."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "The card is too small to be measured; click a larger one, or take the photo closer."
    ),
    QT_TRANSLATE_NOOP("sentences", "The line is too short; draw it between two points that are farther apart."),
    QT_TRANSLATE_NOOP("sentences", "The line needs its real length in mm, a number above 0."),
    QT_TRANSLATE_NOOP("sentences", "The {0} is seen almost on its edge; lay it flat beside the food."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The {0} is only {1} px wide, and each pixel is {2} % of the weight; take the photo closer or use a larger reference.",  # noqa: E501 - one sentence
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "The {0} and the {1} disagree by {2} % in length; check which coin, card or plate each one is."
    ),
    QT_TRANSLATE_NOOP("sentences", "The {0} touches the photo's border; if a part is cut off, the scale is wrong."),
    QT_TRANSLATE_NOOP("sentences", "The mask of the {0} has an odd shape; correct it with another click."),
    QT_TRANSLATE_NOOP("sentences", "The mask has no pixels; click on the food again."),
    QT_TRANSLATE_NOOP("sentences", "A fixed serving says {0} kcal ({1} g), your photo says {2} kcal."),
    QT_TRANSLATE_NOOP("sentences", "The {0} is a number above 0."),
    QT_TRANSLATE_NOOP(
        "sentences", "Thickness of {0} is now {1} mm from {2} weighings; its error went from {3} to {4}."
    ),
    QT_TRANSLATE_NOOP("sentences", "Thickness of {0} is now {1} mm from 1 weighing; its error was {2}."),
    QT_TRANSLATE_NOOP(
        "sentences", "{0} has no scale, so it says nothing of the amount; click its coin, card or plate (S)."
    ),
    QT_TRANSLATE_NOOP("sentences", "Choose another photo that shows the same meal."),
    QT_TRANSLATE_NOOP("sentences", "More is left than there was before; check which photo is the first one."),
    QT_TRANSLATE_NOOP("sentences", "median of {0} photos: {1}"),
    QT_TRANSLATE_NOOP("sentences", "weight typed on {0}"),
    QT_TRANSLATE_NOOP("sentences", "measured on {0}"),
    QT_TRANSLATE_NOOP("sentences", "{0} g left, typed on {1}"),
    QT_TRANSLATE_NOOP("sentences", "{0} g left on {1}"),
    QT_TRANSLATE_NOOP("sentences", "{0} mm high on {1}"),
    QT_TRANSLATE_NOOP("sentences", "The typed values of {0} contradict each other; clear one of them first."),
    QT_TRANSLATE_NOOP("sentences", "There is nothing to merge; select two masks or more."),
    QT_TRANSLATE_NOOP("sentences", "{0} does not fit into the memory; please open a smaller copy."),
    QT_TRANSLATE_NOOP("sentences", "{0} does not exist; it may have been moved or deleted."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be read; you have no permission to open it."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be read from the disk ({1}); please try a copy of it."),
    QT_TRANSLATE_NOOP("sentences", "{0} is a folder; open the photos in it instead."),
    QT_TRANSLATE_NOOP("sentences", "{0} is not a regular file and cannot be opened as a photo."),
    QT_TRANSLATE_NOOP("sentences", "{0} is empty; please copy the photo again from its source."),
    QT_TRANSLATE_NOOP("sentences", "{0} is no photo that can be read, or is damaged; use a {1} file."),
    QT_TRANSLATE_NOOP(
        "sentences", "{0} has {1} pixels, more than the {2} megapixels allowed; please open a smaller copy."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "{0} is truncated: its end is missing; please copy the photo again from its source."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "{0} is damaged and cannot be decoded; please copy the photo again from its source."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "Another program is writing to the diary for too long; please close it or try again."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "The disk is full, so nothing was saved to {0}; please free some space and try again."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "{0} cannot be written; please check the permissions of its folder, or choose another data folder."
    ),
    QT_TRANSLATE_NOOP("sentences", "The database {0} could not be used ({1})."),
    QT_TRANSLATE_NOOP("sentences", "The food needs a name."),
    QT_TRANSLATE_NOOP("sentences", "The weight is a number above 0 g, energy and nutrients are 0 or more."),
    QT_TRANSLATE_NOOP("sentences", "{0} kcal in 100 g is more than pure fat has; check the energy and its weight."),
    QT_TRANSLATE_NOOP("sentences", "{0} g of nutrients in 100 g is too much; check them and their weight."),
    QT_TRANSLATE_NOOP("sentences", "How many servings of {0} are there?"),
    QT_TRANSLATE_NOOP("sentences", "Which coin, card or plate is on the photo, and does its outline fit exactly?"),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{0} lies so much nearer to or farther from the camera than the scale reference that its weight may be off by {1} %; lay the reference beside it or hold the camera level.",  # noqa: E501 - one sentence
    ),
    QT_TRANSLATE_NOOP("sentences", "How deep is the bowl of {0}, and how full?"),
    QT_TRANSLATE_NOOP("sentences", "How high is {0}, in mm?"),
    QT_TRANSLATE_NOOP("sentences", "Was oil, butter or a sauce added to {0}?"),
    QT_TRANSLATE_NOOP("sentences", "The checkpoint {0} is not on this computer yet; {1}."),
    QT_TRANSLATE_NOOP("sentences", "There is already a checkpoint '{0}'; give this one another name."),
    QT_TRANSLATE_NOOP("sentences", "{0} is no checkpoint; files ending in .pt or .safetensors are."),
    QT_TRANSLATE_NOOP("sentences", "The checkpoint {0} belongs to the program and cannot be removed."),
    QT_TRANSLATE_NOOP("sentences", "The download of {0} was cancelled; it resumes where it was."),
    QT_TRANSLATE_NOOP(
        "sentences", "The memory of the graphics card is too small for the checkpoint {0}; {1} is used instead."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "The memory of this computer is too small for the checkpoint {0}; {1} is used instead."
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The memory of the graphics card is too small for the checkpoint {0}; it runs on the CPU instead, which is "
        "slower.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "There is too little memory for the checkpoint {0}; close other programs or choose a smaller one."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "There is too little memory to carry the items on; choose a smaller checkpoint, or the CPU."
    ),
    QT_TRANSLATE_NOOP("sentences", 'Videos need PyAV; install it: pip install "foodcal-desktop[video]".'),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be decoded; it is damaged or no video."),
    QT_TRANSLATE_NOOP("sentences", "{0} has no pictures; choose another file."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The dataset has {0} annotated photos to learn from (split train) and {1} held out (split val); annotate more "
        "photos (two at least) and export them again.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{0} of the dataset's {1} photos are missing, first {2}; export the dataset again."),
    QT_TRANSLATE_NOOP("sentences", "{0} of the dataset cannot be read; export the dataset again."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The training {0} runs already in another process; wait for its end, or take another --name.",
    ),
    QT_TRANSLATE_NOOP("sentences", "There is no unfinished training of this name; start it without --resume."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The disk of {0} is full; make room and run the command again, with --resume if an epoch was over.",
    ),
    QT_TRANSLATE_NOOP("sentences", "The loss became infinite; set a smaller rate in the recipe."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The memory does not suffice for this checkpoint even one object at a time; choose a smaller checkpoint or the "
        "recipe heads.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "The memory ran out; each step is now worked on in {0} parts. The result is the same, later."
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The unfinished training of this name has another dataset, base checkpoint or recipe; give the same ones, or "
        "start afresh without --resume.",
    ),
    QT_TRANSLATE_NOOP("sentences", "'{0}' cannot be a checkpoint's name; use letters, digits, '-', '.' and '_'."),
    QT_TRANSLATE_NOOP("sentences", "{0} is no COCO instances file: it is no JSON; copy the dataset again."),
    QT_TRANSLATE_NOOP("sentences", "{0} is no COCO instances file: it lacks images or annotations."),
    QT_TRANSLATE_NOOP("sentences", "{0} is no COCO instances file ({1})."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be read; name the folder of a COCO dataset, or its file."),
    QT_TRANSLATE_NOOP("sentences", "What the dataset says of {0} is damaged ({1})."),
    QT_TRANSLATE_NOOP("sentences", "There is no photo in {0} that can be read; nothing was imported."),
    QT_TRANSLATE_NOOP("sentences", "There is no JSON of labelme in {0}; name the folder in which its files lie."),
    QT_TRANSLATE_NOOP("sentences", "{0} is damaged and was left out ({1})."),
    QT_TRANSLATE_NOOP("sentences", "A food of the dataset is damaged ({0})."),
    QT_TRANSLATE_NOOP("sentences", "a mask has no pixels on its photo."),
    QT_TRANSLATE_NOOP("sentences", "a mask has another size than its photo."),
    QT_TRANSLATE_NOOP("sentences", "it is {0}×{1}, not {2}×{3} pixels."),
    QT_TRANSLATE_NOOP("sentences", "the key '{0}' is missing."),
    QT_TRANSLATE_NOOP("sentences", "the photo name {0} leads out of the dataset."),
    QT_TRANSLATE_NOOP("sentences", "Annotations of no photo that the dataset lists: {0}."),
    QT_TRANSLATE_NOOP("sentences", "{0} of {1} annotations of {2} left out: a crowd is no single food."),
    QT_TRANSLATE_NOOP(
        "sentences", "{0} of {1} annotations of {2} left out: there is no outline; export masks or polygons, not boxes."
    ),
    QT_TRANSLATE_NOOP("sentences", "{0} of {1} annotations of {2} left out: damaged ({3})."),
    QT_TRANSLATE_NOOP("sentences", "Annotations left out: {0} of crowds, {1} without an outline, {2} damaged."),
    QT_TRANSLATE_NOOP("sentences", "Annotations left out: {0} of crowds, {1} without an outline."),
    QT_TRANSLATE_NOOP("sentences", "A polygon of COCO is a list of numbers: x, y, x, y and so on."),
    QT_TRANSLATE_NOOP("sentences", "A polygon has an x without its y; the annotation is damaged."),
    QT_TRANSLATE_NOOP("sentences", "The run lengths do not fill a mask of {0}×{1} pixels; the annotation is damaged."),
    QT_TRANSLATE_NOOP("sentences", "The mask's run-length string holds a character outside COCO's code."),
    QT_TRANSLATE_NOOP("sentences", "The mask's run-length string ends in the middle of a number."),
    QT_TRANSLATE_NOOP("sentences", "A COCO mask needs the keys 'size' and 'counts'."),
    QT_TRANSLATE_NOOP(
        "sentences", "The mask of annotation {0} is {1}×{2} and its photo {3} {4}×{5} pixels; export the dataset again."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "{0} is {1}×{2} pixels and its annotations are for {3}×{4}; export the dataset again."
    ),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be read ({1}); choose another folder."),
    QT_TRANSLATE_NOOP("sentences", "The recipe {0} cannot be read; name a file such as recipes/heads.yaml."),
    QT_TRANSLATE_NOOP("sentences", "The recipe {0} is no YAML in line {1}; write a setting a line, as name: value."),
    QT_TRANSLATE_NOOP("sentences", "The recipe {0} is no YAML; write a setting a line, as name: value."),
    QT_TRANSLATE_NOOP("sentences", "The recipe {0} holds no settings; write one a line, as name: value."),
    QT_TRANSLATE_NOOP("sentences", "{0} has the unknown setting '{1}'; there are: {2}."),
    QT_TRANSLATE_NOOP("sentences", "{0} must be a group of settings, not {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} must be a number, not {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} must be a whole number, not {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} must be a word, not {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} must be a list such as [0.25, 0.75], not {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} must be between {1} and {2}, not {3}."),
    QT_TRANSLATE_NOOP("sentences", "{0} must be one of {1}, not '{2}'."),
    QT_TRANSLATE_NOOP("sentences", "{0}: rounds are shares of the samples and must sum to 1, not {1}."),
    QT_TRANSLATE_NOOP(
        "sentences", "The recipe {0} is for the bundled checkpoint; use full.yaml for the official ones."
    ),
    QT_TRANSLATE_NOOP("sentences", "{0}: sides must be multiples of 32, each with its share in side_shares."),
    QT_TRANSLATE_NOOP("sentences", "Stopped; --resume goes on where it was."),
    QT_TRANSLATE_NOOP(
        "sentences", '"{0}" cannot be done: another program has changed this since; what it made was kept.'
    ),
    QT_TRANSLATE_NOOP("sentences", '"{0}" cannot be done: its photo was removed; please open the photo again.'),
    QT_TRANSLATE_NOOP(
        "sentences", '"{0}" cannot be taken back or made again: another version of the program wrote it down.'
    ),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be found, or its folder is missing; check the path."),
    QT_TRANSLATE_NOOP("sentences", "{0} lies in something that is no folder; check the path."),
    QT_TRANSLATE_NOOP("sentences", "{0} is a folder; name a file in it."),
    QT_TRANSLATE_NOOP("sentences", "{0} may not be read or written; choose another place, or change its permissions."),
    QT_TRANSLATE_NOOP("sentences", "There is no room for {0} on its disk; free some and try again."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be used ({1}); choose another place."),
)


def sentence(text: str) -> str:
    """A sentence of the core in the user's language; as it is where there is no translation of it."""
    for template in SENTENCES:
        found = _pattern(template).fullmatch(text)
        if found is not None:
            return QCoreApplication.translate(CONTEXT, template).format(*map(_within, found.groups()))
    return text


def _within(part: str) -> str:
    """A reason that stands in a sentence is one of the sentences itself, without its full stop."""
    whole = f"{part}."
    said = sentence(whole)
    return part if said == whole else said.rstrip(".")


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d\}", template)
    return re.compile("(.+?)".join(re.escape(part) for part in parts))
