"""A push message from the server to the service worker of a browser.

Debian's Chromium knows no push service, so one of our own stands in for it: the page is given its address and keys, what the server sends
there is decrypted (http_ece), and the browser hands that to the service worker as it does with every push message."""
import json, pathlib, subprocess, sys

import looks, people

RECEIVER = pathlib.Path(__file__).resolve().parents[1] / "peers/push_receiver.py"
# The browser asks its push service for an address; this is the answer.
SUBSCRIPTION = """address => {
  const subscription = { endpoint: address.endpoint, toJSON: () => ({ endpoint: address.endpoint, keys: address.keys }) };
  PushManager.prototype.subscribe = async () => { localStorage.subscribed = 'yes'; return subscription; };
  PushManager.prototype.getSubscription = async () => localStorage.subscribed ? subscription : null;
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(n => ({ title: n.title, path: n.data.path, tag: n.tag }));
}"""


class Service:
    """The push service, and the keys of the browser."""

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, RECEIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        start = self.next()
        self.address = {
            "endpoint": f"http://127.0.0.1:{start['port']}/device", "keys": {"p256dh": start["p256dh"], "auth": start["auth"]}}
        return self

    def next(self):
        return json.loads(self.process.stdout.readline())

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def deliver(page, server, text):
    """What the browser does with a message that its push service brings. It tells nobody whether the worker was awake to take it."""
    page.wait_for_function("navigator.serviceWorker.ready.then(r => r.active.state === 'activated')")
    session, known = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    for _ in range(50):
        if known:
            break
        page.wait_for_timeout(100)
    registration = [r["registrationId"] for r in known if r["scopeURL"] == server.base + "/"][-1]
    session.send("ServiceWorker.deliverPushMessage", {"origin": server.base, "registrationId": registration, "data": text})
    session.detach()


def shown(page):
    for _ in range(50):
        found = page.evaluate(SHOWN)
        if found:
            return found
        page.wait_for_timeout(100)
    return []


def run(browser, results, kind):
    from server import Server
    results.suite(f"Push on {kind}")
    with Server(kind, TANDEM_NETWORK_PRIVATE="yes") as server, Service() as service:
        def make(browser, server, **more):
            made = looks.context(browser, server, width=390, service_workers="allow", permissions=["notifications"], **more)
            made.add_init_script(f"({SUBSCRIPTION})({json.dumps(service.address)})")
            return made
        admin = results.step("the setup link makes the first administrator", lambda: people.set_up(server, browser, make))
        if not admin:
            return results.end()
        page = admin.page

        def turn_on():
            admin.go("/you/push")
            page.get_by_text("Push is off here.").wait_for()
            page.locator("#push-on").click()
            page.get_by_text("Push is on here.").wait_for()
        results.step("a member turns push on", turn_on)

        def message():
            admin.press("Send me a test")
            return service.next()
        sent = results.step("the server seals a message for this browser and signs it", message)
        if sent:
            results.step("the browser hands it to the service worker", lambda: deliver(page, server, sent["text"]))
            found = shown(page)
            if not found:
                deliver(page, server, sent["text"])
                found = shown(page)
            results.check(
                "the service worker shows it with the page it is about",
                [(n["title"], n["path"]) for n in found] == [("Push works. This is how a reminder arrives.", "/you/push")], f"{found} {sent}")
            results.step("the same message again replaces it", lambda: deliver(page, server, sent["text"]))
            page.wait_for_timeout(500)
            results.check("and is not shown twice", len(shown(page)) == 1, str(shown(page)))
        results.check("nothing went wrong in the console", not admin.errors, str(admin.errors))
        admin.close()
    results.end()
