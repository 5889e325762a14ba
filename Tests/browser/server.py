"""A server of its own for each suite: free port, empty folder, nothing left behind."""
import contextlib, os, pathlib, re, shutil, socket, sqlite3, subprocess, tempfile, time, urllib.request, uuid
from urllib.parse import urlsplit

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("TANDEM_PROGRAM", ROOT / ".build/debug/tandem"))
RAISED = {
    "TANDEM_LIMITS_REQUESTS_PER_SECOND": "100000", "TANDEM_LIMITS_REQUEST_BURST": "100000", "TANDEM_LIMITS_WRITES_PER_SECOND": "100000",
    "TANDEM_LIMITS_WRITE_BURST": "100000", "TANDEM_LIMITS_SIGN_IN_TRIES": "100000", "TANDEM_LIMITS_CODE_MAILS": "100000",
    "TANDEM_LIMITS_OPEN_ASKS": "100000", "TANDEM_LIMITS_STREAMS_PER_PERSON": "1000", "TANDEM_LOG_LEVEL": "error",
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Database:
    """SQLite in the data folder, or a fresh database on the PostgreSQL that TANDEM_TEST_POSTGRES names."""

    def __init__(self, kind, folder):
        self.kind, self.folder = kind, folder
        if kind == "postgres":
            self.admin = os.environ["TANDEM_TEST_POSTGRES"]
            self.name = "browser_" + uuid.uuid4().hex[:12]
            self.psql(self.admin, f"CREATE DATABASE {self.name}")
            self.url = urlsplit(self.admin)._replace(path="/" + self.name).geturl()
        else:
            self.url = f"sqlite:{folder}/tandem.db"

    def psql(self, url, sql):
        done = subprocess.run(["psql", url, "-qAtv", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def run(self, sql):
        if self.kind == "postgres":
            return self.psql(self.url, sql)
        with sqlite3.connect(self.folder / "tandem.db", timeout=10) as connection:
            rows = connection.execute(sql).fetchall()
        connection.close()
        return "\n".join("|".join(map(str, row)) for row in rows)

    @contextlib.contextmanager
    def away(self):
        """Lets no connection in, as while a PostgreSQL server restarts."""
        allow = f"UPDATE pg_database SET datallowconn = %s WHERE datname = '{self.name}'"
        self.psql(self.admin, allow % "false")
        self.psql(self.admin, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'")
        try:
            yield
        finally:
            self.psql(self.admin, allow % "true")

    def drop(self):
        if self.kind == "postgres":
            self.psql(self.admin, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


class Server:
    def __init__(self, kind="sqlite", demo=(), **settings):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tandem-browser."))
        self.database = Database(kind, self.folder)
        self.process, self.demo, self.setup = None, demo, None
        self.environment = {**os.environ, **RAISED, **settings}

    def command(self, *arguments):
        done = subprocess.run(
            [PROGRAM, *arguments, "--data", self.folder, "--database", self.database.url], capture_output=True, text=True,
            env=self.environment)
        if done.returncode:
            raise RuntimeError(f"tandem {' '.join(map(str, arguments))}: {done.stderr.strip()}")
        return done.stdout.strip()

    def command_plain(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=True).stdout

    def __enter__(self):
        try:
            if self.demo:
                self.command("demo", *self.demo)
            self.port = free_port()
            self.base = f"http://127.0.0.1:{self.port}"
            self.log = open(self.folder / "server.log", "w+")
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", self.folder, "--database", self.database.url],
                stdout=self.log, stderr=subprocess.STDOUT, env=self.environment)
            self.wait()
            found = re.search(r"http\S+/setup\?code=\S+", self.words())
            self.setup = found.group(0) if found else None
            return self
        except BaseException:
            self.__exit__()
            raise

    def words(self):
        return (self.folder / "server.log").read_text()

    def wait(self, path="/readyz"):
        """Until a page answers: by default that of being ready, another one once the first administrator was made by a command."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError("the server ended: " + self.words())
            try:
                urllib.request.urlopen(self.base + path, timeout=2).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not get ready: " + self.words())

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(25)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.log.close()
        self.database.drop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def move_session_back(self, minutes=75):
        """Lets every booked session have begun: the one thing that a test of a running server cannot wait for."""
        now = int(time.time() * 1_000_000) - minutes * 60_000_000
        for table in ("session", "occupancy"):
            self.database.run(
                f"UPDATE {table} SET ends_at = ends_at - starts_at + {now}, starts_at = {now} WHERE starts_at > {now}"
                + (" AND state = 'booked'" if table == "session" else ""))
