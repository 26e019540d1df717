"use strict";
// What is told of a word stands in a card beside it, which pointers, keys and fingers reach.
const card = (() => {
  const box = document.getElementById("card");
  let owner = null;
  const hide = () => {
    box.hidden = true;
    owner?.removeAttribute("aria-describedby");
    owner = null;
  };
  const show = (word, lines) => {
    hide();
    owner = word;
    box.replaceChildren(...lines.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
    box.hidden = false;
    word.setAttribute("aria-describedby", "card");
    const place = word.getBoundingClientRect();
    const below = place.bottom + box.offsetHeight + 14 < innerHeight;
    const left = Math.min(Math.max(place.left, 12), innerWidth - box.offsetWidth - 12);
    box.style.left = left + scrollX + "px";
    box.style.top = (below ? place.bottom + 8 : place.top - box.offsetHeight - 8) + scrollY + "px";
  };
  return { show, hide };
})();

// A key that is not meant for a field of a form or for the browser.
const isOurs = (event) => !(event.ctrlKey || event.altKey || event.metaKey)
  && (!/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.type === "checkbox");
