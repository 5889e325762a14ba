"""Pages that refuse: not found, not allowed, values that cannot be taken, a state that changed, no setup yet, a database that is away."""
import looks


def refused_form(page):
    """A form sent with nothing in it is shown again with what to do."""
    with page.expect_navigation(wait_until="load") as answer:
        page.evaluate("""() => {
          const form = document.querySelector('main form[method=post]');
          form.removeAttribute('data-enhance');
          form.submit();
        }""")
    return answer.value


def stale(page):
    """A profile saved from a page that is older than what is kept."""
    with page.expect_navigation(wait_until="load") as answer:
        page.evaluate("""() => {
          const form = document.querySelector('main form[method=post]');
          form.removeAttribute('data-enhance');
          form.version.value = '1000000';
          form.submit();
        }""")
    return answer.value


PAGES = {
    "/nothing-is-here": 404, "/sessions/0000000000000": 404, "/admin": 403, "/sessions/new": 422,
    ("/goals/new", refused_form, "sent empty"): 422, ("/reviews/new", refused_form, "sent empty"): 422,
    ("/you/profile", stale, "sent from an old page"): 409,
}


def demo(admin, sweep):
    """From the wizard into the demo as somebody of it, and back. The pages are looked at on the way."""
    page = admin.page
    admin.go("/admin/start")
    page.get_by_role("link", name="Next: people").click()
    sweep.look("first administrator", admin.visitor.storage_state(), {"/admin/start/people": 200})
    admin.press("Make the demo organisation")
    page.get_by_text("Ready", exact=True).wait_for(timeout=120_000)
    sweep.look("with a demo", admin.visitor.storage_state(), {"/admin/start/people": 200, "/admin": 200})
    admin.press("Look around as Priya Raman")
    page.get_by_role("button", name="Leave the demo").wait_for()
    assert "Priya" in admin.heading(), admin.heading()
    sweep.look("in the demo", admin.visitor.storage_state(), {"/": 200, "/mentors": 200})
    page.get_by_role("button", name="Leave the demo").click()
    admin.press("Remove the demo organisation")
    page.get_by_text("The demo is removed.").wait_for()


def without_setup(browser, results, kind, everything, Sweep):
    """Before the setup every page leads to the words that say so; afterwards, with the database away, to those of a 503."""
    from server import Server
    import people
    with Server(kind) as server:
        sweep = Sweep(browser, results, server, everything)
        setup = server.setup[len(server.base):]
        sweep.look("nobody", None, {"/setup": 200, "/": 200, setup: 200, "/setup?code=of-yesterday": 200})
        admin = results.step("the first administrator is made", lambda: people.set_up(server, browser, lambda b, s: looks.context(b, s)))
        if admin and everything:
            state = admin.visitor.storage_state()
            sweep.look("first administrator", state, dict.fromkeys(
                ["/", "/admin/start", "/admin", "/admin/mail", "/admin/health", "/programs", "/mentors", "/members", "/learn", "/goals"], 200))
            results.step("the last step of the setup makes a demo, which is looked around in and removed", lambda: demo(admin, sweep))
            if kind == "postgres":
                with server.database.away():
                    sweep.look("with the database away", state, {"/goals": 503})
        if admin:
            admin.close()
        sweep.check_markup()
