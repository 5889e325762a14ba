"""What was measured, as docs/benchmarks.md between its two marks, and on the terminal."""
import datetime, os, platform, statistics

from server import ROOT

PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"


def spread(values, digits):
    return " / ".join(f"{value:.{digits}f}" for value in (min(values), statistics.median(values), max(values)))


def cost_table(subjects):
    lines = ["| what | CPU ms a request | requests/s | goal |", "|---|---|---|---|"]
    for s in subjects:
        goal = f"{s.goal:.2f} ms: {'kept' if statistics.median(s.cost) <= s.goal else 'missed'}" if s.goal else ""
        lines.append(f"| {s.name} | {spread(s.cost, 3)} | {statistics.median(s.rate):.0f} | {goal} |")
    return lines


def ratio_table(own, foreign):
    """Each ratio is of two runs of the same round."""
    lines = ["| what | against | how many times its CPU |", "|---|---|---|"]
    for peer in foreign:
        for s in own:
            lines.append(f"| {s.name} | {peer.name} | {spread([b / a for a, b in zip(s.cost, peer.cost)], 1)} |")
    return lines


def fact_table(facts):
    lines = ["| | " + " | ".join(f["engine"] for f in facts) + " |", "|---|" + "---|" * len(facts)]
    rows = [
        ("`tandem demo`: 400 members, 120 days", lambda f: f"{f['demo']:.1f} s"),
        ("`tandem import esco`, into a filled catalogue", lambda f: f"{f['esco']:.1f} s" if f["esco"] else "not measured"),
        ("skills in the catalogue", lambda f: f"{f['skills']}"),
        ("search as you type over HTTP, p50", lambda f: f"{f['p50']:.1f} ms"),
        ("search as you type over HTTP, p99", lambda f: f"{f['p99']:.1f} ms"),
        ("memory of the server after all this", lambda f: f"{f['memory']:.0f} MB")]
    return lines + [f"| {name} | " + " | ".join(value(f) for f in facts) + " |" for name, value in rows]


def machine():
    kind = platform.machine().replace("_", "-")
    return f"{os.cpu_count()}-core {kind} {platform.system()} machine, everything on it over loopback"


def write(own, foreign, facts, rounds, seconds, connections):
    lines = [
        f"Measured on {datetime.date.today()}: {machine()}; load average {os.getloadavg()[0]:.1f} at the end.",
        f"{rounds} alternating rounds of {seconds} s, {connections} connections. Least / median / greatest of the rounds.", "",
        *cost_table(own + foreign), "", *ratio_table(own, foreign), "", *fact_table(facts)]
    text = "\n".join(lines)
    print(text)
    before, rest = PAGE.read_text().split(BEGIN)
    PAGE.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.split(END)[1])
