// The texts and what is marked in them, out of the page; and the elements of those rows that come into sight.
const sheet = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const rows = [];  // { chunk, left, right, l, r, gap, pieces }
  const marks = [];  // each place once: { id, row, kind, state, told, sides: its words on the left, on the right }
  const chunks = [];
  let l = 0, r = 0;

  const readRow = (chunk, entry, left, right) => {
    const [numbers, ...found] = entry || [0];
    const row = { chunk, left, right, l: l + 1, r: r + 1, gap: false, pieces: [], index: rows.length };
    if (numbers) [row.l, row.r, row.gap] = [numbers[0], numbers[1], Boolean(numbers[2])];
    l = row.l || l;
    r = row.r || r;
    let a = 0, b = 0;
    for (const [passedLeft, ofLeft, passedRight, ofRight, kind, state, since, runs, ...told] of found) {
      a += passedLeft;
      b += passedRight;
      let mark = since ? marks[marks.length - since] : null;
      if (!mark) {
        mark = { id: marks.length, row, kind: data.kinds[kind], state: data.states[state] || "", told, more: [] };
        marks.push(mark);
      } else mark.more.push(row);
      row.pieces.push({ mark, left: [a, ofLeft], right: [b, ofRight], runs });
      a += ofLeft;
      b += ofRight;
    }
    rows.push(row);
    chunk.rows.push(row);
  };

  for (const element of document.querySelectorAll("main section.k")) {
    const chunk = { element, rows: [], images: null, stale: true };
    const [entries, images] = [...element.querySelectorAll("script")];
    chunk.images = images ? images.textContent : "";
    const given = JSON.parse(entries.textContent);
    let at = 0;
    for (const child of element.children) {
      if (child.tagName === "PRE") {
        for (const line of child.textContent.split("\n")) readRow(chunk, given[at++], line, line);
      } else if (child.tagName === "DIV") {
        readRow(chunk, given[at++], child.children[0].textContent, child.children[1].textContent);
      }
    }
    chunks.push(chunk);
  }

  const words = (text, [start, length]) => text.split(" ").slice(start, start + length);
  const side = (mark, name) => [mark.row, ...mark.more].flatMap((row) => row.pieces
    .filter((piece) => piece.mark === mark).flatMap((piece) => words(row[name], piece[name]))).join(" ");

  // The lines of a mark's card: what became what, the kind, the reasons.
  const told = (mark) => {
    const nothing = data.labels.nothing;
    const left = side(mark, "left"), right = side(mark, "right");
    const head = left === right ? [] : [(left || nothing) + " → " + (right || nothing), data.labels[mark.kind]];
    return [...head, ...mark.told.map((index) => data.told[index])];
  };

  const make = (name, classes, text) => {
    const element = document.createElement(name);
    if (classes) element.className = classes;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const classes = (mark, isOn) => "k-" + mark.kind + (isOn(mark) ? "" : " off")
    + (mark.state === "review" || mark.state === "suggested" ? " doubt " + mark.state : "")
    + (mark.state === "confirmed" ? " confirmed" : "");

  // The letters of a changed word: as many that stayed, as many that changed, by turns.
  const letters = (element, text, runs) => {
    const points = [...text];
    let at = 0;
    [...runs].forEach((digit, index) => {
      const part = points.slice(at, at += parseInt(digit, 36)).join("");
      if (part) element.append(index % 2 ? make("b", "", part) : part);
    });
  };

  const fill = (cell, row, name, isOn) => {
    const all = row[name] ? row[name].split(" ") : [];
    let at = 0;
    const plain = (to) => {
      if (to > at) cell.append((at ? " " : "") + all.slice(at, to).join(" "));
      at = Math.max(at, to);
    };
    for (const piece of row.pieces) {
      const [start, length] = piece[name];
      if (!length) continue;
      plain(start);
      if (start) cell.append(" ");
      const text = all.slice(start, start + length).join(" ");
      const element = make(name === "left" ? "del" : "ins", classes(piece.mark, isOn));
      element.dataset.m = piece.mark.id;
      if (name === "right" || !piece.right[1]) element.tabIndex = element.classList.contains("doubt") ? 0 : -1;
      if (name === "left" || side(piece.mark, "left") === side(piece.mark, "right")) element.textContent = text;
      else if (piece.runs) letters(element, text, piece.runs);
      else element.append(piece.left[1] || piece.mark.row !== row || side(piece.mark, "left") ? make("b", "", text) : text);
      cell.append(element);
      at = start + length;
    }
    plain(all.length);
  };

  const picture = (row, image, isOn) => {
    const [src, width, height, page, frames] = image;
    const box = make("div", "crop");
    const paper = make("div", "paper");
    const img = make("img");
    Object.assign(img, { loading: "lazy", decoding: "async", width, height, src });
    img.alt = data.labels["line-image"] + " " + row.l + ", " + data.labels.page + " " + page;
    paper.append(img);
    for (const [index, x, y, w, h] of frames) {
      const { mark } = row.pieces[index];
      const frame = make("i", "frame " + classes(mark, isOn));
      frame.dataset.f = mark.id;
      for (const [name, share] of [["left", x / width], ["top", y / height], ["width", w / width], ["height", h / height]]) {
        frame.style[name] = 100 * share + "%";
      }
      paper.append(frame);
    }
    paper.style.maxWidth = width + "px";
    box.append(paper);
    return box;
  };

  // A row: the number and text of either side, below the image of the line where there is one.
  const line = (row, image, isOn) => {
    const element = make("div", "r" + (row.gap ? " gap" : "") + (row.pieces.length ? " c" : "")
      + (row.pieces.some(({ mark }) => mark.state === "review" || mark.state === "suggested") ? " d" : ""));
    if (image) element.append(picture(row, image, isOn));
    const number = row.l ? make("a", "n", row.l) : make("span", "n");
    if (row.l) {
      number.id = "L" + row.l;
      number.href = "#L" + row.l;
      number.setAttribute("aria-label", data.labels.line + " " + row.l);
    }
    element.append(number);
    for (const name of ["left", "right"]) {
      if (name === "right") element.append(make("span", "n", row.r || ""));
      const cell = make("p", name === "left" ? "was" : "is");
      cell.lang = "vi";
      fill(cell, row, name, isOn);
      element.append(cell);
    }
    return element;
  };

  const images = (chunk) => {
    if (typeof chunk.images === "string") chunk.images = chunk.images ? JSON.parse(chunk.images) : {};
    return chunk.images;
  };

  return { rows, marks, chunks, labels: data.labels, lang: data.lang, told, make, line, images };
})();
