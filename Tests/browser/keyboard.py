"""The ask flow by keyboard alone: Tab, Enter, Space and arrows; where focus is can be seen and is not covered."""
from loop import QUESTION

COVERED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const r = e.getBoundingClientRect();
  if (!r.width || !r.height) return null;
  const hit = document.elementFromPoint(Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 2), Math.min(Math.max(r.top + r.height / 2, 1), innerHeight - 2));
  const seen = hit && (e === hit || e.contains(hit) || hit.contains(e) || hit.closest('label')?.control === e);
  const style = getComputedStyle(e), shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const near = e.closest('label, .choice, .field, .face');
  const around = near && (getComputedStyle(near.querySelector('span') ?? near).outlineStyle !== 'none' || getComputedStyle(near).outlineStyle !== 'none');
  const name = e.localName + ' ' + (e.innerText || e.name || e.id || '').trim().slice(0, 30);
  return {name, seen: !!seen, shown: shown || !!around};
}"""


class Keys:
    def __init__(self, page, results):
        self.page, self.results = page, results

    def tab_to(self, fits, most=90):
        """Tabs until the element in focus fits the JavaScript condition on `e`."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"() => {{ const e = document.activeElement; return !!({fits}); }}"):
                state = self.page.evaluate(COVERED)
                if state:
                    self.results.check(f"focus on {state['name']} is not covered", state["seen"])
                    self.results.check(f"focus on {state['name']} shows", state["shown"])
                return
        raise AssertionError("Tab does not reach " + fits)

    def press(self, fits, key="Enter"):
        self.tab_to(fits)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


def book(person, results):
    page, keys = person.page, Keys(person.page, results)
    person.go("/asks/new")
    page.keyboard.press("Tab")
    results.check("the first stop is the skip link", page.evaluate("() => document.activeElement.getAttribute('href')") == "#main")
    keys.tab_to("e.name === 'question'")
    page.keyboard.type(QUESTION)
    keys.press("e.type === 'submit' && e.innerText.includes('Continue')")
    keys.tab_to("e.name === 'minutes'")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    keys.press("e.type === 'submit' && e.innerText.includes('Find mentors')")
    keys.press("e.closest('form[action$=\"/holds\"]') && e.type === 'submit'", "Space")
    keys.press("e.type === 'submit' && e.innerText.startsWith('Book')")
    assert "Booked." in page.content(), page.url
