// Improves pages that already read well without it: remembers the theme, searches, filters and sorts lists, copies links. Loaded
// deferred; the page's head sets a stored theme before anything is painted.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // A page opened from disk, or in a private window, may have no storage: then a choice lasts as long as the page.
  function remember(key, value) { try { localStorage.setItem(key, value); } catch { /* see above */ } }
  function remembered(key) { try { return localStorage.getItem(key); } catch { return null; } }

  // Case, accents and line breaks tell no words apart; dates hold no-break spaces.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss").replace(/\s+/g, " ").trim();

  // What is said comes from the page, in its language: "Showing {shown} of {all}."
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...content);
    return made;
  }

  all("[data-needs-script]").forEach((part) => { part.hidden = false; });

  const picker = document.getElementById("theme");
  if (picker) {
    picker.value = root.getAttribute("data-theme") || "auto";
    picker.addEventListener("change", () => {
      if (picker.value === "auto") root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", picker.value);
      remember("theme", picker.value);
    });
  }

  // Some browsers forget that a table is one when its rows become blocks on a narrow screen.
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  all("table.reflow").forEach((table) => {
    [table, ...all("thead, tbody, tr, th, td", table)].forEach((part) => {
      part.setAttribute("role", roles[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
    });
  });

  // The state of a page's lists is in its address, so that a link shares it; links to the page's twins carry it on.
  const state = new URLSearchParams(location.search);
  const twins = new Map(all("a[data-twin]").map((link) => [link, link.getAttribute("href")]));
  function carry() {
    twins.forEach((href, link) => link.setAttribute("href", href + location.search + location.hash));
  }
  function keep(name, value) {
    if (value) state.set(name, value); else state.delete(name);
    const query = state.toString();
    try { history.replaceState(null, "", location.pathname + (query && "?" + query) + location.hash); } catch { /* Not every browser lets a page from disk. */ }
    carry();
  }
  window.addEventListener("hashchange", carry);
  carry();

  // The worst first, as a reader who sorts by colour asks for it.
  const COLOURS = ["stopped", "red", "unknown", "amber", "on_plan", "green", "complete"];
  const order = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" }).compare;

  // What a cell is sorted by: its date, its colour, its number, else its text, in which figures count as numbers.
  function valueOf(cell) {
    const day = cell.querySelector("time");
    if (day) return day.dateTime;
    const mark = cell.tagName === "TD" && cell.querySelector(".mark");
    if (mark) return COLOURS.findIndex((colour) => mark.classList.contains("is-" + colour));
    const text = cell.textContent.trim();
    const figure = text.replace("−", "-").match(/^[+-]?\d+(\.\d+)?(?![\w.-])/);
    return figure ? Number(figure[0]) : text === "–" ? "" : text;
  }

  function compare(left, right) {
    const numbers = [left, right].filter((value) => typeof value === "number").length;
    if (numbers === 2) return left - right;
    return numbers ? (typeof left === "number" ? -1 : 1) : order(left, right);
  }

  // Lists with a bar over them: the bar filters the rows of a list, and the headers of a table sort them.
  all("body:not(.report) [data-of]").forEach((bar) => {
    const name = bar.getAttribute("data-of");
    const list = document.querySelector(`[data-list="${name}"]`);
    const is_table = list.tagName === "TABLE";
    const rows = all(is_table ? "tbody > tr" : "[data-row]", list);
    const texts = new Map(rows.map((row) => [row, fold(row.textContent)]));
    const input = bar.querySelector("input");
    const choices = all("[role=group] button", bar);
    if (rows.length < 2) { bar.hidden = true; return; }
    const said = bar.querySelector("[role=status]");
    const reset = bar.querySelector("[data-resets]");

    // Whose a part is stands on itself or on what holds it; roles stand beside those who hold them.
    const owners = (part) => (part.closest("[data-who]")?.dataset.who ?? "").split("|").filter(Boolean);
    const parts = rows.flatMap((row) => [row, ...all("[data-who]", row)]);
    const names = [...new Set(parts.flatMap(owners))].sort(order);
    const whose = bar.querySelector("[data-whose] select");
    const mine = bar.querySelector("[data-mine]");
    whose.append(...names.map((name) => new Option(name)));
    whose.parentNode.hidden = !names.length;

    function show() {
      const words = fold(input.value).split(" ").filter(Boolean);
      const only = choices.find((choice) => choice.getAttribute("aria-pressed") === "true")?.value ?? "";
      let shown = 0, count = 0;
      rows.forEach((row) => {
        const found = words.every((word) => texts.get(row).includes(word));
        // A row of the gate matrix is as many things as it has gates.
        const cells = all("[data-in]", row);
        const kept = (cells.length ? cells : [row]).filter((part) =>
          found && (!only || (part.dataset.in ?? "").split(" ").includes(only)) && (!whose.value || owners(part).includes(whose.value)));
        cells.forEach((cell) => cell.classList.toggle("off", !kept.includes(cell)));
        row.hidden = !kept.length;
        shown += kept.length;
        count += cells.length || 1;
      });
      all("[data-group]", list).forEach((group) => { group.hidden = !group.querySelector("[data-row]:not([hidden])"); });
      if (words.length) all("details", list).forEach((details) => { details.open = true; });
      said.textContent = fill(said.dataset.say, { shown, all: count });
      reset.hidden = !words.length && !only && !whose.value && !state.has(name + ".sort");
      keep(name, input.value.trim());
      keep(name + ".only", only);
      keep(name + ".who", whose.value);
      // Whom a reader chose last is offered on every list that knows them; no list is cut unasked.
      const me = whose.value || remembered("who");
      mine.hidden = !names.includes(me);
      mine.textContent = fill(mine.dataset.say, { name: me });
      mine.value = me;
      mine.setAttribute("aria-pressed", String(whose.value !== ""));
    }

    // "3" is up by the third column, "-3" down, nothing the author's order; empty cells are last either way.
    function sort(by) {
      const column = Math.abs(by) - 1;
      const sorted = [...rows];
      if (by) {
        const values = new Map(rows.map((row) => [row, valueOf(row.cells[column])]));
        sorted.sort((one, other) => {
          const [left, right] = [values.get(one), values.get(other)];
          return (left === "") - (right === "") || compare(left, right) * Math.sign(by);
        });
      }
      rows[0].parentNode.append(...sorted);
      heads.forEach((head, place) => {
        if (by && place === column) head.setAttribute("aria-sort", by > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      });
      keep(name + ".sort", by ? String(by) : "");
      reset.hidden = !by && !input.value.trim() && !state.has(name + ".only") && !state.has(name + ".who");
    }

    const heads = is_table ? all("thead th", list) : [];
    heads.forEach((head, place) => {
      const button = element("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => sort(head.ariaSort === "ascending" ? -place - 1 : place + 1));
      head.append(button);
    });
    if (is_table) list.classList.add("sorts");

    function choose(value) {
      choices.forEach((choice) => choice.setAttribute("aria-pressed", String(choice.value === value)));
    }
    choices.forEach((choice) => choice.addEventListener("click", () => { choose(choice.value); show(); }));
    input.addEventListener("input", show);
    whose.addEventListener("change", () => { if (whose.value) remember("who", whose.value); show(); });
    mine.addEventListener("click", () => { whose.value = whose.value ? "" : mine.value; show(); });
    reset.addEventListener("click", () => {
      input.value = "";
      whose.value = "";
      choose("");
      if (is_table) sort(0);
      show();
      input.focus();
    });

    input.value = state.get(name) ?? "";
    if (names.includes(state.get(name + ".who"))) whose.value = state.get(name + ".who");
    choose(choices.find((choice) => choice.value === state.get(name + ".only"))?.value ?? "");
    const by = Number(state.get(name + ".sort"));
    if (heads[Math.abs(by) - 1]) sort(by);
    show();
  });

  // Search: a box over a list of links. The index is a script of its own, loaded when the box is first used.
  const box = document.getElementById("find");
  if (box) {
    const list = document.getElementById("found");
    const form = box.closest("form");
    const said = form.querySelector("[role=status]");
    const address = form.dataset.index;
    const above = address.slice(0, -"data/search.js".length);
    let entries = null, active = -1;

    window.searchIndex = (rows) => {
      entries = rows.map((row) => ({ row, id: fold(row[1]), title: fold(row[2]), rest: fold(`${row[3]} ${row[4]}`) }));
      look();
    };
    function load() {
      if (form.dataset.asked) return;
      form.dataset.asked = "yes";
      const script = element("script", { src: address });
      script.addEventListener("error", () => { said.textContent = said.dataset.failed; });
      document.head.append(script);
    }

    // Every typed word begins a word of the entry: best where it is the id, then where it begins it, then in the title.
    function found(words) {
      const begins = words.map((word) => new RegExp("(^|[^\\p{L}\\p{N}])" + word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "u"));
      const rank = ({ id, title, rest }) => {
        if (!begins.every((it) => it.test(id) || it.test(title) || it.test(rest))) return -1;
        const whole = words.join(" ");
        if (id === whole) return 0;
        if (id.startsWith(whole)) return 1;
        return begins.every((it) => it.test(title)) ? 2 : 3;
      };
      const ranked = entries.map((entry) => [rank(entry), entry]).filter(([place]) => place >= 0);
      return ranked.sort(([one], [other]) => one - other).map(([, entry]) => entry.row);
    }

    const MOST = 40;
    function look() {
      const words = fold(box.value).split(" ").filter(Boolean);
      if (!entries || !words.length) return close();
      const rows = found(words);
      list.replaceChildren(...rows.slice(0, MOST).map(([href, id, title, kind], place) =>
        element("a", { role: "option", id: `found-${place + 1}`, href: above + href, tabindex: "-1", "aria-selected": "false" },
          element("span", { class: "soft" }, `${kind} ${id}`.trim()), " ", title)));
      list.hidden = !rows.length;
      box.setAttribute("aria-expanded", String(rows.length > 0));
      said.textContent = rows.length ? fill(said.dataset.say, { shown: rows.length }) : said.dataset.none;
      said.classList.toggle("vh", rows.length > 0);
      point(-1);
    }
    function point(place) {
      active = place;
      all("a", list).forEach((link, at) => link.setAttribute("aria-selected", String(at === place)));
      const link = list.children[place];
      if (!link) return box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-activedescendant", link.id);
      link.scrollIntoView({ block: "nearest" });
    }
    function close() {
      list.hidden = true;
      list.replaceChildren();
      box.setAttribute("aria-expanded", "false");
      said.textContent = "";
      point(-1);
    }

    box.addEventListener("focus", load);
    box.addEventListener("input", () => { load(); look(); });
    box.addEventListener("keydown", (event) => {
      const count = list.children.length;
      if (event.key === "ArrowDown" && count) point((active + 1) % count);
      else if (event.key === "ArrowUp" && count) point((active <= 0 ? count : active) - 1);
      else if (event.key === "Escape" && (box.value || count)) { box.value = ""; close(); }
      else return;
      event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      list.children[Math.max(active, 0)]?.click();
    });
    // A link to a place of this page leaves the page, and the box, where they are.
    list.addEventListener("click", () => { box.value = ""; close(); });
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });

    // One key that leads to the box, for those who want it: it may be a word to a voice, so it can be switched off.
    const slash = document.getElementById("slash");
    slash.checked = remembered("slash") !== "off";
    slash.addEventListener("change", () => remember("slash", slash.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || !slash.checked || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      event.preventDefault();
      box.focus();
      box.select();
    });
  }

  // Copies; where the clipboard is closed to a page from disk or an old browser, by the selection.
  async function copied(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* The other way. */ }
    const field = element("textarea", { class: "vh", "aria-hidden": "true" });
    const before = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    let is_done = false;
    try { is_done = document.execCommand("copy"); } catch { /* Said below. */ }
    field.remove();
    before?.focus();
    return is_done;
  }

  // Buttons that copy the text beside them.
  all("button[data-copies]").forEach((button) => {
    button.addEventListener("click", async () => {
      if (await copied(document.getElementById(button.dataset.copies).textContent)) button.textContent = button.dataset.done;
    });
  });

  // A button at every place that has an address: the page itself, its parts, the records in its rows.
  const says = document.getElementById("said");
  let quiet;
  function say(text) {
    says.textContent = text;
    clearTimeout(quiet);
    quiet = setTimeout(() => { says.textContent = ""; }, 4000);
  }
  all("body:not(.report) main :is(h1, h2[id], tr[id], article[id])").forEach((place) => {
    const head = place.querySelector("th, h3") ?? place;
    const named = head.querySelector(".id") ?? head;
    const what = (named.getAttribute("aria-label") ?? named.textContent).replace(/\s+/g, " ").trim();
    const button = element("button", { type: "button", class: "copy", "aria-label": fill(says.dataset.copy, { what }) }, "#");
    button.addEventListener("click", async () => {
      const address = new URL(location.href);
      address.search = "";
      address.hash = place.id;
      if (await copied(address.href)) return say(says.dataset.copied);
      if (place.id) location.hash = place.id;
      say(says.dataset.byHand);
    });
    head.append(" ", button);
  });
})();
