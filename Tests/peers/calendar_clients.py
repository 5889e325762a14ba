"""Calendar programs of others read what Tandem writes.

usage: calendar_clients.py FOLDER

FOLDER/files/*.ics are read by icalendar, libical and khal and put through Radicale. FOLDER/moves/*.ics are the mails of one session in
their order, the last one its cancellation: khal imports them one after the other. FOLDER/odd.ics holds odd texts, FOLDER/odd.json what
they are. Prints one JSON object; every list in it names what went wrong.
"""
import base64
import configparser
import http.client
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import time

from icalendar import Calendar

folder = pathlib.Path(sys.argv[1])
wrong = {"icalendar": [], "libical": [], "khal": [], "radicale": [], "moves": [], "odd_icalendar": [], "odd_libical": []}
seen = {}


def libical(path):
    program = folder / "libical_texts"
    if not program.exists():
        source = pathlib.Path(__file__).with_name("libical_texts.c")
        subprocess.run([shutil.which("cc") or "clang", "-O1", "-o", program, source, "-lical"], check=True)
    run = subprocess.run([program, path], capture_output=True, text=True)
    lines = [line.split(" ") for line in run.stdout.splitlines()]
    texts = [[bytes.fromhex(text).decode() for text in (line[0], *line[3:])] for line in lines]
    return run.returncode, [(text[0], int(line[1]), int(line[2]), *text[1:]) for line, text in zip(lines, texts)]


def events(calendar):
    return [part for part in calendar.walk("VEVENT")]


def canonical(text):
    """Components and properties of a calendar without order and without what belongs to a mail."""
    def lines(component):
        own = sorted(f"{name}={value.to_ical() if hasattr(value, 'to_ical') else value}" for name, value in component.property_items(recursive=False)
                     if name not in ("BEGIN", "END", "METHOD", "PRODID"))
        return [component.name, own, sorted((lines(part) for part in component.subcomponents), key=str)]
    return lines(Calendar.from_ical(text))


def khal(*arguments):
    configuration = configparser.RawConfigParser()
    return subprocess.run(["khal", "-c", folder / "khal.conf", *arguments], capture_output=True, text=True)


def read_files():
    for path in sorted((folder / "files").glob("*.ics")):
        text = path.read_bytes().decode()
        calendar = Calendar.from_ical(text)
        found = events(calendar)
        if calendar.errors or any(event.errors for event in found):
            wrong["icalendar"].append(path.name)
        status, others = libical(path)
        if status or sorted(str(e["UID"]) for e in found) != sorted(e[0] for e in others):
            wrong["libical"].append(path.name)
        for event in found:
            start = event.decoded("DTSTART").timestamp()
            if not any(e[0] == str(event["UID"]) and e[1] == int(event.get("SEQUENCE", 0)) and e[2] == start for e in others):
                wrong["libical"].append(f"{path.name}: {event['UID']} at {start}")
        printed = khal("printics", path)
        if printed.returncode or len(found) and not printed.stdout.strip():
            wrong["khal"].append(f"{path.name}: {printed.stderr[-200:]}")
        seen["files"] = seen.get("files", 0) + 1


def import_moves():
    paths = sorted((folder / "moves").glob("*.ics"))
    store = folder / "vdir"
    for number, path in enumerate(paths):
        if khal("import", "--batch", "-a", "one", str(path)).returncode:
            wrong["moves"].append(path.name)
        kept = list(store.glob("*.ics"))
        if len(kept) != 1:
            wrong["moves"].append(f"{path.name}: {len(kept)} entries")
            continue
        mine, theirs = (events(Calendar.from_ical(text))[0] for text in (path.read_bytes().decode(), kept[0].read_bytes().decode()))
        if any(mine.get(name) != theirs.get(name) for name in ("UID", "SEQUENCE", "STATUS")) or mine.decoded("DTSTART") != theirs.decoded("DTSTART"):
            wrong["moves"].append(f"{path.name}: another event")
        if int(mine["SEQUENCE"]) != number:
            wrong["moves"].append(f"{path.name}: sequence {mine['SEQUENCE']}")
    seen["moves"] = len(paths)
    if paths and str(events(Calendar.from_ical(paths[-1].read_bytes().decode()))[0]["STATUS"]) != "CANCELLED":
        wrong["moves"].append("the last is no cancellation")


def put_through_radicale():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--storage-filesystem-folder", folder / "radicale", "--auth-type", "none",
         "--server-hosts", f"127.0.0.1:{port}", "--config", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    headers = {"Authorization": "Basic " + base64.b64encode(b"ada:ada").decode(), "Content-Type": "text/calendar; charset=utf-8"}

    def ask(method, path, body=None):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    try:
        for _ in range(100):
            try:
                ask("GET", "/")
                break
            except OSError:
                time.sleep(0.1)
        ask("MKCALENDAR", "/ada/sessions/")
        files = sorted((folder / "files").glob("*.ics")) + sorted((folder / "moves").glob("*.ics"))
        for path in files:
            text = path.read_bytes().decode()
            calendar = Calendar.from_ical(text)
            # A calendar server keeps one event an address, and no method of a mail (RFC 4791 section 4.1).
            for uid in {str(event["UID"]) for event in events(calendar)}:
                one = Calendar()
                for name in ("VERSION", "CALSCALE"):
                    one.add(name, str(calendar[name]))
                one.add("PRODID", str(calendar["PRODID"]))
                for part in calendar.subcomponents:
                    if part.name == "VTIMEZONE" or str(part.get("UID")) == uid:
                        one.add_component(part)
                sent = one.to_ical().decode()
                name = f"/ada/sessions/{uid.split('@')[0]}.ics"
                status, words = ask("PUT", name, sent.encode())
                if status not in (200, 201, 204):
                    wrong["radicale"].append(f"{path.name}: PUT {status} {words[:80]}")
                    continue
                status, back = ask("GET", name)
                if status != 200 or canonical(back) != canonical(sent):
                    wrong["radicale"].append(f"{path.name}: changed")
                seen["radicale"] = seen.get("radicale", 0) + 1
    finally:
        # It keeps nothing that is wanted, and may wait for open lines when asked politely.
        server.kill()
        server.wait()


def read_odd_texts():
    wanted = json.loads((folder / "odd.json").read_text())
    found = {str(event["UID"]): event for event in events(Calendar.from_ical((folder / "odd.ics").read_bytes().decode()))}
    status, others = libical(folder / "odd.ics")
    if status:
        wrong["odd_libical"].append("errors in the file")
    others = {event[0]: event for event in others}
    for uid, (one_line, lines) in wanted.items():
        event, other = found.get(uid), others.get(uid)
        if not event or [str(event[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] != [one_line, one_line, lines]:
            wrong["odd_icalendar"].append(uid)
        if not other or list(other[3:]) != [one_line, lines, one_line]:
            wrong["odd_libical"].append(uid)
    seen["odd"] = len(wanted) * 3


(folder / "vdir").mkdir()
(folder / "khal.conf").write_text(
    f"[calendars]\n[[one]]\npath = {folder}/vdir\n[sqlite]\npath = {folder}/khal.db\n"
    "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
    "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n")
for step in (read_files, import_moves, put_through_radicale, read_odd_texts):
    step()
print(json.dumps({"seen": seen, "wrong": {name: found[:5] for name, found in wrong.items()}, "count": {name: len(found) for name, found in wrong.items()}}))
