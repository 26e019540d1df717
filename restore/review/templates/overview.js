"use strict";
// The list of documents: sorted by any column, only those of some kinds, only some names.
(() => {
  const body = document.querySelector("tbody");
  if (!body) return;
  const rows = [...body.rows];
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const names = rows.map((row) => bare(row.dataset.name));
  const kinds = rows.map((row) => new Set(row.dataset.kinds.split(" ")));
  const search = document.querySelector("input[type=search]");
  const differing = document.querySelector("input[data-differing]");
  const output = document.querySelector("output");
  const wanted = new Set();

  const filter = () => {
    const text = bare(search.value.trim());
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !names[index].includes(text) || (differing.checked && row.dataset.share === "0.000000")
        || [...wanted].some((kind) => !kinds[index].has(kind));
      shown += !row.hidden;
    });
    output.textContent = shown + " / " + rows.length;
  };
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const sort = (header, key) => {
    const down = header.getAttribute("aria-sort") === (key === "name" ? "ascending" : "none")
      || (key !== "name" && header.getAttribute("aria-sort") === "ascending");
    for (const other of document.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = key === "name" ? (a, b) => collator.compare(a.dataset.name, b.dataset.name)
      : (a, b) => Number(a.dataset[key]) - Number(b.dataset[key]);
    body.append(...[...rows].sort((a, b) => (down ? -1 : 1) * order(a, b)));
  };
  for (const button of document.querySelectorAll("button[data-sort]")) {
    button.addEventListener("click", () => sort(button.closest("th"), button.dataset.sort));
  }
  for (const chip of document.querySelectorAll(".chip")) {
    chip.addEventListener("click", () => {
      if (!wanted.delete(chip.dataset.kind)) wanted.add(chip.dataset.kind);
      chip.setAttribute("aria-pressed", String(wanted.has(chip.dataset.kind)));
      filter();
    });
  }
  search.addEventListener("input", filter);
  differing.addEventListener("change", filter);
  filter();
})();
