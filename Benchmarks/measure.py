"""Measures the server beside other programs, in alternating rounds, and writes docs/benchmarks.md."""
import contextlib, json, os, statistics

import load, peers, report
from tandem import Tandem

ROUNDS, SECONDS, CONNECTIONS = 5, 3, 8
JSON = "Accept: application/json"


class Subject:
    """One address of one program, with what each round found."""

    def __init__(self, program, name, url, headers, goal=None):
        self.program, self.name, self.url, self.headers, self.goal = program, name, url, headers, goal
        self.cost, self.rate = [], []

    def measure(self, seconds):
        cost, rate = load.run(self.program.pids(), self.url, self.headers, CONNECTIONS, seconds)
        return cost, rate

    def round(self):
        cost, rate = self.measure(SECONDS)
        self.cost.append(cost)
        self.rate.append(rate)


def subjects(tandem):
    mentors = len(json.loads(tandem.get("/mentors", JSON))["mentors"])
    if mentors != 30:
        raise SystemExit(f"The list holds {mentors} mentors instead of 30")
    headers = [tandem.cookie]
    directory = tandem.base + "/mentors?hours=false"
    return [
        Subject(tandem, f"{tandem.engine}: list of 30 mentors, JSON", directory, [*headers, JSON], 0.30),
        Subject(tandem, f"{tandem.engine}: the same with everybody's next free hour", tandem.base + "/mentors", [*headers, JSON]),
        Subject(tandem, f"{tandem.engine}: Today, page", tandem.base + "/", headers, 0.60),
        Subject(tandem, f"{tandem.engine}: Today, page in gzip", tandem.base + "/", [*headers, "Accept-Encoding: gzip"]),
    ]


def facts(tandem):
    times, skills = tandem.search_times()
    return {
        "engine": tandem.engine, "skills": skills, "look-ups": len(times), "p50": statistics.median(times),
        "p99": times[int(len(times) * 0.99)], "memory": load.resident(tandem.process.pid), "demo": tandem.times["demo"],
        "esco": tandem.times.get("import")}


def main():
    kinds = ["sqlite"] + (["postgres"] if os.environ.get("TANDEM_TEST_POSTGRES") else [])
    with contextlib.ExitStack() as running:
        tandems = [running.enter_context(Tandem(kind, os.environ.get("ESCO"))) for kind in kinds]
        others = [running.enter_context(peer()) for peer in ([peers.Flask] + ([peers.Kolibri] if os.environ.get("KOLIBRI") else []))]
        own = [subject for tandem in tandems for subject in subjects(tandem)]
        foreign = [Subject(peer, peer.name, peer.url, peer.headers) for peer in others]
        for subject in own + foreign:
            subject.measure(1)
        for number in range(ROUNDS):
            print(f"round {number + 1} of {ROUNDS}", flush=True)
            for subject in own + foreign:
                subject.round()
        report.write(own, foreign, [facts(tandem) for tandem in tandems], ROUNDS, SECONDS, CONNECTIONS)


if __name__ == "__main__":
    main()
