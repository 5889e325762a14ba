// Draws a week of half hours above the fields that hold it: click, drag with a mouse, or arrow keys and Space.
const form = document.querySelector("#week");
const days = [...form.querySelectorAll("[data-day]")];
const DAY = 1440, STEP = 30;
// Only this page has a grid, so its rules do not weigh on all others.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.week-grid { display: grid; grid-template-columns: 3rem repeat(7, 1fr); gap: 2px; text-align: center; font-size: .75rem; user-select: none }
.week-grid button { min-block-size: 24px; border: 1px solid var(--hairline); background: var(--sunken) }
.week-grid [aria-pressed=true] { background: var(--primary) }
.week-grid [aria-pressed=mixed] { background: var(--primary-soft) }
`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
let spare = 100;

const minutes = (text) => { const [hour, minute] = text.split(":"); return +hour * 60 + +minute; };
const clock = (at) => [Math.floor(at / 60) % 24, at % 60].map((part) => String(part).padStart(2, "0")).join(":");
const rows = (day) => {
  const ends = [...day.querySelectorAll("input[type=time]")];
  return ends.filter((_, place) => place % 2 === 0).map((from, place) => [from, ends[place * 2 + 1]]);
};

// One flag a minute and day; a window that crosses midnight ends on the next day.
const read = () => {
  const week = days.map(() => new Uint8Array(DAY));
  days.forEach((day, place) => rows(day).forEach(([from, to]) => {
    if (!from.value || !to.value) return;
    const [start, end] = [minutes(from.value), minutes(to.value)];
    week[place].fill(1, start, end > start ? end : DAY);
    if (end <= start) week[(place + 1) % 7].fill(1, 0, end);
  }));
  return week;
};

const windows = (flags) => {
  const found = [];
  for (let at = 0; at < DAY; at++) {
    if (!flags[at]) continue;
    const start = at;
    while (at < DAY && flags[at]) at++;
    found.push([clock(start), clock(at)]);
  }
  return found;
};

// A day with more windows than rows gets further rows like its last one.
const write = (day, flags) => {
  const wanted = windows(flags);
  while (rows(day).length < wanted.length) {
    const last = rows(day).at(-1)[0].closest(".form-row");
    const fresh = last.cloneNode(true);
    const number = spare++;
    for (const input of fresh.querySelectorAll("input")) input.name = input.name.replace(/\d+/, number);
    for (const part of fresh.querySelectorAll("[id], [for]")) {
      if (part.id) part.id += `-${number}`;
      if (part.htmlFor) part.htmlFor += `-${number}`;
    }
    last.after(fresh);
  }
  rows(day).forEach(([from, to], place) => [from.value, to.value] = wanted[place] ?? ["", ""]);
};

let week = read();
const used = week.flatMap((flags) => windows(flags)).flatMap(([from, to]) => [minutes(from), minutes(to) || DAY]);
const first = Math.min(480, ...used.map((at) => Math.floor(at / 60) * 60));
const last = Math.max(1140, ...used.map((at) => Math.ceil(at / 60) * 60));
const grid = document.createElement("div");
grid.className = "week-grid";
grid.setAttribute("role", "group");
grid.setAttribute("aria-label", form.dataset.grid);

const share = (flags, at) => flags.subarray(at, at + STEP).reduce((sum, flag) => sum + flag, 0);
const cells = [];
const show = () => cells.forEach(({ button, day, at }) => {
  const part = share(week[day], at);
  button.setAttribute("aria-pressed", part === STEP ? "true" : part ? "mixed" : "false");
});
const set = (cell, on) => {
  week[cell.day].fill(on, cell.at, cell.at + STEP);
  write(days[cell.day], week[cell.day]);
  show();
};
const add = (tag, text) => grid.appendChild(Object.assign(document.createElement(tag), { textContent: text }));
add("span", "");
for (const day of days) add("b", day.dataset.day.slice(0, 2)).title = day.dataset.day;
for (let at = first; at < last; at += STEP) {
  add("span", at % 60 ? "" : clock(at));
  days.forEach((day, place) => {
    const button = add("button", "");
    button.type = "button";
    button.tabIndex = cells.length ? -1 : 0;
    button.setAttribute("aria-label", `${day.dataset.day} ${clock(at)}`);
    cells.push({ button, day: place, at });
  });
}

// `paint` is what a pressed mouse writes; a click that ends a stroke has nothing left to do.
let paint = null, stroked = false;
const cellOf = (target) => cells.find(({ button }) => button === target);
grid.addEventListener("pointerdown", (event) => {
  const cell = cellOf(event.target);
  if (!cell || event.pointerType !== "mouse" || event.button) return;
  paint = cell.button.getAttribute("aria-pressed") === "true" ? 0 : 1;
  stroked = true;
  set(cell, paint);
});
grid.addEventListener("pointerover", (event) => {
  const cell = paint !== null && cellOf(event.target);
  if (cell) set(cell, paint);
});
addEventListener("pointerup", () => { paint = null; setTimeout(() => stroked = false); });
grid.addEventListener("click", (event) => {
  const cell = cellOf(event.target);
  if (cell && !stroked) set(cell, cell.button.getAttribute("aria-pressed") === "true" ? 0 : 1);
});
grid.addEventListener("keydown", (event) => {
  const place = cells.findIndex(({ button }) => button === event.target);
  const step = { ArrowUp: -7, ArrowDown: 7, ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const next = step && cells[place + (document.dir === "rtl" && Math.abs(step) === 1 ? -step : step)];
  if (!next) return;
  event.preventDefault();
  cells[place].button.tabIndex = -1;
  next.button.tabIndex = 0;
  next.button.focus();
});
form.addEventListener("change", (event) => {
  if (event.target.type !== "time") return;
  week = read();
  show();
});
form.prepend(grid);
// The room that was kept for it is no longer needed.
form.removeAttribute("data-grid");
show();
