"""Drives the frozen program in a clean root, by clicks and by commands; test_frozen.sh starts it.

Every step prints a line; the figures go to report.json. The last line counts what passed and what failed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from PIL import Image, ImageOps
from screen import Root, Screen, cpu_seconds, memory_mb, peak_mb, tree, wait_for

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample" / "coffee.png"
ITEM = "food=Coffee, espresso;point=290,145"
TITLE = "Food diary"

# Places in the window at 1280 × 800, where it opens on an empty screen of that size.
COFFEE = (640, 320)
CANVAS = (270, 60, 976, 680)
CARD = (270, 130, 976, 700)  # anywhere on the canvas, where the mask leaves room
PANEL = (980, 30, 1278, 780)
QUEUE = (74, 60, 266, 700)
GRAMS = (1012, 438)
LOG = (1128, 736)
DIARY = (35, 121)
SECOND_AND_THIRD = ((150, 139), (150, 191))


class Trial:
    """The steps in order; what they find out is kept in ``report``."""

    def __init__(self, root: Root, screen: Screen, archive: Path, out: Path) -> None:
        self.root, self.screen, self.archive, self.out = root, screen, archive, out
        self.report: dict[str, Any] = {}
        self.window: subprocess.Popen[bytes] | None = None
        self.photos: list[str] = []

    # What the steps use

    def program(self, *arguments: str, user: str = "minji", seconds: float = 1200) -> str:
        """Run a command of the frozen program; its standard output. It must end with status 0."""
        done = self.root.run(user, "foodcal-desktop", *arguments, seconds=seconds)
        assert done.returncode == 0, f"{arguments} ended with {done.returncode}: {done.stderr.strip()}"
        return done.stdout

    def open_window(self, *arguments: str, user: str = "minji") -> float:
        """Start the window; the seconds until it has painted itself."""
        started = time.perf_counter()
        self.window = self.root.start(user, "foodcal-desktop", *arguments)
        wait_for(self.screen.is_painted, "the window", 120, pause=0.01)
        seconds = time.perf_counter() - started
        self.screen.focus(TITLE)
        return seconds

    def quit_window(self) -> None:
        """Quit by the key; the program and its workers must end by themselves."""
        assert self.window is not None
        processes = tree(self.window.pid)
        self.screen.key("ctrl+q")
        assert self.window.wait(60) == 0
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes), "the workers' end", 30)
        wait_for(lambda: not self.screen.is_painted(), "an empty screen", 30)

    # The steps

    def step_photos(self) -> None:
        """Three photos in a folder with a space and Korean letters."""
        with Image.open(SAMPLE) as sample:
            plain = sample.convert("RGB")
        pictures = {
            "커피 한 잔": plain,
            "거울에 비친 커피": ImageOps.mirror(plain),
            "어두운 커피": plain.point(lambda v: v * 3 // 4),
        }
        for name, picture in pictures.items():
            made = self.out / "photo.png"
            picture.save(made)
            self.photos.append(self.root.give("minji", made, f"점심 사진/{name}.png"))

    def step_start_times(self) -> None:
        """From start to a painted window, cold and warm."""
        times = []
        for _ in range(6):
            times.append(round(self.open_window(), 2))
            time.sleep(2)
            self.quit_window()
        self.report["start_seconds"] = {"first": times[0], "warm": sorted(times[1:])}

    def step_click_to_diary(self) -> None:
        """Photo → click → mask → food → grams → diary."""
        self.open_window(*self.photos)
        # They may be there with the first painting already, so there is no change to wait for.
        self.screen.wait_still(QUEUE, "the photos in the queue", calm=4)
        self.screen.shot("opened")
        self.report["memory_mb_starting"] = round(memory_mb(self._pid()))
        self._mark()
        self.screen.shot("mask-and-food")
        before = self.screen.image()
        self.screen.click(*GRAMS, times=2)
        self.screen.type("45")
        self.screen.key("Return")
        self.screen.wait_change(PANEL, "the grams", before, calm=3)
        self.screen.shot("grams")
        before = self.screen.image()
        self.screen.click(*LOG)
        self.screen.wait_change(PANEL, "the log", before, calm=3)
        self.screen.shot("logged")
        self._must_be_logged()

    def step_other_photos(self) -> None:
        """Masks on the other two photos, for training."""
        for row in SECOND_AND_THIRD:
            before = self.screen.image()
            self.screen.click(*row)
            self.screen.wait_change(CANVAS, "the next photo", before)
            self._mark()
        self.screen.shot("third-photo")

    def step_second_start(self) -> None:
        """A second start hands its photo to the first window and ends."""
        extra = self.out / "photo.png"
        with Image.open(SAMPLE) as sample:
            sample.convert("RGB").rotate(180).save(extra)
        fourth = self.root.give("minji", extra, "점심 사진/두 번째 시작.png")
        before = self.screen.image()
        done = self.root.run("minji", "foodcal-desktop", fourth, seconds=60)
        assert done.returncode == 0, done.stderr
        self.screen.wait_change(QUEUE, "the second start's photo in the first window", before)
        assert len(self.screen.windows(TITLE)) == 1
        self.screen.shot("second-start")

    def step_memory(self) -> None:
        """Memory when nothing happens, with both workers loaded."""
        self.screen.wait_still(CANVAS, "a quiet window")
        wait_for(lambda: cpu_seconds(self._pid(), 5) < 0.5, "quiet workers", 300)
        pid = self._pid()
        self.report["memory_mb_idle"] = {"all": round(memory_mb(pid)), "processes": len(tree(pid))}

    def step_quit_and_start(self) -> None:
        """Quit, start, and it is there."""
        self.quit_window()
        self._must_be_logged()
        self.open_window()
        self.screen.wait_still(CANVAS, "the window")
        before = self.screen.image()
        self.screen.click(*DIARY)
        self.screen.wait_change(CANVAS, "the diary", before)
        self.screen.shot("diary-after-restart")

    def step_killed(self) -> None:
        """kill -9 of everything; the next start is the first window again, with everything there."""
        for pid in tree(self._pid()):
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not self.screen.is_painted(), "an empty screen", 30)
        self.open_window()
        self._must_be_logged()
        self.quit_window()

    def step_estimate(self) -> None:
        """``estimate`` on a photo, with memory at work."""
        command = ["foodcal-desktop", "estimate", self.photos[0], "--item", ITEM, "--json"]
        started = time.perf_counter()
        working = subprocess.Popen(self.root.command("minji", *command), stdout=subprocess.PIPE)
        peak = peak_mb(working)
        assert working.stdout is not None
        document = json.loads(working.stdout.read())
        assert working.returncode == 0
        assert document["items"][0]["kcal"]["value"] > 0
        self.report["estimate"] = {"seconds": round(time.perf_counter() - started, 1), "peak_mb": round(peak)}

    def step_export(self) -> None:
        """``export``: three photos as COCO."""
        written = json.loads(self.program("export", "--format", "coco", "내 보내기", "--json"))
        assert (written["photos"], written["annotations"]) == (3, 3), written
        assert (self.root.home("minji") / "내 보내기" / "annotations.json").is_file()

    def step_checkpoints(self) -> None:
        """``checkpoints verify``."""
        assert "ok" in self.program("checkpoints", "verify")

    def step_finetune(self) -> None:
        """``finetune`` on the three photos for one epoch."""
        command = ["finetune", "내 보내기", "--base", "lite", "--name", "mine", "--epochs", "1", "--json"]
        started = time.perf_counter()
        training = subprocess.Popen(
            self.root.command("minji", "foodcal-desktop", *command), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        peak = peak_mb(training)
        assert training.stdout is not None and training.stderr is not None
        errors = training.stderr.read().decode()
        assert training.returncode == 0, errors[-2000:]
        document = json.loads(training.stdout.read())
        self.report["finetune"] = {
            "seconds": round(time.perf_counter() - started, 1),
            "peak_mb": round(peak),
            "better": document.get("better"),
        }

    def step_doctor(self) -> None:
        """``doctor``, and what it says."""
        self.report["doctor"] = self.program("doctor").splitlines()

    def step_two_users(self) -> None:
        """Another user has another diary, and sees nothing of the first."""
        assert not json.loads(self.program("diary", "show", "--json", user="jun"))["meals"]
        for home, folder in (("minji", ".local/share/foodcal-desktop"), ("jun", ".local/share/foodcal-desktop")):
            made = self.root.home(home) / folder
            assert made.stat().st_uid == self.root.home(home).stat().st_uid
            assert (made / "foodcal.db").is_file()

    def step_relocated(self) -> None:
        """The archive, unpacked into a folder with a space and Korean letters, with such a data folder."""
        place = self.root.home("jun") / "내 프로그램 2"
        place.mkdir(exist_ok=True)
        subprocess.run(["tar", "-C", str(place), "-xf", str(self.archive)], check=True)
        program = "/home/jun/내 프로그램 2/foodcal-desktop/foodcal-desktop"
        photo = self.root.give("jun", SAMPLE, "사진 1/커피.png")
        arguments = ["--data-dir", "/home/jun/내 데이터", "estimate", photo, "--item", ITEM, "--json"]
        done = self.root.run("jun", program, *arguments)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["items"]
        assert any((self.root.home("jun") / "내 데이터").iterdir())

    def step_read_only(self) -> None:
        """Nothing could be written into the installation, and nothing tried and failed."""
        touch = ["chroot", str(self.root.folder), "touch", "/usr/lib/foodcal-desktop/x"]
        done = subprocess.run(touch, capture_output=True)
        assert done.returncode != 0, "the installation is not read-only, so this proves nothing"

    # Parts of steps

    def _mark(self) -> None:
        """Click the coffee, accept its mask and name it. The keys are kept until the mask is there."""
        before = self.screen.image()
        self.screen.click(*COFFEE)
        self.screen.key("Return")
        self.screen.wait_change(PANEL, "the accepted mask", before)
        before = self.screen.image()
        self.screen.type("espresso")
        self.screen.wait_change(CARD, "the foods", before, calm=4)
        before = self.screen.image()
        self.screen.key("Return")
        self.screen.wait_change(PANEL, "the named food", before)

    def _must_be_logged(self) -> None:
        day = json.loads(self.program("diary", "show", "--json"))
        assert [entry["grams"]["value"] for meal in day["meals"] for entry in meal["entries"]] == [45], day

    def _pid(self) -> int:
        assert self.window is not None
        return self.window.pid


def run(trial: Trial, steps: list[Callable[[], None]]) -> int:
    """Carry the steps out, each even where one before failed; the number of those that failed."""
    failed = 0
    for step in steps:
        try:
            step()
            print(f"ok      {step.__name__}", flush=True)
        except Exception:  # noqa: BLE001 - told at once, counted, and the next step follows
            failed += 1
            print(f"FAILED  {step.__name__}\n{traceback.format_exc()}", flush=True)
            trial.screen.shot(f"failed-{step.__name__}")
    return failed


def main() -> int:
    """Try everything; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("--root", "--archive", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--display", required=True)
    given = parser.parse_args()
    trial = Trial(Root(given.root, given.display), Screen(given.display, given.out / "shots"), given.archive, given.out)
    steps = [value for name in vars(Trial) if name.startswith("step_") for value in [getattr(trial, name)]]
    failed = run(trial, steps)
    if trial.window is not None and trial.window.poll() is None:
        trial.window.kill()
    text = json.dumps(trial.report, ensure_ascii=False, indent=2)
    (given.out / "report.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    print(f"{len(steps) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
