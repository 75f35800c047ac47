const stories = [];
let changing = null; // the place of the story that is being changed
const unsaved = new Set(); // the quarters of which the file is not up to date
const numbers = new Map(); // per quarter the number of its next file

function filledIn() {
  const story = written();
  for (const name of names) if (told.nothing.includes(story[name].toLowerCase())) story[name] = "";
  if (!needsDate(story)) story.toestemming_datum = story.herkenbaar_gecheckt_door = "";
  return story;
}

const newId = (story) => numbered(story.datum, new Set(stories.map((each) => each.verhaal_id)));

// ---- what the page shows ----

function showPersonal(found) {
  const shown = found.length > 0;
  if (!shown) part("zeker").checked = false;
  part("herkenbaar").hidden = !shown;
  part("herkenbaar-wat").textContent = shown ? `In uw tekst lijkt ${found.join(" en ")} te staan.` : "";
}

function showList() {
  const items = stories.map((story, place) => {
    const item = document.createElement("li");
    item.append(make("h3", story.titel), make("p", `${turned(story.datum)}, nummer ${story.verhaal_id}`, { class: "quiet" }));
    const found = [...faults(story).map(([, text]) => text), ...recognisable(story).map((what) => `Let op: hier lijkt ${what} te staan.`)];
    for (const text of found) item.append(make("p", text, { class: "fault" }));
    item.append(button("Verander", story.titel, () => change(place)), button("Haal weg", story.titel, () => remove(place)));
    return item;
  });
  part("lijst").replaceChildren(...items);
  part("aantal").textContent = stories.length ? `Uw verhalen (${stories.length})` : "Uw verhalen";
  part("leeg").hidden = stories.length > 0;
  showSaving();
}

function showSaving() {
  const good = stories.every((story) => !faults(story).length);
  const periods = [...new Set(stories.map((story) => quarter(story.datum)))].sort();
  const buttons = periods.map((period) => {
    const own = stories.filter((story) => quarter(story.datum) === period);
    const made = make("button", `Bewaar ${count(own.length)} van ${quarterInWords(period)}`, { type: "button", class: "main" });
    made.addEventListener("click", () => save(period, own));
    return made;
  });
  part("bewaren").replaceChildren(...(good ? buttons : [make("p", "Verander eerst de verhalen waar iets bij staat.", { class: "fault" })]));
}

function fill(story) {
  form.reset();
  for (const [name, value] of Object.entries(story)) if (form.elements[name]) form.elements[name].value = value;
  if (story.boog) part("meer").open = true;
  refresh();
}

function refresh() {
  const story = filledIn();
  part("bij-toestemming").hidden = !needsDate(story);
  const total = words(story.tekst);
  part("teller").textContent = `${total} van ${told.words} woorden`;
  part("teller").classList.toggle("over", total > told.words);
  showPersonal(recognisable(story));
}

// ---- what a person does ----

function add(event) {
  event.preventDefault();
  const story = filledIn();
  const found = faults(story);
  if (!found.length && recognisable(story).length && !part("zeker").checked)
    found.push(["zeker", "Haal weg waaraan iemand te herkennen is, of zet het vinkje bij ‘Toch goed’."]);
  showFaults(found);
  if (found.length) return;
  story.partner_id = told.partner;
  story.verhaal_id = changing === null ? newId(story) : stories[changing].verhaal_id;
  if (changing === null) stories.push(story);
  else touched(...stories.splice(changing, 1, story));
  touched(story);
  startAgain();
  showList();
  part("aantal").focus();
  say(`Het verhaal staat in de lijst. U hebt nu ${count(stories.length)}. Vergeet niet te bewaren.`);
}

function touched(story) {
  unsaved.add(quarter(story.datum));
  part("gedaan-bestand").hidden = true;
}

function startAgain() {
  changing = null;
  part("voegtoe").textContent = "Zet dit verhaal in de lijst";
  fill({ datum: today(), toestemming_datum: today() });
  showFaults([]);
}

function change(place) {
  changing = place;
  part("voegtoe").textContent = "Bewaar de verandering";
  fill(stories[place]);
  showFaults([]);
  field("titel").focus();
}

function remove(place) {
  touched(...stories.splice(place, 1));
  if (changing !== null) startAgain();
  showList();
  part("aantal").focus();
  say(`Het verhaal is weg. U hebt nu ${count(stories.length)}.`);
}

function save(period, rows) {
  const next = numbers.get(period) || 1;
  const name = download(rows, period, next);
  numbers.set(period, next + 1);
  unsaved.delete(period);
  say(`Bewaard als ${name}.`);
}

async function open(event) {
  const [file] = event.target.files;
  if (!file) return;
  const found = rowsIn(decoded(await file.arrayBuffer()).replace(/^\ufeff/, ""));
  if (!found) {
    part("geopend").textContent = "Dit bestand kennen wij niet. Kies het bestand dat u met dit formulier bewaarde.";
    return;
  }
  const known = new Set(stories.map((story) => story.verhaal_id));
  stories.push(...found.filter((story) => !known.has(story.verhaal_id)));
  const [, period, number] = /_(\d{4}K[1-4])_v(\d+)/.exec(file.name) || [];
  for (const each of new Set(found.map((story) => quarter(story.datum))))
    numbers.set(each, Math.max(numbers.get(each) || 2, each === period ? Number(number) + 1 : 2));
  showList();
  part("geopend").textContent = `Geopend: ${count(found.length)}. Zij staan in de lijst onderaan.`;
}

let pause;
form.addEventListener("input", () => {
  refresh();
  clearTimeout(pause);
  const total = words(filledIn().tekst);
  if (document.activeElement === part("tekst"))
    pause = setTimeout(() => say(`${total} van ${told.words} woorden.`), 1500);
});
form.addEventListener("submit", add);
part("vorige").addEventListener("change", open);
window.addEventListener("beforeunload", (event) => {
  const left = stories.some((story) => unsaved.has(quarter(story.datum)));
  if (left || filledIn().tekst) event.preventDefault();
});
for (const name of dates) part(name).max = today();
startAgain();
showList();
part("pagina").hidden = false;
