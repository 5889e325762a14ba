"""Guessing: many passwords on one account, one password on many accounts, floods of mail; the owner still gets in."""
import base64, collections, hashlib, http.client, os, re, threading, time, urllib.parse
from concurrent.futures import ThreadPoolExecutor
from tandem import LIMITS, Installation

RIGHT = "seven quiet lanterns by the mill"
# Each try may name the address it comes from, as behind a proxy.
BEHIND = {**LIMITS, "TANDEM_SERVER_TRUSTED_PROXIES": "127.0.0.1"}


class Browser:
    """Keeps its cookies and one line; comes from an address of its own."""

    def __init__(self, house, address):
        self.house, self.address, self.cookies = house, address, {}
        self.line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=300)

    def send(self, path, **fields):
        for again in (True, False):
            try:
                self.line.request("POST", path, urllib.parse.urlencode(fields), {
                    "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": self.address,
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())})
                answer = self.line.getresponse()
                break
            except (OSError, http.client.HTTPException):
                self.line.close()
                if not again:
                    raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        self.retry_after = answer.getheader("Retry-After")
        return answer.status, answer.read().decode()

    def password(self, email, text):
        return self.send("/sign-in/password", email=email, password=text)


def hashed(text):
    salt = os.urandom(16)
    digest = hashlib.scrypt(text.encode(), salt=salt, n=1 << 17, r=8, p=1, maxmem=256 << 20, dklen=32)
    return "scrypt$17$8$1$" + "$".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (salt, digest))


def give_password(house, names):
    kept, now = hashed(RIGHT), int(time.time() * 1e6)
    house.execute("".join(
        f"INSERT INTO password (org_id, person_id, hash, changed_at) SELECT org_id, id, '{kept}', {now} FROM person"
        f" WHERE email = '{name}@battery.example';" for name in names))


def swarm(browsers, tries, act):
    """So many tries, spread over the browsers, which work side by side; counts the statuses."""
    counts, guard = collections.Counter(), threading.Lock()

    def work(place):
        own = collections.Counter(act(browsers[place], number) for number in range(place, tries, len(browsers)))
        with guard:
            counts.update(own)

    with ThreadPoolExecutor(len(browsers)) as pool:
        list(pool.map(work, range(len(browsers))))
    return counts


def busy(house):
    """Seconds of computing that the server has used."""
    with open(f"/proc/{house.process.pid}/stat") as stat:
        used = stat.read().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def one_account(house, tries, forgetful):
    """Wrong passwords on one account from 50 addresses, over a restart. The owner signs in on a known device, and by code."""
    owner, before = Browser(house, "198.51.100.1"), busy(house)
    if owner.password("m0@battery.example", RIGHT)[0] != 303:
        return False, "the owner was not let in at all"
    one = busy(house) - before
    attackers, before = [Browser(house, f"203.0.113.{number}") for number in range(50)], busy(house)
    counts = swarm(attackers, tries, lambda browser, number: browser.password("m0@battery.example", f"wrong {number}")[0])
    # The pages cost next to nothing beside a hash.
    reached = (busy(house) - before) / one
    house.stop()
    if forgetful:
        house.execute("DELETE FROM sign_in_attempt;")
    house.start()
    after = Browser(house, "192.0.2.1").password("m0@battery.example", "wrong again")[0]
    stranger, inside = Browser(house, "192.0.2.2").password("m0@battery.example", RIGHT)[0], owner.password("m0@battery.example", RIGHT)[0]
    # A right guess among those that are turned away after hashing would be turned away as well.
    ok = counts[422] <= 100 and set(counts) <= {422, 429, 503} and after == 429 and inside == 303 and stranger in (422, 429)
    return ok, (f"{tries} wrong passwords {dict(counts)}, about {reached:.0f} of them hashed, after a restart {after},"
                f" a stranger who knows the password {stranger}, the owner {inside}")


def one_password(house, tries, addresses):
    """One password on ten thousand accounts, most of which do not exist: twenty tries an address."""
    attackers = [Browser(house, f"198.18.0.{number}") for number in range(addresses)]
    counts = swarm(attackers, tries, lambda browser, number: browser.password(f"m{number}@battery.example", "one for all of them")[0])
    return counts[422] <= 20 * addresses and set(counts) <= {422, 429}, f"{tries} accounts {dict(counts)}"


def mail_floods(house):
    """Five mails an hour to one address from whomever, twenty from one sender to whomever."""
    one = swarm([Browser(house, f"198.19.0.{number}") for number in range(20)], 100,
                lambda browser, number: browser.send("/sign-in/code", email="m1@battery.example")[0])
    many = swarm([Browser(house, "198.19.1.1") for _ in range(10)], 100,
                 lambda browser, number: browser.send("/sign-in/code", email=f"m{number + 10}@battery.example")[0])
    return one == {303: 5, 429: 95} and many == {303: 20, 429: 80}, f"mails to one {dict(one)}, from one {dict(many)}"


def alike(house, rounds):
    """An address that nobody has is answered in the same words, with the same status, after the same work."""
    work, answers = collections.Counter(), {True: set(), False: set()}
    for number in range(rounds):
        for known in (True, False):
            email = f"m{2 + number % 5}@battery.example" if known else f"nobody{number % 5}@battery.example"
            before = busy(house)
            status, text = Browser(house, f"198.20.{known:d}.{number}").password(email, "wrong once more")
            # Time would tell more about the other programs on this machine.
            work[known] += busy(house) - before
            answers[known].add((status, strip(text).replace(email, "EMAIL")))
    known, unknown = work[True] / rounds, work[False] / rounds
    same = answers[True] == answers[False] and {status for status, _ in answers[True]} == {422}
    return same and abs(known - unknown) <= 0.15 * max(known, unknown), (
        f"work for a known address {known * 1000:.0f} ms, for an unknown one {unknown * 1000:.0f} ms, answers {'alike' if same else 'different'}")


def strip(page):
    """A page without what differs from answer to answer."""
    return re.sub(r'name="form_key" value="[^"]+"', "", page)


def login(tries, forgetful=False):
    with Installation(limits=BEHIND) as house:
        house.found()
        house.people(8)
        give_password(house, [f"m{number}" for number in range(8)])
        house.start()
        results = [alike(house, 15), one_account(house, tries, forgetful), one_password(house, tries, 3), mail_floods(house)]
        pid = house.process.poll()
        results.append((pid is None, "" if pid is None else f"the server ended with {pid}"))
    return all(ok for ok, _ in results), "; ".join(("" if ok else "WRONG ") + words for ok, words in results if words)
