"""The loop that the product is for: ask, book, meet, wrap up, practise, grow. Once as most people use it, once without scripts."""
import datetime, re, urllib.request
from zoneinfo import ZoneInfo

import looks, outbox, people

QUESTION = "I must negotiate my salary next week and do not know how to begin. What should I say first, and what should I avoid?"


def mentor_sets_up(mentor):
    """Topics, a line about oneself, hours: the two minutes of a new mentor. Wide hours, so that there is a slot on any day."""
    page = mentor.page
    mentor.go("/vetting/start")
    choose_skill(mentor, page.locator("#topics"), "Save my card")
    page.locator('textarea[name="bio"]').fill("Contracts, salaries and difficult talks.")
    mentor.press("Save my card")
    saved(page)
    mentor.go("/you/availability")
    for name in page.locator('input[name^="weekly."][name$=".from"]').evaluate_all("es => es.map(e => e.name)"):
        if int(name.split(".")[1]) % 2 == 0:
            page.locator(f'input[name="{name}"]').fill("08:00")
            page.locator(f'input[name="{name[:-5]}.to"]').fill("18:00")
    mentor.press("Save availability")
    saved(page)


def saved(page):
    """The page says that it kept what was sent."""
    try:
        page.get_by_text("Saved").first.wait_for(timeout=10_000)
    except Exception:
        raise AssertionError(page.locator("main").inner_text()[:500]) from None


def choose_skill(person, field, button):
    """From the list under the field; without scripts from the boxes that the answer to a part of a word brings."""
    field.fill("negotiat")
    if person.visitor.scripts:
        person.page.locator(".combo-list [role=option]").first.click()
        return
    person.press(button)
    person.page.wait_for_load_state()
    person.page.get_by_role("group", name="Did you mean").get_by_label("Negotiation", exact=True).check(force=True)


def book(mentee, count):
    """From the ask box to a booked slot, every interaction and typed field counted."""
    page = mentee.page
    mentee.go("/asks/new")
    page.get_by_label("What do you need help with?").fill(QUESTION)
    count["fields"] += 1
    mentee.press("Continue")
    count["interactions"] += 1
    page.wait_for_url("**/draft")
    mentee.press("Find mentors")
    count["interactions"] += 1
    page.wait_for_url("**/mentors")
    page.locator("main form[action$='/holds'] button").first.click()
    count["interactions"] += 1
    page.wait_for_url("**/booking?**")
    mentee.press("Book ")
    count["interactions"] += 1
    page.wait_for_url("**/sessions/*")
    assert "Booked." in page.content()
    return page.url.rsplit("/", 1)[-1].split("?")[0]


def wrap_up(person, session, insight, lesson=False):
    page = person.page
    person.go(f"/sessions/{session}/wrap-up")
    page.get_by_label("The one thing I take away").fill(insight)
    page.locator('input[name="actions.0.text"]').fill("Send the figures")
    if lesson:
        page.locator('input[name="lesson"]:not([value=""])').first.check(force=True)
    page.locator('input[name="points"][value="5"]').check(force=True)
    person.press("Send")
    page.wait_for_url(re.compile(rf"/sessions/{session}(\?.*)?$"))


def review_one(mentee):
    page = mentee.page
    mentee.go("/reviews")
    assert page.locator("[data-player]").count() == 1, page.locator("main").inner_text()[:300]
    before = page.locator("[data-front]").inner_text()
    page.locator("summary", has_text="Show answer").click()
    page.locator(".answers button").first.click()
    page.wait_for_function("before => !document.querySelector('[data-front]') || document.querySelector('[data-front]').innerText !== before", arg=before) \
        if mentee.visitor.scripts else page.wait_for_load_state()


def take_lesson(mentee):
    page = mentee.page
    mentee.go("/lessons")
    page.locator("main ul.list a.title").first.click()
    page.locator("main .actions a.button").first.click()
    for _ in range(40):
        if page.url.split("?")[0].endswith("/done"):
            return
        before = (page.url, page.locator("main").inner_html())
        form = page.locator("main form.form").first
        if form.count():
            choice = form.locator("input[type=radio], input[type=checkbox]").first
            if choice.count():
                choice.check(force=True, timeout=3_000)
            for box in form.locator("textarea, input[type=text], input[type=number]").all():
                box.fill("1")
            for select in form.locator("select").all():
                select.select_option(index=1)
            form.locator("button[type=submit]").first.click()
        elif page.locator("main nav.grid a").count():
            page.locator("main nav.grid a").first.click()
        else:
            page.locator("main .actions form button").first.click()
        page.wait_for_load_state()
        page.wait_for_timeout(400)
        if page.locator("main").inner_html() == before[1] and page.locator("main .actions form button").count():
            page.locator("main .actions form button").first.click()
            page.wait_for_timeout(120)
    raise AssertionError("the lesson did not end: " + page.locator("main").inner_text()[:400])


def set_goal(mentee):
    page = mentee.page
    mentee.go("/goals/new")
    page.locator('input[name="title"]').fill("Lead the planning meeting of my team")
    page.locator('input[name="measure"]').fill("The meeting ends on time")
    page.locator('input[name="target"]').fill("3 of 4 meetings")
    choose_skill(mentee, page.locator('input[role="combobox"], input[data-combo]').first, "Set this goal")
    mentee.press("Set this goal")
    page.wait_for_url(re.compile(r"/goals/[0-9A-Z]{13}"))


def calendar_of(results, server, session, mentee, mentor):
    """The invitation as other programs read it."""
    row = server.database.run(f"SELECT starts_at FROM session ORDER BY id DESC LIMIT 1")
    start = datetime.datetime.fromtimestamp(int(row) / 1e6, datetime.timezone.utc)
    for person in (mentee, mentor):
        mail = outbox.wait_for(server, person.email, lambda m: outbox.calendar(m))
        data, parsed, method = outbox.calendar(mail)
        events = [e for e in parsed.walk("VEVENT")]
        results.check(f"the invitation of {person.email} is iTIP of one event without errors", len(events) == 1 and not parsed.errors and method == "REQUEST", str(method))
        results.check(f"its zones are defined", parsed.get_missing_tzids() == set())
        results.check("it begins at the booked instant", events[0].decoded("dtstart").astimezone(datetime.timezone.utc) == start)
        link = re.search(r"\S+/answer/\S+", outbox.text(mail))
        with urllib.request.urlopen(link.group(0)) as answer:
            results.check("its link shows what an answer does", "I cannot come" in answer.read().decode())
        results.check("its lines end with CRLF and fold at 75 octets", b"\n" not in data.replace(b"\r\n", b"") and all(len(l) <= 75 for l in data.split(b"\r\n")))
    if not outbox.HAS_KHAL:
        print("khal is not installed: what it shows was not looked at")
        return
    for zone in ("Europe/Berlin", "America/New_York", "Asia/Kolkata"):
        local = start.astimezone(ZoneInfo(zone))
        shown = outbox.khal_hour(data, zone, local.date())
        results.check(f"khal shows the session at {local:%H:%M} in {zone}", shown[:1] == [f"{local:%Y-%m-%d %H:%M}"], str(shown))


def run(browser, results, kind, scripts=True, fast=False):
    from server import Server
    results.suite(f"Main loop on {kind}" + ("" if scripts else " without scripts"))
    with Server(kind) as server:
        def make(browser, server, **kind):
            made = looks.context(browser, server, width=390 if not scripts else 1280, scripts=scripts, timezone_id="Europe/Berlin", **kind)
            made.scripts = scripts
            return made
        step, count = results.step, {"fields": 0, "interactions": 0}
        admin = step("the setup link makes the first administrator", lambda: people.set_up(server, browser, make))
        if not admin:
            return results.end()
        step("an administrator adds a mentor", lambda: people.add_member(admin, "ravi@north.example", "Ravi Menon", "mentor"))
        step("an administrator adds a member", lambda: people.add_member(admin, "ann@north.example", "Ann Berg"))
        mentor = step("a mentor signs in with a mailed code", people.Person(server, browser, "ravi@north.example", "Ravi Menon", make).sign_in)
        mentee = step("a mentee signs in with a mailed code", people.Person(server, browser, "ann@north.example", "Ann Berg", make).sign_in)
        if not (mentor and mentee):
            return results.end()
        results.where = lambda: " | ".join(f"{p.name} at {p.page.url}: {p.page.locator('main').inner_text()[:500]!r}" for p in (mentor, mentee))
        step("a mentor sets up topics and hours", lambda: mentor_sets_up(mentor))
        session = step("a mentee comes from an ask to a booked slot", lambda: book(mentee, count))
        if session:
            results.check("booking takes at most 6 interactions", count["interactions"] <= 6, str(count))
            results.check("booking takes at most 3 typed fields", count["fields"] <= 3, str(count))
            step("both get an invitation that calendars read", lambda: calendar_of(results, server, session, mentee, mentor))
            server.move_session_back()
            step("the mentee wraps up", lambda: wrap_up(mentee, session, "Name the range first, then be silent."))
            step("the mentor wraps up and gives a lesson", lambda: wrap_up(mentor, session, "Ann prepares well.", lesson=True))
            step("the mentee reviews the card of the insight", lambda: review_one(mentee))
        step("the mentee takes a lesson to its end", lambda: take_lesson(mentee))
        step("the mentee sets a goal", lambda: set_goal(mentee))
        if scripts:
            import keyboard
            step("a mentee books by keyboard alone", lambda: keyboard.book(mentee, results))

        def dashboard():
            admin.go("/programs")
            text = admin.page.locator("main").inner_text()
            assert "Fewer than 5 people: not shown." in text, text[:900]
        step("a manager sees the figures", dashboard)

        def code():
            admin.page.emulate_media(color_scheme="dark")
            admin.go("/invites/links/new")
            admin.press("Make the link")
            return admin.page.locator(".qr svg").evaluate("e => [getComputedStyle(e).backgroundColor, getComputedStyle(e.querySelector('path')).fill]")
        colours = step("an administrator makes a link with a QR code", code)
        results.check("the code is dark on light in the dark scheme too", colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"], str(colours))

        def leave(person):
            person.go("/you")
            person.press("Sign out")
            person.page.wait_for_load_state()
            person.go("/goals")
            assert "/sign-in" in person.page.url, person.page.url
        step("a mentee signs out", lambda: leave(mentee))
        for person in (admin, mentor, mentee):
            results.check(f"{person.name} met no error in the console", not person.errors, "; ".join(person.errors[:3]))
            person.close()
        results.check("the server logged no error", not re.search(r"\berror\b", server.words().lower()), server.words()[-600:])
    results.end()
