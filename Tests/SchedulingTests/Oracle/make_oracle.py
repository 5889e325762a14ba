"""Writes zones.csv (the zone files themselves), oracle.csv (what Python's zoneinfo makes of wall times in them) and days.csv (whole
days and reminders).

Run `python3 make_oracle.py` in this folder. oracle.csv: a line `# zone` begins a zone, then
`kind,wall,abbreviation,minutes since 1970[,minutes of the second instant]` with kind unique, gap or fold.
days.csv: after `# zone`, `day,date,first minute,first minute of the next date` around every change, and
`session,minute,wall 24 hours before,wall 1 hour before` for sessions at 09:00, in the gap and in the fold.
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


def minute(utc):
    return (utc - EPOCH) // timedelta(minutes=1)


def shown(zone, utc):
    return utc.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)


def first_minute(zone, date):
    """The first minute whose wall clock shows `date` or a later one: found by walking, so that midnight in a gap needs no rule."""
    utc = date - timedelta(hours=20)
    while shown(zone, utc) < date:
        utc += timedelta(minutes=15)
    while shown(zone, utc - timedelta(minutes=1)) >= date:
        utc -= timedelta(minutes=1)
    return minute(utc)


def days(zone):
    for year in range(2025, 2031):
        for before, _ in changes(zone, year):
            midnight = before.replace(hour=0, minute=0)
            for offset in (-2, -1, 0, 1):
                date = midnight + timedelta(days=offset)
                yield f"day,{date:%Y-%m-%d},{first_minute(zone, date)},{first_minute(zone, date + timedelta(days=1))}\n"


def sessions(zone):
    walls = [datetime(2025, 1, 6, 9) + timedelta(days=7 * week) for week in range(312)]
    for year in range(2025, 2031):
        for before, after in changes(zone, year):
            walls += [min(before, after) + timedelta(minutes=k) for k in (-30, 0, 15, 30, 60)]
            walls += [before.replace(hour=9, minute=0) + timedelta(days=k) for k in (0, 1)]
    for wall in walls:
        utc = wall - wall.replace(tzinfo=zone, fold=0).utcoffset()
        reminders = ",".join(f"{shown(zone, utc - timedelta(hours=h)):%Y-%m-%dT%H:%M}" for h in (24, 1))
        yield f"session,{minute(utc)},{reminders}\n"


here = Path(__file__).parent
with open(here / "zones.csv", "w") as files, open(here / "oracle.csv", "w") as oracle, open(here / "days.csv", "w") as whole:
    for name in ZONES:
        files.write(f"{name},{base64.b64encode(Path('/usr/share/zoneinfo', name).read_bytes()).decode()}\n")
        zone = ZoneInfo(name)
        oracle.write(f"# {name}\n")
        for wall in sorted(set(walls(zone))):
            oracle.write(line(zone, wall))
        whole.write(f"# {name}\n")
        whole.writelines(days(zone))
        whole.writelines(sessions(zone))
