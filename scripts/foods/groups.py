"""Which food group a row belongs to."""

from __future__ import annotations

import re

# What a name begins with or plainly is; first match wins, and only then the category is asked.
_USDA_NAMES: tuple[tuple[str, str], ...] = (
    (r"^(baby toddler|babyfood|infant formula|toddler|formula)", "baby"),
    (r"^(cookies?|crackers?|graham crackers|marie biscuit)\b", "cookie"),
    (r"^(ice creams?|frozen yogurt)\b|(pancake|chocolate|maple) syrup", "sweet"),
    (r"^(roll|rolls)\b", "bread"),
    (r"\bchips\b(?!.*(cookie|chocolate chips|muffin|granola))", "snack"),
    (r"salad, .*no dressing|salad, no dressing|^tabbouleh", "salad"),
    (r"pizza(?! roll)", "pizza"),
    (r"^(alcoholic bev|beer|wine\b|liqueur)|hard cider|malt liquor", "alcohol"),
    (r"^(idli|dosa|bread, (naan|paratha|puri))", "bread"),
    (r"^(samosa|vada|pakora|falafel|papad)", "snack"),
    (r"^(parsley|cilantro|basil|seaweed)\b", "vegetable"),
    (r"^bibimbap|^sushi", "rice"),
    (r"^dukboki", "rice_cake"),
    (r"^kimchi|^cabbage, kimchi", "kimchi"),
    (r"dumpling|wonton, |^wonton|pierogi|^egg rolls?\b|^bao bun|gyoza|pot sticker", "dumpling"),
    (r"french fries|hash brown|^(potato|potatoes|sweet potato|sweet potatoes|french fries|yam|taro)\b"
     r"(?!.*(chips|salad|sticks|bread))", "potato"),
    (r"^(soup|broth|bouillon)\b|\bsoup,|chowder|^ramen bowl", "soup"),
    (r"^(stew|chili|curry|gumbo)\b|\bcurry\b(?!.*(powder|sauce))|\bstew\b", "stew"),
    (r"^(rice, (white|brown|cooked|wild|fried)|rice pilaf|biryani|paella|spanish rice|fried rice)|jambalaya", "rice"),
    (r"^(barley|quinoa|bulgur|couscous|millet|buckwheat groats|wild rice)", "rice"),
    (r"^congee|^oatmeal|^upma|^(cream of (rice|wheat))", "porridge"),
    (r"^(rice noodles|noodles|pasta|spaghetti(?! (sauce|squash))|macaroni|lasagna|lo mein|pad thai)", "noodles"),
    (r"^(ravioli|tortellini|fettuc)", "noodles"),
    (r"hamburger(?!s)|cheeseburger|sandwich(?! spread)|\btacos?\b(?! (sauce|shell))|burrito|quesadilla|^hot dog, on"
     r"|whopper|big mac|submarine|\bgyro\b|corn dog", "sandwich"),
    (r"^(pancakes?|waffles?|crepe|french toast)\b|hotcakes", "pancake"),
    (r"^(doughnuts?|croissants?|danish|pie\b|pie,|strudel|turnover|churros|beignet|baklava|sweet rolls?|puff past"
     r"|cream puff|eclair|empanada)", "pastry"),
    (r"^(cake|cheesecake|muffins?, (?!english)|gingerbread|tiramisu|brownie)", "cake"),
    (r"^(bagels?|bread|rolls?|english muffin|muffin, english|tortillas?|biscuits?|breadstick|croutons|focaccia)\b"
     r"(?!.*(pudding|stuffing|crumbs))", "bread"),
    (r"^milk, (?!dry|cond|evap)|\bmilk$|(chocolate|strawberry|soy|almond|oat|rice|goat) milk|^soymilk|shakes?\b",
     "drink"),
    (r"^(?!.*\b(with|in)\b).*\boil$|^vegetable oil", "fat"),
    (r"\b(juice|nectar|lemonade|smoothie|eggnog)\b(?!.*(canned|pack|frozen conc|solids))", "drink"),
    (r"salad dressing|\bdressing\b|^mayonnaise", "sauce"),
    (r"\bsalad\b|coleslaw", "salad"),
    (r"^eggs?,|omelet|^egg\b(?!.*(roll|noodle))|quail egg|duck egg", "egg"),
    (r"^(sauces?|gravy|catsup|ketchup|mustard|salsa|vinegar|spices|soy sauce)\b", "sauce"),
    (r"^(oil|fat|butter|margarine|lard|shortening|ghee)\b(?!.*beans)", "fat"),
    (r"^(nuts|almonds?|cashews?|peanuts?|pecans?|walnuts?|pistachio|hazelnuts?|chestnuts?|trail mix|seeds)\b", "nuts"),
    (r"^(tofu|natto|tempeh|edamame|hummus|soybean curd)", "legume"),
    (r"^sugar-apples?\b", "fruit"),
    (r"^(ice creams?|candies|candy|sugars?|honey|syrups?|jams?|jelly|jellies|frostings?|puddings?|gelatin)\b", "sweet"),
)  # fmt: skip

_USDA_CATEGORIES: tuple[tuple[str, str], ...] = (
    (r"baby|formula", "baby"),
    (r"^fruits and", "fruit"),
    (r"liquor|^beer|^wine", "alcohol"),
    (r"coffee|^tea|drinks?$|water|juice|beverages|smoothies|shakes", "drink"),
    (r"french fries|potatoes", "potato"),
    (r"soups?, sauces", "sauce"),
    (r"soups", "soup"),
    (r"rice$|rice mixed|fried rice", "rice"),
    (r"oatmeal|grits", "porridge"),
    (r"pasta mixed|pasta, noodles|macaroni", "noodles"),
    (r"sandwich|burgers|burritos|nachos|mexican", "sandwich"),
    (r"pancakes", "pancake"),
    (r"doughnuts|turnovers", "pastry"),
    (r"cakes and pies|muffins", "cake"),
    (r"cookies|crackers", "cookie"),
    (r"breads|bagels|rolls|tortillas$|baked products", "bread"),
    (r"egg rolls", "dumpling"),
    (r"chips|popcorn|pretzels|bars$|snacks", "snack"),
    (r"cereal", "cereal"),
    (r"ice cream|pudding|gelatins|candy|sweets|sugar|jams", "sweet"),
    (r"dressings|sauces|condiments|dips|mustard|spices|mayonnaise", "sauce"),
    (r"butter and|margarine|fats and oils", "fat"),
    (r"cold cuts|meat$|^meat mixed|beef|pork|lamb|bacon|sausage|frankfurters|liver", "meat"),
    (r"chicken|turkey|poultry", "poultry"),
    (r"fish|seafood", "fish"),
    (r"eggs", "egg"),
    (r"milk|yogurt|cheese|cream|dairy", "dairy"),
    (r"nuts?\b", "nuts"),
    (r"legume|soy and|bean, pea", "legume"),
    (r"coleslaw|fruit salads$", "fruit"),
    (r"fruit|apples|bananas|berries|melons|grapes|peaches|pears|pineapple|mango|strawberries", "fruit"),
    (r"vegetable|broccoli|carrots|tomatoes|lettuce|onions|corn|cabbage|spinach|string beans|olives", "vegetable"),
)

_MFDS_RULES: tuple[tuple[str, str], ...] = (
    (r"김치$|\| .*김치$", "kimchi"),
    (r"김밥|초밥|밥류|덮밥|비빔밥|볶음밥|주먹밥|쌀밥|현미밥|즉석밥|연잎밥", "rice"),
    (r"죽류|죽$", "porridge"),
    (r"만두류", "dumpling"),
    (r"떡볶이|떡류|떡강정|\| .*떡$|송편|인절미|경단|증편|절편|백설기", "rice_cake"),
    (r"면류|국수|라면|스파게티|우동|냉면", "noodles"),
    (r"찌개|전골", "stew"),
    (r"국\.탕|국 및 탕|냉국|스프", "soup"),
    (r"피자류", "pizza"),
    (r"샌드위치|버거", "sandwich"),
    (r"튀김빵|페이스트리|크림빵|앙금빵|도우넛|꽈배기|붕어빵|호떡", "pastry"),
    (r"케이크|카스텔라|머핀|팬케이크", "cake"),
    (r"식빵|빵류|빵$|바게트|\| 난$", "bread"),
    (r"전류|부침|적류", "pancake"),
    (r"한과|산자|유과|약과|다식|만주|초코파이|과자|스넥|뻥튀기|누룽지", "snack"),
    (r"빙수|당류", "sweet"),
    (r"샐러드", "salad"),
    (r"달걀|계란|난류|스크램블|메추리알", "egg"),
    (r"닭|치킨|오리", "poultry"),
    (r"어패류|회류|젓갈|수산|어류|패류|갑각|두족|해조|포류", "fish"),
    (r"육류|족발|순대", "meat"),
    (r"두부|두류|콩조림|땅콩", "legume"),
    (r"주류", "alcohol"),
    (r"음료|차류", "drink"),
    (r"과실", "fruit"),
    (r"감자|고구마", "potato"),
    (r"우유|유제품", "dairy"),
    (r"조미료|장아찌|절임", "sauce"),
    (r"나물|채소|무침|버섯|묵|옥수수", "vegetable"),
    (r"견과", "nuts"),
    (r"곡류", "cereal"),
)


def usda_group(category: str, name: str) -> str:
    """The food group of a USDA row, by its category and name."""
    by_name = _first_match(_USDA_NAMES, name.lower())
    return by_name if by_name != "mixed" else _first_match(_USDA_CATEGORIES, category.lower())


def mfds_group(category: str, name: str) -> str:
    """The food group of an MFDS row, by its category and name (both Korean)."""
    return _first_match(_MFDS_RULES, f"{category} | {name}")


def _first_match(rules: tuple[tuple[str, str], ...], subject: str) -> str:
    return next((group for pattern, group in rules if re.search(pattern, subject)), "mixed")
