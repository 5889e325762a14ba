"""Every page of `tandem routes`, with real ids, for every kind of person, looked at by each rule. A page that nobody reaches is a failure."""
import json, re
from urllib.parse import urlsplit

import errors, looks, scenes

# Outside the frame's rules: files, streams, and answers for machines.
LEFT_OUT = re.compile(r"\.(csv|ics|js|json|txt|xml|webmanifest)$|/(live|metrics|healthz|readyz|file|export)$|^/(api|assets|feeds)/|^/calendar/.")
# Reached only in a scene of its own: see errors.py and loop.py.
ELSEWHERE = {"/setup", "/answer/:token"}
OF_A_KIND = 2
DEMO = {"mentee": "priya.raman", "mentor": "helena.brandt", "manager": "miriam.okafor", "admin": "tomas.lindberg"}


class Routes:
    """The declared pages, and which of them a path belongs to."""

    def __init__(self, server):
        lines = json.loads(server.command_plain("routes", "--json"))
        self.paths = sorted({l["path"] for l in lines if l["method"] == "GET" and l["surface"] != "api" and not LEFT_OUT.search(l["path"])})
        self.fixed = [p for p in self.paths if ":" not in p]
        by_words = sorted(self.paths, key=lambda p: p.count(":"))
        self.patterns = [(p, re.compile("^" + re.sub(r":[a-z_]+", "[^/]+", p) + "$")) for p in by_words]

    def of(self, path):
        return next((p for p, pattern in self.patterns if pattern.match(urlsplit(path).path)), None)

    def kind(self, path):
        """A page with its parameters by name: /lessons?q=."""
        return self.of(path), ",".join(sorted(q.split("=")[0] for q in urlsplit(path).query.split("&")))


def reach(visitor, routes, starts, server, of_a_kind):
    """The paths that a visitor reaches, with their status: some of each kind."""
    found, counts, queue, tried = {}, {}, list(starts), set()
    page = visitor.new_page()
    while queue:
        path = queue.pop(0)
        kind = routes.kind(path)
        if path in tried or kind[0] is None or LEFT_OUT.search(urlsplit(path).path) or counts.get(kind, 0) >= of_a_kind:
            continue
        tried.add(path)
        answer = page.goto(path, wait_until="domcontentloaded")
        parts = urlsplit(page.url)
        landed = parts.path + ("?" + parts.query if parts.query else "")
        if answer.status in (401, 403, 404, 422) or "text/html" not in answer.headers.get("content-type", "") or landed in found:
            continue
        kind = routes.kind(landed)
        if counts.get(kind, 0) >= of_a_kind:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        found[landed] = answer.status
        for href in page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)"):
            if href.startswith(server.base + "/"):
                parts = urlsplit(href)
                queue.append(parts.path + ("?" + parts.query if parts.query else ""))
    page.close()
    return found


class Sweep:
    def __init__(self, browser, results, server, everything):
        self.browser, self.results, self.server, self.everything = browser, results, server, everything
        self.widths = (320, 390, 1280) if everything else (320,)
        self.schemes = ("dark",) if everything else ()
        self.markup, self.count = {}, 0

    def look(self, name, state, pages):
        """Looks at {path: status} at every width, in light and then in dark; a path with an act is a tuple (path, act, words)."""
        for width in self.widths:
            visitor = looks.context(self.browser, self.server, width=width, state=state)
            for path, status in pages.items():
                path, act, word = path if isinstance(path, tuple) else (path, None, "")
                title = f"{name} {width} {path} {word}".strip()
                try:
                    look = looks.Look(visitor, path, status, act=act, schemes=self.schemes)
                except Exception as error:
                    self.results.check(title, False, str(error)[:300])
                    continue
                self.count += 1 + len(self.schemes)
                self.results.check(title, not look.findings, look.words())
                self.markup[f"{name} {path} {word}"] = look.html
            visitor.close()

    def check_markup(self):
        faults = looks.markup_faults(self.markup)
        for name in self.markup:
            self.results.check(f"markup of {name}", name not in faults, "; ".join(faults.get(name, [])[:3]))
        print(f"{len(self.markup)} pages, {self.count} looks", flush=True)


def sign_in(browser, server, name, password="a quarter of an hour"):
    visitor = looks.context(browser, server)
    page = visitor.new_page()
    page.goto("/sign-in/password")
    page.get_by_label("E-mail address").fill(name if "@" in name else f"{name}@northwind.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    state = visitor.storage_state()
    visitor.close()
    return state


def demo(browser, results, kind, everything, roles=()):
    """The pages with the demo's people and past, for each kind of person and for a visitor, then those of an empty installation."""
    from server import Server
    results.suite(f"Pages on {kind}" + (" in every view" if everything else ""))
    with Server(kind, demo=("--members", "40", "--days", "30") if everything else ("--members", "24", "--days", "14")) as server:
        states = {"visitor": None, **{role: sign_in(browser, server, name) for role, name in DEMO.items()}}
        if everything:
            states["newcomer"] = scenes.newcomer(browser, server, states["admin"], sign_in)
        sweep, routes = Sweep(browser, results, server, everything), Routes(server)
        more = results.step("pages behind acts are made", lambda: scenes.prepare(browser, server, states)) or {} if everything else {}
        seen = set()
        for role, state in states.items():
            if role not in (roles or states if everything else ("visitor", "mentee", "manager")):
                continue
            crawl = looks.context(browser, server, width=390, state=state)
            starts = routes.fixed + more.get(role, [])
            reached = results.step(f"{role}: pages are found", lambda: reach(crawl, routes, starts, server, OF_A_KIND if everything else 1))
            crawl.close()
            if not reached:
                continue
            print(f"{role}: {len(reached)} pages", flush=True)
            broken = [f"{p} {s}" for p, s in reached.items() if s >= 500]
            results.check(f"{role}: no page answers 5xx", not broken, ", ".join(broken))
            new = {p: s for p, s in reached.items() if s < 400 and (everything or routes.of(p) not in seen)}
            sweep.look(role, state, new)
            seen |= {routes.of(p) for p in new}
        sweep.look("mentee refused", states["mentee"], errors.PAGES)
        if everything and not roles:
            missing = sorted(set(routes.paths) - seen - ELSEWHERE)
            results.check("every page of the routes is looked at", not missing, ", ".join(missing))
        sweep.check_markup()
    if roles:
        return results.end()
    errors.without_setup(browser, results, kind, everything, Sweep)
    results.end()
