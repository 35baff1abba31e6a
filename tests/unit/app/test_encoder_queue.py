from __future__ import annotations

from foodcal_desktop.app.encoder_queue import EncoderQueue
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.messages import Message


def photo(name: str) -> Photo:
    return Photo(name, 8, 8, f"/photos/{name}.jpg")


A, B, C = photo("a"), photo("b"), photo("c")


def told(message: Message | None) -> tuple[str, str] | None:
    return None if message is None else (message.kind, message.values["photo"])


def test_the_open_photo_comes_first_and_then_those_that_may_be_opened() -> None:
    queue = EncoderQueue()
    queue.prefetch(B)
    queue.prefetch(C)
    queue.prefetch(C)
    queue.embed(A)
    order = []
    while (message := queue.next({})) is not None:
        order.append(told(message))
        assert queue.next({}) is None  # one at a time
        queue.embedding = None
    assert order == [("embed", "a"), ("embed", "b"), ("embed", "c")]


def test_a_photo_opened_meanwhile_waits_for_nothing_but_the_one_in_work() -> None:
    queue = EncoderQueue()
    queue.embed(A)
    queue.embed(B)
    assert told(queue.next({})) == ("embed", "b")
    queue.embedding = None
    assert told(queue.next({})) == ("embed", "a")


def test_a_photo_in_work_is_not_asked_for_twice() -> None:
    queue = EncoderQueue()
    queue.embed(A)
    queue.next({})
    queue.embed(A)
    queue.prefetch(A)
    queue.embedding = None
    assert queue.next({}) is None


def test_foods_are_found_before_photos_are_prefetched_and_only_where_there_is_an_embedding() -> None:
    queue = EncoderQueue()
    queue.find("a")
    queue.prefetch(B)
    assert told(queue.next({})) == ("embed", "b")
    queue.embedding = None
    queue.prefetch(C)
    assert told(queue.next({"a": "file"})) == ("find", "a")
    assert queue.next({"a": "file"}) is None
    queue.finding = None
    assert told(queue.next({"a": "file"})) == ("embed", "c")


def test_the_open_photo_interrupts_finding_which_then_comes_again() -> None:
    queue = EncoderQueue()
    queue.find("a")
    queue.next({"a": "file"})
    queue.embed(B)
    assert told(queue.next({"a": "file"})) == ("embed", "b")
    queue.left()
    queue.embedding = None
    assert told(queue.next({"a": "file"})) == ("find", "a")


def test_another_wish_replaces_the_one_that_was_left() -> None:
    queue = EncoderQueue()
    queue.find("a")
    queue.next({"a": "file"})
    queue.find("b")
    queue.left()
    assert told(queue.next({"a": "file", "b": "other"})) == ("find", "b")


def test_a_search_that_is_left_does_not_come_again_and_counts_as_none() -> None:
    queue = EncoderQueue()
    queue.find("a")
    assert not queue.leave_find()  # nothing of it was sent
    assert queue.next({"a": "file"}) is None
    queue.find("a")
    queue.next({"a": "file"})
    assert queue.is_finding and queue.leave_find() and not queue.is_finding
    queue.left()
    assert queue.next({"a": "file"}) is None
    queue.find("a")
    assert told(queue.next({"a": "file"})) == ("find", "a") and queue.is_finding


def test_a_search_wished_again_while_it_is_being_left_comes_again() -> None:
    queue = EncoderQueue()
    queue.find("a")
    queue.next({"a": "file"})
    queue.leave_find()
    queue.find("a")
    queue.left()
    assert told(queue.next({"a": "file"})) == ("find", "a") and queue.is_finding


def test_prefetches_can_be_forgotten_and_the_open_photo_cannot() -> None:
    queue = EncoderQueue()
    queue.embed(A)
    queue.prefetch(B)
    queue.forget_prefetches()
    assert told(queue.next({})) == ("embed", "a")
    queue.embedding = None
    assert queue.next({}) is None


def test_a_restart_tells_what_was_in_work() -> None:
    queue = EncoderQueue()
    queue.embed(A)
    queue.next({})
    assert queue.reset() == (A, None)
    assert queue.reset() == (None, None)
