"use strict";
(() => {
  const body = document.body;
  const main = document.querySelector("main");
  const card = document.getElementById("card");
  const rows = [...main.querySelectorAll("tr.c")];

  // Rows whose changes are all of hidden kinds count as unchanged.
  const showRows = () => {
    for (const row of rows) {
      const seen = [...row.querySelectorAll("[data-k]")].some(
        (word) => word.classList.contains("doubt") || !body.classList.contains("off-" + word.dataset.k));
      row.classList.toggle("shown", seen);
    }
  };
  showRows();
  for (const chip of document.querySelectorAll(".chip")) {
    chip.addEventListener("click", () => {
      const off = body.classList.toggle("off-" + chip.dataset.kind);
      chip.setAttribute("aria-pressed", String(!off));
      showRows();
    });
  }
  for (const box of document.querySelectorAll("input[data-filter]")) {
    const filter = () => body.classList.toggle(box.dataset.filter, box.checked);
    box.addEventListener("change", filter);
    filter();
  }

  // The titles move into a card, which can be styled, and can be reached with keys and fingers.
  const words = [...main.querySelectorAll("[title]")];
  const show = (word) => {
    card.replaceChildren(...word.dataset.told.split("\n").map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
    card.hidden = false;
    const place = word.getBoundingClientRect();
    const below = place.bottom + card.offsetHeight + 14 < innerHeight;
    const left = Math.min(Math.max(place.left, 12), innerWidth - card.offsetWidth - 12);
    card.style.left = left + scrollX + "px";
    card.style.top = (below ? place.bottom + 8 : place.top - card.offsetHeight - 8) + scrollY + "px";
    twins(word, true);
  };
  const twins = (word, on) => {
    for (const twin of main.querySelectorAll(`[data-p="${word.dataset.p}"]`)) twin.classList.toggle("twin", on);
  };
  const hide = () => {
    card.hidden = true;
    for (const twin of main.querySelectorAll(".twin")) twin.classList.remove("twin");
  };
  for (const word of words) {
    word.dataset.told = word.title;
    word.setAttribute("aria-description", word.title);
    word.removeAttribute("title");
    word.addEventListener("pointerenter", () => show(word));
    word.addEventListener("pointerleave", hide);
    word.addEventListener("focus", () => show(word));
    word.addEventListener("blur", hide);
    word.addEventListener("click", () => word.focus({ preventScroll: true }));
  }

  // n and p step through the places in doubt, or through all changes where nothing is.
  let stops = words.filter((word) => word.classList.contains("doubt"));
  if (!stops.length) stops = words;
  const output = document.querySelector(".steps output");
  let at = -1;
  const told = () => { if (output) output.textContent = (at < 0 ? "–" : at + 1) + " / " + stops.length; };
  const step = (by) => {
    const open = stops.filter((word) => word.getClientRects().length);
    if (!open.length) return;
    const from = open.indexOf(stops[at]);
    const next = open[from < 0 ? (by > 0 ? 0 : open.length - 1) : (from + by + open.length) % open.length];
    if (stops[at]) stops[at].classList.remove("now");
    at = stops.indexOf(next);
    next.classList.add("now");
    next.scrollIntoView({ block: "center", behavior: "instant" });
    next.focus({ preventScroll: true });
    told();
  };
  told();
  for (const button of document.querySelectorAll("button[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") hide();
  });
})();
