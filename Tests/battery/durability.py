"""What was acknowledged is there, whatever happens to the process."""
import http.client, os, random, re, signal, subprocess, tempfile, threading, time
from tandem import Installation


def kill(cycles, writers, postgres=None, acked_too_early=False):
    """SIGKILL at a random moment under writes; the clients keep the ledger."""
    with Installation(postgres) as house:
        token, ledger, guard, slowest = house.found(), [], threading.Lock(), 0.0
        for cycle in range(cycles):
            slowest = max(slowest, house.start())

            def write(number):
                client, place = house.client(token), 0
                while True:
                    text = f"card {cycle}/{number}/{place}"
                    if acked_too_early:
                        with guard:
                            ledger.append(text)
                    try:
                        status, _ = client.post("/reviews", {"front": text, "back": "kept"})
                    except (OSError, http.client.HTTPException, ValueError):
                        return
                    if status in (200, 201) and not acked_too_early:
                        with guard:
                            ledger.append(text)
                    place += 1

            threads = [threading.Thread(daemon=True, target=write, args=(number,)) for number in range(writers)]
            for thread in threads:
                thread.start()
            time.sleep(random.uniform(0.15, 0.45))
            house.stop(signal.SIGKILL)
            for thread in threads:
                thread.join()
            if not postgres and house.query("PRAGMA integrity_check") != ["ok"]:
                return False, f"cycle {cycle}: integrity_check"
        there = set(house.query("SELECT front FROM card"))
        lost = [text for text in ledger if text not in there]
        check = house.run("check", check=False).returncode
        return not lost and check == 0 and slowest < 5 and len(ledger) > cycles, (
            f"{len(ledger)} acknowledged, {len(lost)} lost, check {check}, ready within {slowest:.1f} s")


NO_SYNC = "int fsync(int f) { (void)f; return 0; } int fdatasync(int f) { (void)f; return 0; }"


def sync_audit(writes, without_sync=False):
    """Every acknowledged write is followed by a sync: counted from outside."""
    with Installation() as house, tempfile.TemporaryDirectory() as folder:
        token = house.found()
        if without_sync:
            source, library = os.path.join(folder, "nosync.c"), os.path.join(folder, "nosync.so")
            with open(source, "w") as file:
                file.write(NO_SYNC)
            subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
            house.environment["LD_PRELOAD"] = library
        house.start()
        client, report = house.client(token), os.path.join(folder, "strace")
        client.get("/reviews")
        trace = subprocess.Popen(
            ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", report, "-p", str(house.process.pid)], stderr=subprocess.DEVNULL)
        time.sleep(1)
        done = sum(client.post("/reviews", {"front": f"card {number}", "back": "kept"})[0] in (200, 201) for number in range(writes))
        trace.send_signal(signal.SIGINT)
        trace.wait(10)
        with open(report) as file:
            syncs = sum(bool(re.search(r"\bf(data)?sync\(\d+", line)) for line in file)
        return done == writes and syncs >= writes, f"{done} writes, {syncs} syncs"


def backup(count, writers, plain_copy=False):
    """Backups under load hold everything that was acknowledged before they began, and restore."""
    import shutil, sqlite3
    with Installation() as house:
        token, ledger, guard, over = house.found(), [], threading.Lock(), threading.Event()
        house.start()

        def write(number):
            client, place = house.client(token), 0
            while not over.is_set():
                text = f"card {number}/{place}"
                if client.post("/reviews", {"front": text, "back": "kept"})[0] in (200, 201):
                    with guard:
                        ledger.append(text)
                place += 1

        threads = [threading.Thread(daemon=True, target=write, args=(number,)) for number in range(writers)]
        for thread in threads:
            thread.start()
        bad = []
        try:
            for number in range(count):
                time.sleep(0.5)
                with guard:
                    before = list(ledger)
                target = os.path.join(house.folder, f"restored{number}")
                if plain_copy:
                    os.mkdir(target)
                    shutil.copy(os.path.join(house.folder, "tandem.db"), target)
                else:
                    archive = os.path.join(house.folder, f"b{number}.tar.gz")
                    made = house.run("backup", "--to", archive, check=False)
                    from tandem import binary
                    back = subprocess.run([binary(), "restore", archive, "--into", target], env=house.environment, capture_output=True, text=True)
                    if made.returncode or back.returncode:
                        bad.append((made.stderr + back.stderr)[-200:])
                        continue
                try:
                    database = sqlite3.connect(os.path.join(target, "tandem.db"))
                    there = {row[0] for row in database.execute("SELECT front FROM card")}
                    missing = sum(text not in there for text in before)
                except sqlite3.Error as error:
                    missing = str(error)
                if missing:
                    bad.append(f"{missing} missing")
        finally:
            over.set()
            for thread in threads:
                thread.join()
        return not bad and len(ledger) > count, f"{len(ledger)} acknowledged, {count - len(bad)} of {count} complete{': ' + bad[0] if bad else ''}"
