"""What the decoder is asked next: the latest prompts win, and a preview never stands in the way of a click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foodcal_desktop.core.prompt import Prompts


@dataclass(frozen=True)
class Asked:
    """Prompts on a photo with the number of their request."""

    request: int
    photo: str
    prompts: Prompts
    preview: bool = False


class DecoderQueue:
    """The last request not yet answered and those that were sent. It decides; the client sends."""

    def __init__(self) -> None:
        self._count = 0
        self._wanted: Asked | None = None
        self._sent: dict[int, Asked] = {}

    def ask(self, sha256: str, prompts: Prompts, preview: bool = False) -> int:
        """Put a request in the place of one that has not been sent; its number.

        A preview is dropped, and never answered, while anything else is asked for.
        """
        self._count += 1
        if not preview or (self._wanted is None and not self._sent):
            self._wanted = Asked(self._count, sha256, prompts, preview)
        return self._count

    def next(self, can_answer: Callable[[str], bool]) -> Asked | None:
        """The request to send now, if any. A click waits for a click that is being answered, never for a preview."""
        wanted = self._wanted
        if wanted is None or wanted.request in self._sent:
            return None
        if any(not sent.preview for sent in self._sent.values()) or not can_answer(wanted.photo):
            return None
        self._sent[wanted.request] = wanted
        return wanted

    def answered(self, request: int) -> None:
        """The decoder is done with a request."""
        self._sent.pop(request, None)
        if self._wanted is not None and self._wanted.request == request:
            self._wanted = None

    def reset(self) -> None:
        """The decoder starts anew: what was not answered is to be sent again."""
        self._sent.clear()
