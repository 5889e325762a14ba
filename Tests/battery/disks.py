"""A disk that fills up: acts are refused with a reason, reading goes on, nothing is lost, and all is well again without a restart."""
import contextlib, glob, http.client, json, os, subprocess, tempfile, threading, time
from tandem import Installation


class Disk:
    """A small file system of its own."""

    def __init__(self, megabytes, at=None, files=None):
        self.path = at or tempfile.mkdtemp(prefix="tandem-battery-")
        os.makedirs(self.path, exist_ok=True)
        options = f"size={megabytes}m" + (f",nr_inodes={files}" if files else "")
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.path], capture_output=True, text=True)
        if made.returncode:
            raise RuntimeError(f"A small disk needs the right to mount one: {made.stderr.strip()}")
        self.filler = os.path.join(self.path, "filler")

    def fill(self):
        """Takes all room, to the last block."""
        with open(self.filler, "ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"." * size)

    def fill_inodes(self):
        os.makedirs(self.filler)
        with contextlib.suppress(OSError):
            for number in range(1_000):
                open(os.path.join(self.filler, str(number)), "w").close()

    def free(self):
        subprocess.run(["rm", "-rf", self.filler], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "--lazy", self.path])
        with contextlib.suppress(OSError):
            os.rmdir(self.path)


class Writers:
    """Clients that keep writing and keep the ledger."""

    def __init__(self, house, token, count, trusting=False):
        self.acked, self.refused, self.others, self.texts = [], [], {}, set()
        self.guard, self.over, self.trusting = threading.Lock(), threading.Event(), trusting
        self.threads = [threading.Thread(daemon=True, target=self.work, args=(house, token, number)) for number in range(count)]
        for thread in self.threads:
            thread.start()

    def work(self, house, token, number):
        client, place = house.client(token), 0
        while not self.over.is_set():
            text, place = f"card {number}/{place} " + "x" * 400, place + 1
            try:
                status, answer = client.post("/reviews", {"front": text, "back": "kept"})
            except (OSError, http.client.HTTPException, ValueError) as error:
                status, answer, client = type(error).__name__, {}, house.client(token)
            with self.guard:
                if status in (200, 201):
                    self.acked.append((time.monotonic(), text))
                elif status in (503, 507):
                    self.refused.append((time.monotonic(), text))
                    self.texts.add(f"{status} {answer.get('code')}: {answer.get('detail')}")
                    if self.trusting:
                        self.acked.append((0, text))
                else:
                    self.others[status] = self.others.get(status, 0) + 1
            time.sleep(0.01)

    def wait_for(self, kind, since, most):
        """Seconds until the first answer of a kind after a moment; None when none comes in time."""
        while time.monotonic() - since < most:
            with self.guard:
                found = [at for at, _ in getattr(self, kind)[-50:] if at > since]
            if found:
                return found[0] - since
            time.sleep(0.02)

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()


def diskfull(rounds, trusting=False):
    """Fill, look, free, look; then a backup without room, and a disk without inodes."""
    with Disk(24, files=400) as disk, Installation(folder=disk.path) as house:
        token, faults, slowest = house.found(), [], 0.0
        house.start()
        pid = house.process.pid
        reader, writers = house.client(token), Writers(house, token, 4, trusting)
        try:
            for number in range(rounds):
                disk.fill()
                if writers.wait_for("refused", time.monotonic(), 5) is None:
                    faults.append(f"round {number}: no act was refused while the disk was full")
                for _ in range(5):
                    if reader.get("/reviews")[0] != 200:
                        faults.append(f"round {number}: reading did not go on")
                if number == 0:
                    faults += backup_without_room(house)
                disk.free()
                again = writers.wait_for("acked", time.monotonic(), 10)
                if again is None or again > 5:
                    faults.append(f"round {number}: acts were not taken within 5 s after there was room")
                    break
                slowest = max(slowest, again)
            faults += no_inodes(disk, house, writers)
        finally:
            writers.end()
        same = house.process.poll() is None and house.process.pid == pid
        with open(house.log.name) as log:
            lines = sum("No room left" in line for line in log)
        if not rounds <= lines <= 2 * rounds:
            faults.append(f"{lines} log lines about a full disk for {rounds} rounds")
        house.stop()
        there = set(house.query("SELECT front FROM card"))
        lost = sum(text not in there for _, text in writers.acked)
        check = house.run("check", check=False).returncode
        ok = same and not lost and not check and not faults and not writers.others and len(writers.acked) > rounds and writers.refused
        return bool(ok), (
            f"{len(writers.acked)} acknowledged, {lost} lost, {len(writers.refused)} refused, again after {slowest:.1f} s at most,"
            f" check {check}, same process {same}, other answers {writers.others}; {'; '.join(faults) or sorted(writers.texts)[0] if writers.texts else faults}")


def backup_without_room(house):
    made = house.run("backup", "--to", os.path.join(house.folder, "b.tar.gz"), check=False)
    left = glob.glob(os.path.join(house.folder, "b.tar.gz*"))
    if made.returncode == 0 or "room" not in made.stderr or left:
        return [f"a backup without room: exit {made.returncode}, said {made.stderr.strip()[-200:]!r}, left {left}"]
    return []


def no_inodes(disk, house, writers):
    """Rows need no new file, so acts go on or are refused, and a backup elsewhere is whole."""
    disk.fill_inodes()
    time.sleep(0.5)
    disk.free()
    if writers.wait_for("acked", time.monotonic(), 5) is None:
        return ["acts were not taken within 5 s after there were inodes again"]
    with tempfile.TemporaryDirectory() as folder:
        archive = os.path.join(folder, "b.tar.gz")
        made = house.run("backup", "--to", archive, check=False)
        whole = house.verify(archive)
        return [] if made.returncode == 0 and whole.returncode == 0 else [f"the backup after it: {(made.stderr + whole.stderr)[-200:]}"]


def outbox_full(wait, lazy=False):
    """The folder of mails on a full disk of its own: the act succeeds, the mail waits, and leaves when there is room."""
    with Installation() as house, Disk(1, at=os.path.join(house.folder, "outbox")) as disk:
        token = house.found()
        house.start()
        disk.fill()
        status, answer = house.client(token).post("/invites", {"email": "new@battery.example"})
        began, tried = time.monotonic(), 0
        while not tried and time.monotonic() - began < 20:
            tried = int(house.query("SELECT coalesce(max(attempts), 0) FROM job WHERE state <> 'done' AND kind = 'letter'")[0])
            time.sleep(0.1)
        reading = house.client(token).get("/reviews")[0]
        if not lazy:
            disk.free()
        began = time.monotonic()
        while time.monotonic() - began < wait:
            if glob.glob(os.path.join(disk.path, "*.eml")):
                break
            time.sleep(0.2)
        mails = glob.glob(os.path.join(disk.path, "*.eml"))
        ok = status in (200, 201) and tried > 0 and reading == 200 and len(mails) == 1
        return ok, f"act {status}, {tried} tries while full, reading {reading}, {len(mails)} mail {time.monotonic() - began:.0f} s after there was room"
