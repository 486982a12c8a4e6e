"""Names of places that are known: continents, countries, states, capitals and other cities."""

from functools import cache

from babel import Locale
from babel.core import get_global

AMBIGUOUS = frozenset(
    {"Chad", "Georgia", "Jordan", "Victoria", "Regina", "Troll", "Center", "Easter"}
)
"""Names that are more often, or as often, given to people or to something else."""

STATES = """
Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho
Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota
Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|North Carolina
North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee
Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming|Alberta|British Columbia|Manitoba
New Brunswick|Newfoundland|Nova Scotia|Ontario|Prince Edward Island|Quebec|Saskatchewan|Yukon
New South Wales|Northern Territory|Queensland|South Australia|Tasmania|Western Australia
England|Scotland|Wales|Northern Ireland|Bavaria|Saxony|Catalonia|Andalusia|Sicily|Sardinia|Tuscany
Lombardy|Brittany|Normandy|Provence|Flanders|Wallonia|Siberia|Crimea|Kashmir|Punjab|Gujarat|Kerala
Tamil Nadu|Uttar Pradesh|Maharashtra|West Bengal|Tibet|Xinjiang|Guangdong|Hokkaido|Okinawa|Java
Sumatra|Sulawesi|Borneo|Bali|Britain|Great Britain|America|United States|Soviet Union|Holland|Gaza
Gaza Strip|West Bank|Golan Heights|Middle East|Balkans|Caucasus|Scandinavia|Sahel|Sahara|Arctic
Antarctica|Kurdistan|Chechnya|Dagestan|Transnistria|Abkhazia|Darfur|Zanzibar|Patagonia|Amazon
West Africa|East Africa|North Africa|Central America|Southeast Asia|Latin America|Burma|Ivory Coast
Czech Republic|Swaziland|Macedonia|East Timor|Cape Verde|Turkey|Washington|New York|San Francisco
Boston|Seattle|Houston|Dallas|Miami|Atlanta|Philadelphia|San Diego|Las Vegas|New Orleans|Geneva
Munich|Hamburg|Frankfurt|Cologne|Milan|Naples|Turin|Venice|Florence|Barcelona|Valencia|Seville
Lyon|Marseille|Toulouse|Bordeaux|Strasbourg|Nice|The Hague|Rotterdam|Antwerp|Bruges|Ghent|Kraków
Gdańsk|Edinburgh|Glasgow|Manchester|Liverpool|Birmingham|Leeds|Cardiff|Belfast|Mumbai|Delhi
New Delhi|Bangalore|Chennai|Hyderabad|Islamabad|Lahore|Beijing|Shenzhen|Guangzhou|Wuhan|Osaka
Kyoto|Rio de Janeiro|Brasília|Barcelona|Canberra|Ottawa|Abuja|Pretoria|Cape Town|Tel Aviv|Kyiv
Kharkiv|Odesa|Mariupol|Aleppo|Mosul|Mecca|Medina|Hanoi|St. Petersburg|Wellington
"""
"""States and provinces, and regions and cities that news often names, beside CLDR's."""


@cache
def known_places() -> frozenset[str]:
    """The names of places, as they are written: the territories and the cities of the time zones
    of CLDR (https://cldr.unicode.org), and ``STATES``."""
    territories = {
        part
        for code, name in Locale("en").territories.items()
        if code != "001"
        for part in (name, name.replace(" & ", " and ").replace("St. ", "Saint "))
    }
    zones = get_global("zone_territories")
    cities = {zone.split("/")[-1].replace("_", " ") for zone in zones if "/" in zone}
    states = {name for line in STATES.split("\n") for name in line.split("|") if name}
    return frozenset((territories | cities | states) - AMBIGUOUS - {""})


@cache
def languages() -> frozenset[str]:
    """The names of languages in lower case, by CLDR: what follows "in" may be one."""
    return frozenset(name.casefold() for name in Locale("en").languages.values())
