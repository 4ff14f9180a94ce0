// Everything here is an improvement of pages that work without it.

/** Times in the viewer's zone; UTC on hover. */
class LocalTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const at = new Date(time.dateTime);
    if (isNaN(at)) return;
    const utc = at.toISOString().replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
    const two = (n) => String(n).padStart(2, "0");
    time.title = utc;
    time.textContent =
      `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ` +
      `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  }
}

/** An id with a button that copies it. */
class CopyId extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button") || !navigator.clipboard) return;
    const text = this.dataset.id;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "copy";
    button.setAttribute("aria-label", `Copy ${text}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = "copied";
      setTimeout(() => (button.textContent = "copy"), 1500);
    });
    this.append(button);
  }
}

/** Light or dark; remembered in a cookie, so that the next page comes in it. */
class ThemeToggle extends HTMLElement {
  connectedCallback() {
    const root = document.documentElement;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    const isDark = () =>
      root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const show = () => {
      button.textContent = isDark() ? "☀" : "☾";
      button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
      button.title = button.getAttribute("aria-label");
    };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      document.cookie = `waybill-theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
      show();
    });
    show();
    this.replaceChildren(button);
  }
}

/** An instant, entered in the viewer's zone; the field itself keeps it as ISO-8601 in UTC. */
class ZonedInstant extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    if (this.querySelector("[type=datetime-local]")) return;
    const local = document.createElement("input");
    local.type = "datetime-local";
    local.step = 1;
    const at = new Date(field.value);
    if (field.value && !isNaN(at)) {
      local.value = new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
    }
    local.addEventListener("input", () => {
      field.value = local.value ? new Date(local.value).toISOString().replace(".000", "") : "";
    });
    local.id = field.id;
    field.removeAttribute("id");
    field.type = "hidden";
    this.prepend(local);
  }
}

/** Checks all boxes of a page's table. */
class CheckAll extends HTMLElement {
  connectedCallback() {
    const boxes = () => document.querySelectorAll(`input[type=checkbox][name="${this.getAttribute("name")}"]`);
    const all = document.createElement("input");
    all.type = "checkbox";
    all.setAttribute("aria-label", "Select all on this page");
    all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
    this.replaceChildren(all);
  }
}

/** Says how many boxes are ticked, so that nobody does something with more than meant. */
class TickCount extends HTMLElement {
  connectedCallback() {
    this.count = () => {
      const boxes = document.querySelectorAll(`input[name="${this.getAttribute("name")}"]:checked`);
      this.textContent = boxes.length ? `(${boxes.length} ticked)` : "";
    };
    document.addEventListener("change", this.count);
    this.count();
  }

  disconnectedCallback() {
    document.removeEventListener("change", this.count);
  }
}

/**
 * A part of a page that follows what happens: when the server says that something in one of its
 * topics has changed, it is fetched anew. Not in a hidden tab, and not under somebody's hands.
 */
class LiveRegion extends HTMLElement {
  connectedCallback() {
    this.onVisible = () => (document.hidden ? this.close() : this.open());
    document.addEventListener("visibilitychange", this.onVisible);
    this.onVisible();
    this.comeBack();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onVisible);
    clearTimeout(this.back);
    this.close();
  }

  open() {
    if (this.events || !window.htmx) return;
    const topics = this.getAttribute("topics");
    this.events = new EventSource(`/live?topics=${encodeURIComponent(topics)}`);
    this.events.addEventListener("hello", () => {
      clearTimeout(this.late);
      this.late = null;
      this.lamp("Live");
      if (this.missed) this.refresh();
      this.missed = true;
    });
    this.events.addEventListener("changed", () => this.refresh());
    this.events.addEventListener("error", () => {
      // A stream ends now and then, and the next one begins within a second.
      this.late = this.late || setTimeout(() => this.lamp("Cut off"), 4000);
      // A browser gives up for good when it got an answer that is no stream, as from a server that starts.
      if (this.events && this.events.readyState === EventSource.CLOSED) {
        this.events = null;
        this.again = setTimeout(() => this.open(), 3000);
      }
    });
  }

  close() {
    clearTimeout(this.again);
    clearTimeout(this.late);
    if (this.events) this.events.close();
    this.events = this.late = null;
    this.lamp("Paused");
  }

  lamp(word) {
    document.querySelectorAll(".live").forEach((lamp) => {
      lamp.classList.toggle("on", word === "Live");
      lamp.classList.toggle("off", word === "Cut off");
      lamp.title = word === "Cut off" ? "The server does not answer; this page goes on by itself when it does." : "";
      lamp.textContent = word;
    });
  }

  /** What is under way may change before anybody listens: it is asked for until it is over. */
  comeBack() {
    clearTimeout(this.back);
    if (!document.hidden && this.querySelector("[data-under-way]")) {
      this.back = setTimeout(() => this.refresh(), 2000);
    }
  }

  async refresh() {
    const held = this.contains(document.activeElement) ? document.activeElement : null;
    // What is preserved stays as it is while all around it is exchanged.
    const hand = held && held.matches("input, select, textarea") && !held.closest("[hx-preserve]");
    const busy = hand || this.querySelector("input:checked, details[open]");
    if (!busy && this.id) {
      const path = held && this.pathTo(held);
      await htmx.ajax("GET", location.href, { target: this, select: `#${this.id} > *`, swap: "innerHTML" });
      // Whoever is on a link by keyboard stays there.
      if (path && document.activeElement === document.body) {
        this.tabIndex = -1;
        (this.at(path) || this).focus({ preventScroll: true });
      }
    }
    this.comeBack();
  }

  /** What stays the same about an element when its row has moved. */
  pathTo(element) {
    const key = LiveRegion.key(element);
    const alike = [...this.querySelectorAll(element.localName)].filter((one) => LiveRegion.key(one) === key);
    return { name: element.localName, key, index: alike.indexOf(element) };
  }

  at({ name, key, index }) {
    const alike = [...this.querySelectorAll(name)].filter((one) => LiveRegion.key(one) === key);
    return alike[index] || alike[0];
  }

  static key(element) {
    return element.id || element.getAttribute("href") || element.getAttribute("aria-label") || element.textContent.trim();
  }
}

customElements.define("local-time", LocalTime);
customElements.define("copy-id", CopyId);
customElements.define("theme-toggle", ThemeToggle);
customElements.define("zoned-instant", ZonedInstant);
customElements.define("check-all", CheckAll);
customElements.define("tick-count", TickCount);
customElements.define("live-region", LiveRegion);

// After an act one goes on from what is told of it, not from the top of the page.
if (!location.hash) document.getElementById("notice")?.focus();

// What was left empty does not belong into an address that people send each other.
document.addEventListener("formdata", (event) => {
  if (event.target.method === "get") {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  }
});
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters, verb } = event.detail;
  if (verb === "get") for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});

// The keys that people know from other consoles.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const first = document.querySelector(".filters input, .filters select");
    if (first) {
      event.preventDefault();
      first.focus();
    }
  }
});
