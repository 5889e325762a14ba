"""Holds, bookings, approvals, moves, cancellations and other-time proposals at once, of different lengths and with buffers.

Each session is spoken about by one client at a time, so that the last acknowledged word about it is known; sessions and people are not:
they collide freely, in one server or between two servers on one database.
"""
import collections, contextlib, datetime, random, shutil, threading, time
from concurrent.futures import ThreadPoolExecutor
from races import OVERLAPS, UNGUARDED
from tandem import Installation

LENGTHS = [15, 30, 45, 60]
WEEK = [{"weekday": day, "from": "06:00", "to": "22:00"} for day in
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]]
# The rows of taken time, buffers and all; `OVERLAPS` asks the same of the sessions themselves.
TAKEN = """SELECT count(*) FROM occupancy a JOIN occupancy b ON a.org_id = b.org_id AND a.person_id = b.person_id
  AND a.session_id < b.session_id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"""


class Known:
    """One session as its clients were last told it is."""

    def __init__(self, identifier, mentor, mentee, state, start):
        self.id, self.mentor, self.mentee, self.state, self.start = identifier, mentor, mentee, state, start
        self.proposed = None
        self.lock = threading.Lock()


class Town:
    """People, the servers they speak to, and the ledger."""

    def __init__(self, houses, mentors, mentees, seed):
        self.houses, self.mentors, self.mentees, self.seed = houses, mentors, mentees, seed
        self.sessions, self.guard = [], threading.Lock()
        day = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        self.starts = [(day + datetime.timedelta(days=2 + number // 56, hours=7, minutes=15 * (number % 56))).strftime("%Y-%m-%dT%H:%M:%SZ")
                       for number in range(56 * 3)]

    def worker(self, number, operations):
        dice, counts = random.Random(self.seed * 1000 + number), collections.Counter()
        house = self.houses[number % len(self.houses)]
        lines = {}

        def say(person, path, body=None):
            client, used = lines.pop(person, (None, 0))
            if client and time.monotonic() - used > 30:
                # The server closes lines on which nothing was said for a minute.
                client.close()
                client = None
            client = client or house.client(self.tokens[person])
            status, answer = client.post(path, body)
            lines[person] = client, time.monotonic()
            name = {"sessions": "hold", "times": "propose", "pick": "other-time", "approval": "approve"}.get(*[path.rpartition("/")[2]] * 2)
            counts[f"{name} {'ok' if status in (200, 201) else status}"] += 1
            return status, answer

        for _ in range(operations):
            self.act(dice, say)
        for client, _ in lines.values():
            client.close()
        return counts

    def act(self, dice, say):
        known = None
        if dice.random() < 0.65:
            with self.guard:
                known = dice.choice(self.sessions[-400:]) if self.sessions else None
        if known is None or not known.lock.acquire(blocking=False):
            self.hold(dice, say)
            return
        try:
            self.change(known, dice, say)
        finally:
            known.lock.release()

    def hold(self, dice, say):
        mentor, mentee, start = dice.choice(self.mentors), dice.choice(self.mentees), dice.choice(self.starts)
        status, answer = say(mentee, "/sessions", {"mentor": self.ids[mentor], "start": start, "minutes": dice.choice(LENGTHS)})
        if status == 201:
            known = Known(answer["id"], mentor, mentee, "held", start)
            with known.lock:
                with self.guard:
                    self.sessions.append(known)
                # Most people book what they hold before they hold something else, which would let it go.
                if dice.random() < 0.7:
                    self.change(known, dice, say)

    def change(self, known, dice, say):
        someone, at = dice.choice([known.mentor, known.mentee]), f"/sessions/{known.id}"
        if known.state == "held":
            self.book(known, say, at)
        elif known.state in ("pending", "booked") and known.proposed:
            self.pick(known, dice, say, at)
        elif known.state in ("pending", "booked") and dice.random() < 0.3:
            by, times = known.mentor if known.state == "pending" else someone, dice.sample(self.starts, 2)
            if say(by, f"{at}/times", {"starts": times})[0] == 200:
                known.proposed = (by, times)
        elif known.state == "pending":
            if say(known.mentor, f"{at}/approval")[0] == 200:
                known.state = "booked"
        elif known.state == "booked" and dice.random() < 0.6:
            start = dice.choice(self.starts)
            if say(someone, f"{at}/move", {"start": start})[0] == 200:
                known.start, known.proposed = start, None
        elif known.state == "booked":
            if say(someone, f"{at}/cancel", {"reason": ""})[0] == 200:
                known.state, known.proposed = "cancelled", None
        else:
            self.hold(dice, say)

    def book(self, known, say, at):
        status, answer = say(known.mentee, f"{at}/book")
        if status == 200:
            known.state = "pending" if answer["state"] == "held" else "booked"
        elif status == 409:
            known.state = "lapsed"

    def pick(self, known, dice, say, at):
        by, times = known.proposed
        start = dice.choice(times)
        if say(known.mentee if by == known.mentor else known.mentor, f"{at}/times/pick", {"start": start})[0] == 200:
            known.state, known.start, known.proposed = "booked", start, None
        elif dice.random() < 0.5:
            known.proposed = None

    def prepare(self):
        first, self.tokens = self.houses[0], {}
        first.found()
        for name in self.mentors:
            self.tokens[name] = first.person(name, "mentor")
        self.tokens.update(zip(self.mentees, first.people(len(self.mentees))))
        self.ids = first.ids

    def set_rules(self):
        for place, name in enumerate(self.mentors + self.mentees):
            rules = {"weekly": WEEK if name in self.mentors else [], "notice_minutes": 0, "horizon_days": 60,
                     "buffer_before": 5 * (place % 2), "buffer_after": 5 * (place % 3),
                     "confirms": name in self.mentors and place % 2 == 0}
            client = self.houses[0].client(self.tokens[name])
            status, answer = client.post("/you/availability", rules)
            client.close()
            assert status == 200, answer


@contextlib.contextmanager
def second_server(house):
    """Another process on the same database, with the same keys."""
    twin = Installation()
    shutil.copytree(house.folder, twin.folder, dirs_exist_ok=True)
    twin.database = house.database
    try:
        twin.start()
        yield twin
    finally:
        twin.close()


def lost(town, house):
    """Acknowledged words that the database does not know, by session."""
    rows = house.query("SELECT id || '|' || state || '|' || starts_at FROM session")
    present = {}
    for row in rows:
        number, state, start = row.split("|")
        present[int(number)] = (state, int(start))
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    missing = []
    for known in town.sessions:
        number = 0
        for letter in known.id.upper():
            number = number * 32 + alphabet.index(letter)
        state, start = present.get(number, ("nothing", 0))
        told = int(datetime.datetime.fromisoformat(known.start.replace("Z", "+00:00")).timestamp() * 1_000_000)
        allowed = {"held": {"held", "lapsed"}, "pending": {"held", "lapsed"}, "lapsed": {"held", "lapsed"}}.get(known.state, {known.state})
        if state not in allowed or known.state in ("booked", "cancelled") and start != told:
            missing.append(f"{known.id}: told {known.state} {known.start}, found {state}")
    return missing


def bookings(operations, connections, postgres=None, unguarded=False, people=(8, 24), seed=7):
    with Installation(postgres) as house, contextlib.ExitStack() as stack:
        town = Town([house], [f"mentor{n}" for n in range(people[0])], [f"m{n}" for n in range(people[1])], seed)
        town.prepare()
        house.start()
        if postgres:
            town.houses.append(stack.enter_context(second_server(house)))
        town.set_rules()
        if unguarded:
            house.execute(UNGUARDED[house.schema is not None])
        pids = [one.process.pid for one in town.houses]
        with ThreadPoolExecutor(connections) as pool:
            counts = sum(pool.map(lambda n: town.worker(n, operations // connections), range(connections)), collections.Counter())
        same = all(one.process.poll() is None and one.process.pid == pid for one, pid in zip(town.houses, pids))
        taken, meetings = int(house.query(TAKEN)[0]), int(house.query(OVERLAPS)[0])
        missing = lost(town, house)
        faults = sum(count for name, count in counts.items() if name.split()[1] not in ("ok", "409"))
        done = sum(counts.values())
        ok = same and taken == 0 and meetings == 0 and not missing and faults == 0 and done >= operations // connections * connections
        words = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        return ok, f"{done} operations: {words}; {taken} + {meetings} overlaps, {len(missing)} lost {missing[:2]}, {faults} faults"
