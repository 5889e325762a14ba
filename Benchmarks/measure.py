"""CPU time per request from /proc, not from a clock on a busy machine: what the server's process used, divided by the answers that wrk counted."""
import datetime, json, os, pathlib, platform, re, statistics, subprocess, time, urllib.parse, urllib.request

from server import ROOT, Server

SECONDS, CONNECTIONS = 5, 16
TICK = os.sysconf("SC_CLK_TCK")


def cpu(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def get(url, token):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}", "Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def load(server, path, token):
    """CPU ms of the server per answer, answers per second, and faults, over three runs after a warm-up: the least CPU is the least disturbed."""
    url = server.base + "/api/v1" + path
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-H", f"Authorization: Bearer {token}", "-H", "Accept: application/json", url]
    subprocess.run([*command, "-d1"], capture_output=True, check=True)
    runs = []
    for _ in range(3):
        before = cpu(server.process.pid)
        said = subprocess.run([*command, f"-d{SECONDS}"], capture_output=True, text=True, check=True).stdout
        answers = int(re.search(r"(\d+) requests in", said).group(1))
        if "Non-2xx" in said:
            raise SystemExit(f"{path}: not every answer was 2xx\n{said}")
        runs.append(((cpu(server.process.pid) - before) * 1000 / answers, answers / SECONDS))
    return min(r[0] for r in runs), max(r[1] for r in runs)


def search_times(server, token, words):
    times = []
    for word in words:
        began = time.perf_counter()
        get(server.base + "/api/v1/skills/search?" + urllib.parse.urlencode({"q": word}), token)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]


def measure(kind):
    rows = []
    with Server(kind, demo=("--members", "400", "--days", "60")) as server:
        token = server.command("admin", "token", "priya.raman@northwind.example", "--organisation", slug(server))
        size = len(json.loads(get(server.base + "/api/v1/mentors", token))["mentors"])
        for name, path in ((f"list of {size} mentors, JSON", "/mentors"), ("Today, JSON", "/")):
            milliseconds, rate = load(server, path, token)
            rows.append((kind, name, f"{milliseconds:.2f}", f"{rate:.0f}"))
        words = [a + b for a in ("ma", "pro", "te", "co", "le", "an", "de", "in", "re", "pl") for b in ("", "n", "a", "r", "c", "s", "d", "t", "m", "l")]
        count = server.database.run("SELECT count(*) FROM skill")
        middle, late = search_times(server, token, words)
        rows.append((kind, f"search among {count} skills, 100 look-ups", f"p50 {middle:.1f} ms, p99 {late:.1f} ms wall", ""))
        rows.append((kind, "resident memory afterwards", f"{resident(server.process.pid):.0f} MB", ""))
    return rows


def slug(server):
    return server.database.run("SELECT slug FROM organisation WHERE id IN (SELECT org_id FROM person WHERE email = 'priya.raman@northwind.example')")


def peers():
    folder = os.environ.get("PEERS")
    if not folder:
        print("PEERS is not set: no other program was measured")
        return ""
    work = ROOT / ".build/peers/web"
    work.mkdir(parents=True, exist_ok=True)
    said = subprocess.run(["bash", f"{folder}/web/hello.sh", str(work)], capture_output=True, text=True)
    return said.stdout if said.returncode == 0 else f"(the peers could not be run: {said.stderr.strip()[-300:]})"


def main():
    kinds = ["sqlite"] + (["postgres"] if os.environ.get("TANDEM_TEST_POSTGRES") else [])
    rows = [row for kind in kinds for row in measure(kind)]
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    lines = [
        "# Benchmarks", "",
        f"Measured {datetime.date.today()} by `make bench` on {os.cpu_count()} cores ({model}), {platform.system()}, loopback; load average {os.getloadavg()[0]:.1f} at the end.",
        f"wrk with {CONNECTIONS} connections, {SECONDS} s, best of three runs; CPU is what the server's process used, divided by the answers. Release build, the demo's data (400 members).", "",
        "| database | what | CPU ms a request | requests/s |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    others = peers()
    if others:
        lines += ["", "Other programs on the same occasion:", "", "```", others.strip(), "```"]
    lines += ["", "Wall times and rates depend on what else the machine does; CPU does less so.", ""]
    text = "\n".join(lines)
    print(text)
    (ROOT / "docs/benchmarks.md").write_text(text)


if __name__ == "__main__":
    main()
