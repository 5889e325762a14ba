// The card player: space shows the answer, 1 to 4 answer, the next card comes without a new page.
const { announce, fetchPage, focusOn, say, showMain } = window.tandem;

const player = () => document.querySelector("[data-player]");
const answersOf = root => root.querySelector("form[data-answer]");

let isSending = false;

const answer = async (form, button) => {
  if (isSending) return;
  isSending = true;
  button.setAttribute("aria-busy", "true");
  try {
    const { page } = await fetchPage(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
    const next = page.querySelector("[data-player]");
    if (next) {
      document.title = page.title;
      const progress = page.querySelector("[data-progress]");
      if (progress) document.querySelector("[data-progress]")?.replaceWith(progress);
      player().replaceWith(next);
      focusOn(next.querySelector("[data-front]"));
    } else {
      showMain(page);
    }
  } catch {
    button.removeAttribute("aria-busy");
    say("No answer from the server. Your answer was not stored; try again when you are connected.");
  }
  isSending = false;
};

addEventListener("submit", event => {
  if (!event.target.matches("form[data-answer]") || !event.submitter) return;
  event.preventDefault();
  answer(event.target, event.submitter);
}, true);

addEventListener("toggle", event => {
  if (!event.target.matches?.(".reveal[open]")) return;
  focusOn(event.target.querySelector("[data-back]"));
}, true);

addEventListener("keydown", event => {
  const root = player();
  if (!root || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, a, button, summary")) return;
  const reveal = root.querySelector(".reveal");
  if (event.key === " " && reveal && !reveal.open) {
    event.preventDefault();
    reveal.open = true;
  } else if (reveal?.open && "1234".includes(event.key)) {
    const button = root.querySelector(`[data-key="${event.key}"]`);
    if (!button) return;
    event.preventDefault();
    announce(button.firstChild.textContent.trim());
    answersOf(root).requestSubmit(button);
  }
});
