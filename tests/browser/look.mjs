// What is looked at inside a page. These functions run in the browser, so they use nothing from outside of themselves.

/** Everything that the page names by an address, as written and as resolved, and every place that a link may point at. */
export function addresses() {
  const found = [];
  const add = (element, attribute) => {
    const written = element.getAttribute(attribute);
    if (written === null) return;
    let resolved = null;
    try { resolved = new URL(written, document.baseURI).href; } catch { /* said by the caller */ }
    found.push({ tag: element.localName, rel: element.getAttribute("rel") ?? "", written, resolved });
  };
  for (const attribute of ["href", "src", "action", "poster", "data"])
    document.querySelectorAll(`[${attribute}]`).forEach((element) => add(element, attribute));
  const anchors = [...document.querySelectorAll("[id], a[name]")].map((element) => element.id || element.getAttribute("name"));
  return { found, anchors };
}

/** By how much the page is wider than the window, and the element that makes it so. */
export function overflow() {
  const window_width = window.innerWidth;
  const page_width = document.documentElement.scrollWidth;
  if (page_width <= window_width) return null;
  const scrolls = (element) => {
    for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement)
      if (getComputedStyle(parent).overflowX !== "visible") return true;
    return false;
  };
  const widest = [...document.body.querySelectorAll("*")]
    .map((element) => ({ element, right: element.getBoundingClientRect().right }))
    .filter(({ element, right }) => right > window_width + 0.5 && !scrolls(element))
    .sort((one, other) => other.right - one.right)[0];
  const name = widest && widest.element.outerHTML.replace(/\s+/g, " ").slice(0, 90);
  return `the page is ${page_width} px wide in a window of ${window_width} px${name ? `: ${name}` : ""}`;
}

/**
 * The kinds of elements on the page: each as its own name, classes, role and state, whether it has words, a name and an
 * address, and the same of what it is in. What axe judges of an element is in these.
 */
export function kinds() {
  const state = (element) => ["role", "type", "tabindex", "aria-hidden", "hidden", "scope", "lang"].map((name) => element.getAttribute(name) ?? "").join("|");
  const has = (element) => ["href", "alt", "title", "aria-label", "aria-labelledby", "for"].filter((name) => element.getAttribute(name)?.trim()).join("|");
  const words = (element) => (element.textContent.trim() ? "words" : "");
  const of = (element) => `${element.localName}.${element.getAttribute("class") ?? ""}[${state(element)}][${has(element)}]${words(element)}`;
  const found = new Set();
  const walk = (element, above) => {
    const path = `${above}>${of(element)}`;
    found.add(path);
    for (const child of element.children) walk(child, path);
  };
  walk(document.body, "");
  return [...found];
}

/** What axe finds against these rules; `axe` was put into the page before. */
export async function barriers(rules) {
  const result = await axe.run(document, {
    ...rules,
    resultTypes: ["violations"],
    preload: false, // Reads every stylesheet again, for a rule of level AAA.
  });
  return result.violations.map((violation) => ({
    rule: violation.id,
    help: violation.help,
    places: violation.nodes.map((node) => node.target.flat().join(" ")),
  }));
}
