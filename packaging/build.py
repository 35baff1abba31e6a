"""``make package``: freeze the program, make it slim, check what is in it, and pack it for this system.

python packaging/build.py [--dist DIR] [--work DIR] [--quick] [--keep]

--quick packs with less compression; --keep packs the folder that an earlier run froze.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

import archives  # noqa: E402
import contents  # noqa: E402
import deb  # noqa: E402
import icons  # noqa: E402
import libraries  # noqa: E402
import sizes  # noqa: E402

from foodcal_desktop import __version__  # noqa: E402

NAME = "foodcal-desktop"


def main() -> int:
    """Build everything; returns the exit status."""
    given = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = given.dist / NAME
    icons.render(given.work / "icons")
    if not given.keep:
        freeze(given.work, given.dist)
        libraries.slim(folder)
    found = contents.forbidden(str(path.relative_to(folder)) for path in folder.rglob("*"))
    if found:
        print("The frozen program holds what it must not:", *found, sep="\n  ", file=sys.stderr)
        return 1
    print(sizes.table(folder), flush=True)
    for package in pack(folder, given):
        print(f"{package}  {package.stat().st_size / 1e6:.0f} MB", flush=True)
    return 0


def freeze(work: Path, dist: Path) -> None:
    """Run PyInstaller. Raises CalledProcessError where it fails."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--workpath", str(work), "--distpath", str(dist), str(ROOT / "build.spec")]
    subprocess.run(command, check=True, env={**os.environ, "FOODCAL_BUILD_ICONS": str(work / "icons")})


def pack(folder: Path, given: argparse.Namespace) -> list[Path]:
    """The packages of this system, made from the frozen folder."""
    if sys.platform.startswith("linux"):
        package = deb.build(folder, given.work / "icons", given.dist, __version__, quick=given.quick)
        return [package, archives.tar_xz(folder, given.dist, __version__, quick=given.quick)]
    if sys.platform == "darwin":
        subprocess.run([str(HERE / "macos" / "dmg.sh"), __version__, str(given.dist)], check=True)
        return list(given.dist.glob("*.dmg"))
    script = HERE / "windows" / "foodcal-desktop.iss"
    subprocess.run(["iscc", f"/DVersion={__version__}", f"/DSource={folder}", str(script)], check=True)
    return list((ROOT / "dist").glob("*.exe"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the packages go")
    parser.add_argument("--work", type=Path, default=ROOT / "build", help="where intermediate files go")
    parser.add_argument("--quick", action="store_true", help="pack with less compression")
    parser.add_argument("--keep", action="store_true", help="pack what an earlier run froze")
    given = parser.parse_args()
    given.dist, given.work = given.dist.resolve(), given.work.resolve()
    return given


if __name__ == "__main__":
    sys.exit(main())
