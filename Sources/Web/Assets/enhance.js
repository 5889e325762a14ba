// What makes pages smoother. Every page works without it: forms are sent, links followed, times shown by the server.

// The one Trusted Types policy. Markup passes only on its way from our own server into an inert document.
const policy = window.trustedTypes?.createPolicy("tandem", { createHTML: text => text, createScriptURL: path => path });
const script = path => policy ? policy.createScriptURL(path) : path;
const parseFragment = text => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

const all = (selector, root = document) => root.querySelectorAll(selector);
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/// Says something once to people who listen to the page.
const announce = text => {
  let region = document.getElementById("said");
  if (!region) {
    region = make("div", { id: "said", className: "hidden" });
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
};

const focusOn = element => {
  if (!element) return;
  if (!element.matches("a, button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: element.matches("h1") });
};

// Fetching

/// Fetches a page of ours as a document; throws when the network or the answer is not usable.
const fetchPage = async (address, options = {}) => {
  const response = await fetch(address, { ...options, headers: { Accept: "text/html", ...options.headers } });
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  if (!isPage || new URL(response.url).origin !== location.origin) throw new TypeError("not a page");
  return { response, page: parseFragment(await response.text()) };
};

let here = location.pathname + location.search;

/// Shows a fetched page in place of this one.
const show = (page, address) => {
  const url = new URL(address, location.href);
  if (url.pathname + url.search !== location.pathname + location.search) history.pushState(null, "", url);
  here = url.pathname + url.search;
  document.title = page.title;
  document.body.className = page.body.className;
  for (const name of ["lang", "dir", "data-theme"]) {
    const value = page.documentElement.getAttribute(name);
    if (value) document.documentElement.setAttribute(name, value); else document.documentElement.removeAttribute(name);
  }
  document.body.replaceChildren(...page.body.childNodes);
  for (const script of all("script[type=module][src]", page)) import(new URL(script.getAttribute("src"), location.href));
  scrollTo(0, 0);
  start();
  focusOn(document.querySelector("#errors") ?? document.querySelector("main h1"));
};

const showMain = page => {
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  start();
  focusOn(document.querySelector("#errors") ?? document.querySelector("main h1"));
};

addEventListener("popstate", () => { if (location.pathname + location.search !== here) location.reload(); });

// Forms

const setBusy = button => {
  if (!button) return;
  const width = button.getBoundingClientRect().width;
  button.style.setProperty("min-inline-size", `${width}px`);
  button.setAttribute("aria-busy", "true");
  if (button.dataset.busy) {
    button.dataset.label = button.textContent;
    button.textContent = button.dataset.busy;
  }
};

const setReady = button => {
  if (!button) return;
  button.removeAttribute("aria-busy");
  if (button.dataset.label) button.textContent = button.dataset.label;
};

const send = async (form, button) => {
  const data = new FormData(form, button);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams([...data].map(([name, value]) => [name, value.name ?? value]));
  setBusy(button);
  try {
    const { response, page } = await fetchPage(button?.getAttribute("formaction") ?? form.getAttribute("action"), { method: "POST", body });
    if (response.redirected) show(page, response.url); else showMain(page);
  } catch {
    setReady(button);
    say("No answer from the server. Nothing is lost: try again when you are connected.");
  }
};

const confirmed = (text, button) => new Promise(resolve => {
  const go = make("button", { className: "button danger", value: "yes", textContent: button?.textContent.trim() || "Continue" });
  const stay = make("button", { className: "button quiet", value: "", textContent: "Keep it as it is", autofocus: true });
  const form = make("form", { method: "dialog" }, make("div", { className: "actions" }, go, stay));
  const words = make("p", { id: "confirm-text", textContent: text });
  const dialog = make("dialog", {}, words, form);
  dialog.setAttribute("aria-labelledby", "confirm-text");
  dialog.addEventListener("close", () => { dialog.remove(); button?.focus(); resolve(dialog.returnValue === "yes"); });
  document.body.append(dialog);
  dialog.showModal();
});

// Text that is typed and not saved outlives the other forms of its page, as long as the version it was typed over is served again.

const kept = (() => { try { return sessionStorage; } catch { return undefined; } })();
const keptName = area => `kept ${area.form.getAttribute("action").split("?")[0]} ${area.id}`;

const keepTyped = form => {
  for (const area of all("form[data-keep] textarea")) {
    const isTyped = area.value !== area.defaultValue || document.querySelector("#errors");
    if (area.form === form || !isTyped) kept?.removeItem(keptName(area));
    else kept?.setItem(keptName(area), JSON.stringify([area.form.elements.version.value, area.value]));
  }
};

const showTyped = () => {
  // Whoever signs in next in this window is somebody else.
  if (!document.body.classList.contains("signed-in")) return kept?.clear();
  for (const area of all("form[data-keep] textarea")) {
    const [version, text] = JSON.parse(kept?.getItem(keptName(area)) ?? "[]");
    kept?.removeItem(keptName(area));
    if (version === area.form.elements.version.value) area.value = text;
  }
};

addEventListener("submit", async event => {
  const form = event.target, button = event.submitter;
  // A form that answers with a file leaves the page as it is.
  if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset) return;
  if (form.dataset.sending) return event.preventDefault();
  keepTyped(form);
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  const isByFetch = "enhance" in form.dataset;
  if (question || isByFetch) event.preventDefault();
  if (question && !await confirmed(question, button)) return;
  form.dataset.sending = "1";
  if (isByFetch) {
    await send(form, button);
    delete form.dataset.sending;
  } else if (question) {
    if (button?.name) form.append(make("input", { type: "hidden", name: button.name, value: button.value }));
    form.submit();
  } else {
    setTimeout(setBusy, 0, button);
  }
});

addEventListener("pageshow", event => {
  if (!event.persisted) return;
  for (const form of all("form[data-sending]")) delete form.dataset.sending;
  for (const button of all("[aria-busy]")) setReady(button);
});

// Clicks: dismissing, counting, copying, dialogs

addEventListener("click", async event => {
  const target = event.target.closest("[data-dismiss], [data-step], [data-copy], [data-dialog]");
  if (!target) return;
  const { dismiss, step, copy } = target.dataset;
  if (dismiss !== undefined) {
    target.closest("[data-toast], .banner")?.remove();
  } else if (step) {
    const input = target.parentElement.querySelector("input");
    if (step > 0) input.stepUp(); else input.stepDown();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    announce(input.value);
  } else if (copy) {
    const source = copy.startsWith("#") ? document.querySelector(copy) : null;
    await navigator.clipboard.writeText(source ? source.value ?? source.textContent : copy);
    announce("Copied.");
  } else if (!event.metaKey && !event.ctrlKey && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    openDialog(target);
  }
});

/// Opens the page behind a link as a dialog; when that fails, follows the link.
const openDialog = async link => {
  try {
    const { page } = await fetchPage(link.href);
    const close = make("button", { className: "button quiet small", textContent: "Close" });
    const dialog = make("dialog", {}, make("form", { method: "dialog", className: "row end" }, close), ...page.querySelector("main").childNodes);
    dialog.setAttribute("aria-label", page.querySelector("h1")?.textContent ?? link.textContent);
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  } catch {
    location.assign(link.href);
  }
};

// Toasts: one at a time, ten seconds, standing still under pointer or focus

const runToast = toast => {
  let left = 10_000, since = Date.now(), timer;
  const run = () => { since = Date.now(); timer = setTimeout(() => toast.remove(), left); };
  const pause = () => { clearTimeout(timer); left = Math.max(2000, left - (Date.now() - since)); };
  for (const kind of ["mouseenter", "focusin"]) toast.addEventListener(kind, pause);
  for (const kind of ["mouseleave", "focusout"]) toast.addEventListener(kind, run);
  toast.addEventListener("keydown", event => { if (event.key === "Escape") toast.remove(); });
  run();
  announce(toast.querySelector("p").textContent);
};

const say = text => {
  const close = make("button", { type: "button", textContent: "Close" });
  close.dataset.dismiss = "";
  const toast = make("div", { className: "toast" }, make("p", { textContent: text }), close);
  toast.dataset.toast = "";
  document.querySelector(".toasts")?.replaceChildren(toast);
  runToast(toast);
};

// Times that run out, in words

const words = seconds => seconds >= 3600 ? `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`
  : seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${seconds} s`;

const tick = () => {
  for (const element of all("[data-until]")) {
    const seconds = Math.max(0, Math.round((Date.parse(element.dataset.until) - Date.now()) / 1000));
    if (Number.isNaN(seconds)) continue;
    const text = seconds ? words(seconds) : element.dataset.ended ?? "Time is over.";
    if (element.textContent !== text) element.textContent = text;
    if (seconds === 60 || seconds === 20) announce(`${words(seconds)} left.`);
    if (seconds) continue;
    delete element.dataset.until;
    announce(text);
  }
  for (const element of all("[data-since]")) {
    element.textContent = words(Math.max(0, Math.round((Date.now() - Date.parse(element.dataset.since)) / 1000)));
  }
};
setInterval(tick, 1000);

/// What is done for each page, the first and those shown later.
const start = () => {
  tick();
  for (const tab of all(".tabs [aria-current]")) tab.parentElement.parentElement.scrollLeft = tab.offsetLeft - 48;
  for (const toast of all("[data-toast]")) runToast(toast);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of all("[data-zone-field]")) {
    const isUntouched = !field.value || field.value === field.dataset.zoneField;
    const isKnown = !field.options || [...field.options].some(option => option.value === zone);
    if (zone && isUntouched && isKnown) field.value = zone;
  }
  showTyped();
  dispatchEvent(new CustomEvent("tandem:page"));
};

window.tandem = { script, all, make, announce, focusOn, fetchPage, showMain, say };
start();
if (document.querySelector("#errors")) focusOn(document.querySelector("#errors"));
