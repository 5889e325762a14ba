"""Limits hold for a crowd that asks at the same moment, and memory stays bounded."""
import collections, glob, http.client, os, re, socket, threading, time, urllib.parse
from concurrent.futures import ThreadPoolExecutor
from tandem import LIMITS, Installation

PLAIN = {"TANDEM_LIMITS_CONNECTIONS_PER_ADDRESS": "100000", "TANDEM_LOG_LEVEL": "warning"}
OFF = {**LIMITS, "TANDEM_LIMITS_OPEN_ASKS": "100000", "TANDEM_LIMITS_SIGN_IN_TRIES": "100000", "TANDEM_LIMITS_CODE_MAILS": "100000",
       "TANDEM_LIMITS_STREAMS_PER_PERSON": "100000", "TANDEM_LIMITS_BODY": "100000000"}


def at_once(count, act):
    """Runs the act so many times, all released together, and counts what it returned."""
    gate = threading.Barrier(count)

    def one(number):
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return collections.Counter(pool.map(one, range(count)))


class Page:
    """A browser of its own: a form is sent with its cookies and from the own site."""

    def __init__(self, house):
        self.house, self.cookies = house, {}

    def send(self, path, **fields):
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request("POST", path, urllib.parse.urlencode(fields), {
            "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Cookie": cookies})
        answer = line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        answer.read()
        line.close()
        return answer.status, answer.getheader("Location") or ""


def mails(house):
    return sorted(glob.glob(os.path.join(house.folder, "outbox", "*.eml")))


def awaited(house, pattern, wait=20):
    """The first match in a mail of the outbox, soft line breaks joined."""
    began = time.monotonic()
    while time.monotonic() - began < wait:
        for path in reversed(mails(house)):
            found = re.search(pattern, open(path).read().replace("=\n", "").replace("=3D", "="))
            if found:
                return found.group(1)
        time.sleep(0.1)
    raise RuntimeError(f"No mail with {pattern} came within {wait} s.")


def open_asks(house, token, crowd):
    """Five asks of one person may be open."""
    def ask(number):
        client = house.client(token)
        status, _ = client.post("/asks", {"question": f"How do I prepare talk number {number} for the team?"})
        client.close()
        return status

    counts = at_once(crowd, ask)
    rows = int(house.query("SELECT count(*) FROM ask WHERE state = 'open'")[0])
    return counts == {201: 5, 409: crowd - 5} and rows == 5, f"asks {dict(counts)}, {rows} open"


def one_invitation(house, token, crowd):
    """A mailed invitation makes one member."""
    house.client(token).post("/invites", {"email": "guest@battery.example"})
    secret = awaited(house, r"/join/([A-Za-z0-9_-]{20,})")
    counts = at_once(crowd, lambda number: Page(house).send(f"/join/{secret}", name="Guest", zone="UTC")[0])
    rows = int(house.query("SELECT count(*) FROM person WHERE email = 'guest@battery.example'")[0])
    return counts[303] == 1 and set(counts) <= {303, 409, 429} and rows == 1, f"joins {dict(counts)}"


def one_code(house, crowd):
    """A code signs in once; a wrong one is tried five times."""
    page = Page(house)
    page.send("/sign-in/code", email="root@battery.example")
    code = awaited(house, r"Subject: (\d{4} \d{4})").replace(" ", "")

    def enter(text):
        copy = Page(house)
        copy.cookies = dict(page.cookies)
        copy.send("/sign-in/verify", code=text)
        return any(name.endswith("tandem") for name in copy.cookies if name not in page.cookies)

    right = at_once(crowd, lambda number: enter(code))
    page.send("/sign-in/code", email="root@battery.example")
    at_once(crowd, lambda number: enter("00000000"))
    tries = int(house.query("SELECT max(tries) FROM sign_in_code")[0])
    return right[True] == 1 and tries <= 5, f"sign-ins {right[True]} of {crowd}, {tries} tries of a wrong code"


def code_mails(house):
    """Five mails with a code in an hour to one address."""
    before = int(house.query("SELECT count(*) FROM sign_in_code WHERE email = 'flood@battery.example'")[0])
    counts = at_once(20, lambda number: Page(house).send("/sign-in/code", email="flood@battery.example")[0])
    after = int(house.query("SELECT count(*) FROM sign_in_code WHERE email = 'flood@battery.example'")[0])
    return after - before == 5, f"{after - before} codes for 20 wishes {dict(counts)}"


def rates(house, busy, calm):
    """One token's burst ends; another's requests go on."""
    def read(number):
        client = house.client(busy)
        status = client.get("/reviews")[0]
        client.close()
        return status

    counts = at_once(150, read)
    other = house.client(calm).get("/reviews")[0]
    return counts[429] > 0 and counts[200] >= 60 and set(counts) <= {200, 429} and other == 200, f"burst {dict(counts)}, other {other}"


def streams(house, name):
    """Five live pages a person; whoever leaves one makes room for the next at once."""
    cookie = house.cookies[name].encode()

    def open_eight():
        lines, opened = [], collections.Counter()
        for _ in range(8):
            line = socket.create_connection(("127.0.0.1", house.port), 5)
            line.settimeout(10)
            line.sendall(b"GET /live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: " + cookie + b"\r\n\r\n")
            opened[int(line.recv(64).split()[1])] += 1
            lines.append(line)
        for line in lines:
            line.close()
        return dict(opened)

    first = open_eight()
    time.sleep(1)
    second = open_eight()
    return first == second == {200: 5, 429: 3}, f"streams {first}, after leaving them {second}"


def sizes(house, admin, senders):
    """Bodies beyond the limit are refused, files in memory are few, and a stranger's file is not kept at all."""
    def send(token, path, size):
        line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=120)
        status = 0
        try:
            line.putrequest("POST", "/api/v1" + path)
            for name, value in [("Authorization", f"Bearer {token}"), ("Content-Type", "application/json"), ("Content-Length", str(size))]:
                line.putheader(name, value)
            line.endheaders()
            part, sent = b" " * 65_536, 0
            while sent < size:
                line.send(part[:size - sent])
                sent += len(part)
            status = line.getresponse().status
        except OSError:
            with_answer = line.sock.recv(64) if line.sock else b""
            status = int(with_answer.split()[1]) if with_answer.startswith(b"HTTP/") else 0
        except http.client.HTTPException:
            pass
        line.close()
        return status

    over = send(admin, "/reviews", (1 << 20) + 1)
    crowd = at_once(senders, lambda number: send(admin, "/members/import", 45 << 20))
    strangers = at_once(senders, lambda number: send("tdm_nobody", "/members/import", 45 << 20))
    memory, still = house.peak_memory(), house.client(admin).get("/reviews")[0]
    ok = over in (0, 413) and set(crowd) <= {0, 400, 422, 429} and set(strangers) <= {0, 401, 413} and memory < 1024 and still in (200, 429)
    return ok, f"long body {over}, files {dict(crowd)}, strangers' {dict(strangers)}, peak {memory:.0f} MB"


def quota(crowd, postgres=None, off=False):
    """Each limit of docs/admin.md against a crowd. `off` serves without limits, which must be noticed."""
    raised = {**LIMITS, "TANDEM_LIMITS_SIGN_IN_TRIES": "100000"}
    results = []
    with Installation(postgres, limits=OFF if off else raised) as house:
        admin = house.found()
        member = house.people(1)[0]
        house.start()
        results += [open_asks(house, member, crowd), one_invitation(house, admin, crowd), one_code(house, crowd)]
        results.append(alive(house))
    with Installation(limits=OFF if off else PLAIN) as house:
        admin = house.found()
        busy, calm = house.people(2)
        house.cookies = {"root": house.session("root")}
        house.start()
        results += [code_mails(house), rates(house, busy, calm), streams(house, "root"), sizes(house, admin, 16), alive(house)]
    return all(ok for ok, _ in results), "; ".join(("" if ok else "WRONG ") + words for ok, words in results if words)


def alive(house):
    ended = house.process.poll()
    return ended is None, "" if ended is None else f"the server ended with {ended}"
