"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const say = data.say;
  const PAGE = 50;
  const [NAME, STATE, TYPE, NUMBER, ISSUER, DATE, PAGES, WORDS, CHANGED, REVIEW, SURE, NEED, REASONS, BINS, DECISIONS, ERROR] =
    Array(16).keys();
  const rows = data.rows;
  const byId = (id) => document.getElementById(id);
  const body = document.querySelector("#list tbody");

  // ---- how things are said
  const locale = data.lang === "vi" ? "vi-VN" : "en-GB";
  const number = new Intl.NumberFormat(locale).format;
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format;
  const percent = (share) => {
    const value = 100 * share; // never rounded up to certainty
    return number(share > 0.99 || value < 9.95 ? Math.floor(10 * value) / 10 : Math.round(value)) +
      (data.lang === "vi" ? " %" : "%");
  };
  const duration = (seconds) => {
    if (!seconds) return say.none;
    if (seconds < 60) return say.short;
    const minutes = Math.round(seconds / 60);
    if (minutes < 90) return say.minutes.replace("{n}", number(minutes));
    const parts = Math.round(seconds / 360);
    return say.hours.replace("{n}", parts >= 100 ? number(Math.round(parts / 10)) : tenths(parts / 10));
  };
  const day = (date) => (data.lang === "vi" ? date.split("-").reverse().join("/") : date);
  // Marks that write nothing or turn the rest round, and line ends, are shown as escapes.
  const shown = (text) => text.replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (mark) => "\\u" + mark.charCodeAt(0).toString(16).padStart(4, "0"));
  const strip = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

  // ---- elements; text from documents is only ever text
  const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
  const draw = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  const fill = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // ---- what is filtered and how it is sorted; kept in the address, so that going back finds it again
  const view = { text: "", states: new Set(), groups: new Set(), type: "", issuer: "", sort: "", down: true, page: 0 };
  const named = (all, text) => new Set((text || "").split(",").map((name) => all.indexOf(name)).filter((i) => i >= 0));
  const readAddress = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    view.text = kept.get("q") || "";
    view.states = named(data.states, kept.get("state"));
    view.groups = named(data.groups, kept.get("why"));
    view.type = kept.get("type") || "";
    view.issuer = kept.get("issuer") || "";
    const sort = kept.get("sort") || "";
    view.sort = Object.hasOwn(KEYS, sort.replace("-", "")) ? sort.replace("-", "") : "";
    view.down = sort.startsWith("-");
    view.page = Math.max(0, Number.parseInt(kept.get("page"), 10) - 1 || 0);
    byId("search").value = view.text;
  };
  const writeAddress = () => {
    const kept = new URLSearchParams();
    const keep = (name, value) => value && kept.set(name, value);
    keep("q", view.text);
    keep("state", [...view.states].map((i) => data.states[i]).join());
    keep("why", [...view.groups].map((i) => data.groups[i]).join());
    keep("type", view.type);
    keep("issuer", view.issuer);
    keep("sort", view.sort && (view.down ? "-" : "") + view.sort);
    keep("page", view.page && String(view.page + 1));
    try { history.replaceState(null, "", "#" + kept); } catch { /* the page works without */ }
  };

  // ---- filters: a document passes all facets; each facet counts what passes the others
  const masks = rows.map((row) => {
    let mask = 0;
    for (let i = 0; i < row[REASONS].length; i += 2) mask |= 1 << data.codes[row[REASONS][i]][1];
    return mask;
  });
  const nameOf = (table, index) => (index < 0 ? "?" : "=" + table[index]); // "?" is unknown, "" is all
  let haystacks = null;
  const finder = (text) => {
    const words = text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return () => true;
    haystacks ||= rows.map((row) => {
      const told = [row[NAME], data.types[row[TYPE]], row[NUMBER], data.issuers[row[ISSUER]], row[DATE], day(row[DATE])];
      const full = told.filter(Boolean).join("\n").normalize("NFC").toLowerCase();
      return [full, strip(full)];
    });
    const plain = words.map((word) => (strip(word) === word ? 1 : 0));
    return (i) => words.every((word, k) => haystacks[i][plain[k]].includes(word));
  };
  let found = [];
  const filter = () => {
    const counts = { states: data.states.map(() => 0), groups: data.groups.map(() => 0), types: new Map(), issuers: new Map() };
    let wanted = 0;
    for (const group of view.groups) wanted |= 1 << group;
    const matches = finder(view.text);
    const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    found = [];
    for (let i = 0; i < rows.length; i++) {
      if (!matches(i)) continue;
      const row = rows[i], type = nameOf(data.types, row[TYPE]), issuer = nameOf(data.issuers, row[ISSUER]);
      const misses = [
        view.states.size && !view.states.has(row[STATE]), wanted && !(masks[i] & wanted),
        view.type && view.type !== type, view.issuer && view.issuer !== issuer,
      ];
      const missed = misses.filter(Boolean).length;
      if (missed > 1) continue;
      if (!missed) found.push(i);
      if (!missed || misses[0]) counts.states[row[STATE]]++;
      if (!missed || misses[1]) data.groups.forEach((_, group) => { counts.groups[group] += (masks[i] >> group) & 1; });
      if (!missed || misses[2]) add(counts.types, type);
      if (!missed || misses[3]) add(counts.issuers, issuer);
    }
    return counts;
  };

  // ---- sorting; documents come ranked, so need is the order they have
  const collator = new Intl.Collator(data.lang, { numeric: true });
  const KEYS = {
    need: (i) => -i,
    name: (i) => rows[i][NAME],
    state: (i) => rows[i][STATE],
    words: (i) => rows[i][WORDS],
    changed: (i) => rows[i][CHANGED] / (rows[i][WORDS] || 1),
    confidence: (i) => (rows[i][WORDS] ? rows[i][SURE] : -1),
  };
  const DOWN_FIRST = new Set(["need", "words", "changed"]);
  const sort = () => {
    const key = KEYS[view.sort || "need"];
    if (!view.sort) return;
    const keys = new Map(found.map((i) => [i, key(i)]));
    const compare = view.sort === "name" ? collator.compare : (a, b) => a - b;
    const sign = view.down ? -1 : 1;
    found.sort((a, b) => sign * compare(keys.get(a), keys.get(b)) || a - b);
  };

  // ---- facets
  const toggle = (set, value) => { if (!set.delete(value)) set.add(value); };
  const facet = (holder, labels, chosen, dots) => labels.map((label, index) => {
    const count = make("span", { class: "count" });
    const button = make("button", { type: "button" }, make("span", { class: "name" }, label), count);
    if (dots) button.prepend(make("span", { class: "dot " + dots[index], "aria-hidden": "true" }));
    button.addEventListener("click", () => { toggle(view[chosen], index); view.page = 0; show(); });
    holder.append(button);
    return (many, isOn) => {
      count.textContent = number(many);
      button.setAttribute("aria-pressed", String(isOn));
      button.classList.toggle("none", !many);
      button.hidden = !many && !isOn && !present[chosen].has(index);
    };
  });
  const present = { states: new Set(rows.map((row) => row[STATE])), groups: new Set() };
  data.groups.forEach((_, group) => { if (masks.some((mask) => (mask >> group) & 1)) present.groups.add(group); });
  const facets = {
    states: facet(byId("states"), data.states.map((s) => say["state-" + s]), "states", data.states),
    groups: facet(byId("groups"), data.groups.map((g) => say["group-" + g]), "groups"),
  };
  const showChoice = (select, counts, chosen) => {
    const names = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || collator.compare(a, b));
    if (chosen && !counts.has(chosen)) names.unshift(chosen);
    const option = (value, text) => make("option", { value }, text);
    select.replaceChildren(option("", say.all), ...names.map((name) =>
      option(name, `${name === "?" ? say.unknown : shown(name.slice(1))} (${number(counts.get(name) || 0)})`)));
    select.value = chosen;
  };
  for (const name of ["type", "issuer"]) {
    byId(name).addEventListener("change", (event) => { view[name] = event.target.value; view.page = 0; show(); });
  }

  // ---- plots
  const picture = (width, height, told, ...parts) => draw("svg",
    { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": told }, ...parts);
  const caption = (left, right) => make("p", {}, make("span", {}, left), make("b", {}, right));
  const plotGrades = () => {
    const counts = data.states.map((_, state) => found.reduce((sum, i) => sum + (rows[i][STATE] === state), 0));
    const told = data.states.map((state, i) => `${say["state-" + state]}: ${number(counts[i])}`);
    let x = 0;
    const parts = counts.map((count, state) => {
      const width = (100 * count) / (found.length || 1);
      const part = draw("rect", { class: "fill " + data.states[state], x, y: 14, width: Math.max(0, width - (width > 1 ? 0.4 : 0)), height: 28 });
      x += width;
      return part;
    });
    const bad = counts[0] + counts[1] + counts[2];
    byId("plot-grade").replaceChildren(picture(100, 56, told.join("; "), ...parts),
      caption(`${say["state-failed"]}, ${say["state-poor"]}, ${say["state-review"]}`, percent(bad / (found.length || 1))));
  };
  const edges = [...data.edges.map((edge) => 100 * edge), 100];
  const binName = (k) => (k ? `${tenths(edges[k - 1])}–${tenths(edges[k])} %` : `${say.below} ${tenths(edges[0])} %`);
  const plotConfidence = () => {
    const sums = edges.map((_, k) => found.reduce((sum, i) => sum + (rows[i][BINS][k] || 0), 0));
    const all = sums.reduce((a, b) => a + b, 0);
    const holder = byId("plot-confidence");
    if (!all) return holder.replaceChildren(make("p", {}, say["no-confidence"]));
    const told = sums.map((sum, k) => `${binName(k)}: ${number(sum)}`).join("; ");
    const ticks = make("p", { class: "ticks", "aria-hidden": "true" }, ...edges.map((edge, k) =>
      make("span", {}, k ? "≥ " + tenths(edges[k - 1]) : "< " + tenths(edge))));
    return holder.replaceChildren(picture(100, 56, told, ...bars(sums, all, 100, 56)), ticks);
  };
  // Square roots: the few words in doubt must be seen beside the many that are sure.
  const bars = (sums, all, width, height) => sums.map((sum, k) => {
    const tall = sum ? Math.max(1.5, height * Math.sqrt(sum / all)) : 0;
    const step = width / sums.length;
    return draw("rect", { class: k < 3 ? "bar low" : "bar", x: k * step + 0.06 * step, y: height - tall, width: 0.88 * step, height: tall },
      draw("title", {}, `${binName(k)}: ${number(sum)}`));
  });
  const plotTime = () => {
    const needs = found.map((i) => rows[i][NEED]).sort((a, b) => b - a);
    const all = needs.reduce((a, b) => a + b, 0);
    const holder = byId("plot-time");
    if (!all) return holder.replaceChildren(make("p", {}, say["no-time"]));
    let sum = 0, half = 0;
    const points = ["0,56"];
    const step = Math.max(1, Math.floor(needs.length / 100));
    needs.forEach((need, k) => {
      if (2 * sum < all) half = k + 1;
      sum += need;
      if (k % step === 0 || k === needs.length - 1) points.push(`${(100 * (k + 1)) / needs.length},${56 - (56 * sum) / all}`);
    });
    const at = (100 * half) / needs.length;
    const told = `${say["half-of-time"]}: ${number(half)}`;
    return holder.replaceChildren(picture(100, 56, told,
      draw("polygon", { class: "under", points: points.join(" ") + " 100,56" }),
      draw("polyline", { class: "curve", points: points.join(" ") }),
      draw("line", { class: "half", x1: at, x2: at, y1: 0, y2: 56 }),
      draw("line", { class: "axis", x1: 0, x2: 100, y1: 56, y2: 56 })), caption(say["half-of-time"], number(half)));
  };

  // ---- the table
  const most = rows.reduce((most, row) => Math.max(most, row[NEED]), 1);
  const reasonsOf = (row) => {
    const parts = [];
    for (let i = 0; i < row[REASONS].length; i += 2) {
      const count = row[REASONS][i + 1], [code, , isCounted] = data.codes[row[REASONS][i]];
      const part = make("span", { class: "reason" }, say[code]);
      if (isCounted) part.append(" ", make("b", {}, number(count)));
      parts.push(part, " ");
    }
    return parts;
  };
  const address = (row, file) => row[NAME].split("/").map(encodeURIComponent).join("/") + "/" + file;
  const linksOf = (row, name) => ["diff", "text", "edits", "json"].map((key, k) =>
    make("a", { href: address(row, data.files[k]), "aria-label": `${say[key]}: ${name}` }, say[key])).slice(1);
  const line = (i) => {
    const row = rows[i], failed = data.states[row[STATE]] === "failed", name = shown(row[NAME]);
    const told = [data.types[row[TYPE]], row[NUMBER], day(row[DATE]), data.issuers[row[ISSUER]]].filter(Boolean)
      .map((text) => make("span", {}, make("bdi", {}, shown(text))));
    if (row[PAGES]) told.push(make("span", { lang: data.lang }, `${number(row[PAGES])} ${row[PAGES] === 1 ? say.page : say.pages}`));
    const cut = name.lastIndexOf("/") + 1;
    const parts = [make("bdi", {}, name.slice(cut)), " ", make("bdi", { class: "folder", title: name }, name.slice(0, Math.max(0, cut - 1)))];
    const title = failed ? make("span", { class: "title" }, ...parts) : make("a", { class: "title", href: address(row, data.files[0]) }, ...parts);
    const why = make("td", { class: "why" }, ...(row[ERROR] ? [make("span", { class: "error" }, shown(row[ERROR]))] : reasonsOf(row)));
    if (row[DECISIONS]) why.append(make("span", { class: "reason decided" }, say.decisions + " ", make("b", {}, number(row[DECISIONS]))));
    if (failed) why.setAttribute("colspan", 5);
    const needs = make("td", { class: "n" }, duration(row[NEED]));
    if (row[NEED]) needs.append(draw("svg", { class: "needbar", viewBox: "0 0 100 3", preserveAspectRatio: "none", "aria-hidden": "true" },
      draw("rect", { class: "track", width: 100, height: 3 }), draw("rect", { class: "value", width: 100 * Math.sqrt(row[NEED] / most), height: 3 })));
    const state = data.states[row[STATE]];
    const cells = [make("th", { scope: "row", lang: "vi" }, title, make("span", { class: "meta", title: told.map((part) => part.textContent).join(" · ") }, ...told)),
      make("td", {}, make("span", { class: "state " + state }, say["state-" + state])), needs, why];
    if (failed) return make("tr", {}, ...cells);
    const sure = make("td", { class: "n" }, row[WORDS] ? percent(row[SURE] / 1000) : say.none);
    const sum = row[BINS].reduce((a, b) => a + b, 0);
    if (sum) sure.append(draw("svg", { class: "spark", viewBox: "0 0 70 18", preserveAspectRatio: "none", "aria-hidden": "true" }, ...bars(row[BINS], sum, 70, 18)));
    return make("tr", {}, ...cells, make("td", { class: "n" }, number(row[WORDS])),
      make("td", { class: "n" }, row[CHANGED] ? percent(row[CHANGED] / (row[WORDS] || 1)) : say.none), sure,
      make("td", { class: "links" }, ...linksOf(row, name)));
  };

  // ---- all of it
  const totals = () => {
    const sum = (column) => found.reduce((all, i) => all + rows[i][column], 0);
    const words = sum(WORDS);
    const part = (value, name) => make("span", {}, make("b", {}, value), " " + name);
    const many = found.length === rows.length ? number(rows.length) : `${number(found.length)} ${say.of} ${number(rows.length)}`;
    byId("totals").replaceChildren(part(many, say.documents), part(duration(sum(NEED)), say["time-needed"]),
      part(number(words), say["all-words"]), part(percent(words ? sum(REVIEW) / words : 0), say["share-to-review"]));
  };
  const showHeads = () => {
    for (const head of document.querySelectorAll("[data-sort]")) {
      const on = head.dataset.sort === (view.sort || "need");
      if (on) head.setAttribute("aria-sort", !view.sort || view.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };
  const showPage = () => {
    const last = Math.max(0, Math.ceil(found.length / PAGE) - 1);
    view.page = Math.min(view.page, last);
    const first = view.page * PAGE, end = Math.min(first + PAGE, found.length);
    body.replaceChildren(...found.slice(first, end).map(line));
    byId("place").textContent = found.length ? `${number(first + 1)}–${number(end)} / ${number(found.length)}` : "";
    byId("paging").hidden = last === 0;
    for (const [name, off] of [["first", !view.page], ["previous", !view.page], ["next", view.page === last], ["last", view.page === last]]) {
      document.querySelector(`[data-page="${name}"]`).disabled = off;
    }
    writeAddress();
  };
  const show = () => {
    const counts = filter();
    sort();
    facets.states.forEach((tell, i) => tell(counts.states[i], view.states.has(i)));
    facets.groups.forEach((tell, i) => tell(counts.groups[i], view.groups.has(i)));
    showChoice(byId("type"), counts.types, view.type);
    showChoice(byId("issuer"), counts.issuers, view.issuer);
    const filtered = view.text || view.states.size || view.groups.size || view.type || view.issuer;
    byId("clear").disabled = !filtered;
    byId("nothing").hidden = found.length > 0;
    byId("list").hidden = !found.length;
    totals();
    plotGrades();
    plotConfidence();
    plotTime();
    showHeads();
    showPage();
  };

  // ---- hands and keys
  let waiting = 0;
  byId("search").addEventListener("input", (event) => {
    view.text = event.target.value.trim();
    view.page = 0;
    clearTimeout(waiting);
    waiting = setTimeout(show, 120); // so that a reader of screens hears one count, not one a letter
  });
  byId("clear").addEventListener("click", () => {
    Object.assign(view, { text: "", type: "", issuer: "", page: 0 });
    view.states.clear();
    view.groups.clear();
    byId("search").value = "";
    show();
    byId("search").focus();
  });
  for (const head of document.querySelectorAll("[data-sort]")) {
    head.firstElementChild.addEventListener("click", () => {
      const name = head.dataset.sort, now = view.sort || "need";
      view.down = name === now ? !(view.sort ? view.down : true) : DOWN_FIRST.has(name);
      view.sort = name === "need" && view.down ? "" : name;
      view.page = 0;
      show();
    });
  }
  byId("paging").addEventListener("click", (event) => {
    const to = event.target.dataset.page;
    if (!to) return;
    const last = Math.ceil(found.length / PAGE) - 1;
    view.page = { first: 0, previous: view.page - 1, next: view.page + 1, last }[to];
    showPage();
    byId("list").scrollIntoView({ block: "start" });
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "/") {
      event.preventDefault();
      byId("filters").open = true;
      byId("search").focus();
    } else if (event.key === "j" || event.key === "k") {
      const links = [...body.querySelectorAll("th a")];
      const at = links.indexOf(document.activeElement);
      const step = event.key === "j" ? 1 : -1;
      if (at >= 0 && !links[at + step]) {
        const turn = document.querySelector(`[data-page="${step > 0 ? "next" : "previous"}"]`);
        if (turn.disabled) return;
        turn.click();
        [...body.querySelectorAll("th a")].at(step > 0 ? 0 : -1)?.focus();
      } else links[Math.max(0, at + step)]?.focus();
    }
  });
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)"), theme = byId("theme");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  try { if (localStorage.theme) root.dataset.theme = localStorage.theme === "dark" ? "dark" : "light"; } catch { /* not kept */ }
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.theme = root.dataset.theme; } catch { /* not kept */ }
    showTheme();
  });
  dark.addEventListener("change", showTheme);
  const narrow = matchMedia("(max-width: 62rem)");
  const fold = () => { byId("filters").open = !narrow.matches; };
  narrow.addEventListener("change", fold);

  fold();
  showTheme();
  readAddress();
  addEventListener("hashchange", () => { readAddress(); show(); });
  byId("app").hidden = false;
  show();
})();
