"""The outbox folder, read as mail programs would: by the e-mail and iCalendar libraries, and by khal."""
import email, email.policy, pathlib, re, shutil, subprocess, tempfile, time

import icalendar


def mails(server, to=None):
    found = []
    for path in sorted((server.folder / "outbox").rglob("*.eml")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if to is None or to in str(mail["To"]):
            found.append(mail)
    return found


def wait_for(server, to, fits, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for mail in reversed(mails(server, to)):
            if fits(mail):
                return mail
        time.sleep(0.2)
    subjects = [m["Subject"] for m in mails(server, to)]
    raise AssertionError(f"no fitting mail to {to}; there are {subjects}")


def text(mail):
    return mail.get_body(preferencelist=("plain",)).get_content()


def code(server, to, seen):
    mail = wait_for(server, to, lambda m: m["Message-ID"] not in seen and re.search(r"\b\d{4} ?\d{4}\b", text(m)))
    seen.add(mail["Message-ID"])
    return re.search(r"\b\d{4} ?\d{4}\b", text(mail)).group(0)


def calendar(mail):
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            data = part.get_payload(decode=True)
            return data, icalendar.Calendar.from_ical(data), part.get_param("method")
    return None


def khal_hour(data, zone, day):
    """The hour at which khal shows the only session of a calendar file to somebody in a zone."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "c").mkdir()
        (folder / "session.ics").write_bytes(data)
        (folder / "config").write_text(
            f"[calendars]\n[[c]]\npath = {folder}/c\ntype = calendar\n[sqlite]\npath = {folder}/khal.db\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
            "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[default]\ndefault_calendar = c\n")
        run = lambda *a: subprocess.run(
            ["khal", "-c", folder / "config", *a], capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "HOME": str(folder), "PATH": "/usr/bin:/bin"})
        done = run("import", "--batch", folder / "session.ics")
        if done.returncode:
            raise AssertionError("khal: " + done.stderr)
        listed = run("list", "--format", "{start-date} {start-time}", "--day-format", "", str(day), "3d")
        return listed.stdout.strip().splitlines()


HAS_KHAL = shutil.which("khal") is not None
