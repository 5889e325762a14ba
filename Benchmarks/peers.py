"""Other programs under the same load: Flask's smallest answer, and Kolibri's list of people for a signed-in administrator."""
import csv, http.cookiejar, json, os, pathlib, subprocess, tempfile, time, urllib.error, urllib.request

from server import ROOT, free_port

PYTHON = ROOT / ".build/venv-peers/bin"


class Peer:
    """A program that is started for the measurement and ended after it."""

    def __init__(self, name, url, headers=()):
        self.name, self.url, self.headers, self.process = name, url, list(headers), None

    def start(self, *command, **environment):
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=pathlib.Path(__file__).parent,
            env={**os.environ, **environment})

    def wait(self, url):
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                return urllib.request.urlopen(url, timeout=5).read()
            except OSError:
                time.sleep(0.2)
        raise SystemExit(f"{self.name} did not start")

    def pids(self):
        return [self.process.pid]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait(30)


class Flask(Peer):
    def __init__(self):
        port = free_port()
        super().__init__("Flask 3.1 hello, gunicorn with 2 workers", f"http://127.0.0.1:{port}/")
        self.start(PYTHON / "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}", "hello_flask:app")
        self.wait(self.url)


class Kolibri(Peer):
    """With 300 learners; thirty of them are asked for, with their roles checked, as in the list of mentors."""

    HEAD = ["Database ID (UUID)", "Username (USERNAME)", "Password (PASSWORD)", "Full name (FULL_NAME)", "User type (USER_TYPE)",
            "Identifier (IDENTIFIER)", "Birth year (BIRTH_YEAR)", "Gender (GENDER)", "Learner enrollment (ENROLLED_IN)",
            "Coach assignment (ASSIGNED_TO)"]

    def __init__(self):
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        super().__init__("Kolibri 0.19.5, list of 30 people", self.base + "/api/auth/facilityuser/?page=1&page_size=30")
        self.home = ROOT / ".build/kolibri"
        self.environment = {
            "KOLIBRI_HOME": str(self.home), "KOLIBRI_ZEROCONF_ENABLED": "False", "KOLIBRI_LISTEN_ADDRESS": "127.0.0.1",
            "KOLIBRI_HTTP_PORT": str(port), "KOLIBRI_ZIP_CONTENT_PORT": str(free_port()), "KOLIBRI_RUN_MODE": "benchmark"}
        if not (self.home / "filled").exists():
            self.fill()
        self.start(PYTHON / "kolibri", "start", "--foreground", **self.environment)
        self.wait(self.base + "/en/auth/")
        self.headers = ["Cookie: " + self.sign_in()]

    def manage(self, *arguments):
        subprocess.run(
            [PYTHON / "kolibri", "manage", *arguments], check=True, capture_output=True, env={**os.environ, **self.environment})

    def fill(self):
        print("Kolibri: making 300 learners, once", flush=True)
        self.home.mkdir(parents=True, exist_ok=True)
        self.manage(
            "provisiondevice", "--facility", "Benchmark", "--superusername", "admin", "--superuserpassword", "passw0rd", "--preset", "formal",
            "--language_id", "en", "--verbosity", "0")
        with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(self.HEAD)
            for i in range(300):
                rows.writerow(["", f"learner{i}", "learner1", f"Learner {i}", "LEARNER", f"id{i}", 1990, "FEMALE", "", ""])
            file.flush()
            self.manage("bulkimportusers", file.name)
        (self.home / "filled").touch()

    def sign_in(self):
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        try:
            opener.open(self.base + "/api/auth/session/current/")
        except urllib.error.HTTPError as refusal:
            refusal.read()  # It comes with the token that the sign-in wants.
        token = next(c.value for c in jar if "csrf" in c.name)
        facility = json.load(opener.open(self.base + "/api/public/v1/facility/"))[0]["id"]
        body = json.dumps({"username": "admin", "password": "passw0rd", "facility": facility}).encode()
        opener.open(urllib.request.Request(
            self.base + "/api/auth/session/", body, {"Content-Type": "application/json", "X-CSRFToken": token})).read()
        people = len(json.load(opener.open(self.url))["results"])
        if people != 30:
            raise SystemExit(f"Kolibri answered {people} people instead of 30")
        return "; ".join(f"{c.name}={c.value}" for c in jar)
