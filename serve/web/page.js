// Pages read well without this: it opens an address with ?span= at its passage, and lets "/" begin a search.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const here = document.getElementById("here");
  if (here && !location.hash) here.scrollIntoView({ block: "center" });
});

addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.closest("input, textarea, select, [contenteditable]")) return;
  e.preventDefault();
  document.getElementById("q").focus();
});
