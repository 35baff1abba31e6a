"""Fixtures for all tests. Nothing here touches the user's own data: every test has a home of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parents[1]

MEMORY_DISK = Path("/dev/shm")
"""Where Linux keeps files in memory. In a container it may be tiny."""

_ENOUGH_BYTES = 2 << 30

settings.register_profile(
    "project", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("project")


def pytest_configure(config: pytest.Config) -> None:
    """Warnings of our own code are errors; a library's complaint about another library is not ours to fix."""
    _use_memory()
    _share_the_cores()
    config.addinivalue_line("filterwarnings", "error::pytest.PytestUnraisableExceptionWarning")
    config.addinivalue_line("filterwarnings", "error::pytest.PytestUnhandledThreadExceptionWarning")
    config.addinivalue_line("filterwarnings", "error::ResourceWarning")
    config.addinivalue_line("filterwarnings", "error:::foodcal_desktop")
    # What Pillow has to say about hostile metadata is expected: those files are hostile on purpose.
    config.addinivalue_line("filterwarnings", r"ignore:::PIL\.")
    config.addinivalue_line("filterwarnings", "ignore:__array__ implementation:DeprecationWarning:pycocotools")


def _use_memory() -> None:
    """Thousands of commits wait for the disk, each for milliseconds, in files that nobody needs after the test."""
    if os.access(MEMORY_DISK, os.W_OK) and shutil.disk_usage(MEMORY_DISK).free > _ENOUGH_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))


def _share_the_cores() -> None:
    """Each of several pytest processes, and what it starts, takes one core; their threads would wait for each other."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of design notes and development data beside the repository; the test is skipped where it is absent."""
    folder = Path(os.environ.get("FOODCAL_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("the development data (../shared) is not on this machine")
    return folder


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder with a space and Korean letters in its name, used by everything the program writes."""
    folder = tmp_path / "my 데이터"
    folder.mkdir()
    monkeypatch.setenv("FOODCAL_DATA_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever forgets ``data_dir`` writes to a throw-away home, never to the developer's."""
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    for name, folder in (
        ("HOME", ""),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_CONFIG_HOME", "conf"),
    ):
        monkeypatch.setenv(name, str(home / folder))
