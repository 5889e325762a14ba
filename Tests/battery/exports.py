"""Texts that try to break out of their place, through the files and mails that leave the house, read back by parsers that are not ours."""
import collections, contextlib, csv, email, email.policy, glob, http.client, io, json, os, pathlib, random, re, sqlite3, subprocess, time
from reminders import crockford
from tandem import ROOT, Installation, digest

PIECES = [
    "\r\n", "\r", "\n", "\t", "\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x01", "\x1b", "\x7f", ",", ";", ":", '"', '""', "'", "\\", "\\n", "\\,", "=", "+",
    "-", "@", "|", "%0A", "=3D", "=?utf-8?Q?x?=", "<b>", "&amp;", "--", "--=_x", ".", "\r\n.\r\n", "\r\nBcc: x@y.example\r\n\r\n", "\nEND:VEVENT",
    "\r\nBEGIN:VEVENT\r\n", "\r\nATTENDEE:mailto:x@y.example", "DTSTART:1", "=1+1", "@SUM(1)", "+1", "-1", "é", "e\u0301", "ß", "漢字", "👩‍🏫", "\u202e", "\u200b",
    "\ufeff", "\U0001f600", " ", "  ", "a" * 80, "é" * 60, "word", "Ann",
]
FORMULA = tuple("=+-@\t\r")


def values(count, seed):
    dice = random.Random(seed)
    made = ["".join(dice.choice(PIECES) for _ in range(dice.randint(1, 6))) for _ in range(count)]
    # Each piece at least once at the very start, where formulas and byte order marks are told apart.
    return [piece + text for piece, text in zip(PIECES, made)] + made[len(PIECES):]


def bare(text):
    """The signs of a text, without the spaces, breaks and controls that a header, an event or a mail may not keep."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", "", text)


def guarded(text):
    """What a spreadsheet must be given: nothing that it would calculate. Apostrophes already there get one more."""
    return "'" + text if text.lstrip("'").startswith(FORMULA) else text


def stored(house, texts):
    """Puts three texts into each member; returns them by the member's id."""
    with contextlib.closing(sqlite3.connect(os.path.join(house.folder, "tandem.db"))) as database:
        ids = [row[0] for row in database.execute("SELECT id FROM person WHERE email LIKE 'm%@battery.example' AND email <> 'mentor@battery.example' ORDER BY id")]
        thirds = [texts[place:place + 3] for place in range(0, len(ids) * 3, 3)]
        database.executemany("UPDATE person SET name = ?, title = ?, department = ? WHERE id = ?", [(*three, one) for three, one in zip(thirds, ids)])
        database.execute("INSERT INTO notification_setting (org_id, person_id, quiet_from, quiet_to, quiet_weekends, topics_off, digest_at)"
                         " SELECT org_id, id, 0, 0, 0, '', 0 FROM person")
        database.commit()
    return dict(zip(ids, thirds))


def sessions(house, owners, texts, each):
    """Sessions of each owner with the mentor, to come; returns the titles by owner."""
    titles, now = {}, int(time.time() * 1e6)
    with contextlib.closing(sqlite3.connect(os.path.join(house.folder, "tandem.db"))) as database:
        org, mentor = database.execute("SELECT org_id, id FROM person WHERE email = 'mentor@battery.example'").fetchone()
        for place, owner in enumerate(owners):
            own = titles[owner] = {}
            for number in range(each):
                serial = place * each + number
                identifier, start = mentor + 10_000_000 + serial, now + 86_400_000_000 + serial * 1_000_000
                own[f"{identifier}@tandem"] = texts[serial]
                database.execute(
                    "INSERT INTO session (org_id, id, kind, mentor_id, mentee_id, title, question, starts_at, ends_at, zone, wall, state, sequence,"
                    " uid, link, extensions, made_by, created_at, booked_at, cancel_reason, was_late)"
                    " VALUES (?, ?, 'flash', ?, ?, ?, '', ?, ?, 'UTC', '', 'booked', 0, ?, '', 0, ?, ?, ?, '', 0)",
                    (org, identifier, mentor, owner, texts[serial], start, start + 900_000_000, f"{identifier}@tandem", owner, now, now))
            database.execute("INSERT INTO calendar_address (org_id, person_id, content, token_hash, created_at) VALUES (?, ?, 'full', ?, ?)",
                             (org, owner, digest(f"feed{owner}"), now))
        database.commit()
    return titles


def mailed(house, members, texts):
    """Reminders that are due: of sessions in which somebody of an odd name asks something odd. Returns what each mail must say."""
    expected, now = {}, int(time.time() * 1e6)
    with contextlib.closing(sqlite3.connect(os.path.join(house.folder, "tandem.db"))) as database:
        org, mentor = database.execute("SELECT org_id, id FROM person WHERE email = 'mentor@battery.example'").fetchone()
        for serial, ((person, three), question) in enumerate(zip(members, texts)):
            identifier, start = mentor + 20_000_000 + serial, now + 86_000_000_000 + serial
            name, whom = crockford(identifier), crockford(mentor)
            database.execute(
                "INSERT INTO session (org_id, id, kind, mentor_id, mentee_id, title, question, starts_at, ends_at, zone, wall, state, sequence,"
                " uid, link, extensions, made_by, created_at, booked_at, cancel_reason, was_late)"
                " VALUES (?, ?, 'flash', ?, ?, 'Battery', ?, ?, ?, 'UTC', '', 'booked', 0, ?, '', 0, ?, ?, ?, '', 0)",
                (org, identifier, mentor, person, question, start, start + 900_000_000, f"{identifier}@tandem", person, now, now))
            database.execute("INSERT INTO reminder (org_id, session_id, person_id, kind, sequence, due_at, state) VALUES (?, ?, ?, 'day', 0, ?, 'planned')",
                             (org, identifier, mentor, now))
            database.execute(
                "INSERT INTO job (id, org_id, kind, key, run_at, attempts, state, payload, created_at) VALUES (?, ?, 'session-reminder', ?, ?, 0, 'ready', ?, ?)",
                (identifier, org, f"{name}/0/{whom}/day", now, json.dumps({"session": name, "person": whom, "sequence": 0, "kind": "day"}), now))
            expected[name] = (three[0], question)
        database.commit()
    return expected


def table_faults(text, members):
    """Reads a list of members as a spreadsheet does."""
    faults, rows = [], list(csv.reader(io.StringIO(text, newline=""), strict=True))
    head = {name.lower(): place for place, name in enumerate(rows[0])}
    by_address = {row[head["email"]]: row for row in rows[1:] if len(row) == len(rows[0])}
    for address, three in members.items():
        row = by_address.get(address)
        told = row and tuple(row[head[name]] for name in ("name", "title", "department"))
        if told != tuple(guarded(text) for text in three):
            faults.append(f"{address}: {told} for {three}")
    # The administrator, the mentor, and nobody who was made up by a line break.
    if len(rows) - 1 != len(members) + 2 or any(len(row) != len(rows[0]) for row in rows):
        faults.append(f"{len(rows) - 1} rows for {len(members)} members")
    return faults


CALENDARS = """
import icalendar, json, sys
for line in sys.stdin:
    found = icalendar.Calendar.from_ical(bytes.fromhex(line))
    events = [part for part in found.walk() if part.name == "VEVENT"]
    print(json.dumps([[str(one["UID"]), str(one["SUMMARY"]), sorted(one.keys())] for one in events] + [sorted({part.name for part in found.walk()})]))
"""


def calendar_faults(house, titles):
    faults, texts, owners = [], [], list(titles)
    for owner in owners:
        status, text = house.get(f"/calendar/feed{owner}.ics")
        if status != 200:
            return [f"a feed answered {status}"]
        for line in text.split(b"\r\n"):
            if len(line) > 75 or re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
                faults.append(f"a line of {len(line)} octets: {line!r}")
        texts.append(text.hex())
    python = os.environ.get("TANDEM_TEST_PYTHON", str(ROOT / ".build/venv/bin/python"))
    read = subprocess.run([python, "-c", CALENDARS], input="\n".join(texts), capture_output=True, text=True)
    if read.returncode:
        return [read.stderr[-300:]]
    for owner, line in zip(owners, read.stdout.splitlines()):
        *events, components = json.loads(line)
        if components != ["VCALENDAR", "VEVENT"] or len(events) != len(titles[owner]):
            faults.append(f"{len(events)} events, components {components}")
        names = collections.Counter(tuple(keys) for _, _, keys in events)
        if len(names) != 1:
            faults.append(f"properties {dict(names)}")
        for uid, summary, _ in events:
            title = titles[owner].get(uid, "nothing")
            if not bare(summary).startswith(bare(title)):
                faults.append(f"{summary!r} for {title!r}")
    return faults


def mail_faults(house, expected):
    faults, headers, seen = [], collections.Counter(), 0
    for path in glob.glob(os.path.join(house.folder, "outbox", "*.eml")):
        mail = email.message_from_bytes(pathlib.Path(path).read_bytes(), policy=email.policy.default)
        plain = mail.get_body(("plain",)).get_content()
        session = re.search(r"/sessions/([0-9A-Z]{13})", plain)
        if not session or session.group(1) not in expected:
            faults.append(f"an unknown mail: {mail['Subject']!r}")
            continue
        seen += 1
        name, question = expected[session.group(1)]
        headers[tuple(sorted(mail.keys()))] += 1
        if not bare(mail["Subject"]).endswith(bare("with " + name)):
            faults.append(f"subject {mail['Subject']!r} for {name!r}")
        quoted = bare(" ".join(line[1:] for line in plain.splitlines() if line.startswith(">")))
        if question and bare(question) not in quoted:
            faults.append(f"{quoted!r} for {question!r}")
        if [part.get_content_type() for part in mail.walk()] != ["multipart/alternative", "text/plain", "text/html"] or mail["To"].addresses[1:] or mail.defects:
            faults.append(f"parts {[part.get_content_type() for part in mail.walk()]}, to {mail['To']}, defects {mail.defects}")
    if len(headers) != 1:
        faults.append(f"headers {dict(headers)}")
    return faults + ([f"{seen} of {len(expected)} mails"] if seen != len(expected) else [])


def exports(people, owners, each, mails, unquoted=False):
    """CSV by `csv`, calendars by icalendar, mails by `email`. `unquoted` reads a CSV that was written without quotes."""
    with Installation() as house:
        token = house.found()
        house.person("mentor", "mentor")
        house.people(people)
        texts = values(people * 3, 1)
        members = stored(house, texts)
        addresses = dict(zip(house.query("SELECT email FROM person WHERE email LIKE 'm%' AND email <> 'mentor@battery.example' ORDER BY id"), members.values()))
        titles = sessions(house, list(members)[:owners], values(owners * each, 2), each)
        expected = mailed(house, list(members.items())[owners:owners + mails], values(mails, 3))
        cookie = house.session("root")
        house.start()
        pid = house.process.pid
        faults = table_faults(listed(house, cookie, unquoted), addresses) + calendar_faults(house, titles)
        began = time.monotonic()
        while time.monotonic() - began < 120 and len(glob.glob(os.path.join(house.folder, "outbox", "*.eml"))) < mails:
            time.sleep(0.2)
        faults += mail_faults(house, expected)
        status, answer = house.client(token).post("/reviews", {"front": "a\0b", "back": "kept"})
        if status not in (400, 422):
            faults.append(f"NUL was answered with {status}")
        same = house.process.poll() is None and house.process.pid == pid
        return not faults and same, (
            f"{people * 3} texts in CSV, {owners * each} in {owners} calendars, {2 * mails} in {mails} mails, NUL {status},"
            f" {len(faults)} came back otherwise {[fault[:300] for fault in faults[:3]]}")


def listed(house, cookie, unquoted):
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
    line.request("GET", "/members.csv", headers={"Cookie": cookie})
    text = line.getresponse().read().decode()
    line.close()
    return re.sub(r'"', "", text) if unquoted else text
