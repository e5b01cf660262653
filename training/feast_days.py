"""Writes `src/contested/times/feast_days.tsv`: the days of movable feasts, 1980 to 2040.

    pip install hijridate convertdate && python training/feast_days.py > src/contested/times/feast_days.tsv

Islamic days follow the Umm al-Qura calendar of Saudi Arabia; countries that go by sighting differ by a day, and every
Islamic and Jewish day begins the evening before. Easter follows the Gregorian computus, Orthodox Easter the Julian one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from convertdate import hebrew
from hijridate import Hijri

FIRST_YEAR, LAST_YEAR = 1980, 2040  # the years that news archives and their plans reach
ISLAMIC = (  # name, month, day, length in days (0: the whole month); lengths as public holidays usually give them
    ("islamic new year", 1, 1, 1),
    ("ashura", 1, 10, 1),
    ("arbaeen", 2, 20, 1),
    ("mawlid", 3, 12, 1),
    ("ramadan", 9, 1, 0),
    ("eid al-fitr", 10, 1, 3),
    ("eid al-adha", 12, 10, 4),
)
HEBREW = (  # name, month (Nisan is 1), day, length in days, as counted in Israel
    ("passover", 1, 15, 7),
    ("shavuot", 3, 6, 1),
    ("rosh hashanah", 7, 1, 2),
    ("yom kippur", 7, 10, 1),
    ("sukkot", 7, 15, 7),
    ("hanukkah", 9, 25, 8),
)


def gregorian_easter(year: int) -> date:
    """Return western Easter Sunday (anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Orthodox Easter Sunday (Meeus' Julian algorithm, moved to the Gregorian calendar, 1900 to 2099)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def feasts() -> Iterator[tuple[str, date, date]]:
    """Yield (name, first day, last day)."""
    for hijri_year in range(1399, 1465):
        for name, month, day, length in ISLAMIC:
            first = Hijri(hijri_year, month, day).to_gregorian()
            days = length or Hijri(hijri_year, month, day).month_length()
            yield name, first, first + timedelta(days=days - 1)
    for hebrew_year in range(FIRST_YEAR + 3759, LAST_YEAR + 3762):
        for name, month, day, length in HEBREW:
            first = date(*hebrew.to_gregorian(hebrew_year, month, day))
            yield name, first, first + timedelta(days=length - 1)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        easter, orthodox = gregorian_easter(year), orthodox_easter(year)
        yield "easter", easter, easter
        yield "good friday", easter - timedelta(days=2), easter - timedelta(days=2)
        yield "easter monday", easter + timedelta(days=1), easter + timedelta(days=1)
        yield "palm sunday", easter - timedelta(days=7), easter - timedelta(days=7)
        yield "orthodox easter", orthodox, orthodox
        yield "orthodox palm sunday", orthodox - timedelta(days=7), orthodox - timedelta(days=7)
        first_of_november = date(year, 11, 1)
        thanksgiving = first_of_november + timedelta(days=(3 - first_of_november.weekday()) % 7 + 21)
        yield "thanksgiving", thanksgiving, thanksgiving


def main() -> None:
    """Print the table."""
    print("feast\tfirst\tlast")
    print("# Movable feasts, first and last day. Written by training/feast_days.py, which says how; public calendars.")
    print("# Source: hijridate (Umm al-Qura, MIT), convertdate (MIT), Easter algorithms. Licence: CC0-1.0.")
    for name, first, last in sorted(feasts()):
        if FIRST_YEAR <= first.year <= LAST_YEAR:
            print(f"{name}\t{first}\t{last}")


if __name__ == "__main__":
    main()
