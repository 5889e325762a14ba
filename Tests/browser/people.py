"""Members of a scene: made through the pages, signed in with the code that is mailed to them."""
import outbox


class Person:
    def __init__(self, server, browser, email, name, make, **kind):
        self.server, self.email, self.name, self.seen = server, email, name, set()
        self.visitor = make(browser, server, **kind)
        self.page = self.visitor.new_page()
        self.errors = []
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" and "422" not in m.text else None)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))

    def sign_in(self):
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail address").fill(self.email)
        self.page.get_by_role("button", name="E-mail me a code").click()
        self.page.wait_for_url("**/sign-in/code*")
        self.page.get_by_label("Code").fill(outbox.code(self.server, self.email, self.seen))
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def go(self, path):
        return self.page.goto(path)

    def press(self, button, exact=False):
        self.page.locator("main").get_by_role("button", name=button, exact=exact).first.click()

    def heading(self):
        return self.page.locator("h1").first.inner_text()

    def close(self):
        self.visitor.close()


def set_up(server, browser, make):
    """The first administrator, through the link that the server prints."""
    admin = Person(server, browser, "lea@north.example", "Lea Brandt", make)
    page = admin.page
    page.goto(server.setup)
    page.get_by_label("Name of your organisation").fill("North Works")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_label("Your name").fill(admin.name)
    page.get_by_label("Your e-mail address").fill(admin.email)
    page.get_by_label("Password").fill("five quiet ducks on a long lake")
    page.get_by_role("button", name="Set up Tandem").click()
    page.wait_for_url("**/admin/start*")
    return admin


def add_member(admin, email, name, role=None):
    page = admin.page
    page.goto("/members/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(email)
    if role:
        page.locator(f'input[name="roles"][value="{role}"]').check()
    page.get_by_role("button", name="Add member").click()
    page.wait_for_url(lambda url: not url.endswith("/members/new"))
    assert "/members" in page.url, page.url
