"""What this machine lets a test do. `make battery` wants it all; `make test` leaves out what cannot be done here, and says so."""
import os, subprocess, sys, tempfile


def mount():
    """May this user mount a small disk?"""
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True)
        if made.returncode == 0:
            subprocess.run(["umount", "--lazy", folder])
        return made.returncode == 0


def trace():
    """May this user trace a process it did not start?"""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
    try:
        seen = subprocess.Popen(["strace", "-p", str(other.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        first = seen.stderr.readline()
        return "attached" in first
    finally:
        other.kill()
        seen.kill()


def group():
    """May this user limit the memory of a process?"""
    path = f"/sys/fs/cgroup/memory/tandem-battery-{os.getpid()}"
    try:
        os.mkdir(path)
        os.rmdir(path)
        return True
    except OSError:
        return False


NEEDS = {"caps": ("to limit memory by control groups", group), "diskfull": ("to mount a small disk", mount), "outbox-full": ("to mount a small disk", mount),
         "sync-audit": ("to trace a process", trace)}


def missing(name):
    """The right a test lacks here, in words, or None."""
    words, may = NEEDS.get(name, ("", lambda: True))
    return None if may() else words
