// Keys for people who read with them; every page works without this file.
"use strict";
(() => {
  const items = () => [...document.querySelectorAll(".hit, .event, .printings > li, .speakers tbody tr")];
  const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;
  let at = -1;

  const move = (by) => {
    const all = items();
    if (all.length === 0) return;
    at = Math.min(Math.max(at + by, 0), all.length - 1);
    // Of several the words lead to the quote; the first in the page would be its speaker.
    const link = ["blockquote a", ".who a", "a"].map((way) => all[at].querySelector(way)).find((found) => found);
    all.forEach((item, index) => item.classList.toggle("at", index === at));
    all[at].scrollIntoView({ block: "nearest" });
    if (link) link.focus({ preventScroll: true });
  };

  const search = () => {
    const field = document.querySelector("#q, #q-top");
    if (field) { field.focus(); field.select(); }
  };

  // Whether single keys do something is kept in this browser; where it keeps nothing, they do.
  const KEPT = "onrecord.keys";
  const areKeysOn = () => {
    try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; }
  };
  const keepKeys = (areOn) => {
    try {
      if (areOn) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, "off");
      return true;
    } catch { return false; }
  };

  for (const choice of document.querySelectorAll("[data-keys]")) {
    const box = choice.querySelector("input");
    const told = choice.querySelector("[role=status]");
    box.checked = areKeysOn();
    choice.hidden = false;
    box.addEventListener("change", () => {
      const isKept = keepKeys(box.checked);
      if (!isKept) box.checked = true;
      told.textContent = !isKept ? "This browser cannot remember it." : box.checked ? "Keys are on." : "Keys are off.";
    });
  }

  document.addEventListener("keydown", (event) => {
    if (!areKeysOn()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const keys = { "/": search, j: () => move(1), k: () => move(-1), "?": () => location.assign("/help#keys") };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // What is wider than its place begins where most of it is.
  for (const scroll of document.querySelectorAll("[data-busiest]")) {
    const middle = Number(scroll.dataset.busiest) * scroll.scrollWidth;
    scroll.scrollLeft = middle - scroll.clientWidth / 2;
  }

  // A button to copy what can else be marked and copied by hand.
  for (const text of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const told = document.createElement("span");
    told.className = "aside";
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        told.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(text);
        told.textContent = "Marked: copy it with your keys";
      }
    });
    text.after(button, " ", told);
  }
})();
