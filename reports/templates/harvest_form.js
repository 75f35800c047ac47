// The harvest of a talk: what is new, and what became of the afspraken that still stood.
const rows = [];
const standing = [...form.querySelectorAll(".appointment")];
const versions = new Map(); // per quarter the number of its next file
let changing = null; // the place of the row that is being changed
let unsaved = false;

const isAgreed = (row) => row.soort === "afspraak";
const hasNumber = (text) => /[\d%]/.test(text);

function filledIn() {
  const row = written();
  if (!isAgreed(row)) row.wie = row.wanneer = "";
  return row;
}

// ---- what the contract and its rules ask ----

function unsafe(name, text) {
  if (hasNumber(text)) return [[name, told.said.digits]];
  return text.includes("@") ? [[name, told.said.mail]] : [];
}

function ofTalk(row) {
  const found = missing(row, ["datum", "gelezen_door"]);
  if (row.datum > today()) found.push(["datum", told.said.future]);
  return [...found, ...unsafe("gelezen_door", row.gelezen_door)];
}

function missing(row, asked) {
  const empty = told.columns.filter(({ name }) => asked.includes(name) && !row[name]);
  return empty.map((column) => [column.name, column.empty]);
}

function faults(row) {
  const asked = ["soort", "tekst", "doel_id", "gebied_code", ...(isAgreed(row) ? ["wie"] : [])];
  const found = [...ofTalk(row), ...missing(row, asked), ...unsafe("tekst", row.tekst), ...unsafe("wie", row.wie)];
  if (row.wanneer && row.wanneer < row.datum) found.push(["wanneer", told.said.too_early]);
  return found;
}

// ---- the afspraken that stood ----

function answers(item) {
  const [stand, done] = ["stand", "gedaan"].map((name) => clean(part(`${name}-${item.id}`).value));
  return { stand, done };
}

function changed() {
  const { gelezen_door } = written();
  const moved = standing.filter((item) => answers(item).stand || answers(item).done);
  return moved.map((item) => {
    const before = JSON.parse(item.dataset.row);
    const { stand, done } = answers(item);
    return { ...before, oogst_id: item.id, gelezen_door, stand: stand || before.stand, gedaan: done || before.gedaan };
  });
}

const unsafeAnswers = () => standing.flatMap((item) => unsafe(`gedaan-${item.id}`, answers(item).done));

// ---- what the page shows ----

const labelled = (name, value) => form.querySelector(`[name=${name}][value="${value}"]`).parentElement.textContent;

function showList() {
  const items = rows.map((row, place) => {
    const item = make("li", "");
    item.append(make("p", labelled("soort", row.soort), { class: "label" }), make("p", row.tekst));
    if (isAgreed(row)) item.append(make("p", [row.wie, turned(row.wanneer)].filter(Boolean).join(", "), { class: "quiet" }));
    item.append(button(told.said.change, row.tekst, () => change(place)), button(told.said.remove, row.tekst, () => remove(place)));
    return item;
  });
  part("lijst").replaceChildren(...items);
  part("leeg").hidden = rows.length > 0;
}

const counted = () => told.said[rows.length === 1 ? "count.one" : "count.more"].replace("{count}", rows.length);

function refresh() {
  part("bij-afspraak").hidden = !isAgreed(written());
}

function fill(row) {
  for (const [name, value] of Object.entries(row)) if (form.elements[name]) form.elements[name].value = value;
  refresh();
}

// ---- what a person does ----

function touched() {
  unsaved = true;
  part("gedaan-bestand").hidden = true;
}

function add(event) {
  event.preventDefault();
  const row = filledIn();
  const found = faults(row);
  showFaults(found);
  if (found.length) return;
  const taken = new Set([...rows.map((each) => each.oogst_id), ...standing.map((item) => item.id)]);
  row.oogst_id = changing === null ? numbered(row.datum, taken) : rows[changing].oogst_id;
  if (changing === null) rows.push(row);
  else rows.splice(changing, 1, row);
  changing = null;
  fill({ tekst: "", wie: "", wanneer: "" });
  touched();
  showList();
  part("aantal").focus();
  say(`${told.said.listed} ${counted()}.`);
}

function change(place) {
  changing = place;
  fill(rows[place]);
  part("tekst").focus();
}

function remove(place) {
  rows.splice(place, 1);
  changing = null;
  touched();
  showList();
  part("aantal").focus();
  say(`${told.said.removed} ${counted()}.`);
}

function save() {
  const moved = changed();
  const nothing = rows.length + moved.length ? [] : missing(Object.fromEntries(names.map((name) => [name, ""])), ["tekst"]);
  const found = [...ofTalk(written()), ...unsafeAnswers(), ...nothing];
  showFaults(found);
  if (found.length) return;
  const period = quarter(written().datum);
  const version = versions.get(period) || 1;
  const name = download([...moved, ...rows], period, version);
  versions.set(period, version + 1);
  unsaved = false;
  say(`${told.said.saved} ${name}`);
}

async function open(event) {
  const [file] = event.target.files;
  if (!file) return;
  const found = rowsIn(decoded(await file.arrayBuffer()).replace(/^\ufeff/, ""));
  part("geopend").textContent = found ? told.said.opened : told.said.strange;
  if (!found) return;
  const known = new Set(rows.map((row) => row.oogst_id));
  for (const row of found.filter((each) => !known.has(each.oogst_id))) back(row);
  const [, period, number] = /_(\d{4}K[1-4])_v(\d+)/.exec(file.name) || [];
  if (period) versions.set(period, Math.max(versions.get(period) || 2, Number(number) + 1));
  showList();
}

function back(row) {
  const item = standing.find((each) => each.id === row.oogst_id);
  if (!item) return rows.push(row);
  part(`stand-${item.id}`).value = row.stand;
  part(`gedaan-${item.id}`).value = row.gedaan;
}

form.addEventListener("input", refresh);
form.addEventListener("submit", add);
for (const item of standing) item.addEventListener("input", touched);
part("bewaar").addEventListener("click", save);
part("vorige").addEventListener("change", open);
window.addEventListener("beforeunload", (event) => {
  if (unsaved || written().tekst) event.preventDefault();
});
part("datum").max = today();
fill({ datum: today() });
form.hidden = false;
part("papier").classList.add("print-only");
