"""The little language of estimate: what it takes, and one sentence for what it does not."""

from __future__ import annotations

import pytest

from foodcal_desktop.commands.item_option import parse_item, parse_reference
from foodcal_desktop.core.prompt import BoxPrompt, PointPrompt


def test_an_item_keeps_its_prompts_in_order() -> None:
    item = parse_item("food=Steak, grilled; point=1,2; negative=3.5,4;point=5,6;box=9,8,1,2;grams=120")
    assert item.food == "Steak, grilled"
    assert item.points == (PointPrompt(1, 2), PointPrompt(3.5, 4, positive=False), PointPrompt(5, 6))
    assert item.box == BoxPrompt(1, 2, 9, 8)
    assert item.grams == 120


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("food=egg", "shows nothing"),
        ("food=egg;negative=1,2", "shows nothing"),
        ("point=1", "2 numbers"),
        ("point=1,nan", "2 numbers"),
        ("point=1,two", "2 numbers"),
        ("box=1,2,3", "4 numbers"),
        ("box=1,2,1,5", "no area"),
        ("point=1,2;grams=0", "above 0"),
        ("point=1,2;grams=many", "one number"),
        ("food=;point=1,2", "names no food"),
        ("point=1,2;grams=1e9", "at most 20000"),
        ("point=1,2;grams=10;grams=20", "once"),
        ("point=1,2;colour=red", "not understood"),
        ("just text", "not understood"),
    ],
)
def test_what_is_wrong_with_an_item_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as error:
        parse_item(text)
    assert "\n" not in str(error.value)


def test_references_are_coins_plates_and_lines() -> None:
    assert parse_reference("coin-krw-500;point=10,20").point == (10, 20)
    assert parse_reference("plate-270;point=10,20").kind == "plate-270"
    line = parse_reference("line;from=0,0;to=30,40;mm=100")
    assert line.line == (0, 0, 30, 40)
    assert line.length_mm == 100


@pytest.mark.parametrize(
    "text",
    ["coin-krw-500", "coin-xyz-1;point=1,2", "line;from=0,0;mm=10", "line;from=0,0;to=1,1;mm=-2", "plate;point=1,1"],
)
def test_an_unusable_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_reference(text)
