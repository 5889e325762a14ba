"""Pages that exist only after an act: an ask on its way, a held hour, an invitation, a checked file, a link in a mail."""
import re

import looks, outbox
from loop import QUESTION


def newcomer(browser, server, admin, sign_in):
    """Somebody who has nothing yet: every page of theirs is empty."""
    visitor = looks.context(browser, server, state=admin)
    page = visitor.new_page()
    page.goto("/members/new")
    page.get_by_label("Name", exact=True).fill("Nora Neu")
    page.get_by_label("E-mail address").fill("nora.neu@northwind.example")
    page.locator('input[name="roles"][value="mentor"]').check()
    page.get_by_role("button", name="Add member").click()
    page.wait_for_url(lambda url: not url.endswith("/members/new"))
    visitor.close()
    visitor = looks.context(browser, server)
    page = visitor.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("nora.neu@northwind.example")
    page.get_by_role("button", name="E-mail me a code").click()
    page.wait_for_url("**/sign-in/code*")
    page.get_by_label("Code").fill(outbox.code(server, "nora.neu@northwind.example", set()))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    state = visitor.storage_state()
    visitor.close()
    return state


def prepare(browser, server, states):
    """{role: [paths]} of pages that links alone do not lead to."""
    more = {role: [] for role in states}

    def at(role, path):
        visitor = looks.context(browser, server, state=states[role])
        page = visitor.new_page()
        page.goto(path)
        return visitor, page

    def path_of(page):
        return page.url[len(server.base):]

    # An ask with a held hour, one put before mentors by mail, and a draft.
    visitor, page = at("mentee", "/asks/new")
    for end in ("hold", "offer", "draft"):
        page.goto("/asks/new")
        page.get_by_label("What do you need help with?").fill(QUESTION)
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/draft")
        if end == "draft":
            more["mentee"].append(path_of(page))
            break
        page.get_by_role("button", name="Find mentors").click()
        page.wait_for_url("**/mentors")
        more["mentee"].append(path_of(page))
        if end == "hold":
            page.locator("main form[action$='/holds'] button").first.click()
            page.wait_for_url("**/booking?**")
            more["mentee"].append(path_of(page))
        else:
            page.get_by_role("button", name="Ask anybody who fits").first.click()
            page.wait_for_load_state()
    visitor.close()
    mail = outbox.wait_for(server, None, lambda m: "/mail/" in outbox.text(m))
    links = [link for part in mail.walk() if part.get_content_type() == "text/plain" for link in re.findall(r"https?://\S+", part.get_content())]
    links += re.findall(r"https?://[^>\s]+", str(mail["List-Unsubscribe"] or ""))
    more["visitor"] += sorted({link[len(server.base):] for link in links if re.search(r"/(mail|unsubscribe)/", link)})

    visitor, page = at("manager", "/invites/links/new")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_text("/join/").first.wait_for()
    more["visitor"].append(re.search(r"/join/[\w-]+", page.content()).group(0))
    visitor.close()

    visitor, page = at("admin", "/members/import")
    page.locator("main textarea").fill("name,email,department\nAda Park,ada.park@northwind.example,Sales\nNo Address,,Sales\n")
    page.get_by_role("button", name="Check the file").click()
    page.wait_for_url("**/members/imports/**")
    more["admin"].append(path_of(page))
    visitor.close()

    visitor, page = at("mentee", "/vetting/apply")
    for box in page.locator("main textarea").all():
        box.fill("I asked first, listened, and we wrote down what to try next. It worked within two weeks.")
    page.get_by_role("button", name="Send application").click()
    page.wait_for_url(lambda url: not url.endswith("/apply"))
    more["mentee"].append(path_of(page))
    more["manager"].append(path_of(page))
    visitor.close()
    return more
