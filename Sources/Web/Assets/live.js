// Keeps marked parts of a page fresh: on an event of the stream the page is fetched again and its [data-live] parts are swapped.
const { all, announce, fetchPage } = window.tandem;

let timer, stream;

const refresh = async () => {
  let fresh;
  try {
    // A form that is shown again stands at an address that only takes forms; the part then says where its page is.
    fresh = (await fetchPage(document.querySelector("[data-page]")?.dataset.page ?? location.href)).page;
  } catch {
    return;
  }
  for (const part of all("[data-live]")) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    // Somebody who types or has the focus here is not interrupted.
    if (!next || part.contains(document.activeElement) || part.outerHTML === next.outerHTML) continue;
    part.replaceWith(next);
    if (next.dataset.live === "notices") announce(next.querySelector(".title")?.textContent ?? "");
  }
};

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, 300);
};

const connect = () => {
  if (stream || !document.querySelector("[data-live]")) return;
  stream = new EventSource("/live");
  stream.addEventListener("message", soon);
  stream.addEventListener("changed", soon);
  stream.addEventListener("notice", soon);
};

addEventListener("pagehide", () => { stream?.close(); stream = undefined; });
addEventListener("pageshow", connect);
addEventListener("tandem:page", connect);
connect();
