// Shows what other weights would change while they are typed. Without this file the Preview button does it.
const { announce, fetchPage } = window.tandem;
let timer, asked = 0;

const look = async form => {
  const number = ++asked;
  const typed = new URLSearchParams(new FormData(form));
  typed.delete("form_key");
  try {
    const { response, page } = await fetchPage(`${form.getAttribute("action")}?${typed}`);
    if (number !== asked || !response.ok || !form.isConnected) return;
    for (const id of ["total", "preview"]) document.getElementById(id).replaceWith(page.getElementById(id));
    announce(document.querySelector("#preview li")?.textContent ?? "");
  } catch {
    // The button still works.
  }
};

for (const kind of ["input", "change"]) {
  addEventListener(kind, event => {
    const form = event.target.closest?.("#weights");
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(look, 250, form);
  });
}
