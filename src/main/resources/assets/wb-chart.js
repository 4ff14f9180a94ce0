/**
 * Draws the table that `for` names, which stays in the page for screen readers and for those who have no scripts.
 * A column whose heading has data-tone is a line, or with kind="bars" a bar, in that colour; rows with data-at, in
 * seconds, stand where their time is. Arrow keys and the pointer read the values of a point. In a live region it is
 * preserved (hx-preserve) while its table is exchanged, so that it neither flickers nor loses the focus.
 */
class WbChart extends HTMLElement {
  connectedCallback() {
    if (!this.svg) this.build();
    this.sizes = new ResizeObserver(() => this.soon());
    this.sizes.observe(this);
    this.soon();
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    cancelAnimationFrame(this.waiting);
  }

  build() {
    this.svg = svg("svg", { class: "plot", tabindex: 0, role: "slider", "aria-label": this.getAttribute("name") });
    this.reading = document.createElement("p");
    this.reading.className = "reading";
    this.reading.setAttribute("aria-hidden", "true");
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => this.read(null));
    this.append(this.reading, this.svg);
    if (this.wrapper()) this.append(this.toggle());
  }

  table() {
    return document.getElementById(this.getAttribute("for"));
  }

  /** Around a table that is shown only when somebody asks for it. */
  wrapper() {
    return this.table().closest(".chart-table");
  }

  toggle() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain small";
    button.textContent = "Table";
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      this.open = !this.open;
      button.setAttribute("aria-expanded", String(this.open));
      this.draw();
    });
    return button;
  }

  /** Before the browser paints, and after all that is to be exchanged with it. */
  soon() {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.draw());
  }

  take() {
    const headings = [...this.table().tHead.rows[0].cells];
    const columns = headings.map((cell, index) => index).filter((index) => headings[index].dataset.tone);
    this.series = columns.map((column) => ({
      label: headings[column].textContent.trim(), tone: headings[column].dataset.tone, column,
    }));
    const most = Number(this.getAttribute("most")) || Infinity;
    this.rows = [...this.table().tBodies[0].rows].slice(0, most).map((row) => ({
      at: row.dataset.at === undefined ? null : Number(row.dataset.at),
      label: row.cells[0].textContent.trim(),
      texts: columns.map((column) => row.cells[column].textContent.trim()),
      values: columns.map((column) => Number(row.cells[column].textContent.replace(/[^\d.]/g, "")) || 0),
    }));
    const wrapper = this.wrapper();
    if (wrapper) {
      wrapper.classList.toggle("shown", Boolean(this.open));
      if (this.open) wrapper.setAttribute("tabindex", "0");
      else wrapper.removeAttribute("tabindex");
    }
  }

  draw() {
    if (!this.table()) return;
    this.take();
    const width = this.clientWidth;
    if (!width || !this.rows.length) return;
    const most = Math.max(...this.rows.flatMap((row) => row.values));
    this.size = { width, height: 150, left: 14 + 6.2 * Math.max(3, brief(ceiling(most)).length), right: 12, top: 8, bottom: 20 };
    this.most = ceiling(most);
    this.places();
    this.svg.setAttribute("viewBox", `0 0 ${width} ${this.size.height}`);
    this.svg.setAttribute("height", this.size.height);
    this.cursor = svg("g", { class: "cursor" });
    const shapes = this.series.map((one, index) => (this.getAttribute("kind") === "bars" ? this.bars(one, index) : this.line(one, index)));
    this.svg.replaceChildren(this.axes(), ...shapes, this.cursor);
    this.svg.setAttribute("aria-valuemin", 1);
    this.svg.setAttribute("aria-valuemax", this.rows.length);
    this.read(this.at === undefined ? null : this.at);
  }

  /** Where rows stand, from 0: by their time where they have one, so that a gap is seen, unless nothing else would be. */
  places() {
    const { width, left, right } = this.size;
    const times = this.rows.map((row) => row.at);
    const steps = times.slice(1).map((at, index) => at - times[index]);
    const step = times[0] === null || !steps.length ? null : Math.min(...steps);
    const timed = step && ((times[times.length - 1] - times[0]) / step + 1) * 1.5 < width - left - right;
    this.rows.forEach((row, index) => (row.place = timed ? (row.at - times[0]) / step : index));
    const slots = this.rows[this.rows.length - 1].place + 1;
    this.slot = (width - left - right) / slots;
  }

  x(row) {
    return this.size.left + (row.place + 0.5) * this.slot;
  }

  y(value) {
    const { height, top: above, bottom } = this.size;
    return above + (height - above - bottom) * (1 - value / this.most);
  }

  axes() {
    const group = svg("g", { class: "axes" });
    const { width, height, left, right } = this.size;
    for (const value of [0, this.most / 2, this.most]) {
      group.append(svg("line", { x1: left, x2: width - right, y1: this.y(value), y2: this.y(value) }));
      group.append(svg("text", { x: left - 6, y: this.y(value) + 4, "text-anchor": "end" }, brief(value)));
    }
    let free = left;
    for (const row of this.rows) {
      const text = this.shortened(row);
      const half = 3.2 * text.length;
      const x = this.x(row);
      if (x - half < free || x + half > width) continue;
      group.append(svg("text", { x, y: height - 5, "text-anchor": "middle" }, text));
      free = x + half + 28;
    }
    return group;
  }

  /** A time without what all of them have in common. */
  shortened(row) {
    const parts = /^\d{4}-(\d\d-\d\d) (\d\d:\d\d)/.exec(row.label);
    if (!parts) return row.label.length > 16 ? row.label.slice(0, 15) + "…" : row.label;
    const last = this.rows[this.rows.length - 1];
    return last.at - this.rows[0].at > 93600 ? `${parts[1]} ${parts[2]}` : parts[2];
  }

  line(one, index) {
    const group = svg("g", { class: `tone-${one.tone}` });
    const points = this.rows.map((row) => `${this.x(row).toFixed(1)} ${this.y(row.values[index]).toFixed(1)}`).join("L");
    const base = this.y(0);
    if (index === 0) group.append(svg("path", { class: "area", d: `M${this.x(this.rows[0])} ${base}L${points}L${this.x(this.rows[this.rows.length - 1])} ${base}Z` }));
    group.append(svg("path", { class: "line", d: `M${points}` }));
    return group;
  }

  bars(one, index) {
    const group = svg("g", { class: `tone-${one.tone}` });
    const width = Math.max(1, Math.min(48, this.slot * (index ? 0.5 : 0.78)));
    for (const row of this.rows) {
      const y = this.y(row.values[index]);
      group.append(svg("rect", { class: index ? "bar-in" : "bar-out", x: this.x(row) - width / 2, y, width, height: this.y(0) - y }));
    }
    return group;
  }

  key(event) {
    const now = this.at === null || this.at === undefined ? this.rows.length - 1 : this.at;
    const far = Math.max(2, Math.round(this.rows.length / 10));
    const to = {
      ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1,
      PageDown: now - far, PageUp: now + far, Home: 0, End: this.rows.length - 1, Escape: null,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.read(to);
  }

  point(event) {
    const x = event.clientX - this.svg.getBoundingClientRect().left;
    const near = (index) => Math.abs(this.x(this.rows[index]) - x);
    this.read(this.rows.reduce((best, row, index) => (near(index) < near(best) ? index : best), 0));
  }

  /** Says the values of a row; null: of the latest, or the first group, as nobody points at any. */
  read(at) {
    const last = this.rows.length - 1;
    this.at = at === null ? null : Math.max(0, Math.min(last, at));
    const row = this.rows[this.at !== null ? this.at : this.rows[0].at === null ? 0 : last];
    const values = this.series.map((one, index) => `${one.label} ${row.texts[index]}`);
    const words = [row.label, ...values];
    this.svg.setAttribute("aria-valuenow", this.rows.indexOf(row) + 1);
    this.svg.setAttribute("aria-valuetext", words.join(", "));
    this.reading.textContent = words.join(" · ");
    this.cursor.replaceChildren();
    if (this.at === null) return;
    const x = this.x(row);
    this.cursor.append(svg("line", { x1: x, x2: x, y1: this.size.top, y2: this.y(0) }));
    this.series.forEach((one, index) =>
      this.cursor.append(svg("circle", { class: `tone-${one.tone}`, cx: x, cy: this.y(row.values[index]), r: 3.5 })));
  }
}

function svg(name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** The next number from there on that reads well, with one half as large that does, too. */
function ceiling(most) {
  const size = 10 ** Math.floor(Math.log10(Math.max(2, most)));
  return [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].map((one) => one * size).find((one) => one >= most && one >= 2);
}

function brief(value) {
  const short = [[1e6, "M"], [1e3, "k"]].find(([size]) => value >= size * 10);
  return short ? `${+(value / short[0]).toFixed(1)}${short[1]}` : String(+value.toFixed(1));
}

customElements.define("wb-chart", WbChart);
