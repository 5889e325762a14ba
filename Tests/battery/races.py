"""Many people want few slots at the same moment."""
import collections, datetime, random, sqlite3, threading
from concurrent.futures import ThreadPoolExecutor
from tandem import Installation

OVERLAPS = """SELECT count(*) FROM occupancy a JOIN occupancy b ON a.org_id = b.org_id AND a.person_id = b.person_id
  AND a.session_id < b.session_id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"""


def slots(count):
    """Half hours of one mentor's days from the day after tomorrow, 8 to 18 o'clock UTC."""
    day = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    number = 2
    while len(found) < count:
        for half in range(20):
            found.append(day + datetime.timedelta(days=number, hours=8, minutes=30 * half))
        number += 1
    return [start.strftime("%Y-%m-%dT%H:%M:%SZ") for start in found[:count]]


def prepare(house, people):
    house.found()
    mentor = house.person("mentor", "mentor")
    with ThreadPoolExecutor(2) as pool:
        tokens = list(pool.map(lambda number: house.person(f"m{number}"), range(people)))
    house.start()
    week = [{"weekday": day, "from": "08:00", "to": "18:00"} for day in
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]]
    status, answer = house.client(mentor).post(
        "/you/availability", {"weekly": week, "notice_minutes": 0, "buffer_before": 0, "buffer_after": 0, "horizon_days": 60})
    assert status == 200, answer
    return tokens


def race(people, slot_count, tries, postgres=None, plant=False):
    with Installation(postgres) as house:
        tokens = prepare(house, people)
        pid, starts, gate = house.process.pid, slots(slot_count), threading.Barrier(people)
        each = tries // people

        def person(number):
            client, counts, dice = house.client(tokens[number]), collections.Counter(), random.Random(number)
            wished = [starts[(number * each + place) % slot_count] for place in range(each)]
            dice.shuffle(wished)
            gate.wait()
            for start in wished:
                status, answer = client.post("/sessions", {"mentor": house.ids["mentor"], "start": start, "minutes": 30})
                if status in (200, 201):
                    status, answer = client.post(f"/sessions/{answer['id']}/book")
                    status = 201 if status in (200, 201) else f"book {status}"
                counts[status] += 1
            client.close()
            return counts

        with ThreadPoolExecutor(people) as pool:
            counts = sum(pool.map(person, range(people)), collections.Counter())
        if plant:
            house.stop()
            with sqlite3.connect(house.folder + "/tandem.db") as database:
                database.executescript("PRAGMA foreign_keys = OFF; DROP TRIGGER occupancy_overlap_insert;")
                database.execute(
                    "INSERT INTO occupancy SELECT org_id, session_id + 1, person_id, starts_at, ends_at, until FROM occupancy LIMIT 1")
        doubles = int(house.query(OVERLAPS)[0])
        booked = int(house.query("SELECT count(*) FROM session WHERE state = 'booked'")[0])
        same = plant or house.process.poll() is None and house.process.pid == pid
        expected = {201: slot_count, 409: tries - slot_count}
        ok = dict(counts) == expected and booked == slot_count and doubles == 0 and same
        return ok, f"{dict(counts)}, {booked} booked, {doubles} overlaps"
