"""Many people want few slots at the same moment."""
import collections, datetime, random, threading
from concurrent.futures import ThreadPoolExecutor
from tandem import Installation

PART = "SELECT org_id, id, {} AS person, starts_at, ends_at FROM session WHERE state = 'booked'"
BOTH = PART.format("mentor_id") + " UNION ALL " + PART.format("mentee_id")
# Pairs of sessions that take the same time of one person, read from the sessions and not from what guards them.
OVERLAPS = f"""SELECT count(*) FROM ({BOTH}) a JOIN ({BOTH}) b ON a.org_id = b.org_id AND a.person = b.person AND a.id < b.id
  AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"""

# Takes away the constraint, and what the check before it reads: no time is marked as taken, and sessions stand ten years later.
LATER = 315_360_000_000_000
UNGUARDED = {
    False: f"""DROP TRIGGER occupancy_overlap_insert; DROP TRIGGER occupancy_overlap_update;
        CREATE TRIGGER blind BEFORE INSERT ON occupancy BEGIN SELECT RAISE(IGNORE); END;
        CREATE TRIGGER moved AFTER INSERT ON session BEGIN
          UPDATE session SET starts_at = starts_at + {LATER}, ends_at = ends_at + {LATER} WHERE id = NEW.id; END;""",
    True: f"""ALTER TABLE occupancy DROP CONSTRAINT occupancy_overlap; CREATE RULE blind AS ON INSERT TO occupancy DO INSTEAD NOTHING;
        CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          NEW.starts_at := NEW.starts_at + {LATER}; NEW.ends_at := NEW.ends_at + {LATER}; RETURN NEW; END $$;
        CREATE TRIGGER moved BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION later();""",
}


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


def prepare(house, people, unguarded):
    house.found()
    mentor = house.person("mentor", "mentor")
    tokens = house.people(people)
    if unguarded:
        house.execute(UNGUARDED[house.schema is not None])
    house.start()
    week = [{"weekday": day, "from": "08:00", "to": "18:00"} for day in
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]]
    status, answer = house.client(mentor).post(
        "/you/availability", {"weekly": week, "notice_minutes": 0, "buffer_before": 0, "buffer_after": 0, "horizon_days": 60})
    assert status == 200, answer
    return tokens


def race(people, slot_count, tries, postgres=None, unguarded=False):
    with Installation(postgres) as house:
        tokens = prepare(house, people, unguarded)
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
        doubles = int(house.query(OVERLAPS)[0])
        booked = int(house.query("SELECT count(*) FROM session WHERE state = 'booked'")[0])
        same = house.process.poll() is None and house.process.pid == pid
        expected = {201: slot_count, 409: tries - slot_count}
        ok = dict(counts) == expected and booked == slot_count and doubles == 0 and same
        return ok, f"{dict(counts)}, {booked} booked, {doubles} overlaps"
