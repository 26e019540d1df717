(() => {
  const body = document.body;
  const main = document.querySelector("main");
  for (const chip of document.querySelectorAll(".chip")) {
    chip.addEventListener("click", () => {
      const off = body.classList.toggle("off-" + chip.dataset.kind);
      chip.setAttribute("aria-pressed", String(!off));
    });
  }

  // The titles move into the card, which can be styled.
  const words = [...main.querySelectorAll("[title]")];
  for (const word of words) {
    word.dataset.told = word.title;
    word.removeAttribute("title");
    const show = () => card.show(word, word.dataset.told.split("\n"));
    word.addEventListener("pointerenter", show);
    word.addEventListener("pointerleave", card.hide);
    word.addEventListener("focus", show);
    word.addEventListener("blur", card.hide);
    word.addEventListener("click", () => word.focus({ preventScroll: true }));
  }

  // n and p step through the places in doubt, or through all changes where nothing is.
  let stops = words.filter((word) => word.classList.contains("doubt"));
  if (!stops.length) stops = words;
  const output = document.querySelector(".steps output");
  let at = -1;
  const told = () => { if (output) output.textContent = (at < 0 ? "–" : at + 1) + " / " + stops.length; };
  const step = (by) => {
    if (!stops.length) return;
    stops[at]?.classList.remove("now");
    at = at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length;
    stops[at].classList.add("now");
    stops[at].scrollIntoView({ block: "center", behavior: "instant" });
    stops[at].focus({ preventScroll: true });
    told();
  };
  told();
  for (const button of document.querySelectorAll("button[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") card.hide();
  });
})();
