"""Holds `tandem lab walltime` against Python's zoneinfo: every zone, every change of 2025 to 2030, wall times from three hours before to
five hours after it, and 09:00 on the days around. Usage: zones.py TANDEM. Exit code 1 when one line differs."""
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

UTC = timezone.utc
HOUR = timedelta(hours=1)


def offset(zone, utc):
    return utc.replace(tzinfo=UTC).astimezone(zone).utcoffset()


def changes(zone):
    utc = datetime(2025, 1, 1)
    while utc.year <= 2030:
        low, high = utc, utc + 12 * HOUR
        if offset(zone, low) != offset(zone, high):
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                low, high = (middle, high) if offset(zone, middle) == offset(zone, low) else (low, middle)
            yield high + min(offset(zone, low), offset(zone, high))
        utc += 12 * HOUR


def walls(zone):
    day = datetime(2025, 1, 6, 9)
    while day.year <= 2030:
        yield day
        day += timedelta(days=28)
    for edge in changes(zone):
        for quarter in range(-12, 21):
            yield edge + timedelta(minutes=15 * quarter)
        for days in (-7, -1, 0, 1, 7):
            yield edge.replace(hour=9, minute=0) + timedelta(days=days)


def line(name, zone, wall):
    first, second = (int(wall.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    kind = "plain" if first == second else "fold" if first < second else "gap"
    return f"{name},{wall:%Y-%m-%dT%H:%M},{first},{kind}"


expected = ["zone,local,utc,kind"]
for name in sorted(available_timezones()):
    zone = ZoneInfo(name)
    expected += [line(name, zone, wall) for wall in walls(zone)]
with tempfile.TemporaryDirectory() as folder:
    question = Path(folder, "question.csv")
    question.write_text("\n".join(",".join(row.split(",")[:2]) for row in expected) + "\n")
    answer = subprocess.run([sys.argv[1], "lab", "walltime", question], check=True, capture_output=True, text=True).stdout.splitlines()
wrong = [pair for pair in zip(expected, answer) if pair[0] != pair[1]]
for pair in wrong[:20]:
    print("expected", pair[0], "got", pair[1])
print(f"{len(available_timezones())} zones, {len(expected) - 1} wall times, {len(wrong)} mismatches")
sys.exit(1 if wrong or len(answer) != len(expected) else 0)
