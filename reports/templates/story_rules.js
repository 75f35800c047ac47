// What a story must satisfy, as the contract and its rules have it; nothing here touches the page.
const words = (text) => (text.match(/[^ \t\r\n]+/g) || []).length;

const needsDate = (story) => ["ja", "ingetrokken"].includes(story.toestemming);

function faults(story) {
  const found = [];
  for (const { name, required, max, empty } of told.columns) {
    const own = name === "partner_id" || name === "verhaal_id";
    if (required && !own && !story[name]) found.push([name, empty]);
    if (max && story[name].length > max) found.push([name, `Maak dit korter: hoogstens ${max} tekens.`]);
  }
  if (words(story.tekst) > told.words)
    found.push(["tekst", `Het verhaal heeft ${words(story.tekst)} woorden. Maak het korter, tot hoogstens ${told.words}.`]);
  if (needsDate(story) && !story.toestemming_datum)
    found.push(["toestemming_datum", "Kies de dag waarop de verteller dat zei."]);
  for (const name of dates)
    if (story[name] && (story[name] > today() || story[name] < "2000-01-01"))
      found.push([name, "Deze dag kan niet. Kies een dag die al geweest is."]);
  return found;
}

const recognisable = (story) => personal(told.free.map((name) => story[name]).join("\n"));

const count = (number) => (number === 1 ? "1 verhaal" : `${number} verhalen`);
