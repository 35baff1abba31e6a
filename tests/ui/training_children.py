"""Marked photos to learn from, and programs that stand in for ``foodcal-desktop finetune``.

One only speaks like it, the other is it in small.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from foodcal_desktop.core.annotation import Annotation, new_id
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.effort import Effort
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.effort_store import EffortStore
from foodcal_desktop.storage.store import Store
from tests.unit.training.training_case import plate

# Speaks as the training does; the name says how it goes. A better one puts a real checkpoint into the catalogue.
SPOKEN = """
import json, os, shutil, sys, time
from pathlib import Path
name = sys.argv[sys.argv.index("--name") + 1]
base = sys.argv[sys.argv.index("--base") + 1]
folder = Path(os.environ["FOODCAL_DATA_DIR"]) / "training" / name
control = folder / "control"
folder.mkdir(parents=True, exist_ok=True)
if "--resume" not in sys.argv:
    (folder / "order.json").write_text(json.dumps({"name": name, "base": base, "dataset": "", "epochs": 3}))
def tell(**values): print(json.dumps(values), file=sys.stderr, flush=True)
def word(): return control.read_text() if control.exists() else "go"
def until(wanted):
    while word() != wanted: time.sleep(0.01)
def epoch(number, one):
    values = dict(epoch=number, epochs=3, loss=0.9 / (number + 1) if number else None, miou={"1": one, "3": one + .1,
        "5": one + .15}, box_miou=.7, score=one, best=True, seconds_left=150.0)
    with (folder / "epochs.jsonl").open("a") as file: file.write(json.dumps(values) + "\\n")
    tell(event="epoch", **values)
def change(value, low, high): return {"value": value, "low": low, "high": high}
tell(event="started", photos=16, objects=40, val_photos=4, epochs=3, epoch=0, device="CPU", trained=1)
if name == "fails":
    print("The loss became infinite; set a smaller rate in the recipe.", file=sys.stderr); sys.exit(1)
if name == "waits":
    (folder / "state.pt").touch()
epoch(0, 0.5)
tell(event="step", epoch=1, step=1, steps=2, loss=0.8, iou=0.5, seconds_left=190.0)
if name == "waits":
    until("pause"); tell(event="paused"); until("go"); tell(event="resumed"); until("cancel")
    shutil.rmtree(folder); print("Cancelled; nothing was kept.", file=sys.stderr); sys.exit(1)
if name == "long" and "--resume" not in sys.argv:
    epoch(1, 0.55); (folder / "state.pt").touch(); time.sleep(600)
epoch(1, 0.6); epoch(2, 0.62); epoch(3, 0.63)
tell(event="comparing", done=3, total=8)
better = name != "worse"
miou = {"1": change(.13, .1, .16), "3": change(.1, .05, .15), "5": change(.1, .05, .15)}
document = {"name": name, "base": base, "better": better, "compared": {"photos": 50, "objects": 168},
    "before": {"miou": {"1": .5, "3": .6, "5": .65}, "box_miou": .7, "noc85": 3.4},
    "after": {"miou": {"1": .63, "3": .7, "5": .75}, "box_miou": .8, "noc85": 2.1 if better else 3.9},
    "difference": {"score": change(.1, .05, .15) if better else change(-.1, -.2, .01), "miou": miou,
        "box_miou": change(.1, .05, .15), "noc85": change(-1.3, -2.0, -.6) if better else change(.5, -.1, 1.2)}}
if better:
    from foodcal_desktop.storage import paths
    from foodcal_desktop.storage.checkpoints import Catalogue
    from safetensors.numpy import load_file, save_file
    weights = load_file(paths.models_dir() / "lite.safetensors")
    first = next(iter(weights)); weights[first] = weights[first] + 1e-6
    save_file(weights, folder / "tuned.safetensors")
    Catalogue().import_file(folder / "tuned.safetensors", name, training={"parent": base})
    shutil.rmtree(folder)
print(json.dumps(document))
"""

# The real command with a small recipe and few clicks, its base made to look worse than it is: learning to be better
# for real takes minutes.
SMALL = """
import dataclasses, sys
from foodcal_desktop.__main__ import main
from foodcal_desktop.training import finetune, recipe
finetune._COMPARE = finetune.ClickProtocol(clicks=5, max_objects=1)
finetune._WATCH = finetune.ClickProtocol(clicks=5, max_objects=1)
load, paired, watched = recipe.load_recipe, finetune.paired_figures, finetune.FineTuning._watched
scores = [0.1, 0.2, 0.3]
def small(path):
    return dataclasses.replace(load(path), batch=1, steps=2, objects=1, rounds=(1.0,))
def favourable(before, after):
    for one in before.objects: one.ious, one.box_iou = [0.1], 0.1
    return paired(before, after)
recipe.load_recipe, finetune.paired_figures = small, favourable
finetune.FineTuning._watched = lambda self, trainable: {**watched(self, trainable), "score": scores.pop(0)}
sys.exit(main(sys.argv[1:]))
"""


def mark_photos(folder: Path, count: int) -> None:
    """Photos of drawn plates in the user's database, with their masks, as if they had been clicked."""
    with Database.open() as database:
        store, efforts = Store(database), EffortStore(database)
        for number in range(count):
            rgb, masks = plate(number)
            Image.fromarray(rgb).save(folder / f"plate {number}.png")
            photo = store.add_photo(photos.load(folder / f"plate {number}.png").photo)
            rows = [_annotation(photo.sha256, mask) for mask in masks]
            store.apply(Edit("mark", tuple(Change(row.id, None, row) for row in rows)))
            efforts.add(Effort(rows[0].id, photo.sha256, "lite", clicks=3, edits=1))


def _annotation(photo: str, mask: Mask) -> Annotation:
    return Annotation(new_id(), photo, mask, "rice", checkpoint="lite")
