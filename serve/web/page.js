// Pages read well without this. It opens an address with ?span= at its passage, copies citations, and lets a person go through
// rows by keys; keys are left alone in text fields and with modifiers.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const here = document.getElementById("here");
  if (here && !location.hash) here.scrollIntoView({ block: "center" });
  for (const e of document.querySelectorAll("[data-copy], [data-keys]")) e.hidden = false;
});

// say tells what happened, on the element and to screen readers.
const say = (e, words) => {
  const before = e.dataset.label || (e.dataset.label = e.textContent);
  e.textContent = words;
  document.getElementById("said").textContent = words;
  setTimeout(() => { e.textContent = before; }, 2000);
};

addEventListener("click", async (event) => {
  const e = event.target.closest("a.cite, [data-copy], [data-keys]");
  if (!e || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (e.matches("[data-keys]")) return document.getElementById("keys").showModal();
  if (e.matches("[data-copy]")) {
    await navigator.clipboard.writeText(document.getElementById(e.dataset.copy).textContent);
    return say(e, "Copied");
  }
  event.preventDefault();
  try {
    const address = new URL(e.href);
    address.searchParams.set("as", "text");
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    await navigator.clipboard.writeText(await answer.text());
    say(e, "Citation copied");
  } catch {
    location.assign(e.href); // the page that shows it
  }
});

// A passage opens in its place: the sentences that hold the statement, its words marked. Without script, or where something fails, the link
// leads to the article.
const passage = async (link) => {
  const id = link.pathname.split("/").pop();
  const row = link.closest("li, .row");
  const open = row.querySelector(`:scope > .passage[data-of="${CSS.escape(id)}"]`);
  if (open) return open.remove();
  const answer = await fetch(`/api/v1/passages?ids=${encodeURIComponent(id)}`);
  if (!answer.ok) throw new Error(answer.statusText);
  const { statement, around } = (await answer.json()).passages[0];
  const letters = [...around.text]; // code points
  const box = document.createElement("blockquote");
  box.className = "passage";
  box.dataset.of = id;
  box.dir = "auto";
  let at = around.start;
  const take = (to) => letters.slice(at - around.start, (at = to) - around.start).join("");
  for (const { start, end } of statement.content.filter((s) => s.start >= around.start && s.end <= around.end)) {
    box.append(take(start));
    const mark = document.createElement("mark");
    mark.className = "content";
    mark.textContent = take(end);
    box.append(mark);
  }
  box.append(take(around.end), " ");
  const whole = document.createElement("a");
  whole.href = link.href;
  whole.textContent = "in the article";
  box.append(whole);
  link.closest(".by").after(box);
};

addEventListener("click", async (event) => {
  const link = event.target.closest("a.in-place");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  try {
    await passage(link);
  } catch {
    location.assign(link.href);
  }
});

// rows are what j and k go through: those that can be seen.
const rows = () => [...document.querySelectorAll("[data-row]")].filter((r) => r.checkVisibility());

const step = (by) => {
  const all = rows();
  const at = all.indexOf(document.activeElement.closest("[data-row]"));
  const below = all.findIndex((r) => r.getBoundingClientRect().top >= 0);
  const to = all[at >= 0 ? at + by : Math.max(0, below)];
  if (!to) return;
  to.tabIndex = -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const keys = document.getElementById("keys");
  if (keys.open) return;
  switch (event.key) {
    case "/":
      document.getElementById("q").focus();
      break;
    case "?":
      keys.showModal();
      break;
    case "j":
      step(1);
      break;
    case "k":
      step(-1);
      break;
    case "a":
    case "x":
    case "e":
    case "r": {
      const row = document.activeElement.closest("[data-row]");
      const form = document.querySelector("form[data-review]");
      const to = event.key === "r" ? row?.querySelector("a.review")
        : (row || form)?.querySelector(`[data-key="${event.key}"]`);
      if (to && to.matches("a")) {
        const address = new URL(to.href);
        if (!address.searchParams.has("back")) address.searchParams.set("back", location.pathname + location.search);
        location.assign(address);
      } else if (to) to.click();
      else if (event.key === "e" && form) form.querySelector("fieldset input, fieldset select")?.focus();
      else return;
      break;
    }
    case "c":
      document.activeElement.closest("[data-row]")?.querySelector("a.cite")?.click();
      return;
    case "Enter": {
      if (!event.target.matches("[data-row]")) return; // a link, a button: its own
      const link = event.target.querySelector('a[href^="/statement/"], a[href^="/figure/"]') || event.target.querySelector("a[href]");
      if (!link) return;
      location.assign(link.href);
      break;
    }
    default:
      return;
  }
  event.preventDefault();
});
