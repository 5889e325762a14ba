"""Few file descriptors and little memory: the server takes what it can, and is well again when the crowd has gone."""
import contextlib, http.client, os, resource, socket, time
from concurrent.futures import ThreadPoolExecutor
from tandem import Installation

# A folder of its own in version 1 of the kernel's control groups, where the limit is set before the program begins.
GROUPS = "/sys/fs/cgroup/memory"


class Purse:
    """So much memory and no more, for the processes that are started in it."""

    def __init__(self, megabytes):
        self.path = os.path.join(GROUPS, f"tandem-battery-{os.getpid()}")
        os.mkdir(self.path)
        with open(os.path.join(self.path, "memory.limit_in_bytes"), "w") as file:
            file.write(str(megabytes << 20))
        self.prefix = ["sh", "-c", f'echo $$ > {self.path}/cgroup.procs && exec "$@"', "sh"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for _ in range(50):
            with contextlib.suppress(OSError):
                os.rmdir(self.path)
                return
            time.sleep(0.1)


def serves(house, token, wait):
    """Seconds until reading and writing work; None when they do not within the time."""
    began = time.monotonic()
    while time.monotonic() - began < wait and house.process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            client = house.client(token)
            client.line.timeout = 3
            if client.get("/reviews")[0] == 200 and client.post("/reviews", {"front": "after it", "back": "kept"})[0] == 201:
                return time.monotonic() - began
        time.sleep(0.2)
    return None


def crowd(house, count):
    """So many lines at once, each with a request; most find no place. Returns how many were answered."""
    lines, answered = [], 0
    for _ in range(count):
        line = socket.socket()
        line.setblocking(False)
        line.connect_ex(("127.0.0.1", house.port))
        lines.append(line)
    time.sleep(1)
    for line in lines:
        with contextlib.suppress(OSError):
            line.send(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(2)
    for line in lines:
        with contextlib.suppress(OSError):
            answered += line.recv(12).startswith(b"HTTP/1.1 200")
        line.close()
    return answered


def few_files(sockets, rounds):
    """At most 128 open files, and many more lines than that."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with Installation() as house:
        token, slowest, answered = house.found(), 0.0, 0
        house.start(prefix=["sh", "-c", 'ulimit -n 128 && exec "$@"', "sh"])
        pid = house.process.pid
        for _ in range(rounds):
            answered += crowd(house, sockets)
            again = serves(house, token, 15)
            if again is None:
                return False, f"{sockets} lines with 128 files: not well again, exit {house.process.poll()}"
            slowest = max(slowest, again)
        same = house.process.poll() is None and house.process.pid == pid
        return same and slowest <= 10 and answered >= rounds, (
            f"{sockets} lines with 128 files, {rounds} times: {answered} answered, well again within {slowest:.1f} s")


def upload(house, token, size):
    line, status = http.client.HTTPConnection("127.0.0.1", house.port, timeout=120), 0
    with contextlib.suppress(OSError, http.client.HTTPException):
        line.putrequest("POST", "/api/v1/members/import")
        for name, value in [("Authorization", f"Bearer {token}"), ("Content-Type", "application/json"), ("Content-Length", str(size))]:
            line.putheader(name, value)
        line.endheaders()
        for _ in range(size >> 16):
            line.send(b" " * 65_536)
        status = line.getresponse().status
    line.close()
    return status


def little_memory(megabytes, rounds):
    """Sixteen files of 45 MB at once, again and again, among readers."""
    with Purse(megabytes) as purse, Installation() as house:
        token, statuses = house.found(), set()
        house.start(prefix=purse.prefix)
        pid = house.process.pid
        with ThreadPoolExecutor(16) as pool:
            for _ in range(rounds):
                statuses.update(pool.map(lambda _: upload(house, token, 45 << 20), range(16)))
        again = serves(house, token, 15)
        same = house.process.poll() is None and house.process.pid == pid
        peak = house.peak_memory() if same else 0
        ok = same and again is not None and again <= 10 and statuses <= {0, 400, 413, 422, 429}
        return ok, f"16 files of 45 MB in {megabytes} MB, {rounds} times: answers {sorted(statuses)}, peak {peak:.0f} MB, exit {house.process.poll()}"


def caps(sockets, rounds, megabytes=512):
    results = [few_files(sockets, rounds), little_memory(megabytes, rounds)]
    return all(ok for ok, _ in results), "; ".join(("" if ok else "WRONG ") + words for ok, words in results)
