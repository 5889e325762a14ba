"""Measures `tandem lab match` and `rotate` against peers in alternating runs on the same files; writes a table and a plot.

    matching.py PEERS WORK PROGRAM [--runs 5] [--sizes 100,1000,10000,100000] [--seeds 1]

PEERS: the folder with side_by_side.py and match/; WORK: where instances are made, with the peers' Python in WORK/main/bin/python.
side_by_side.py prints no ratio unless both answers are equal and ours passes the separate check."""
import argparse
import json
import math
import os
import subprocess

parser = argparse.ArgumentParser()
parser.add_argument("peers")
parser.add_argument("work")
parser.add_argument("program")
parser.add_argument("--runs", type=int, default=5)
parser.add_argument("--sizes", default="100,1000,10000,100000")
parser.add_argument("--seeds", type=int, default=1)
parser.add_argument("--out", default="docs/benchmarks")
a = parser.parse_args()
python = os.path.join(a.work, "main/bin/python")
os.makedirs(a.out, exist_ok=True)


def instance(size, shape, seed):
    folder = os.path.join(a.work, f"{shape}_{size}" + (f"_{seed}" if seed else ""))
    if not os.path.exists(folder + "/edges.csv"):
        more = (["--ratio", "0.28"] if shape == "tight" else []) + (["--seed", str(seed)] if seed else [])
        subprocess.run([python, f"{a.peers}/match/gen_match.py", str(size), folder, *more], check=True, stdout=subprocess.DEVNULL)
    return folder


def compare(folder):
    command = [python, f"{a.peers}/side_by_side.py", "match", folder, "--runs", str(a.runs), "--json", "--tandem", a.program, "--python", python]
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode:
        raise SystemExit(answer.stderr or answer.stdout)
    result = json.loads(answer.stdout.strip().splitlines()[-1])
    return {row["name"]: row for row in result["table"]}, result["busy_cores"]


rows = []
for size in map(int, a.sizes.split(",")):
    for shape in ("match", "tight"):
        for seed in range(a.seeds):
            table, busy = compare(instance(size, shape, seed))
            cpu, above, strict = table["solve CPU s"], table.get("above instance MB"), table["strict CPU s"]
            rows.append(dict(size=size, shape="normal" if shape == "match" else "tight", seed=seed or "default", cpu=cpu, above=above, strict=strict, busy=busy))
            print(json.dumps(rows[-1]), flush=True)

text = """# Matching: measured

Written by `make bench-matching`: the same files, alternating runs, equal optimum (number of pairs and weight) and a certificate accepted by a
separate checker before any ratio is printed. Ratio = peer / Tandem, above 1 means Tandem needs less. The peer is OR-tools `SimpleMinCostFlow`.
CPU runs from "rows in memory" to "assignment and prices"; *strict* is the peer's solve against Tandem's whole process, reading included.

| mentees | shape | seed | OR-tools CPU s | Tandem CPU s | ratio: median (min to max) | strict | MB added: OR-tools, Tandem | other cores busy |
|--:|---|---|--:|--:|--:|--:|--:|--:|
"""
for r in rows:
    c, m = r["cpu"], r["above"]
    text += (f"| {r['size']:,} | {r['shape']} | {r['seed']} | {c['peer']:.4f} | {c['ours']:.4f} | {c['median']:.1f} ({c['min']:.1f} to {c['max']:.1f}) | "
             f"{r['strict']['median']:.1f} | {m['peer']:.0f}, {m['ours']:.0f} | {r['busy']:.2f} |\n")


def plot(name, pick, label):
    """A line for each program and shape, both axes logarithmic."""
    width, height, left, bottom = 640, 360, 70, 40
    sizes = sorted({r["size"] for r in rows})
    values = [max(1e-4, pick(r, side)) for r in rows for side in ("peer", "ours")]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    span = max(1, math.log10(sizes[-1] / sizes[0])) if len(sizes) > 1 else 1
    x = lambda size: left + (width - left - 120) * math.log10(size / sizes[0]) / span
    y = lambda value: height - bottom - (height - bottom - 20) * (math.log10(max(1e-4, value)) - low) / max(1, high - low)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" fill="#777" role="img">',
           f"<title>{label} against the number of mentees</title>"]
    for power in range(low, high + 1):
        out.append(f'<path d="M{left} {y(10 ** power):.1f}H{width - 120}" stroke="#7774"/><text x="{left - 6}" y="{y(10 ** power) + 4:.1f}" text-anchor="end">{10 ** power:g}</text>')
    for size in sizes:
        out.append(f'<text x="{x(size):.1f}" y="{height - bottom + 18}" text-anchor="middle">{size:,}</text>')
    for side, colour, who in (("peer", "#c2571a", "OR-tools"), ("ours", "#1a7f64", "Tandem")):
        for shape, dash in (("normal", ""), ("tight", ' stroke-dasharray="5 4"')):
            points = []
            for size in sizes:
                found = [pick(r, side) for r in rows if r["size"] == size and r["shape"] == shape]
                if found:
                    points.append((x(size), y(sorted(found)[len(found) // 2])))
            line = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
            out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
            if points:
                out.append(f'<text x="{points[-1][0] + 6:.1f}" y="{points[-1][1] + (4 if shape == "normal" else 18):.1f}" fill="{colour}">{who}, {shape}</text>')
    out.append(f'<text x="{left}" y="14">{label}</text></svg>')
    with open(f"{a.out}/{name}.svg", "w") as f:
        f.write("\n".join(out) + "\n")


plot("matching-cpu", lambda r, side: r["cpu"][side], "CPU seconds")
plot("matching-memory", lambda r, side: r["above"][side], "Megabytes above the loaded instance")
text += "\n![CPU seconds against the number of mentees](matching-cpu.svg)\n\n![Memory against the number of mentees](matching-memory.svg)\n"
with open(f"{a.out}/matching.md", "w") as f:
    f.write(text)
