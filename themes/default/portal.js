// Improves pages that already read well without it: remembers the theme, filters tables. Loaded deferred; the page's
// head sets a stored theme before anything is painted.
(function () {
  "use strict";
  var root = document.documentElement;

  document.querySelectorAll("[data-needs-script]").forEach(function (part) { part.hidden = false; });

  var picker = document.getElementById("theme");
  if (picker) {
    picker.value = root.getAttribute("data-theme") || "auto";
    picker.addEventListener("change", function () {
      if (picker.value === "auto") root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", picker.value);
      // A page opened from disk may have no storage.
      try { localStorage.setItem("theme", picker.value); } catch (e) { /* the choice lasts as long as the page */ }
    });
  }

  // Some browsers forget that a table is one when its rows become blocks on a narrow screen.
  var roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  document.querySelectorAll("table.reflow").forEach(function (table) {
    [table].concat(Array.from(table.querySelectorAll("thead, tbody, tr, th, td"))).forEach(function (part) {
      part.setAttribute("role", roles[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
    });
  });

  // What is said comes from the page, in its language: "Showing {shown} of {all}."
  function say(place, shown, all) {
    place.textContent = place.getAttribute("data-say").replace("{shown}", shown).replace("{all}", all);
  }

  // Gate matrix: buttons show only the cells that carry the chosen word in data-in.
  document.querySelectorAll("[data-filters]").forEach(function (bar) {
    var table = document.getElementById(bar.getAttribute("data-filters"));
    var buttons = bar.querySelectorAll("button");
    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        var word = button.value, shown = 0, all = 0;
        buttons.forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
        table.querySelectorAll("tbody tr").forEach(function (row) {
          var any = false;
          row.querySelectorAll("td[data-in]").forEach(function (cell) {
            var on = word === "all" || cell.getAttribute("data-in").split(" ").indexOf(word) >= 0;
            cell.classList.toggle("off", !on);
            all += 1;
            if (on) { any = true; shown += 1; }
          });
          row.hidden = !any && word !== "all";
        });
        say(bar.querySelector("[role=status]"), shown, all);
      });
    });
  });

  // Registers: keep the rows that contain every typed word.
  document.querySelectorAll("input[data-filter]").forEach(function (input) {
    var table = document.getElementById(input.getAttribute("data-filter"));
    var said = document.getElementById(input.getAttribute("aria-describedby"));
    var rows = table.querySelectorAll("tbody tr");
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/), shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase().replace(/\s+/g, " "); // Dates hold no-break spaces.
        row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        if (!row.hidden) shown += 1;
      });
      say(said, shown, rows.length);
    });
  });

  // Buttons that copy the text beside them.
  document.querySelectorAll("button[data-copies]").forEach(function (button) {
    if (!navigator.clipboard) { button.hidden = true; return; }
    button.addEventListener("click", function () {
      var text = document.getElementById(button.getAttribute("data-copies")).textContent;
      navigator.clipboard.writeText(text).then(function () { button.textContent = button.getAttribute("data-done"); });
    });
  });
})();
