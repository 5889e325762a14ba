"""CPU time per request from /proc, not from a clock on a busy machine: what a server's processes used, divided by the answers that wrk counted."""
import os, pathlib, re, subprocess

TICK = os.sysconf("SC_CLK_TCK")


def stat(pid):
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def tree(roots):
    """Processes and all below them."""
    children = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            children.setdefault(int(stat(entry)[1]), []).append(int(entry))
        except OSError:
            pass
    found, ahead = [], list(roots)
    while ahead:
        pid = ahead.pop()
        found.append(pid)
        ahead += children.get(pid, [])
    return found


def cpu(pids):
    """Seconds of user and system time, children that ended included."""
    total = 0
    for pid in pids:
        try:
            total += sum(map(int, stat(pid)[11:15]))
        except OSError:
            pass
    return total / TICK


def resident(pid):
    """Megabytes of memory of a process, its program and libraries included."""
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def run(roots, url, headers, connections, seconds):
    """CPU milliseconds per answer and answers per second of one run. Every answer must be 2xx."""
    pids = tree(roots)
    before = cpu(pids)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", *sum((["-H", h] for h in headers), []), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    answers = int(re.search(r"(\d+) requests in", said).group(1))
    if "Non-2xx" in said or "Socket errors" in said or not answers:
        raise SystemExit(f"{url}: not every answer was good\n{said}")
    return (cpu(pids) - before) * 1000 / answers, answers / seconds
