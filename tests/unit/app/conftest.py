"""The real worker processes, for the tests that need what torch answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from foodcal_desktop.app.worker_client import WorkerClient


@pytest.fixture(scope="module")
def worker(qapp: QCoreApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerClient]:
    """One pair of processes for all tests of a file: to load torch takes them longer than what they are asked."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FOODCAL_DATA_DIR", str(tmp_path_factory.mktemp("my 데이터")))
        client = WorkerClient()
        client.start()
        yield client
        client.stop()
