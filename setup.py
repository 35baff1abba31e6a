"""Puts the folders that the program reads at run time into the wheel; all else stands in pyproject.toml."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py

# storage/paths.py looks for them inside the package, and at the top of a checkout.
_FOLDERS = ("resources", "models", "recipes")


class BuildWithFolders(build_py):
    """Copies the folders beside the modules; an editable installation reads them where they are."""

    def run(self) -> None:
        """Build as ever, then copy."""
        super().run()
        if not self.editable_mode:
            for name in _FOLDERS:
                copytree(name, Path(self.build_lib) / "foodcal_desktop" / name, dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithFolders})
