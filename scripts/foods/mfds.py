"""Korean dishes and foods of the MFDS table (식품의약품안전처), whose figures are per serving."""

from __future__ import annotations

import re
from collections import Counter

from foods.groups import mfds_group
from foods.plausible import verdict
from foods.romanise import romanise
from foods.table import Row

_DISHES = "음식"
_NATIONAL = "전국(대표)"
# Two spellings of one word; the first is folded into the second when looking for duplicates.
_SPELLINGS = (
    ("쇠고기", "소고기"), ("돈까스", "돈가스"), ("생선까스", "생선가스"), ("자장", "짜장"), ("계란", "달걀"),
    ("소세지", "소시지"), ("김칫국", "김치국"), ("선짓국", "선지국"), ("순댓국", "순대국"), ("도우넛", "도넛"),
    ("아귀", "아구"), ("류산슬", "유산슬"), ("만둣국", "만두국"),
)  # fmt: skip


def read_mfds(
    table: list[dict[str, str]], dishes: list[dict[str, str]], ingredients: list[dict[str, str]],
    counts: Counter[str], dropped: list[str],
) -> list[Row]:  # fmt: skip
    """Every dish, and the listed raw and factory-made foods, per 100 g, one row per name.

    `dishes` gives the English `name` and `aliases` of a dish by its `name_ko` without spaces; `ingredients` by `code`,
    with a `name_ko` of its own, as the table's names are inverted there ("커피, 캔").
    """
    names = {entry["name_ko"]: entry for entry in dishes}
    by_code = {entry["code"]: entry for entry in ingredients}
    wanted = [entry | {"name_ko": by_code[entry["code"]]["name_ko"]} if entry["code"] in by_code else entry
              for entry in table if entry["db"] == _DISHES or entry["code"] in by_code]  # fmt: skip
    # National averages before one town's sample, dishes before ingredients, newer surveys before older ones.
    wanted.sort(key=lambda e: (e["region"] != _NATIONAL, e["db"] != _DISHES, -int(e["year"] or 0), e["code"]))
    rows: dict[str, Row] = {}
    for entry in wanted:
        counts["MFDS: read"] += 1
        key = _folded(entry["name_ko"])
        if key in rows:
            counts["MFDS: same dish as another row"] += 1
            rows[key].aliases += [entry["name_ko"].strip()] if entry["name_ko"].strip() != rows[key].name_ko else []
            continue
        english = by_code.get(entry["code"]) or names.get(_bare(entry["name_ko"]), {})
        row = _row(entry, english, counts, dropped)
        if row is not None:
            rows[key] = row
    return list(rows.values())


def _row(entry: dict[str, str], english: dict[str, str], counts: Counter[str], dropped: list[str]) -> Row | None:
    name_ko = re.sub(r"\s+", " ", entry["name_ko"]).strip(" ,")
    serving = float(entry["serving"] or 0)
    if entry["unit"] != "g" or serving <= 0:
        counts["MFDS: dropped: serving not in g"] += 1
        dropped.append(f"MFDS | {name_ko} | serving {entry['serving']} {entry['unit']} is no weight")
        return None
    per_100 = {column: float(entry[column] or 0) * 100.0 / serving for column in entry if _is_figure(column)}
    group = mfds_group(entry["category"], name_ko)
    judged = verdict(
        name_ko, group, per_100["energy_kcal"], per_100["protein_g"], per_100["fat_g"], per_100["carbohydrate_g"],
        per_100["fibre_g"],
    )  # fmt: skip
    counts[f"MFDS: {judged or 'plausible'}"] += 1
    if judged.startswith("dropped"):
        dropped.append(f"MFDS | {name_ko} ({entry['code']}) | {judged.removeprefix('dropped: ')}, "
                       f"{per_100['energy_kcal']:.0f} kcal")  # fmt: skip
        return None
    return _named_row(entry, english, name_ko, group, per_100, judged)


def _named_row(
    entry: dict[str, str], english: dict[str, str], name_ko: str, group: str, per_100: dict[str, float], judged: str
) -> Row:
    spelled = romanise(name_ko)
    is_dish = entry["db"] == _DISHES
    note = f"per serving of {entry['serving']} g, divided" if is_dish else "per 100 g"
    region = "" if entry["region"] == _NATIONAL else f"; sample from {entry['region']}"
    return Row(
        f"mfds:{entry['code']}", english.get("name") or spelled.capitalize(), group, "MFDS", entry["code"],
        per_100["energy_kcal"], per_100["protein_g"], per_100["fat_g"], per_100["carbohydrate_g"],
        _reported(per_100["sugars_g"], is_dish), _reported(per_100["fibre_g"], is_dish),
        _reported(per_100["sodium_mg"], is_dish), name_ko,
        [("serving", "1인분", float(entry["serving"]))] if is_dish else [],
        note=f"{note}{region}{'; ' + judged if judged else ''}",
        aliases=[alias for alias in (english.get("aliases") or "").split(";") if alias] + [spelled],
    )  # fmt: skip


def _reported(value: float, is_dish: bool) -> float | None:
    """Ingredient rows print 0 for what was not measured; only dishes have every figure."""
    return value if is_dish or value > 0 else None


def _is_figure(column: str) -> bool:
    return column.endswith(("_g", "_kcal", "_mg"))


def _bare(name: str) -> str:
    return re.sub(r"[\s,]+", "", name)


def _folded(name: str) -> str:
    bare = _bare(name)
    for variant, standard in _SPELLINGS:
        bare = bare.replace(variant, standard)
    return bare
