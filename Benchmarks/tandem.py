"""A Tandem with the demo's data, and people signed in to it."""
import http.client, json, time, urllib.parse, urllib.request

from server import Server

MENTEE = "priya.raman@northwind.example"
SKILL_BEGINNINGS = 400


class Tandem(Server):
    def __init__(self, kind, esco):
        super().__init__(kind, demo=("--members", "400", "--days", "120", "--seed", "7"))
        self.kind, self.esco, self.times = kind, esco, {}

    def command(self, *arguments):
        began = time.monotonic()
        said = super().command(*arguments)
        self.times[arguments[0]] = time.monotonic() - began
        if arguments[0] == "demo":
            self.sign_ins = said
        return said

    def __enter__(self):
        super().__enter__()
        try:
            if self.esco:
                self.command("import", "esco", self.esco)
            self.cookie = "Cookie: " + self.sign_in()
            return self
        except BaseException:
            self.__exit__()
            raise

    @property
    def engine(self):
        return "SQLite" if self.kind == "sqlite" else "PostgreSQL"

    def sign_in(self):
        """The password is the one that the demo prints."""
        password = next(line.split("\t")[3] for line in self.sign_ins.splitlines() if MENTEE in line)
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        form = urllib.parse.urlencode({"email": MENTEE, "password": password})
        connection.request(
            "POST", "/sign-in/password", form, {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.base})
        answer = connection.getresponse()
        cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        session = next((c for c in cookies if c.startswith("tandem=")), None)
        if not session:
            raise SystemExit(f"The sign-in answered {answer.status}")
        return session

    def get(self, path, *headers):
        pairs = dict(h.split(": ", 1) for h in (self.cookie, *headers))
        with urllib.request.urlopen(urllib.request.Request(self.base + path, headers=pairs), timeout=60) as answer:
            return answer.read()

    def search_times(self):
        """Milliseconds of each look-up on one connection, as a person's browser would ask letter by letter."""
        labels = self.database.run("SELECT label FROM skill ORDER BY id").splitlines()
        step = max(1, len(labels) * 4 // SKILL_BEGINNINGS)
        words = [label[:length] for label in labels[::step] for length in (1, 3, 6, 12)]
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        times = []
        for word in words:
            began = time.perf_counter()
            connection.request(
                "GET", "/skills/search?" + urllib.parse.urlencode({"q": word}),
                headers={"Cookie": self.cookie.split(": ", 1)[1], "Accept": "application/json"})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                raise SystemExit(f"search for {word!r} answered {answer.status}")
        return sorted(times), len(labels)

    def pids(self):
        """The server, and the sessions that PostgreSQL holds for it."""
        if self.kind == "sqlite":
            return [self.process.pid]
        said = self.database.psql(self.database.admin, f"SELECT pid FROM pg_stat_activity WHERE datname = '{self.database.name}'")
        return [self.process.pid, *map(int, said.split())]
