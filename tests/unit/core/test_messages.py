"""What crosses to the worker arrives as it was sent, in pieces of any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.messages import (
    Message,
    MessageReader,
    candidates_message,
    candidates_of,
    predict_message,
    prompts_of,
)
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts

coordinates = st.floats(0, 1e5, allow_nan=False)
points = st.builds(PointPrompt, coordinates, coordinates, st.booleans())
boxes = st.none() | st.builds(BoxPrompt, coordinates, coordinates, coordinates, coordinates)


def passed(message: Message, piece: int) -> list[Message]:
    reader, data = MessageReader(), message.to_bytes()
    return [m for i in range(0, len(data), piece) for m in reader.feed(data[i : i + piece])]


@given(st.lists(points, max_size=5), boxes, st.integers(1, 40))
def test_prompts_arrive_equal_in_any_pieces(clicks: list[PointPrompt], box: BoxPrompt | None, piece: int) -> None:
    sent = Prompts(tuple(clicks), box)
    (received,) = passed(predict_message(7, "/tmp/사진.safetensors", sent), piece)
    assert prompts_of(received) == sent
    assert received.values["embedding"] == "/tmp/사진.safetensors"


def test_the_previous_mask_arrives_bit_for_bit() -> None:
    logits = np.random.default_rng(0).normal(size=(112, 112)).astype(np.float32)
    (received,) = passed(predict_message(1, "e", Prompts((PointPrompt(1, 2),)).with_previous(logits)), 1000)
    previous = prompts_of(received).previous
    assert previous is not None
    assert np.array_equal(previous.logits, logits)


def test_candidates_arrive_in_order_with_masks_and_logits() -> None:
    random = np.random.default_rng(1)
    sent = [
        Candidate(Mask.from_array(random.random((20, 30)) < 0.5), iou, random.normal(size=(4, 4)).astype(np.float32))
        for iou in (0.9, 0.5, 0.1)
    ]
    (message,) = passed(candidates_message(3, sent), 17)
    received = candidates_of(message)
    assert [c.predicted_iou for c in received] == [0.9, 0.5, 0.1]
    assert [c.mask for c in received] == [c.mask for c in sent]
    assert all(np.array_equal(a.logits, b.logits) for a, b in zip(received, sent, strict=True))


def test_several_messages_in_one_piece_are_all_read() -> None:
    data = Message("a").to_bytes() + Message("b", {"x": 1}).to_bytes() + Message("c").to_bytes()[:5]
    assert [m.kind for m in MessageReader().feed(data)] == ["a", "b"]


def test_a_stream_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no message"):
        list(MessageReader().feed(b"\xff\xff\xff\xff print('hello') and more"))
