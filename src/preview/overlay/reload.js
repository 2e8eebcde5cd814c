
// Reloads this page when the preview shows something newer, also after the server was started again.
(function () {
  "use strict";
  var at = "AT", stream = null;
  function see(event) {
    if (JSON.parse(event.data).at !== at) location.reload();
  }
  // A browser allows six connections to one server: pages that nobody looks at give theirs up.
  function listen() {
    if (document.visibilityState === "hidden") {
      if (stream) stream.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource("/__milepost/events");
      stream.addEventListener("hello", see);
      stream.addEventListener("reload", see);
      stream.onerror = function () {
        if (!stream || stream.readyState !== 2) return;
        stream = null;
        setTimeout(listen, 2000);
      };
    }
  }
  document.addEventListener("visibilitychange", listen);
  listen();

  // What was folded away stays so until the problems change.
  var host = document.querySelector("milepost-problems");
  var details = host && host.shadowRoot && host.shadowRoot.querySelector("details");
  if (!details) return;
  var key = "milepost-folded";
  try {
    if (sessionStorage.getItem(key) === at) details.open = false;
  } catch (error) { /* no storage: it opens again */ }
  details.addEventListener("toggle", function () {
    try {
      if (details.open) sessionStorage.removeItem(key); else sessionStorage.setItem(key, at);
    } catch (error) { /* as above */ }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") details.open = false;
  });
})();
