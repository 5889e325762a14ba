// Search as you type, after the ARIA combobox pattern. Without this file the field is plain text that the server resolves.
const { all, make, announce } = window.tandem;

const fit = input => {
  if (input.dataset.fitted) return;
  input.dataset.fitted = "1";
  const { combo: address, name, multiple } = input.dataset;
  const chosen = input.parentElement.querySelector(".chosen") ?? make("ul", { className: "chosen" });
  const list = make("ul", { className: "combo-list", id: `${input.id}-list`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "Suggestions");
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(key, value);
  }
  input.removeAttribute("name");
  input.after(list);
  if (!chosen.isConnected) input.before(chosen);

  let items = [], active = -1, timer, asked = 0;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = place => {
    active = place;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const option = list.children[place];
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const add = ({ id, label }) => {
    if (!multiple && multiple !== "") chosen.replaceChildren();
    const known = [...all("input", chosen)].find(other => other.value === String(id));
    if (known) return known.checked = true;
    // As the server writes those that were chosen before: a box that can be taken back.
    const box = make("input", { type: "checkbox", name, value: id, checked: true });
    chosen.append(make("li", {}, make("label", { className: "choice" }, box, make("span", { textContent: label }))));
  };
  chosen.addEventListener("change", ({ target }) => announce(`${target.labels[0].textContent.trim()} ${target.checked ? "added" : "removed"}.`));

  const choose = item => {
    add(item);
    input.value = "";
    close();
    announce(`${item.label} added.`);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const open = () => {
    list.replaceChildren(...items.map((item, index) => {
      const option = make("li", { id: `${list.id}-${index}`, textContent: item.label });
      if (item.detail) option.append(make("small", { textContent: item.detail }));
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.addEventListener("mousedown", event => { event.preventDefault(); choose(item); });
      return option;
    }));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    announce(items.length === 1 ? "1 suggestion." : `${items.length} suggestions.`);
  };

  const ask = async () => {
    const text = input.value.trim(), turn = ++asked;
    if (!text) return close();
    const url = new URL(address, location.href);
    url.searchParams.set("q", text);
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      const answer = response.ok ? await response.json() : { items: [] };
      if (turn !== asked) return;
      items = answer.items;
      active = -1;
      open();
    } catch {
      close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", event => {
    const isOpen = !list.hidden;
    if (isOpen && event.key === "ArrowDown") mark((active + 1) % items.length);
    else if (isOpen && event.key === "ArrowUp") mark((active <= 0 ? items.length : active) - 1);
    else if (isOpen && event.key === "Enter" && active >= 0) choose(items[active]);
    else if (isOpen && event.key === "Escape") close();
    else if (event.key === "Backspace" && !input.value) return [...all(":checked", chosen)].at(-1)?.click();
    else return;
    event.preventDefault();
  });
  // Text that was typed and not chosen goes along under the field's own name: the server resolves it.
  input.form?.addEventListener("formdata", event => {
    const text = input.value.trim();
    if (text) event.formData.append(name, text);
  });
};

const fitAll = () => { for (const input of all("[data-combo]")) fit(input); };
addEventListener("tandem:page", fitAll);
fitAll();
