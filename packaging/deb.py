"""The Debian package: the frozen folder under /usr/lib, and what a desktop wants to know of it.

It has no maintainer scripts: installing runs and fetches nothing, and removing it leaves nothing but the user's data.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import textwrap
from pathlib import Path

import libraries

NAME = "foodcal-desktop"
_LINUX = Path(__file__).resolve().parent / "linux"
_ROOT = _LINUX.parents[1]

_CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: foodcal-desktop <foodcal-desktop@localhost>
Installed-Size: {kilobytes}
Section: graphics
Priority: optional
Depends: {depends}
Recommends: fonts-noto-cjk, ca-certificates
Description: meal photos into an honest food diary
 Mark the food on a photo by a click; get its grams and kcal, each with an
 interval, and keep a diary. Corrections become training data, and checkpoints
 can be trained further in the program. Everything stays on this computer.
"""


def build(folder: Path, icons: Path, out: Path, version: str, *, quick: bool = False) -> Path:
    """Pack the frozen folder as a .deb in ``out``. Raises CalledProcessError, or LookupError (see libraries)."""
    root = out / "deb"
    shutil.rmtree(root, ignore_errors=True)
    _place_program(folder, root)
    _place_desktop_files(icons, root)
    _place_documents(root)
    _write_control(folder, root, version)
    target = out / f"{NAME}_{version}_{_architecture()}.deb"
    compression = ["-Zxz", "-z1"] if quick else ["-Zxz", "-z6"]
    subprocess.run(["dpkg-deb", "--root-owner-group", *compression, "--build", str(root), str(target)], check=True)
    shutil.rmtree(root)
    return target


def _place_program(folder: Path, root: Path) -> None:
    library = root / "usr" / "lib" / NAME
    # Links to the same bytes, for the folder is large; modes are the packages', not this user's.
    shutil.copytree(folder, library, symlinks=True, copy_function=_link)
    for path in library.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    binaries = root / "usr" / "bin"
    binaries.mkdir(parents=True)
    (binaries / NAME).symlink_to(f"../lib/{NAME}/{NAME}")


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def _place_desktop_files(icons: Path, root: Path) -> None:
    share = root / "usr" / "share"
    for png in icons.glob("*.png"):
        _copy(png, share / "icons" / "hicolor" / f"{png.stem}x{png.stem}" / "apps" / f"{NAME}.png")
    _copy(_ROOT / "resources/icons/app.svg", share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg")
    _copy(_LINUX / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    _copy(_LINUX / "org.foodcal.desktop.metainfo.xml", share / "metainfo" / "org.foodcal.desktop.metainfo.xml")


def _place_documents(root: Path) -> None:
    share = root / "usr" / "share"
    _copy(_LINUX / "copyright", share / "doc" / NAME / "copyright")
    page = share / "man" / "man1" / f"{NAME}.1.gz"
    page.parent.mkdir(parents=True)
    page.write_bytes(gzip.compress((_LINUX / f"{NAME}.1").read_bytes(), mtime=0))
    page.chmod(0o644)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def _write_control(folder: Path, root: Path, version: str) -> None:
    control = _CONTROL.format(
        name=NAME,
        version=version,
        architecture=_architecture(),
        kilobytes=sum(path.lstat().st_size for path in root.rglob("*")) // 1024,
        depends=", ".join(libraries.needed_packages(folder)),
    )
    target = root / "DEBIAN" / "control"
    target.parent.mkdir()
    target.write_text(textwrap.dedent(control), encoding="utf-8")
    for directory in [root, *(path for path in root.rglob("*") if path.is_dir() and not path.is_symlink())]:
        directory.chmod(0o755)


def _architecture() -> str:
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
