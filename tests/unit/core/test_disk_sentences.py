"""What the operating system refuses, said plainly; raised by the real one wherever it can be."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.storage.files import write_whole


def _refused(work: Callable[[], object]) -> str:
    with pytest.raises(OSError) as caught:
        work()
    return plainly(caught.value)


def test_a_missing_folder_is_said_of_the_file_that_is_wanted(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "diary.csv"
    said = _refused(lambda: write_whole(target, b"x"))
    assert said == f"{target} cannot be found, or its folder is missing; check the path."


def test_a_folder_and_a_file_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert _refused(lambda: write_whole(tmp_path, b"x")) == f"{tmp_path} is a folder; name a file in it."
    below = tmp_path / "file" / "diary.csv"
    assert _refused(lambda: write_whole(below, b"x")).startswith(f"{below} lies in something that is no folder")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO, 9999])
def test_nobody_reads_a_number(number: int) -> None:
    said = plainly(OSError(number, "some words", "/home/minji/diary.csv"))
    assert "/home/minji/diary.csv" in said
    assert "Errno" not in said
    assert said.endswith(".")


def test_what_already_is_a_sentence_stays() -> None:
    assert plainly(OSError("The disk of a is full; make room.")) == "The disk of a is full; make room."
    assert plainly(ValueError("[Errno 2] is not ours")) == "[Errno 2] is not ours"
