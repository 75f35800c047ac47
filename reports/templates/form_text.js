"use strict";
// What every form shares: what it knows of its contract, texts, days; nothing here touches the page.
const told = JSON.parse(document.getElementById("gegevens").textContent);
const names = told.columns.map((column) => column.name);
const dates = told.columns.filter((column) => column.date).map((column) => column.name);

const clean = (text) =>
  text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim();

// Whatever the municipality would call a possible personal detail is told here first.
function personal(text) {
  const found = new Set();
  if (text.includes("@")) found.add("een e-mailadres");
  for (const [run] of text.matchAll(/\d(?:[ .()\/-]{0,2}\d){7,}/g)) found.add(number(run.replace(/\D/g, "")));
  if (/\b[1-9]\d{3} ?[A-Z]{2}\b/.test(text)) found.add("een postcode");
  if (/\p{L}(?:straat|laan|weg|plein|gracht|kade|dijk|singel|hof) \d/iu.test(text)) found.add("een adres");
  return [...found];
}

function number(digits) {
  if (digits.length < 10 && elevenTest(digits.padStart(9, "0"))) return "een burgerservicenummer (BSN)";
  return /^(0|31)/.test(digits) ? "een telefoonnummer" : "een lang nummer";
}

function elevenTest(digits) {
  const sum = [9, 8, 7, 6, 5, 4, 3, 2, -1].reduce((total, weight, place) => total + weight * digits[place], 0);
  return sum % 11 === 0 && /[1-9]/.test(digits);
}

// ---- days and quarters ----

function today() {
  const now = new Date();
  const two = (value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const quarter = (day) => `${day.slice(0, 4)}K${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
const quarterInWords = (period) => `het ${period.slice(5)}e kwartaal van ${period.slice(0, 4)}`;
const turned = (day) => day.split("-").reverse().join("-");
