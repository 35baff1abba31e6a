"""Which request goes to the decoder, and what a preview may not do."""

from __future__ import annotations

from foodcal_desktop.app.decoder_queue import Asked, DecoderQueue
from foodcal_desktop.core.prompt import PointPrompt, Prompts

CLICK, ELSEWHERE = Prompts((PointPrompt(1, 1),)), Prompts((PointPrompt(2, 2),))


def always(_: str) -> bool:
    return True


def test_of_the_clicks_made_while_one_is_answered_only_the_last_is_sent():
    queue = DecoderQueue()
    first = queue.ask("a", CLICK)
    assert queue.next(always) == Asked(first, "a", CLICK)
    queue.ask("a", ELSEWHERE)
    last = queue.ask("a", CLICK)
    assert queue.next(always) is None
    queue.answered(first)
    assert queue.next(always) == Asked(last, "a", CLICK)
    queue.answered(last)
    assert queue.next(always) is None


def test_a_click_overtakes_a_preview_that_was_sent():
    queue = DecoderQueue()
    preview = queue.ask("a", ELSEWHERE, preview=True)
    assert queue.next(always) == Asked(preview, "a", ELSEWHERE, True)
    click = queue.ask("a", CLICK)
    assert queue.next(always) == Asked(click, "a", CLICK)
    queue.answered(preview)
    assert queue.next(always) is None
    queue.answered(click)
    assert queue.ask("a", ELSEWHERE, preview=True) and queue.next(always) is not None


def test_no_preview_is_sent_while_a_click_waits_or_another_preview_is_under_way():
    queue = DecoderQueue()
    click = queue.ask("not embedded", CLICK)
    queue.ask("a", ELSEWHERE, preview=True)
    assert queue.next(lambda photo: photo == "a") is None
    assert queue.next(always) == Asked(click, "not embedded", CLICK)
    queue.ask("a", ELSEWHERE, preview=True)
    queue.answered(click)
    assert queue.next(always) is None
    queue.ask("a", ELSEWHERE, preview=True)
    assert queue.next(always) is not None
    queue.ask("a", CLICK, preview=True)
    assert queue.next(always) is None


def test_after_a_restart_what_was_not_answered_is_sent_again():
    queue = DecoderQueue()
    click = queue.ask("a", CLICK)
    queue.next(always)
    queue.reset()
    assert queue.next(always) == Asked(click, "a", CLICK)
