"""Every page that somebody can reach, looked at by each rule: the pages without parameters from `tandem routes`, and those behind links."""
import json, re
from urllib.parse import urlsplit

import looks

# Pages outside the frame's rules: files, streams, and what signs the visitor out.
LEFT_OUT = re.compile(r"\.(csv|ics|json|txt|xml|webmanifest)$|/(live|metrics|healthz|readyz|file|export)$|^/(api|assets|feeds)/")
ID = re.compile(r"^[0-9A-HJKMNP-TV-Z]{13}$")


def shape(path):
    """One page of each kind is enough: /asks/0abc…/mentors as /asks/:/mentors, parameters by name."""
    parts = urlsplit(path)
    return "/".join(":" if ID.match(p) else p for p in parts.path.split("/")) + "?" + ",".join(sorted(q.split("=")[0] for q in parts.query.split("&")))


def fixed_paths(server):
    lines = json.loads(server.command_plain("routes", "--json"))
    return sorted({
        l["path"] for l in lines
        if l["method"] == "GET" and l["surface"] != "api" and ":" not in l["path"] and not LEFT_OUT.search(l["path"])})


def reach(visitor, starts, server, most=400):
    """The paths that a visitor reaches: one for each shape."""
    found, queue = {}, list(starts)
    page = visitor.new_page()
    while queue and len(found) < most:
        path = queue.pop(0)
        kind = shape(path)
        if kind in found or LEFT_OUT.search(urlsplit(path).path):
            continue
        try:
            answer = page.goto(path, wait_until="domcontentloaded")
        except Exception as error:
            if "Download" in str(error):
                continue
            raise
        landed = urlsplit(page.url)
        kind_landed = shape(landed.path + ("?" + landed.query if landed.query else ""))
        found[kind] = None
        if answer.status in (403, 404) and path in starts:
            continue
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        if kind_landed != kind and found.get(kind_landed):
            continue
        found[kind_landed] = (landed.path + ("?" + landed.query if landed.query else ""), answer.status)
        for href in page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)"):
            parts = urlsplit(href)
            if href.startswith(server.base + "/"):
                queue.append(parts.path + ("?" + parts.query if parts.query else ""))
    page.close()
    return {path: status for path, status in filter(None, found.values())}


def run(browser, results, server, people_by_role, everything):
    """Looks at each page of each role; quickly at 320 px light and 1280 px dark, or at six views."""
    results.suite("Pages" + (" in every view" if everything else ""))
    views = [(w, s) for w in (320, 390, 1280) for s in ("light", "dark")] if everything else [(320, "light")]
    looked, markup = set(), {}
    starts = fixed_paths(server)
    for role, state in people_by_role.items():
        if not everything and role not in ("visitor", "mentee", "manager"):
            continue
        crawl = looks.context(browser, server, width=390, state=state)
        reached = results.step(f"{role}: pages are found", lambda: reach(crawl, starts, server, 400 if everything else 45))
        crawl.close()
        if not reached:
            continue
        print(f"{role}: {len(reached)} pages", flush=True)
        broken = [f"{p} {s}" for p, s in reached.items() if s >= 500]
        results.check(f"{role}: no page answers 5xx", not broken, ", ".join(broken))
        ours = {p: s for p, s in reached.items() if s < 400 and (everything or shape(p) not in looked)}
        for width, scheme in views:
            visitor = looks.context(browser, server, width=width, scheme=scheme, state=state)
            for path, status in ours.items():
                try:
                    look = looks.Look(visitor, path, status)
                except Exception as error:
                    results.check(f"{role} {width} {scheme} {path}", False, str(error)[:300])
                    continue
                results.check(f"{role} {width} {scheme} {path}", not look.findings, look.words())
                markup[f"{role} {path}"] = look.html
            visitor.close()
        looked |= {shape(p) for p in ours}
    faults = looks.markup_faults(markup)
    for name in markup:
        results.check(f"markup of {name}", name not in faults, "; ".join(faults.get(name, [])[:3]))
    print(f"{len(markup)} pages in {len(views)} views")
    results.end()


DEMO = {"mentee": "priya.raman", "mentor": "helena.brandt", "manager": "miriam.okafor", "admin": "tomas.lindberg"}


def sign_in(browser, server, name):
    visitor = looks.context(browser, server)
    page = visitor.new_page()
    page.goto("/sign-in/password")
    page.get_by_label("E-mail address").fill(f"{name}@northwind.example")
    page.get_by_label("Password").fill("a quarter of an hour")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    state = visitor.storage_state()
    visitor.close()
    return state


def demo(browser, results, kind, everything):
    """The pages with the demo's people and past, for each kind of person and for a visitor."""
    from server import Server
    with Server(kind, demo=("--members", "60", "--days", "45") if everything else ("--members", "24", "--days", "14")) as server:
        states = {"visitor": None}
        for role, name in DEMO.items():
            states[role] = sign_in(browser, server, name)
        run(browser, results, server, states, everything)
