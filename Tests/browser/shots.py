"""The picture of Today for the documentation, from the demo's mentee."""
import looks
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
    target = ROOT / "docs/images/today.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    visitor.close()
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")
