"""Measures the learning engines against their peers in alternating runs on the same files; writes tables and a plot.

    learning.py PEERS WORK PROGRAM [--runs 3] [--reviews 100000] [--cards 2000]

PEERS: the folder with fsrs/ and cat/; WORK: where files are made, with the peers' Python in WORK/main/bin/python.
A ratio is printed only where the answers agree: states within 1e-5, errors of ability no worse with the same estimator."""
import argparse
import csv
import json
import os
import statistics
import subprocess
import time

parser = argparse.ArgumentParser()
parser.add_argument("peers")
parser.add_argument("work")
parser.add_argument("program")
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--reviews", type=int, default=100000)
parser.add_argument("--cards", type=int, default=2000)
parser.add_argument("--only", default="recall,fit,answers,cat")
parser.add_argument("--out", default="docs/benchmarks")
a = parser.parse_args()
python = os.path.join(a.work, "main/bin/python")
os.makedirs(a.out, exist_ok=True)
only = set(a.only.split(","))
log = os.path.join(a.work, "log.csv")


def last(command, **env):
    answer = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env})
    if answer.returncode:
        raise SystemExit(f"{' '.join(command)}\n{answer.stderr or answer.stdout}")
    return json.loads(answer.stdout.strip().splitlines()[-1])


def sync_cost(folder, times=3000):
    """CPU seconds to write 128 bytes over others and sync them: the least that an answer which is on the disk can cost."""
    path = os.path.join(folder, "sync")
    with open(path, "wb") as file:
        file.write(bytes(1 << 20))
        os.fsync(file.fileno())
        began = time.process_time()
        for number in range(times):
            os.pwrite(file.fileno(), b"x" * 128, number * 128)
            os.fdatasync(file.fileno())
        spent = time.process_time() - began
    os.remove(path)
    return spent / times


def busy():
    """CPU seconds that all processes have used, by the kernel."""
    return sum(map(int, open("/proc/stat").readline().split()[1:4])) / os.sysconf("SC_CLK_TCK")


def alternate(peer, ours, **env):
    """Medians of both, the ratio with its range, and how many other cores were busy."""
    found, began, cpu = [], time.time(), busy()
    for _ in range(a.runs):
        found.append((last(peer, **env), last(ours, **env)))
    own = sum(p["solve_cpu_s"] + o["solve_cpu_s"] for p, o in found)
    others = max(0, (busy() - cpu - own) / (time.time() - began))
    return found, others


def row(what, found, others, rate="per_cpu_s", lower=False):
    pick = lambda r: r[rate]
    peers, ours = [pick(p) for p, _ in found], [pick(o) for _, o in found]
    ratios = sorted(p / o if lower else o / p for p, o in zip(peers, ours))
    return dict(what=what, peer=statistics.median(peers), ours=statistics.median(ours), low=ratios[0], ratio=statistics.median(ratios),
                high=ratios[-1], others=others)


def states(path):
    with open(path) as f:
        return {r["card_id"]: tuple(float(r.get(k) or r[l]) for k, l in (("S", "stability"), ("D", "difficulty"))) for r in csv.DictReader(f)}


def difference(first, second):
    if first.keys() != second.keys():
        raise SystemExit("The two programs do not name the same cards.")
    return max(abs(x - y) / max(abs(y), 1e-9) for k in first for x, y in zip(first[k], second[k]))


if not os.path.exists(log):
    subprocess.run([python, f"{a.peers}/fsrs/gen.py", str(a.reviews), log], check=True, stdout=subprocess.DEVNULL)
rows, notes = [], []
replay = [a.program, "lab", "recall", "replay", "--log", log, "--out", f"{a.work}/ours.csv"]
bench = [python, f"{a.peers}/fsrs/bench.py"]
if "recall" in only:
    found, others = alternate(bench + ["py", log, f"{a.work}/peer.csv"], replay)
    gap = difference(states(f"{a.work}/ours.csv"), states(f"{a.work}/peer.csv"))
    if gap > 1e-5:
        raise SystemExit(f"States differ by {gap:.1e}: no ratio.")
    rows.append(row("answers scheduled a CPU second: PyPI fsrs", found, others))
    found, others = alternate(bench + ["replay", log], replay)
    rows.append(row("reviews replayed a CPU second: fsrs-rs in one batch", found, others))
    notes.append(f"Final states of {len(states(f'{a.work}/ours.csv')):,} cards differ from PyPI fsrs by at most {gap:.1e}.")
if "fit" in only:
    found, others = alternate(bench + ["fit", log], [a.program, "lab", "recall", "fit", "--log", log])
    rows.append(row(f"CPU seconds of a fit to {found[0][0]['n']:,} reviews: fsrs-rs", found, others, "solve_cpu_s", lower=True))
    held = os.path.join(a.work, "held_out.py")
    with open(held, "w") as f:
        f.write("""import csv, json, math, sys, fsrs_rs_python as f
cards, items = {}, []
rows = sorted((tuple(map(int, r)) for r in list(csv.reader(open(sys.argv[1])))[1:]), key=lambda r: (r[1], r[0]))
for card, at, grade, days in rows:
    h = cards.setdefault(card, [])
    h.append((grade, days if h else 0))
    if len(h) > 1 and days > 0:
        items.append(list(h))
item = lambda h: f.FSRSItem([f.FSRSReview(g, e) for g, e in h])
cut = len(items) * 4 // 5
w = f.FSRS([]).compute_parameters([item(h) for h in items[:cut]])
# Its own evaluate weighs by time; here every review counts the same.
states = f.FSRS(w).memory_state_batch([item(h[:-1]) for h in items[cut:]])
decay = -w[20]
loss = 0
for h, state in zip(items[cut:], states):
    r = (1 + (0.9 ** (1 / decay) - 1) * h[-1][1] / state.stability) ** decay
    loss -= math.log(r if h[-1][0] > 1 else 1 - r)
print(json.dumps(dict(solve_cpu_s=0, log_loss=loss / (len(items) - cut), items=len(items))))
""")
    peer, ours = last([python, held, log]), last([a.program, "lab", "recall", "evaluate", "--log", log, "--split", "80"])
    notes.append(f"Held-out log loss of the last fifth in time: fsrs-rs {peer['log_loss']:.6f}, Tandem {ours['fitted']['log_loss']:.6f}, "
                 f"defaults {ours['defaults']['log_loss']:.6f}, mean {ours['avg']['log_loss']:.6f}, moving average {ours['moving_avg']['log_loss']:.6f}.")
if "answers" in only:
    for people, who in ((1, "one person with all of them"), (64, "64 people at once")):
        found, others = alternate(
            [python, f"{a.peers}/fsrs/anki_bench.py", str(a.cards), "file"],
            [a.program, "lab", "answers", "--cards", str(a.cards), "--people", str(people), "--folder", a.work])
        rows.append(row(f"cards fetched and answered through the database a CPU second, {who}: Anki with one person", found, others))
    notes.append("Both keep each answer in SQLite in WAL mode with synchronous=FULL and say so only when it is on the disk: Anki with its undo and the "
                 "day's queue in memory, Tandem with an event that is never changed, a line in the activity log and the queue read anew each time. "
                 "What several people answer at the same time is one commit.")
    sync = statistics.median(sync_cost(a.work) for _ in range(a.runs))
    notes.append(f"The floor under answers that come one by one: to write 128 bytes over others and sync them takes {sync * 1e6:.0f} microseconds of CPU "
                 f"here, so no program stores more than {1 / sync:,.0f} a CPU second, {1 / sync / rows[-1]['peer']:.1f} times what Anki does.")
if "cat" in only:
    folder = os.path.join(a.work, "cat")
    if not os.path.exists(folder + "/answers.csv"):
        subprocess.run([python, f"{a.peers}/cat/gen.py", folder], check=True, stdout=subprocess.DEVNULL)
    responses = os.path.join(folder, "responses.txt")
    with open(f"{folder}/answers.csv") as f, open(responses, "w") as out:
        for line in list(f)[1:]:
            out.write("".join(str(int(float(x))) for x in line.strip().split(",")) + "\n")
    found, others = alternate([python, f"{a.peers}/cat/catsim_bench.py", folder],
                              [a.program, "lab", "cat", "simulate", "--bank", f"{folder}/items.csv", "--responses", responses, "--select", "maxinfo",
                               "--method", "ml", "--length", "40", "--truth", f"{folder}/people.csv", "--out", f"{a.work}/cat.csv"], OMP_NUM_THREADS="1")
    peer, ours = found[0]
    rows.append(row("steps of an adaptive test a CPU second: catsim", found, others))
    errors = {k: (peer["rmse"][str(k)], ours["rmse"][str(k)]) for k in (10, 20, 40)}
    notes.append("Error of ability after 10, 20 and 40 items, catsim against Tandem, both by maximum likelihood: "
                 + ", ".join(f"{p:.4f} and {o:.4f}" for p, o in errors.values()) + ".")
    if any(o > p + 1e-4 for p, o in errors.values()):
        raise SystemExit(f"Errors of ability are worse: {errors}")
for r in rows:
    print(json.dumps(r), flush=True)

number = lambda x: f"{x:,.0f}" if x >= 100 else f"{x:.4f}"
text = """# Learning: measured

Written by `make bench-learning`: the same files, both programs in turn, medians. Ratio above 1 means that Tandem does more in a CPU second or needs
less of it; in brackets the least and the greatest of the single runs. Rates count the work itself, without reading the files.

| what, and beside whom | peer | Tandem | ratio | other cores busy |
|---|--:|--:|--:|--:|
"""
for r in rows:
    text += f"| {r['what']} | {number(r['peer'])} | {number(r['ours'])} | {r['ratio']:.1f} ({r['low']:.1f} to {r['high']:.1f}) | {r['others']:.2f} |\n"
text += "\n" + "\n\n".join(notes) + "\n\n![Ratio of Tandem to each peer](learning-ratios.svg)\n"
with open(f"{a.out}/learning.md", "w") as f:
    f.write(text)

import math
width, bar, left = 720, 34, 330
top = max(1, math.ceil(math.log10(max(r["ratio"] for r in rows))))
low = min(0, math.floor(math.log10(min(r["ratio"] for r in rows))))
x = lambda value: left + (width - left - 70) * (math.log10(value) - low) / (top - low)
height = 40 + bar * len(rows)
out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" fill="#777" role="img">',
       "<title>Ratio of Tandem to each peer, on a logarithmic scale</title>"]
for power in range(low, top + 1):
    out.append(f'<path d="M{x(10 ** power):.1f} 24V{height}" stroke="#7774"/><text x="{x(10 ** power):.1f}" y="16" text-anchor="middle">{10 ** power:g}x</text>')
for place, r in enumerate(rows):
    y = 30 + place * bar
    begin, end = sorted((x(1), x(r["ratio"])))
    colour = "#1a7f64" if r["ratio"] >= 1 else "#c2571a"
    out.append(f'<text x="{left - 8}" y="{y + 17}" text-anchor="end">{r["what"].split(": ")[0][:52]}</text>')
    out.append(f'<rect x="{begin:.1f}" y="{y + 4}" width="{max(1, end - begin):.1f}" height="{bar - 14}" fill="{colour}"/>'
               f'<text x="{end + 6:.1f}" y="{y + 18}">{r["ratio"]:.1f} x {r["what"].split(": ")[-1]}</text>')
with open(f"{a.out}/learning-ratios.svg", "w") as f:
    f.write("\n".join(out + ["</svg>"]) + "\n")
