"""Reminders that fall due within a minute, a mail server with moods, and a worker that is killed every two seconds."""
import asyncio, collections, contextlib, json, os, random, re, signal, sqlite3, threading, time
from typing import NamedTuple
from tandem import Installation

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def crockford(number):
    return "".join(ALPHABET[number >> (60 - 5 * place) & 31] for place in range(13))


# Answered 550 at RCPT, today and for ever.
GONE = "gone@battery.example"


class Taken(NamedTuple):
    """A mail the server has. Until `said`, whoever sent it cannot know, and must send it again."""
    began: float
    said: bool
    message: bytes


class MailServer:
    """Answers 4xx, 5xx, slowly, or closes after DATA, with or without having taken the mail; notes what it took, since when, and what it said."""

    def __init__(self, moods):
        self.moods, self.taken, self.refused, self.dice = moods, [], collections.Counter(), random.Random(7)
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()

        async def serve():
            server = await asyncio.start_server(self.talk, "127.0.0.1", 0, limit=1 << 20)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()

        self.loop.create_task(serve())
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        ready.wait()

    async def talk(self, reader, writer):
        def say(text):
            writer.write(text.encode() + b"\r\n")

        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ConnectionError):
            say("220 moody ESMTP")
            while line := (await reader.readline()).decode(errors="replace"):
                verb, began = line[:4].upper(), time.time()
                mood = self.dice.random() if self.moods else 1
                if verb == "EHLO":
                    say("250 moody")
                elif verb == "MAIL" and mood < 0.02:
                    self.refused["554"] += 1
                    say("554 5.3.2 No service at the moment")
                elif verb == "RCPT" and GONE in line:
                    self.refused["550"] += 1
                    say("550 5.1.1 Nobody of this name")
                elif verb == "RCPT" and mood < 0.03:
                    self.refused["451"] += 1
                    say("451 4.2.1 Try again later")
                elif verb == "DATA":
                    say("354 Go on")
                    await writer.drain()
                    message = await reader.readuntil(b"\r\n.\r\n")
                    if mood < 0.02:
                        # Taken by nobody: the connection ends without a word.
                        self.refused["cut"] += 1
                        break
                    if mood < 0.03:
                        # Taken, but the connection ends before the word.
                        self.refused["unsaid"] += 1
                        self.taken.append(Taken(began, False, message))
                        break
                    self.taken.append(Taken(began, True, message))
                    if mood < 0.06:
                        await asyncio.sleep(self.dice.uniform(0.2, 1))
                    say("250 2.0.0 Taken")
                    await writer.drain()
                    if mood < 0.09:
                        break
                elif verb == "QUIT":
                    say("221 Bye")
                    break
                else:
                    say("250 OK")
                await writer.drain()
        writer.close()

    def mails(self):
        """Session, Message-ID and the mail itself of each that was taken."""
        for mail in list(self.taken):
            text = mail.message.decode(errors="replace").replace("=\r\n", "")
            session = re.search(r"/sessions/([0-9A-Z]{13})", text)
            name = re.search(r"^Message-ID:\s*(\S+)", text, re.M | re.I)
            if session and name:
                yield session.group(1), name.group(1), mail


def plant(house, count, seconds):
    """Booked sessions of a day hence whose reminders fall due one after the other; some are moved, some called off."""
    with contextlib.closing(sqlite3.connect(os.path.join(house.folder, "tandem.db"))) as database:
        org, mentor = database.execute("SELECT org_id, id FROM person WHERE email = 'mentor@battery.example'").fetchone()
        people = [row[0] for row in database.execute("SELECT id FROM person WHERE email LIKE 'm%@battery.example' AND id <> ?", (mentor,))]
        gone = database.execute("SELECT id FROM person WHERE email = ?", (GONE,)).fetchone()[0]
        now, expected, silent, bounced, due_at = int(time.time() * 1e6), set(), set(), set(), {}
        first = mentor + 10_000_000
        for number in range(count):
            fate = {7: "moved", 13: "cancelled", 17: "gone"}.get(number % 20, "booked")
            session, person = first + number, gone if fate == "gone" else people[number % len(people)]
            due = now + 3_000_000 + number * seconds * 1_000_000 // count
            start = due + 86_400_000_000
            database.execute(
                "INSERT INTO session (org_id, id, kind, mentor_id, mentee_id, title, question, starts_at, ends_at, zone, wall, state, sequence,"
                " uid, link, extensions, made_by, created_at, booked_at, cancelled_by, cancelled_at, cancel_reason, was_late)"
                " VALUES (?, ?, 'flash', ?, ?, 'Battery', '', ?, ?, 'UTC', '', ?, ?, ?, '', 0, ?, ?, ?, ?, ?, '', 0)",
                (org, session, mentor, person, start, start + 900_000_000, "cancelled" if fate == "cancelled" else "booked",
                 1 if fate in ("moved", "cancelled") else 0, f"{session}@tandem", person, now, now,
                 person if fate == "cancelled" else None, now if fate == "cancelled" else None))
            database.execute(
                "INSERT INTO reminder (org_id, session_id, person_id, kind, sequence, due_at, state) VALUES (?, ?, ?, 'day', 0, ?, 'planned')",
                (org, session, person, due))
            name, whom = crockford(session), crockford(person)
            database.execute(
                "INSERT INTO job (id, org_id, kind, key, run_at, attempts, state, payload, created_at)"
                " VALUES (?, ?, 'session-reminder', ?, ?, 0, 'ready', ?, ?)",
                (session, org, f"{name}/0/{whom}/day", due, json.dumps({"session": name, "person": whom, "sequence": 0, "kind": "day"}), now))
            due_at[name] = due / 1e6
            {"booked": expected, "gone": bounced}.get(fate, silent).add(name)
        database.commit()
    return expected, silent, bounced, due_at


def copies_explained(found, kills):
    """Whether each further copy of one mail had to be sent: nobody had said that the one before was taken, or its sender was killed."""
    return all(not one.said or any(one.began <= kill <= other.began for kill in kills) for one, other in zip(found, found[1:]))


def given_up(house):
    """Sessions whose reminder an administrator is told of, and how often."""
    keys = house.query("SELECT key FROM job WHERE kind = 'session-reminder' AND state = 'dead'")
    return collections.Counter(key.split("/")[0] for key in keys)


def reminders(count, people, seconds, kills, patience, moods=True, disowned_too=False):
    """Each reaches its reader; a second copy only where nobody could know of the first, with the same Message-ID; none for what was
    moved or called off; a reader whom the server does not know is given up at once, and told of once."""
    server = MailServer(moods)
    with Installation() as house:
        house.environment["TANDEM_MAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
        house.found()
        house.person("mentor", "mentor")
        house.person("gone")
        house.people(people)
        # No quiet hours, whatever the time of the test.
        with contextlib.closing(sqlite3.connect(os.path.join(house.folder, "tandem.db"))) as database:
            database.execute("INSERT INTO notification_setting (org_id, person_id, quiet_from, quiet_to, quiet_weekends, topics_off, digest_at)"
                             " SELECT org_id, id, 0, 0, 0, '', 0 FROM person")
            database.commit()
        expected, silent, bounced, due_at = plant(house, count, seconds)
        if disowned_too:
            house.execute("UPDATE session SET state = 'booked', sequence = 0, cancelled_at = NULL, cancelled_by = NULL WHERE title = 'Battery'")
        killed, began = [], time.monotonic()
        house.start()
        while time.monotonic() - began < patience:
            time.sleep(2)
            if len(killed) < kills:
                house.stop(signal.SIGKILL)
                killed.append(time.time())
                house.start()
            elif not int(house.query("SELECT count(*) FROM job WHERE kind = 'session-reminder' AND state IN ('ready', 'running')")[0]):
                break
        took = time.monotonic() - began
        house.stop()
        dead = given_up(house)
    copies = collections.defaultdict(list)
    for session, name, mail in server.mails():
        copies[session].append((mail.began, name, mail))
    early = sum(at < due_at.get(session, 0) - 0.01 for session, found in copies.items() for at, _, _ in found)
    late = sorted(min(at for at, _, _ in found) - due_at[session] for session, found in copies.items() if session in expected)
    missing = [session for session in expected if session not in copies]
    wrong = [session for session in copies if session in silent | bounced]
    twice = {session: sorted(found) for session, found in copies.items() if len(found) > 1}
    names = [session for session, found in twice.items() if len({name for _, name, _ in found}) > 1]
    unexplained = [session for session, found in twice.items() if not copies_explained([mail for _, _, mail in found], killed)]
    told = dead == collections.Counter(bounced)
    again = server.refused["550"] - len(bounced)
    # A worker has four mails in flight; those whose answer a kill swallowed are asked for once more.
    ok = not (missing or wrong or names or unexplained or early) and told and 0 <= again <= 4 * len(killed) and len(twice) <= (
        4 * len(killed) + server.refused["unsaid"])
    words = (f"{len(expected) - len(missing)} of {len(expected)} reached, {len(wrong)} of {len(silent)} untrue, {len(twice)} twice"
             f" ({len(names)} under another name, {len(unexplained)} without need), {early} early, half within {late[len(late) // 2] if late else 0:.0f} s,"
             f" 99 % within {late[len(late) * 99 // 100] if late else 0:.0f} s, last after {late[-1] if late else 0:.0f} s, {len(bounced)} bounced, {sum(dead.values())} told of, {again} asked again,"
             f" {len(killed)} kills, {dict(server.refused)}, {took:.0f} s")
    return ok, words
