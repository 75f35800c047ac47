// The file: one row each, written as the contract has it, and read back.

function cell(text) {
  const special = text.includes(told.delimiter) || text.includes(told.quote) || /[\r\n]|^\s|\s$/.test(text);
  return special ? told.quote + text.replaceAll(told.quote, told.quote + told.quote) + told.quote : text;
}

function csv(rows) {
  const line = (cells) => cells.map(cell).join(told.delimiter) + "\r\n";
  const row = (each) => line(names.map((name) => (dates.includes(name) ? turned(each[name]) : each[name])));
  return "\ufeff" + line(told.columns.map((column) => column.header)) + rows.map(row).join("");
}

function records(text) {
  const rows = [[""]];
  let quoted = false;
  for (let place = 0; place < text.length; place++) {
    const sign = text[place];
    const row = rows[rows.length - 1];
    if (quoted && sign === told.quote && text[place + 1] === told.quote) row[row.length - 1] += text[place++];
    else if (sign === told.quote && (quoted || row[row.length - 1] === "")) quoted = !quoted;
    else if (!quoted && sign === told.delimiter) row.push("");
    else if (!quoted && sign === "\n") rows.push([""]);
    else row[row.length - 1] += sign;
  }
  return rows.map((row) => row.map((each) => each.replace(/\r$/, ""))).filter((row) => row.some(Boolean));
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes); // as Excel may have kept it
  }
}

function rowsIn(text) {
  const [header, ...rows] = records(text);
  const places = told.columns.map((column) => (header || []).indexOf(column.header));
  if (places.includes(-1)) return null;
  return rows.map((row) => Object.fromEntries(names.map((name, n) => [name, read(name, row[places[n]] || "")])));
}

function read(name, text) {
  if (!dates.includes(name) || !/^\d{1,2}-\d{1,2}-\d{4}$/.test(text)) return clean(text);
  const [day, month, year] = text.split("-");
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
