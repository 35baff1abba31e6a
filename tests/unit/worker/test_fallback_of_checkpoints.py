"""A checkpoint that gives way to a smaller one while a photo is embedded: both processes go on with the right one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from foodcal_desktop.core.messages import Message, predict_message
from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.segmentation.loading import load_segmenter
from foodcal_desktop.storage import photos
from foodcal_desktop.worker.service import Decoder, Encoder


class GivesWay:
    """Begins as a large checkpoint and becomes the bundled one at the first photo."""

    def __init__(self) -> None:
        self._small = load_segmenter("lite", device="cpu")
        self.name, self.checkpoint_hash, self.notices = "large", "f" * 64, [""][:0]

    def embed(self, rgb: Any) -> Any:
        self.name, self.checkpoint_hash = self._small.name, self._small.checkpoint_hash
        self.notices.append("lite is used instead.")
        return self._small.embed(rgb)


@pytest.fixture
def photo(data_dir: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plate.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (60, 80, 3), np.uint8)).save(path)
    return path


def test_the_embedding_is_kept_under_the_checkpoint_that_made_it_and_decoded_by_it(photo: Path) -> None:
    encoder, decoder = Encoder(None), Decoder(None)  # type: ignore[arg-type]
    encoder._segmenter, decoder._segmenter = GivesWay(), GivesWay()  # type: ignore[assignment]
    sha256 = photos.load(photo).photo.sha256
    answer = encoder.on_embed(Message("embed", {"photo": sha256, "path": str(photo)}))
    assert answer.values["notices"] == ["lite is used instead."]
    stored = Path(answer.values["embedding"])
    assert stored.name.startswith(encoder.segmenter.checkpoint_hash[:16]) and stored.is_file()

    decoder._device = "cpu"
    asked = predict_message(1, str(stored), Prompts((PointPrompt(20, 20),)))
    assert len(decoder.on_predict(asked).values["iou"]) == 3
    assert decoder.segmenter.name == "lite"


def test_an_older_embedding_is_read_by_its_own_checkpoint_and_the_next_photo_by_the_loaded_one(photo: Path) -> None:
    encoder = Encoder(None)  # type: ignore[arg-type]
    encoder._segmenter, encoder._device = load_segmenter("lite", device="cpu"), "cpu"
    sha256 = photos.load(photo).photo.sha256
    stored = encoder.on_embed(Message("embed", {"photo": sha256, "path": str(photo)})).values["embedding"]
    large = encoder._segmenter = GivesWay()  # type: ignore[assignment]
    assert encoder.segmenter_of(stored).name == "lite"
    assert encoder.segmenter is large  # type: ignore[comparison-overlap]
