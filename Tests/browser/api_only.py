"""The loop without a browser: an organisation and its people from the command line, everything else through /api/v1."""
import json, time, urllib.error, urllib.request

from openapi_spec_validator import validate

from loop import QUESTION
from server import Server


class Client:
    def __init__(self, server, token):
        self.server, self.token = server, token

    def __call__(self, method, path, **body):
        request = urllib.request.Request(
            self.server.base + "/api/v1" + path, method=method, data=json.dumps(body).encode() if method != "GET" else None,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Accept": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()[:400]}") from None


def plain(text):
    """A value of a form as JSON has it."""
    return {"true": True, "false": False}.get(text, int(text) if text.isdigit() else text)


def wait_open(server):
    until = time.monotonic() + 15
    while True:
        # Until then every page leads to the setup.
        page = urllib.request.urlopen(server.base + "/sign-in", timeout=5).url
        if page.endswith("/sign-in"):
            return page
        if time.monotonic() > until:
            raise AssertionError(f"still at {page}")
        time.sleep(0.1)


def run(browser, results, kind):
    results.suite(f"API alone on {kind}")
    with Server(kind) as server:
        step = results.step
        made = step("an organisation by command", lambda: json.loads(server.command("admin", "create-organisation", "North Works", "--zone", "Europe/Berlin")))
        people = {}
        for email, name, roles in (("ravi@north.example", "Ravi Menon", "mentor"), ("ann@north.example", "Ann Berg", ""), ("lea@north.example", "Lea Brandt", "manager,admin")):
            def person():
                more = ["--roles", roles] if roles else []
                id = json.loads(server.command("admin", "create-member", email, "--name", name, "--organisation", made["slug"], *more))["id"]
                token = server.command("admin", "token", email, "--organisation", made["slug"])
                return id, Client(server, token)
            people[email[:3]] = step(f"{name} and a token by command", person)
        if not all(people.values()):
            return results.end()
        (ravi_id, ravi), (ann_id, ann), (_, lea) = people["rav"], people["ann"], people["lea"]
        step("the site opens once an administrator was made by command", lambda: wait_open(server))
        step("the description is a valid OpenAPI document", lambda: validate(ann("GET", "/openapi.json")))
        step("a mentor names topics", lambda: ravi("POST", "/vetting/start", topics=["Negotiation"], bio="Contracts", sessions_a_week=10))
        week = [{"weekday": d, "from": "08:00", "to": "18:00"} for d in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]
        step("a mentor sets hours", lambda: ravi("POST", "/you/availability", weekly=week, notice_minutes=60))
        ask = step("an ask is opened", lambda: ann("POST", "/asks", question=QUESTION, minutes=30))
        if not ask:
            return results.end()
        ranked = step("its mentors come ranked", lambda: ann("GET", f"/asks/{ask['ask']}/mentors"))
        cards = ranked["mentors"] if ranked else []
        if results.check("the mentor is ranked with reasons and a free hour", cards and cards[0]["reasons"] and cards[0]["next"], json.dumps(cards)[:400]):
            start = cards[0]["next"]["value"]
            booked = step("the hour is booked", lambda: ann("POST", f"/asks/{ask['ask']}/booking", mentor=ravi_id, start=start))
            if booked:
                session = booked["session"]
                again = None
                try:
                    ann("POST", f"/asks/{ask['ask']}/booking", mentor=ravi_id, start=start)
                except AssertionError as refusal:
                    again = str(refusal)
                results.check("the same hour is refused a second time", again and " 409 " in again, str(again))
                server.move_session_back()
                step("the mentee wraps up", lambda: ann("POST", f"/sessions/{session}/wrap-up", insight="Name the range first.", make_card=True, points=5))
                step("the mentor wraps up", lambda: ravi("POST", f"/sessions/{session}/wrap-up", insight="Ann prepares well.", points=5))
                lessons = step("lessons are found", lambda: ann("GET", "/lessons"))
                lesson = lessons["lessons"][0]["href"].rsplit("/", 1)[-1] if lessons and lessons.get("lessons") else None
                if results.check("there are lessons to start with", lesson):
                    step("the mentor assigns a lesson", lambda: ravi("POST", f"/lessons/{lesson}/assignments", person=ann_id))
                due = step("a card is due", lambda: ann("GET", "/reviews"))
                if due and results.check("it is the card of the insight", due.get("card"), json.dumps(due)[:300]):
                    hidden = {h["name"]: plain(h["value"]) for h in due["card"].get("hidden", []) if h["value"]}
                    step("it is answered", lambda: ann("POST", due["card"]["action"], answer=due["card"]["answers"][0]["value"], **hidden))
        step("a manager reads the figures", lambda: lea("GET", "/programs"))
    results.end()
