"""The amount of a food usually eaten at once, where the datasets give no household portion."""

from __future__ import annotations

import re

SOURCE = "serving: reference amount, 21 CFR 101.12(b)"
KOREAN_SOURCE = "serving: Dietary Reference Intakes for Koreans 2020"

# One portion (1인 1회 분량) of representative foods by Korean name: 2020 한국인 영양소 섭취기준 (보건복지부).
_KOREAN: tuple[tuple[str, float], ...] = (
    (r"(?<!김)밥$", 210.0),
    (r"^라면 \(건면\)$", 120.0),
    (r"\(건면\)$", 90.0),
    (r"^우동면$", 210.0),
    (r"^두부$", 80.0),
    (r"두유$", 200.0),
)

# Reference amounts customarily consumed, US 21 CFR 101.12(b) tables 1 and 2, by "group | name"; first match wins.
# ml are taken as g for drinks and soups. Drinks of 12 % alcohol and more: the US standard drink (5 fl oz wine,
# 1.5 fl oz spirits).
_RULES: tuple[tuple[str, float], ...] = (
    (r"^alcohol \| (.*distilled|vodka$|gin$|rum$|whiskey$|scotch|tequila$|brandy$|liqueur)", 44.0),
    (r"^alcohol \| (beer|alcoholic malt|hard (cider|seltzer)|.*beer)", 356.0),
    (r"^alcohol", 150.0),
    (r"^drink \| .*espresso", 30.0),
    (r"^drink \| .*(powder|dry|mix\b)", 30.0),
    (r"^drink \| .*(juice|milk|nectar|shake|smoothie|soy|eggnog)", 240.0),
    (r"^drink", 360.0),
    (r"^dairy \| .*ice cream", 90.0),
    (r"^dairy \| hot chocolate", 240.0),
    (r"^dairy \| .*(yogurt|kefir)", 170.0),
    (r"^dairy \| .*cottage", 110.0),
    (r"^dairy \| .*ricotta", 55.0),
    (r"^dairy \| .*(whipped|creamer|cream substitute|half and half|light)", 15.0),
    (r"^dairy \| .*(buttermilk|chocolate|cocoa|evaporated)", 240.0),
    (r"^sweet \| .*(ice cream(?! cones)|gelato|frozen yogurt|sorbet|sherbet|popsicle|ices)", 90.0),
    (r"^sweet \| .*(pudding|custard|flan|mousse|gelatin|creme brulee|dessert)", 125.0),
    (r"^sweet \| .*(jam|jelly|jellies|honey|marmalade|preserve)", 20.0),
    (r"^sweet \| .*hard candy|^sweet \| (candy|candies), hard", 15.0),
    (r"^sweet \| .*gum\b", 3.0),
    (r"^sweet \| .*beverage$", 360.0),
    (r"^sweet \| (snow cone|italian ice)", 90.0),
    (r"^sweet \| (sugars?\b|.*(sweetener|substitute))", 8.0),
    (r"^sweet \| syrup", 30.0),
    (r"^sauce \| .*(spaghetti sauce|pasta sauce|curry sauce)", 125.0),
    (r"^sauce \| .*(gravy|cheese sauce|white sauce|fondue)", 60.0),
    (r"^sauce \| .*(spice|salt|herb|extract|oregano|thyme|rosemary|spearmint)", 0.5),
    (r"^sauce \| .*(dressing|dip|salsa|guacamole|hummus|pesto)", 30.0),
    (r"^sauce \| .*peppers", 30.0),
    (r"^meat \| .*bacon(?!.*canadian)", 15.0),
    (r"^meat \| .*(sausage|frankfurter|hot dog|wiener|bratwurst|bologna|salami)", 55.0),
    (r"^meat \| .*(loaf|luncheon|ham\b|spam|pepperoni)", 55.0),
    (r"^meat \| .*jerky", 30.0),
    (r"^meat \| .*(stroganoff|shepherd|with (gravy|sauce|vegetables|rice|noodles)|sauce|stew)", 140.0),
    (r"^fish \| .*(caviar|anchov|dried)", 15.0),
    (r"^fruit \| .*(dried|dehydrated|raisin|date\b|dates\b|chips|prune)", 40.0),
    (r"^fruit \| .*(watermelon|melon)", 280.0),
    (r"^fruit \| .*avocado", 50.0),
    (r"^fruit \| .*(lemon|lime)", 55.0),
    (r"^vegetable \| .*(pickle|relish|sauerkraut)", 30.0),
    (r"^vegetable \| .*(sprouts|lettuce|greens, raw|arugula)", 30.0),
    (r"^vegetable \| .*(basil|parsley|cilantro|chives|seaweed, dried|laver)", 5.0),
    (r"^potato \| .*fries", 70.0),
    (r"^potato \| .*(mashed|scalloped|au gratin|salad)", 140.0),
    (r"^pastry \| .*\b(pie|cobbler|strudel|turnover|quiche)", 125.0),
    (r"^cake \| .*(cheesecake|fruit cake|pineapple|tiramisu)", 125.0),
    (r"^cake \| .*muffin", 110.0),
    (r"^cake \| .*(angel|sponge|snack cake)", 55.0),
    (r"^cookie \| .*brownie", 40.0),
    (r"^bread \| .*(waffle|pancake|biscuit|bagel)", 110.0),
    (r"^snack \| .*(bar\b|bars\b)", 40.0),
    (r"^snack \| .*(samosa|vada|pakora|falafel)", 85.0),
    (r"^cereal \| .*(cooked|hot cereal)", 240.0),
    (r"^cereal \| .*(flour|starch)", 30.0),
    (r"^nuts \| .*milk", 140.0),
    (r"^nuts \| .*(\bbutter\b|spread|paste)", 32.0),
    (r"^legume \| .*(creamer|fermented)", 15.0),
    (r"^(fruit|vegetable) \| .*olives?\b", 15.0),
)  # fmt: skip

_BY_GROUP: dict[str, float] = {
    "rice": 140.0, "porridge": 240.0, "noodles": 140.0, "soup": 245.0, "stew": 245.0, "meat": 85.0, "poultry": 85.0,
    "fish": 85.0, "egg": 50.0, "legume": 90.0, "bread": 50.0, "sandwich": 140.0, "pizza": 140.0, "dumpling": 140.0,
    "rice_cake": 140.0, "pancake": 110.0, "pastry": 55.0, "cake": 80.0, "cookie": 30.0, "cereal": 40.0, "fruit": 140.0,
    "vegetable": 85.0, "kimchi": 30.0, "potato": 110.0, "salad": 100.0, "nuts": 30.0, "dairy": 30.0, "sauce": 15.0,
    "fat": 14.0, "sweet": 30.0, "snack": 30.0, "mixed": 140.0, "baby": 60.0,
}  # fmt: skip


def reference_amount(group: str, name: str, name_ko: str = "") -> tuple[float, str]:
    """Grams of the food customarily eaten at once, and where that stands; ``name_ko`` of a row of the Korean table."""
    korean = next((grams for pattern, grams in _KOREAN if re.search(pattern, name_ko)), None)
    if korean is not None:
        return korean, KOREAN_SOURCE
    subject, usual = f"{group} | {name}".lower(), _BY_GROUP.get(group, 140.0)
    return next((grams for pattern, grams in _RULES if re.search(pattern, subject)), usual), SOURCE
