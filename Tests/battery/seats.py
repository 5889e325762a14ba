"""Crowds that want the seats of one group session, and the hours of a mentor who takes few sessions a day."""
import collections, datetime
from quotas import at_once
from races import slots
from tandem import Installation

WEEK = [{"weekday": day, "from": "08:00", "to": "18:00"} for day in
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]]
GUARDLESS = {
    False: "CREATE TRIGGER more AFTER INSERT ON group_session BEGIN"
           " UPDATE group_session SET seats = 50 WHERE id = NEW.id; END;",
    True: "CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.seats := 50; RETURN NEW; END $$;"
          "CREATE TRIGGER more BEFORE INSERT ON group_session FOR EACH ROW EXECUTE FUNCTION more();",
}


def one_group(house, mentor, tokens):
    """Ten seats; the others wait in line, each at a place of its own."""
    day = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=9)).strftime("%Y-%m-%d")
    status, group = house.client(mentor).post(
        "/groups", {"kind": "group", "title": "How to say no", "date": day, "time": "12:00", "minutes": 30, "seats": 10})
    if status not in (200, 201):
        return False, f"the group session was answered with {status} {group}"

    def sit(number):
        client = house.client(tokens[number])
        status, _ = client.post(f"/groups/{group['id']}/seat")
        client.close()
        return status

    counts = at_once(len(tokens), sit)
    states = collections.Counter(house.query("SELECT state FROM group_seat"))
    places = house.query("SELECT place FROM group_seat WHERE state = 'waiting'")
    taken = int(house.query("SELECT taken FROM group_session")[0])
    right = {"seated": 10, "waiting": len(tokens) - 10}
    return states == right and taken == 10 and len(set(places)) == len(places) and set(counts) <= {200, 201}, (
        f"seats {dict(states)} of {len(tokens)}, {taken} taken, answers {dict(counts)}")


def one_day(house, mentor, tokens):
    """Three sessions a day, though the day has twenty free half hours."""
    status, answer = house.client(mentor).post("/you/availability", {
        "weekly": WEEK, "notice_minutes": 0, "buffer_before": 0, "buffer_after": 0, "horizon_days": 60, "sessions_per_day": 3})
    if status != 200:
        return False, f"the limit was answered with {status} {answer}"
    starts = slots(20)

    def book(number):
        client = house.client(tokens[number])
        status, answer = client.post("/sessions", {"mentor": house.ids["mentor"], "start": starts[number % 20], "minutes": 30})
        if status == 201:
            status, _ = client.post(f"/sessions/{answer['id']}/book")
        client.close()
        return status

    counts = at_once(len(tokens), book)
    booked = int(house.query("SELECT count(*) FROM session WHERE state = 'booked'")[0])
    return booked <= 3 and counts[200] == booked and set(counts) <= {200, 409, 422}, f"{booked} booked of {len(tokens)} in a day of 3, answers {dict(counts)}"


def seats(crowd, postgres=None, unguarded=False):
    with Installation(postgres) as house:
        house.found()
        mentor = house.person("mentor", "mentor")
        tokens = house.people(crowd)
        if unguarded:
            house.execute(GUARDLESS[house.schema is not None])
        house.start()
        pid = house.process.pid
        results = [one_group(house, mentor, tokens), one_day(house, mentor, tokens)]
        same = house.process.poll() is None and house.process.pid == pid
    return all(ok for ok, _ in results) and same, "; ".join(("" if ok else "WRONG ") + words for ok, words in results)
