"""Runs the suites and counts. Exit status 0 when everything holds."""
import argparse, os, signal, sys

from playwright.sync_api import sync_playwright

import api_only, control, looks, loop, push, shots, sweep
from results import Results


def main():
    # Ends by way of the clean-up, so that no server is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    p = argparse.ArgumentParser()
    p.add_argument("--all", action="store_true", help="every page, width and scheme on both databases")
    p.add_argument("--screenshots", action="store_true", help="write the pictures in docs/images")
    p.add_argument("--only", default="", help="suites by word: control, loop, plain, push, pages, keyboard, api")
    p.add_argument("--roles", default="", help="only these people in the pages of --all: visitor, mentee, mentor, manager, admin, newcomer")
    a = p.parse_args()
    kinds = ["sqlite"] + (["postgres"] if os.environ.get("TANDEM_TEST_POSTGRES") else [])
    if len(kinds) == 1:
        print("TANDEM_TEST_POSTGRES is not set: SQLite only")
    wants = lambda word: not a.only or word in a.only.split(",")
    results = Results()
    with sync_playwright() as playwright:
        browser = looks.chromium(playwright)
        if wants("control"):
            control.run(browser, results)
        if wants("loop"):
            for kind in kinds:
                loop.run(browser, results, kind)
        if wants("plain"):
            for kind in kinds:
                loop.run(browser, results, kind, scripts=False)
        if wants("push"):
            for kind in kinds:
                push.run(browser, results, kind)
        if wants("api"):
            for kind in kinds:
                api_only.run(browser, results, kind)
        if wants("pages"):
            for kind in kinds if a.all else kinds[:1]:
                sweep.demo(browser, results, kind, a.all, [r for r in a.roles.split(",") if r])
        if a.screenshots:
            shots.write(browser)
        browser.close()
    return 1 if results.total_failed else 0


if __name__ == "__main__":
    sys.exit(main())
