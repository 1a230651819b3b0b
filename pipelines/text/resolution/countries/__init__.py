"""Country mentions: which words of an article name a country, and which country.

Gazetteer first: names are found in the text whether or not the model saw them; the model's spans are a witness for
names that are weak by themselves (cities, parts of countries, small capitals).
"""

from pipelines.text.resolution.countries.gazetteer import Gazetteer
from pipelines.text.resolution.countries.mentions import CountryMention, CountryResolution, UnresolvedPlace
from pipelines.text.resolution.countries.resolve import resolve_countries

__all__ = ["CountryMention", "CountryResolution", "Gazetteer", "UnresolvedPlace", "resolve_countries"]
