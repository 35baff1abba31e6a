"""Search among food names: English and Korean, typos and half-typed words allowed.

Names are cut into words; a Korean word is spelled out in its letters (jamo), so that one wrong vowel is one edit and
a half-typed syllable is a prefix. Each word of the query is compared with the whole vocabulary at once (exact, prefix,
inside, within a few edits), and each food takes the best of its words. Whole names and search words of the foods
people log most are compared without spaces as well, so that "icecream" finds ice cream.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

Floats = npt.NDArray[np.float32]

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_STOP_WORDS = frozenset({"a", "an", "the", "of", "with", "and", "in", "on", "or", "to", "for"})
_WORD = re.compile(r"[0-9a-z%]+|[ㄱ-ㅎㅏ-ㅣ가-힣]+")
_LATER_PART, _EXTRA_WORD, _COMMON = 0.85, 0.012, 0.10
_EXACT_PHRASE, _OTHER_PHRASE = 1.35, 1.1
_LONGEST_QUERY = 60
# So much less counts a beginning that is only half-typed Korean: still found, after foods that have the syllable.
_SPLIT_SYLLABLE = 0.4
# A search word that holds the query after its beginning only (밥 in 케밥) is a coincidence more often than a name is,
# whose last syllables say what kind of dish it is (초밥): so much of its weight is left, behind every name's.
_INSIDE_ALIAS = 0.7


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What is searched of one food: its names, its search words, and a head start (negative: a handicap)."""

    name: str
    name_ko: str
    aliases: tuple[str, ...]
    common: bool
    head_start: float = 0.0


class FoodIndex:
    """An index over a fixed list of entries; `scores` gives one number per entry, 0 for no match."""

    def __init__(self, entries: Sequence[SearchEntry]) -> None:
        self._size = len(entries)
        words = [_entry_words(entry) for entry in entries]
        self._words = _Vocabulary(sorted({word.text for food in words for word in food}))
        self._word_ids = np.array([self._words.id_of[word.text] for food in words for word in food], dtype=np.int32)
        self._word_weights = np.array([word.weight for food in words for word in food], dtype=np.float32)
        self._word_is_alias = np.array([word.is_alias for food in words for word in food], dtype=bool)
        lengths = np.array([len(food) for food in words], dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64) if entries else lengths
        self._head_start = np.array([_head_start(entry) for entry in entries], dtype=np.float32)
        self._index_phrases(entries)

    def _index_phrases(self, entries: Sequence[SearchEntry]) -> None:
        owners: dict[str, list[tuple[int, bool]]] = {}
        initials: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            for phrase, is_alias in _phrases(entry).items():
                owners.setdefault(phrase, []).append((number, is_alias))
            if entry.name_ko:
                initials.setdefault(initial_consonants(entry.name_ko), []).append(number)
        self._phrases = _Vocabulary(sorted(owners))
        rows = [(self._phrases.id_of[phrase], *owner) for phrase, owned in owners.items() for owner in owned]
        self._phrase_ids = np.array([phrase for phrase, _, _ in rows], dtype=np.int32)
        self._phrase_foods = np.array([food for _, food, _ in rows], dtype=np.int32)
        self._phrase_is_alias = np.array([is_alias for _, _, is_alias in rows], dtype=bool)
        self._initials = initials

    def scores(self, text: str) -> Floats:
        """How well each entry matches the text, about 0 to 1.5; 0 where it does not."""
        words = query_words(text[:_LONGEST_QUERY])
        if not words or not self._size:
            return np.zeros(self._size, dtype=np.float32)
        best = np.maximum(self._by_words(words), self._by_phrase("".join(words)))
        compact = "".join(text.split())
        if len(compact) > 1 and all(character in _INITIALS for character in compact):
            best = np.maximum(best, self._by_initials(compact))
        return np.where(best > 0, np.maximum(best + self._head_start, 1e-3), 0).astype(np.float32)

    def _by_words(self, words: Sequence[str]) -> Floats:
        total = np.zeros(self._size, dtype=np.float32)
        matched = np.zeros(self._size, dtype=np.float32)
        for word in words:
            weights = self._words.match(word, self._word_ids, self._word_is_alias) * self._word_weights
            best = np.maximum.reduceat(weights, self._starts)
            total += best
            matched += best > 0
        share = matched / len(words)
        # A food that lacks a word of the query stands far behind every one that has them all.
        return np.asarray(total / len(words) * np.where(share == 1, 1.0, 0.4 * share), dtype=np.float32)

    def _by_phrase(self, phrase: str) -> Floats:
        best = np.zeros(self._size, dtype=np.float32)
        if self._phrase_ids.size:
            weights = self._phrases.match(phrase, self._phrase_ids, self._phrase_is_alias)
            weights = np.where(weights == 1.0, _EXACT_PHRASE, weights * _OTHER_PHRASE)
            np.maximum.at(best, self._phrase_foods, weights)
        return best

    def _by_initials(self, query: str) -> Floats:
        best = np.zeros(self._size, dtype=np.float32)
        for initials, foods in self._initials.items():
            if query in initials:
                at_start = initials.startswith(query)
                weight = (0.8 if at_start else 0.5) + 0.2 * len(query) / len(initials)
                best[foods] = np.maximum(best[foods], weight)
        return best


class _Vocabulary:
    """Sorted distinct words, compared with one word all at once."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.id_of = {word: number for number, word in enumerate(words)}
        self._joined = "\n" + "\n".join(words) + "\n"
        self._line_starts = np.cumsum([0, *(len(word) + 1 for word in words)])[:-1] if words else np.zeros(0, int)
        self._lengths = np.array([len(word) for word in words], dtype=np.float32)
        self._beginnings: dict[int, tuple[list[str], npt.NDArray[np.int64]]] = {}

    def match(self, query: str, ids: npt.NDArray[np.int32], is_alias: npt.NDArray[np.bool_]) -> Floats:
        """Weight of the words of these ids: 1 equal to the query, 0.75 to 0.95 begins with it, less inside or misspelt.

        0 where it is none of that; a word that is an alias weighs less where it only has the query inside.
        """
        inside, weights = self._inside(query), self._begun_or_misspelt(query)
        of_names, of_aliases = np.maximum(weights, inside), np.maximum(weights, inside * _INSIDE_ALIAS)
        return np.where(is_alias, of_aliases[ids], of_names[ids]).astype(np.float32)

    def _inside(self, query: str) -> Floats:
        weights = np.zeros(len(self.words), dtype=np.float32)
        if len(query) >= 2:
            inside = self._containing(query)
            weights[inside] = 0.45 + 0.25 * len(query) / self._lengths[inside]
            weights[self._beginning_with(query)] = 0.0
        return weights

    def _beginning_with(self, query: str) -> slice:
        return slice(bisect_left(self.words, query), bisect_left(self.words, query + "\U0010ffff"))

    def _begun_or_misspelt(self, query: str) -> Floats:
        weights = np.zeros(len(self.words), dtype=np.float32)
        begun = self._beginning_with(query)
        weights[begun] = 0.75 + 0.2 * len(query) / self._lengths[begun]
        for other in range(begun.start, begun.stop):
            if _takes_a_final_away(self.words[other], query):
                weights[other] -= _SPLIT_SYLLABLE
        if begun.start == begun.stop:
            # No word begins like this, so something is misspelt. (Else it is half-typed, which is cheaper to find.)
            self._add_misspelt(query, weights)
        elif query in self.id_of:
            weights[self.id_of[query]] = 1.0
        return weights

    def _containing(self, query: str) -> npt.NDArray[np.int64]:
        found = [hit.start() for hit in re.finditer(re.escape(query), self._joined)]
        # Offset 0 is the line break before the first word.
        return np.unique(np.searchsorted(self._line_starts, np.array(found, dtype=np.int64) - 1, side="right") - 1)

    def _add_misspelt(self, query: str, weights: Floats) -> None:
        allowed = allowed_edits(query)
        if not allowed:
            return
        edits = process.cdist([query], self.words, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
        self._raise(weights, edits, allowed, 0.85, len(query))
        beginnings, of_word = self._cut_to(len(query))
        edits = process.cdist([query], beginnings, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
        self._raise(weights, edits[of_word], allowed, 0.70, len(query))

    @staticmethod
    def _raise(weights: Floats, edits: npt.NDArray[np.uint8], allowed: int, most: float, length: int) -> None:
        near = np.flatnonzero(edits <= allowed)
        weights[near] = np.maximum(weights[near], most * (1.0 - edits[near].astype(np.float32) / length))

    def _cut_to(self, length: int) -> tuple[list[str], npt.NDArray[np.int64]]:
        if length not in self._beginnings:
            cut = [word[:length] for word in self.words]
            distinct = list(dict.fromkeys(cut))
            number = {beginning: position for position, beginning in enumerate(distinct)}
            self._beginnings[length] = distinct, np.array([number[beginning] for beginning in cut], dtype=np.int64)
        return self._beginnings[length]


def _takes_a_final_away(word: str, beginning: str) -> bool:
    """Whether the last letter of a word's beginning starts the next syllable there (밥 in 바비큐)."""
    is_closed = len(beginning) > 1 and beginning[-2] in _VOWELS and beginning[-1] in _INITIALS
    return is_closed and word[len(beginning) : len(beginning) + 1] in tuple(_VOWELS)


def query_words(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, Korean spelled out in letters, stop words left out."""
    words = [spelled(word) for word in _WORD.findall(folded(text))]
    return [word for word in words if word not in _STOP_WORDS] or words


def folded(text: str) -> str:
    """Lower case, full-width forms narrowed, accents taken off Latin letters; Korean syllables stay whole."""
    if text.isascii():
        return text.casefold()
    # Not the letters a keyboard types one by one (ㄱ): NFKC would turn those into conjoining ones.
    narrow = (c if "ㄱ" <= c <= "ㆎ" or "가" <= c <= "힣" else unicodedata.normalize("NFKC", c) for c in text)
    text = unicodedata.normalize("NFC", "".join(narrow)).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain)


def spelled(word: str) -> str:
    """A Korean word as its letters (김치 -> ㄱㅣㅁㅊㅣ); other characters stay."""
    if word.isascii():
        return word
    letters: list[str] = []
    for character in word:
        code = ord(character) - 0xAC00
        if 0 <= code < 11172:
            letters += [_INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]]
        else:
            letters.append(character)
    return "".join(letters)


def initial_consonants(text: str) -> str:
    """The first consonant of each Korean syllable (김치찌개 -> ㄱㅊㅉㄱ)."""
    codes = [ord(character) - 0xAC00 for character in text]
    return "".join(_INITIALS[code // 588] for code in codes if 0 <= code < 11172)


def allowed_edits(word: str) -> int:
    """How many wrong, missing, added or swapped letters are forgiven in a word of this length."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 10 else 3


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of an entry as it is compared, what a match of it counts, and whether only a search word has it."""

    text: str
    weight: float
    is_alias: bool = False


def _entry_words(entry: SearchEntry) -> list[_Word]:
    head, _, rest = entry.name.partition(",")
    names, aliases = [(head, 1.0), (entry.name_ko, 1.0)], [(alias, 1.0) for alias in entry.aliases]
    words: dict[str, _Word] = {}
    for text, weight in (*names, *aliases, (rest, _LATER_PART)):
        for word in map(spelled, _WORD.findall(folded(text))):
            words.setdefault(word, _Word(word, weight, (text, weight) in aliases))
    return list(words.values()) or [_Word("", 0.0)]


def _phrases(entry: SearchEntry) -> dict[str, bool]:
    """Whole names without spaces, and whether each is an alias; all only of common foods: others would drown them."""
    names = (entry.name, entry.name_ko) if entry.common else (entry.name_ko,)
    aliases = entry.aliases if entry.common else ()
    texts = ("".join(query_words(text)) for text in (*names, *aliases))
    phrases: dict[str, bool] = {}
    for number, phrase in enumerate(texts):
        phrases.setdefault(phrase, number >= len(names))
    phrases.pop("", None)
    return phrases


def _head_start(entry: SearchEntry) -> float:
    words = len(_WORD.findall(folded(entry.name)))
    return entry.head_start + (_COMMON if entry.common else 0.0) - _EXTRA_WORD * max(words - 1, 0)
