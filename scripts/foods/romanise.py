"""Korean to Latin letters by the Revised Romanization (2000), with its sound changes across syllables."""

from __future__ import annotations

_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
           "eu", "ui", "i")  # fmt: skip
# Final consonant: (before a consonant or at the end, what moves to a following vowel).
_FINALS = (
    ("", ""), ("k", "g"), ("k", "kk"), ("k", "ks"), ("n", "n"), ("n", "nj"), ("n", "n"), ("t", "d"), ("l", "r"),
    ("k", "lg"), ("m", "lm"), ("l", "lb"), ("l", "ls"), ("l", "lt"), ("p", "lp"), ("l", "r"), ("m", "m"), ("p", "b"),
    ("p", "ps"), ("t", "s"), ("t", "ss"), ("ng", "ng"), ("t", "j"), ("t", "ch"), ("k", "k"), ("t", "t"), ("p", "p"),
    ("t", ""),
)  # fmt: skip
_NASAL = {"k": "ng", "t": "n", "p": "m"}


def romanise(text: str) -> str:
    """The text with its Hangul syllables in Latin letters; other characters are kept."""
    out: list[str] = []
    final = 0
    for character in text:
        code = ord(character) - 0xAC00
        if not 0 <= code < 11172:
            out.append(_FINALS[final][0] + character)
            final = 0
            continue
        initial, vowel = code // 588, code % 588 // 28
        out.append(_boundary(final, initial) + _VOWELS[vowel])
        final = code % 28
    return "".join(out) + _FINALS[final][0]


def _boundary(final: int, initial: int) -> str:
    stop, moved = _FINALS[final]
    start = _INITIALS[initial]
    if final and start == "":
        return moved
    if start in ("n", "m") and stop in _NASAL:
        return _NASAL[stop] + start
    if start == "r" and stop in ("n", "l"):
        return "ll"
    if start == "n" and stop == "l":
        return "ll"
    if start == "r" and stop:
        return _NASAL.get(stop, stop) + "n"
    return stop + start
