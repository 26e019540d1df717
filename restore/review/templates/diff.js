// What is shown of the rows: filters, folding, stepping, links to lines. Changes are few beside the rows: a filter goes
// through all of them, but elements are made only of the chunks near the window.
(() => {
  const CONTEXT = 2;  // unchanged lines that stay in sight beside a changed one
  const FOLD = 4;  // so many unchanged lines or more are folded
  const { rows, marks, chunks, labels, make } = sheet;
  const main = document.querySelector("main");
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const told = (key, values) => labels[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const shownNumber = (value) => value.toLocaleString(sheet.lang === "vi" ? "de-DE" : "en-GB");

  // Filters
  const chips = { kind: all(".chip[data-kind]"), state: all(".chip[data-state]") };
  const off = { kind: new Set(), state: new Set() };
  const search = find("input[type=search]");
  const folding = find("input[data-fold]");
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  let wanted = "";
  const holds = (row) => {
    if (!wanted) return true;
    if (row.plain === undefined) row.plain = (row.left + "\n" + row.right).toLowerCase().normalize("NFC");
    if (bare(wanted) !== wanted) return row.plain.includes(wanted);
    if (row.bare === undefined) row.bare = bare(row.plain);
    return row.bare.includes(wanted);
  };
  const holdsMark = (mark) => holds(mark.row) || mark.more.some(holds);
  const isOn = (mark) => !off.kind.has(mark.kind) && !off.state.has(mark.state) && holdsMark(mark);

  const count = () => {
    const counts = { kind: {}, state: {} };
    for (const mark of marks) {
      if (!holdsMark(mark)) continue;
      if (!off.state.has(mark.state)) counts.kind[mark.kind] = (counts.kind[mark.kind] || 0) + 1;
      if (!off.kind.has(mark.kind)) counts.state[mark.state] = (counts.state[mark.state] || 0) + 1;
    }
    for (const by of ["kind", "state"]) {
      for (const chip of chips[by]) chip.querySelector("b").textContent = shownNumber(counts[by][chip.dataset[by]] || 0);
    }
  };

  // Folding
  const bar = (row) => {
    const hidden = rows.slice(row.index, row.index + row.fold);
    const button = make("button", "fold", told("same-lines", { count: shownNumber(row.fold) }));
    button.type = "button";
    button.dataset.row = row.index;
    // What is folded can still be found by the browser, which then opens it.
    const text = make("pre", "folded", hidden.map((one) =>
      one.left === one.right ? one.left : one.left + "\n" + one.right).join("\n"));
    text.setAttribute("hidden", "until-found");
    text.addEventListener("beforematch", () => unfold(row));
    const box = make("div", "bar-of-fold");
    box.append(button, text);
    return box;
  };
  const fold = () => {
    const isFiltered = wanted || off.kind.size || off.state.size;
    const context = isFiltered ? 0 : CONTEXT;
    let last = -Infinity;
    rows.forEach((row, index) => {
      row.on = row.pieces.some(({ mark }) => isOn(mark));
      if (row.on) last = index;
      row.fold = 0;
      row.shown = row.open || !folding.checked || index - last <= context;
    });
    for (let index = rows.length - 1, next = Infinity; index >= 0; index--) {
      if (rows[index].on) next = index;
      if (next - index <= context) rows[index].shown = true;
    }
    for (let start = 0, end; start < rows.length; start = end + 1) {
      for (end = start; end < rows.length && !rows[end].shown;) end++;
      if (end - start >= FOLD || isFiltered) rows[start].fold = end - start;
      else for (let index = start; index < end; index++) rows[index].shown = true;
    }
  };
  const unfold = (row) => {
    for (let index = row.index, end = row.index + row.fold; index < end; index++) rows[index].open = true;
    refresh();
  };

  // Chunks
  let now = null;
  const render = (chunk) => {
    if (!chunk.stale) return;
    chunk.stale = false;
    const images = sheet.images(chunk);
    const parts = [];
    chunk.rows.forEach((row) => {
      if (row.fold) parts.push(bar(row));
      if (row.shown) parts.push(sheet.line(row, images[row.l], isOn));
    });
    chunk.element.replaceChildren(...parts);
    if (now) for (const word of wordsOf(now)) word.classList.add("now");
  };
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const chunk = chunks[Number(entry.target.dataset.c)];
      chunk.near = entry.isIntersecting;
      if (chunk.near) render(chunk);
    }
  }, { rootMargin: "1000px 0px" });
  const refresh = () => {
    fold();
    count();
    for (const chunk of chunks) {
      const shown = chunk.rows.filter((row) => row.shown).length;
      const folds = chunk.rows.filter((row) => row.fold).length;
      chunk.stale = true;
      chunk.element.hidden = !shown && !folds;
      // A guess for chunks that nobody has seen: a row of text, and half as much again for the image of its line.
      const height = shown * 36 + folds * 40 + (chunk.images.length ? shown * 20 : 0);
      chunk.element.style.containIntrinsicSize = "auto 1000px auto " + height + "px";
      if (chunk.near) render(chunk);
    }
    find(".none").hidden = !marks.length || rows.some((row) => row.on);
    stops = null;
    tell();
    draw();
  };

  // Stepping
  const output = find(".steps output");
  let stops = null;
  const wordsOf = (mark) => all(`[data-m="${mark.id}"], [data-f="${mark.id}"]`);
  const isDoubt = (mark) => mark.state === "review" || mark.state === "suggested";
  const gather = () => {
    const on = marks.filter(isOn);
    const doubts = on.filter(isDoubt);
    stops = { change: on, doubt: doubts.length ? doubts : on };
  };
  const tell = () => {
    if (!stops) gather();
    if (output) output.textContent = (now ? shownNumber(stops.doubt.indexOf(now) + 1 || stops.change.indexOf(now) + 1) : "–")
      + " / " + shownNumber(!now || stops.doubt.includes(now) ? stops.doubt.length : stops.change.length);
  };
  const reach = (row, element) => {
    if (!row.shown) {
      row.open = true;
      refresh();
    }
    render(row.chunk);
    const place = element();
    place?.scrollIntoView({ block: "center", behavior: "instant" });
    // The chunks around get their true height only now.
    requestAnimationFrame(() => requestAnimationFrame(() => place?.scrollIntoView({ block: "center", behavior: "instant" })));
    return place;
  };
  const go = (mark) => {
    for (const word of all(".now")) word.classList.remove("now");
    now = mark;
    const word = reach(mark.row, () => wordsOf(mark).find((one) => one.tabIndex >= -1 && one.tagName === "INS") || wordsOf(mark)[0]);
    for (const one of wordsOf(mark)) one.classList.add("now");
    word?.focus({ preventScroll: true });
    tell();
  };
  const step = (by, which) => {
    if (!stops) gather();
    const list = stops[which];
    if (!list.length) return;
    const at = now ? list.indexOf(now) : -1;
    if (now && at < 0) {  // between two of them: the next one in the text
      const behind = list.findIndex((mark) => mark.id > now.id);
      go(by > 0 ? list[behind < 0 ? 0 : behind] : list[((behind < 0 ? list.length : behind) - 1 + list.length) % list.length]);
    } else go(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length]);
  };

  // The map: where in the document something is marked, amber where a person is needed.
  const map = find("canvas.map");
  const draw = () => {
    const style = getComputedStyle(document.body);
    const height = map.clientHeight, width = map.clientWidth;
    if (!height) return;
    map.height = height * devicePixelRatio;
    map.width = width * devicePixelRatio;
    const pen = map.getContext("2d");
    // As much ink in each pixel as there are such rows among those that fall on it.
    const steps = Math.min(rows.length, map.height);
    for (const doubt of [false, true]) {
      const tally = new Float32Array(steps);
      for (const row of rows) {
        if (row.on && row.pieces.some(({ mark }) => isOn(mark) && isDoubt(mark)) === doubt) {
          tally[Math.floor(row.index / rows.length * steps)] += steps / rows.length;
        }
      }
      pen.fillStyle = style.getPropertyValue(doubt ? "--doubt-edge" : "--faint");
      tally.forEach((share, index) => {
        pen.globalAlpha = Math.min(share, 1);
        if (share) pen.fillRect(doubt ? map.width / 2 : 0, index / steps * map.height, map.width / 2, Math.ceil(map.height / steps));
      });
    }
  };
  map.addEventListener("click", (event) => {
    const row = rows[Math.min(Math.floor(event.offsetY / map.clientHeight * rows.length), rows.length - 1)];
    const shown = row.shown ? row : rows.slice(row.index).find((one) => one.shown) || row;
    reach(shown, () => rowElement(shown));
  });

  // Links to lines
  const rowElement = (row) => {
    const at = row.chunk.rows.filter((one) => one.shown).indexOf(row);
    return [...row.chunk.element.children].filter((one) => one.classList.contains("r"))[at];
  };
  const follow = () => {
    const wantedLine = Number(/^#L(\d+)$/.exec(location.hash)?.[1]);
    const row = wantedLine && rows.find((one) => one.l >= wantedLine);
    if (!row) return;
    for (const one of all(".target")) one.classList.remove("target");
    reach(row, () => rowElement(row))?.classList.add("target");
  };

  // What people do
  for (const by of ["kind", "state"]) {
    for (const chip of chips[by]) {
      chip.addEventListener("click", () => {
        const name = chip.dataset[by];
        if (!off[by].delete(name)) off[by].add(name);
        chip.setAttribute("aria-pressed", String(!off[by].has(name)));
        refresh();
      });
    }
  }
  find("input[data-only-review]")?.addEventListener("change", (event) => {
    for (const chip of chips.state) {
      const isOff = event.target.checked && !["review", "suggested"].includes(chip.dataset.state);
      if (isOff) off.state.add(chip.dataset.state);
      else off.state.delete(chip.dataset.state);
      chip.setAttribute("aria-pressed", String(!isOff));
    }
    refresh();
  });
  folding.addEventListener("change", () => {
    for (const row of rows) row.open = false;
    refresh();
  });
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      wanted = search.value.trim().replace(/\s+/g, " ").toLowerCase().normalize("NFC");
      refresh();
    }, 120);
  });
  const markOf = (event) => marks[Number(event.target.closest?.("[data-m]")?.dataset.m ?? -1)];
  const light = (mark, on) => { for (const word of wordsOf(mark)) word.classList.toggle("twin", on); };
  for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    main.addEventListener(begin, (event) => {
      const mark = markOf(event);
      if (!mark) return;
      card.show(event.target.closest("[data-m]"), sheet.told(mark));
      light(mark, true);
    });
    main.addEventListener(end, (event) => {
      const mark = markOf(event);
      if (!mark) return;
      card.hide();
      light(mark, false);
    });
  }
  main.addEventListener("click", (event) => {
    const button = event.target.closest("button.fold");
    if (button) return unfold(rows[Number(button.dataset.row)]);
    const mark = markOf(event);
    if (mark) {
      for (const word of all(".now")) word.classList.remove("now");
      now = mark;
      for (const word of wordsOf(mark)) word.classList.add("now");
      event.target.closest("[data-m]").focus({ preventScroll: true });
      tell();
    }
  });
  for (const button of all("button[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step), "doubt"));
  const help = find("dialog");
  find("button[data-help]").addEventListener("click", () => help.showModal());
  const keys = {
    n: () => step(1, "doubt"), p: () => step(-1, "doubt"), j: () => step(1, "change"), k: () => step(-1, "change"),
    f: () => folding.click(), "?": () => help.showModal(), Escape: card.hide,
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === search) search.blur();
    if (!isOurs(event) || help.open) return;
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else keys[event.key]?.();
  });
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => chunks.forEach(render));
  addEventListener("resize", draw);

  chunks.forEach((chunk, index) => { chunk.element.dataset.c = index; });
  document.body.classList.add("ready");
  refresh();
  for (const chunk of chunks) near.observe(chunk.element);
  follow();
})();
