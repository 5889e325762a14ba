"""Writes zones.csv (the zone files themselves) and oracle.csv (what Python's zoneinfo makes of wall times in them).

Run `python3 make_oracle.py` in this folder. oracle.csv: a line `# zone` begins a zone, then
`kind,wall,abbreviation,minutes since 1970[,minutes of the second instant]` with kind unique, gap or fold.
"""
import base64
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

ZONES = """Australia/Lord_Howe Antarctica/Troll Asia/Kathmandu America/New_York Europe/Berlin America/Sao_Paulo
Africa/Cairo Pacific/Apia America/St_Johns Africa/Casablanca Asia/Tehran Asia/Kolkata""".split()
YEARS = [2011, 2018, 2025, 2026, 2027, 2028, 2029, 2030, 2040, 2101]  # all changes of these; weekly 09:00 of 2025-2030
EPOCH = datetime(1970, 1, 1)


def offset_at(zone, utc):
    return utc.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()


def changes(zone, year):
    utc, step = datetime(year, 1, 1), timedelta(hours=6)
    while utc.year == year:
        low, high = utc, utc + step
        if offset_at(zone, low) != offset_at(zone, high):
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                low, high = (middle, high) if offset_at(zone, middle) == offset_at(zone, low) else (low, middle)
            yield high + offset_at(zone, low), high + offset_at(zone, high)
        utc += step


def walls(zone):
    day = datetime(2025, 1, 6, 9)
    while day.year <= 2030:
        yield day
        day += timedelta(days=7)
    for year in YEARS:
        for before, after in changes(zone, year):
            for edge in (before, after):
                for quarter in range(-5, 6):
                    yield edge + timedelta(minutes=15 * quarter)
            for days in (-1, 0, 1):
                yield before.replace(hour=2, minute=30) + timedelta(days=days)


def line(zone, wall):
    first, second = (
        (wall - wall.replace(tzinfo=zone, fold=fold).utcoffset() - EPOCH) // timedelta(minutes=1) for fold in (0, 1))
    at = (EPOCH + timedelta(minutes=first)).replace(tzinfo=timezone.utc).astimezone(zone)
    kind = "gap" if at.replace(tzinfo=None) != wall else "fold" if first != second else "unique"
    extra = f",{second}" if kind == "fold" else ""
    return f"{kind},{wall:%Y-%m-%dT%H:%M},{at.tzname()},{first}{extra}\n"


here = Path(__file__).parent
with open(here / "zones.csv", "w") as files, open(here / "oracle.csv", "w") as oracle:
    for name in ZONES:
        files.write(f"{name},{base64.b64encode(Path('/usr/share/zoneinfo', name).read_bytes()).decode()}\n")
        zone = ZoneInfo(name)
        oracle.write(f"# {name}\n")
        for wall in sorted(set(walls(zone))):
            oracle.write(line(zone, wall))
