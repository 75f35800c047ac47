// What every form does to its page. Everything stays in this window: nothing is stored, and the
// policy of the page forbids sending.
const form = document.querySelector("form");
const part = (id) => document.getElementById(id);

function say(text) {
  part("bericht").textContent = "";
  setTimeout(() => (part("bericht").textContent = text), 50); // an equal text is told again
}

function make(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function button(text, about, act) {
  const made = make("button", text, { type: "button", class: "small" });
  made.append(make("span", ` ${about}`, { class: "unseen" }));
  made.addEventListener("click", act);
  return made;
}

function field(name) {
  const found = form.elements[name];
  return found instanceof RadioNodeList ? found[0] : found;
}

function showFaults(found) {
  for (const shown of form.querySelectorAll(".fault")) shown.textContent = "";
  for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
  const items = found.map(([name, text]) => {
    part(`fout-${name}`).textContent = text;
    const control = field(name);
    control.setAttribute("aria-invalid", "true");
    const link = make("a", text, { href: `#${control.id}` });
    link.addEventListener("click", (event) => (event.preventDefault(), control.focus()));
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  part("fouten-lijst").replaceChildren(...items);
  part("fouten").hidden = !found.length;
  if (found.length) part("fouten").focus();
}

// ---- rows and their file ----

function written() {
  const row = Object.fromEntries(names.map((name) => [name, ""]));
  for (const [name, value] of new FormData(form)) if (name in row) row[name] = clean(value);
  return row;
}

function numbered(day, taken) {
  for (let n = 1; ; n++) {
    const id = `${told.partner.slice(0, 24)}-${day.replaceAll("-", "")}-${n}`;
    if (!taken.has(id)) return id;
  }
}

function download(rows, period, version) {
  const name = `${told.municipality}_${told.partner}_${told.code}_${period}_v${version}.csv`;
  const place = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv" }));
  const link = make("a", "", { href: place, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(place), 10_000);
  part("gedaan-naam").textContent = name;
  part("gedaan-bestand").hidden = false;
  return name;
}
