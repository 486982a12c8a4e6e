"""Units of measurement and currencies, as English text names them."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Args:
        name: in the singular; "" for counts.
        base: the unit of the same dimension that others are converted to.
        factor: the number of ``base`` units in one of this unit.
    """

    name: str
    base: str
    factor: Decimal = Decimal(1)


COUNT = Unit("", "")

_NAMES: dict[str, tuple[str, str]] = {
    # name: (base, factor)
    "percent": ("percent", "1"),
    "percentage point": ("percentage point", "1"),
    "degree": ("degree", "1"),
    "second": ("second", "1"),
    "minute": ("second", "60"),
    "hour": ("second", "3600"),
    "day": ("second", "86400"),
    "week": ("second", "604800"),
    "month": ("month", "1"),
    "year": ("month", "12"),
    "decade": ("month", "120"),
    "millimetre": ("metre", "0.001"),
    "centimetre": ("metre", "0.01"),
    "metre": ("metre", "1"),
    "kilometre": ("metre", "1000"),
    "inch": ("metre", "0.0254"),
    "foot": ("metre", "0.3048"),
    "mile": ("metre", "1609.344"),
    "gram": ("kilogram", "0.001"),
    "kilogram": ("kilogram", "1"),
    "tonne": ("kilogram", "1000"),
    "ton": ("kilogram", "1000"),
    "litre": ("litre", "1"),
    "gallon": ("litre", "3.785"),
    "hectare": ("hectare", "1"),
    "acre": ("hectare", "0.4047"),
    "kilowatt": ("kilowatt", "1"),
    "megawatt": ("kilowatt", "1000"),
    "dollar": ("dollar", "1"),
    "euro": ("euro", "1"),
    "pound": ("pound", "1"),
    "yen": ("yen", "1"),
    "yuan": ("yuan", "1"),
    "rupee": ("rupee", "1"),
    "peso": ("peso", "1"),
    "franc": ("franc", "1"),
}
_OTHER_NAMES = {
    "%": "percent",
    "per cent": "percent",
    "°": "degree",
    "mm": "millimetre",
    "cm": "centimetre",
    "m": "metre",
    "meter": "metre",
    "km": "kilometre",
    "kilometer": "kilometre",
    "inches": "inch",
    "feet": "foot",
    "kg": "kilogram",
    "kilo": "kilogram",
    "liter": "litre",
    "$": "dollar",
    "us$": "dollar",
    "us dollar": "dollar",
    "€": "euro",
    "£": "pound",
    "pounds sterling": "pound",
    "¥": "yen",
    "₹": "rupee",
}


def find_unit(name: str) -> Unit:
    """The unit with a name or symbol, in the singular or plural; ``COUNT`` if there is none."""
    name = name.casefold()
    for known in (name, name.removesuffix("s")):
        canonical = _OTHER_NAMES.get(known, known)
        if canonical in _NAMES:
            base, factor = _NAMES[canonical]
            return Unit(canonical, base, Decimal(factor))
    return COUNT
