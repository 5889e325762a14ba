"""The database goes away and comes back: acts are refused with a reason and a time, nothing is lost, and all is well again by itself."""
import http.client, os, subprocess, tempfile, threading, time
from tandem import ROOT, Installation


class Server:
    """A PostgreSQL of its own, which may be taken away."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="tandem-battery-")
        self.environment = {**os.environ, "TANDEM_POSTGRES_STATE": os.path.join(self.folder.name, "state")}
        self.url = self.say("start")
        return self

    def __exit__(self, *_):
        self.say("stop")
        self.folder.cleanup()

    def say(self, *words):
        script = [str(ROOT / "scripts/postgres"), *words]
        return subprocess.run(script, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


class Writers:
    """Clients that go on writing, with the ledger of what was acknowledged and of what was refused, and how."""

    def __init__(self, house, token, count, trusting):
        self.acked, self.refused, self.faults, self.maybe = [], [], [], 0
        self.slowest, self.guard, self.over, self.trusting = 0.0, threading.Lock(), threading.Event(), trusting
        self.threads = [threading.Thread(daemon=True, target=self.work, args=(house, token, number)) for number in range(count)]
        for thread in self.threads:
            thread.start()

    def work(self, house, token, number):
        client, place = house.client(token), 0
        while not self.over.is_set():
            text, place, began = f"card {number}/{place}", place + 1, time.monotonic()
            try:
                status, answer = client.post("/reviews", {"front": text, "back": "kept"})
            except (OSError, http.client.HTTPException, ValueError) as error:
                status, answer, client = type(error).__name__, {}, house.client(token)
            now = time.monotonic()
            with self.guard:
                self.slowest = max(self.slowest, now - began)
                if status in (200, 201):
                    self.acked.append((now, text))
                elif status == 503 and (client.retry_after or "").isdigit() and answer.get("code") == "unavailable":
                    self.refused.append(now)
                    if self.trusting:
                        self.acked.append((now, text))
                else:
                    self.faults.append(f"{status} {answer.get('code', '')} Retry-After {getattr(client, 'retry_after', None)}")
            time.sleep(0.02)

    def first_ack(self, since, most):
        while time.monotonic() - since < most:
            with self.guard:
                found = [at for at, _ in self.acked[-200:] if at > since]
            if found:
                return found[0] - since
            time.sleep(0.02)
        return most

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()


def sessions(server):
    """How many sessions the program has, without those of this test."""
    found = subprocess.run(
        ["psql", "-qAt", server.url, "-c", "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tandem'"],
        check=True, capture_output=True, text=True)
    return int(found.stdout)


def away(house, server, writers, seconds, mode):
    """One round without the database; the faults seen, and how soon acts were taken again."""
    faults = []
    server.say("halt", mode)
    gone = time.monotonic()
    time.sleep(seconds)
    with writers.guard:
        told = sum(at > gone for at in writers.refused)
        taken = 0 if writers.trusting else sum(at > gone + 1 for at, _ in writers.acked)
    if not told or taken:
        faults.append(f"{told} refused and {taken} taken while it was away")
    for path, expected in (("/healthz", 200), ("/readyz", 503)):
        if house.get(path)[0] != expected:
            faults.append(f"{path} did not answer {expected} while it was away")
    server.say("resume")
    return faults, writers.first_ack(time.monotonic(), 30)


def outage(rounds, seconds, count, trusting=False):
    """The database is stopped in order and as by a power cut, in turns. `trusting` counts what was refused as kept."""
    with Server() as server, Installation(server.url) as house:
        token, faults, again = house.found(), [], 0.0
        house.start()
        pid, writers = house.process.pid, Writers(house, token, count, trusting)
        writers.first_ack(time.monotonic(), 10)
        time.sleep(1)
        before = sessions(server)
        try:
            for number in range(rounds):
                found, soon = away(house, server, writers, seconds, "immediate" if number % 2 else "fast")
                faults += found
                again = max(again, soon)
                time.sleep(1)
        finally:
            writers.end()
        after, ready = sessions(server), house.get("/readyz")[0]
        there = set(house.query("SELECT front FROM card"))
        lost = sum(text not in there for _, text in writers.acked)
        same = house.process.poll() is None and house.process.pid == pid
        faults += sorted(set(writers.faults))[:4]
        ok = not lost and not faults and again <= 10 and same and ready == 200 and abs(after - before) <= 1 and writers.slowest < 25
        return ok, (
            f"{len(writers.acked)} acknowledged, {lost} lost, {len(writers.refused)} refused with a time to come back, slowest answer"
            f" {writers.slowest:.1f} s, again within {again:.1f} s, sessions {before} and {after}, same process {same}; {faults}")
