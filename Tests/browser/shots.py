"""The pictures of the documentation, from the demo's mentee: Today, and the three mentors for a question."""
import looks
from loop import QUESTION
from server import ROOT, Server
from sweep import DEMO, sign_in


def write(browser):
    with Server(demo=("--members", "120", "--days", "60")) as server:
        take(browser, server)


def take(browser, server):
    visitor = looks.context(browser, server, width=1280, state=sign_in(browser, server, DEMO["mentee"]))
    page = visitor.new_page()
    page.set_viewport_size({"width": 1280, "height": 640})
    page.goto("/", wait_until="load")
    keep(page, "today.png")
    page.goto("/asks/new")
    page.get_by_label("What do you need help with?").fill(QUESTION)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/draft")
    page.get_by_role("button", name="Find mentors").click()
    page.wait_for_url("**/mentors")
    page.evaluate("() => document.activeElement.blur()")
    keep(page, "mentors.png")
    visitor.close()


def keep(page, name):
    target = ROOT / "docs/images" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")
