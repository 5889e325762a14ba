"""Starts the real program in a folder of its own and speaks to it as an API client does."""
import contextlib, hashlib, http.client, json, os, pathlib, shutil, signal, socket, sqlite3, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMITS = {
    "TANDEM_LIMITS_REQUESTS_PER_SECOND": "1000000", "TANDEM_LIMITS_REQUEST_BURST": "1000000",
    "TANDEM_LIMITS_CONNECTIONS_PER_ADDRESS": "100000",
    "TANDEM_LIMITS_WRITES_PER_SECOND": "1000000", "TANDEM_LIMITS_WRITE_BURST": "1000000", "TANDEM_LOG_LEVEL": "warning",
}


def binary():
    given = os.environ.get("TANDEM")
    for path in [given] if given else [ROOT / ".build/release/tandem", ROOT / ".build/debug/tandem"]:
        if os.access(path, os.X_OK):
            return str(path)
    raise SystemExit("Build first: make release, or set TANDEM to the program.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


class Installation:
    """A folder with a database; `start` serves it. Closing it removes every trace."""

    def __init__(self, postgres=None, folder=None, limits=LIMITS):
        self.folder = folder or tempfile.mkdtemp(prefix="tandem-battery-")
        self.port = free_port()
        self.environment = {**os.environ, **limits}
        self.process = None
        self.schema = None
        self.database = None
        if postgres:
            self.schema, self.server = f"battery_{os.getpid()}_{self.port}", postgres
            self.psql(f"CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public; CREATE SCHEMA {self.schema}")
            self.database = postgres + ("&" if "?" in postgres else "?") + f"options=-csearch_path%3D{self.schema}%2Cpublic"

    def psql(self, text):
        found = subprocess.run(["psql", "-qAt", self.server, "-c", text], check=True, capture_output=True, text=True)
        return found.stdout.splitlines()

    def arguments(self):
        return ["--data", self.folder] + (["--database", self.database] if self.database else [])

    def run(self, *command, check=True):
        return subprocess.run([binary(), *command, *self.arguments()], env=self.environment, capture_output=True, text=True, check=check)

    def verify(self, archive):
        return subprocess.run([binary(), "backup", "verify", archive], env=self.environment, capture_output=True, text=True)

    def start(self, prefix=()):
        command = [*prefix, binary(), "serve", "--listen", f"127.0.0.1:{self.port}", *self.arguments()]
        self.log = open(os.path.join(self.folder, "server.log"), "ab")
        self.process = subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=self.log)
        began = time.monotonic()
        while time.monotonic() - began < 30:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server ended with {self.process.returncode}: {open(self.log.name).read()[-800:]}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/readyz")[0] == 200:
                    return time.monotonic() - began
            time.sleep(0.02)
        raise RuntimeError("The server was not ready within 30 s.")

    def stop(self, sign=signal.SIGTERM, wait=30):
        if self.process and self.process.poll() is None:
            self.process.send_signal(sign)
            self.process.wait(wait)
        return self.process.returncode if self.process else None

    def close(self):
        with contextlib.suppress(Exception):
            self.stop(signal.SIGKILL)
        if self.schema:
            with contextlib.suppress(Exception):
                self.psql(f"DROP SCHEMA {self.schema} CASCADE")
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def found(self):
        """An organisation with an administrator, without whom nobody is served; returns the administrator's token."""
        self.run("admin", "create-organisation", "Battery", "--zone", "UTC")
        return self.person("root", "admin")

    def person(self, name, roles=""):
        email = f"{name}@battery.example"
        made = self.run("admin", "create-member", email, "--name", name.title(), "--organisation", "battery", "--roles", roles)
        self.ids = getattr(self, "ids", {})
        self.ids[name] = json.loads(made.stdout)["id"]
        return self.run("admin", "token", email, "--organisation", "battery").stdout.strip()

    def people(self, count):
        """Tokens of so many new members; the names are m0, m1 and so on. Nobody may serve the database meanwhile."""
        names = [f"m{number}" for number in range(count)]
        file = os.path.join(self.folder, "people.csv")
        with open(file, "w") as rows:
            rows.write("name,email\n" + "".join(f"{name},{name}@battery.example\n" for name in names))
        self.run("import", "people", file, "--organisation", "battery")
        tokens = [f"tdm_{os.urandom(16).hex()}" for _ in names]
        now = int(time.time() * 1e6)
        self.execute("".join(
            "INSERT INTO api_token (org_id, id, person_id, name, token_hash, scopes, created_at, expires_at)"
            f" SELECT org_id, {number + 1}, id, 'battery', '{digest(token)}', '*', {now}, {now + 86_400_000_000}"
            f" FROM person WHERE email = '{name}@battery.example';" for number, (name, token) in enumerate(zip(names, tokens))))
        return tokens

    def session(self, name):
        """A cookie of somebody who is signed in, written into the database while nobody serves it."""
        secret, now = os.urandom(16).hex(), int(time.time() * 1e6)
        self.execute(
            "INSERT INTO sign_in_session (org_id, id, person_id, token_hash, created_at, seen_at, expires_at, agent, address, method)"
            f" SELECT org_id, 1, id, '{digest(secret)}', {now}, {now}, {now + 3_600_000_000}, 'battery', '127.0.0.1', 'password'"
            f" FROM person WHERE email = '{name}@battery.example';")
        return f"tandem={secret}"

    def get(self, path):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as line:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()

    def client(self, token):
        return Client(self.port, token)

    def query(self, text):
        """First columns of the rows, read from the database itself."""
        if self.schema:
            return self.psql(f"SET search_path TO {self.schema}, public; {text}")
        with contextlib.closing(sqlite3.connect(os.path.join(self.folder, "tandem.db"))) as database:
            return [row[0] for row in database.execute(text)]

    def rows(self, text):
        """Rows of PostgreSQL, as texts."""
        found = subprocess.run(["psql", "-qAt", "-F", "\t", self.server, "-c", text], check=True, capture_output=True, text=True)
        return [tuple(line.split("\t")) for line in found.stdout.splitlines()]

    def execute(self, text):
        """Changes the database itself."""
        if self.schema:
            return self.psql(f"SET search_path TO {self.schema}, public; {text}")
        with contextlib.closing(sqlite3.connect(os.path.join(self.folder, "tandem.db"))) as database:
            database.executescript(text)

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def peak_memory(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


class Client:
    """One keep-alive connection with a token."""

    def __init__(self, port, token):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json"}

    def post(self, path, body=None):
        self.line.request("POST", "/api/v1" + path, json.dumps(body or {}), self.headers)
        answer = self.line.getresponse()
        self.retry_after = answer.getheader("Retry-After")
        text = answer.read()
        return answer.status, json.loads(text) if text else {}

    def get(self, path):
        self.line.request("GET", "/api/v1" + path, headers=self.headers)
        answer = self.line.getresponse()
        return answer.status, answer.read()

    def close(self):
        self.line.close()
