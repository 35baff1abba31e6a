"""Is a row's energy possible, given its macronutrients?"""

from __future__ import annotations

import re

MOST_KCAL = 902.05
"""Kcal per 100 g of pure fat in USDA SR (oils and lard: 884 to 902), and its rounding; no food holds more."""

_KCAL_SLACK = 30.0
_SHARE_SLACK = 0.25
_ALCOHOL = re.compile(
    r"alcohol|wine|beer|liquor|liqueur|vodka|whisk|rum\b|gin\b|brandy|sake|tequila|cocktail|martini|margarita|daiquiri"
    r"|extract|cider|소주|맥주|막걸리|주$|샴페인|위스키|보드카|칵테일",
    re.IGNORECASE,
)
_POLYOLS = re.compile(
    r"sugar.?free|dietetic|low calorie|no sugar|reduced sugar|diet\b|sweetener|sugar substitute|gum\b", re.IGNORECASE
)


def verdict(name: str, group: str, kcal: float, protein: float, fat: float, carbohydrate: float, fibre: float) -> str:
    """Judge a row, figures per 100 g: empty where possible, "explained: ..." with a known reason, else "dropped: ...".

    The expected energy lies between 4P + 4(C - fibre) + 9F and 4P + 4C + 9F (general Atwater factors; fibre gives
    0 to 2 kcal/g and is counted in C), with 25 % or 30 kcal of slack for the specific factors USDA uses.
    """
    if kcal < 0 or kcal > MOST_KCAL:
        return "dropped: below 0 or over 902 kcal/100 g"
    if min(protein, fat, carbohydrate) < -1.0 or protein + fat + carbohydrate > 105.0:
        return "dropped: macronutrients exceed the weight"
    carbohydrate = max(carbohydrate, 0.0)  # by difference: a hair below zero in raw meat and fish
    most = 4 * protein + 4 * carbohydrate + 9 * fat
    least = most - 4 * min(fibre, carbohydrate)
    slack = max(_KCAL_SLACK, _SHARE_SLACK * max(most, kcal))
    if least - slack <= kcal <= most + slack:
        return "" if most - slack <= kcal else "explained: fibre"
    if kcal > most and (group == "alcohol" or _ALCOHOL.search(name)):
        return "explained: alcohol"
    if kcal < least and _POLYOLS.search(name):
        return "explained: polyols and sweeteners"
    return "dropped: energy far from its macronutrients"
