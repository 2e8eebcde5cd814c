// Opens the pages of portals whose every field holds a string that is made to break it, and says what came of them.
//
//     node strings.mjs FOLDER      a folder with a portal in each of its folders
//
// Prints a line for each fault, then one line of counts. Exit code 1 with any fault, 2 where it could not look.
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { inTabs, start } from "./chromium.mjs";
import { below, filesOf, host } from "./site.mjs";

// Of pages in folders, each string has one of its own and stands in every register: some are enough.
const OF_A_FOLDER = 12;
const LINES = 40;
// The address in the settings of these programmes, which 404.html alone asks for what it needs: no other page knows it.
const HOSTED = "https://portal.example/";

const folder = resolve(process.argv[2] ?? ".");
const faults = new Map();
const counts = { pages: 0, scripts: 0, elements: 0 };

function fault(address, text) {
  if (!faults.has(text)) faults.set(text, address);
}

try {
  await main();
} catch (error) {
  console.log(`the look at strings stopped: ${error.stack ?? error}`);
  process.exit(2);
}

async function main() {
  const browser = await start();
  try {
    for (const portal of readdirSync(folder).sort()) await look(browser, join(folder, portal), portal);
  } finally {
    await browser.close();
  }
  for (const [text, address] of [...faults].slice(0, LINES)) console.log(`${address}: ${text.slice(0, 400)}`);
  console.log(`strings: ${counts.pages} pages, ${counts.elements} elements, ${counts.scripts} scripts; ${faults.size} faults`);
  process.exitCode = faults.size ? 1 : 0;
}

async function look(browser, root, name) {
  const files = filesOf(root);
  for (const file of files.filter((file) => file.endsWith(".js"))) {
    counts.scripts += 1;
    try { new vm.Script(readFileSync(join(root, file), "utf8")); } catch (error) { fault(`${name}/${file}`, `a script does not parse: ${error.message}`); }
  }
  const base = pathToFileURL(root + "/").href;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const answer = host(root);
  await context.route(`${HOSTED}**`, (route) => route.fulfill(answer(below("/", new URL(route.request().url()).pathname))));
  await inTabs(context, sample(files.filter((file) => file.endsWith(".html"))), 3, async (page, file) => {
    const address = `${name}/${file}`;
    const heard = {
      dialog: (dialog) => { fault(address, `a dialog: ${dialog.message()}`); dialog.dismiss(); },
      console: (message) => fault(address, `console: ${message.text()}`),
      pageerror: (error) => fault(address, `an error of a script: ${error.message}`),
      popup: (popup) => fault(address, `a window opened: ${popup.url()}`),
      request: (request) => {
        const inside = ["data:", file === "404.html" ? HOSTED : base, base];
        if (!inside.some((start) => request.url().startsWith(start))) fault(address, `asks for ${request.url()}`);
      },
    };
    for (const [event, listener] of Object.entries(heard)) page.on(event, listener);
    await page.goto(base + encodeURI(file), { waitUntil: "load", timeout: 180_000 });
    const seen = await page.evaluate(dangers);
    counts.pages += 1;
    counts.elements += seen.elements;
    for (const text of seen.found) fault(address, text);
    if (file === "index.html") await search(page);
    for (const [event, listener] of Object.entries(heard)) page.off(event, listener);
  });
  await context.close();
}

/** What is found is drawn by the portal's own script. */
async function search(page) {
  const field = page.locator("#find");
  if (!(await field.isVisible().catch(() => false))) return;
  for (const words of ["alert", "script", "onerror"]) {
    await field.fill(words);
    await page.locator("#found [role=option]").first().waitFor({ timeout: 3000 }).catch(() => {});
  }
}

/** Every page at the root, and some of each folder, evenly. */
function sample(pages) {
  const folders = new Map();
  for (const page of pages) {
    const name = page.includes("/") ? page.slice(0, page.indexOf("/")) : "";
    folders.set(name, [...(folders.get(name) ?? []), page]);
  }
  return [...folders].flatMap(([name, pages]) => {
    const step = name === "" ? 1 : Math.max(1, Math.floor(pages.length / OF_A_FOLDER));
    return pages.filter((_, index) => index % step === 0);
  });
}

/** Runs in the page: what in it no author may have put there, and words that are not where they should be. */
function dangers() {
  const found = [];
  const elements = [...document.querySelectorAll("*")];
  const FORBIDDEN = ["iframe", "frame", "object", "embed", "base", "applet", "portal", "video", "audio", "foreignobject", "textarea", "math", "template", "noscript"];
  for (const element of elements) {
    const name = element.localName.toLowerCase();
    if (FORBIDDEN.includes(name)) found.push(`an element <${name}>`);
    const is_own = /assets\/portal-[0-9a-f]+\.js$/.test(element.src ?? "") || (!element.src && element.textContent.startsWith('try{var t=localStorage.getItem("theme")')) || /data\/search\.js$/.test(element.src ?? "");
    if (name === "script" && !is_own) found.push(`a script: ${element.outerHTML}`);
    if (name === "form" && element.getAttribute("role") !== "search") found.push("a form");
    if (name === "style" && !element.closest("svg")) found.push("a stylesheet");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || ["srcdoc", "autofocus", "contenteditable", "formaction", "srcset", "ping"].includes(attribute)) found.push(`an attribute ${attribute}="${value}" on <${name}>`);
      if (!["href", "src", "action", "xlink:href", "poster", "data"].includes(attribute)) continue;
      let url;
      try { url = new URL(value, document.baseURI); } catch { found.push(`an address that cannot be read: ${value}`); continue; }
      const is_link = name === "a" || name === "link";
      const is_fit = url.protocol === "file:" || url.href === "data:," || (is_link && ["http:", "https:", "mailto:"].includes(url.protocol)) || (location.pathname.endsWith("/404.html") && url.protocol === "https:");
      if (!is_fit) found.push(`<${name} ${attribute}="${value}">`);
    }
  }
  for (const drawing of document.querySelectorAll("svg")) {
    if (drawing.parentElement.closest("svg")) continue;
    const parsed = new DOMParser().parseFromString(new XMLSerializer().serializeToString(drawing), "image/svg+xml");
    if (parsed.querySelector("parsererror")) found.push(`a drawing is not XML: ${parsed.querySelector("parsererror").textContent}`);
  }
  found.push(...strays());
  return { elements: elements.length, found: found.slice(0, 40) };

  /** Words beside marks that turn the order of letters: on one line, what comes later stands further right. */
  function strays() {
    const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    const LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    const strays = [];
    const blocks = [...document.querySelectorAll("p, td, th, li, dd, dt, h1, h2, h3, caption, summary")];
    for (const block of blocks.filter((block) => TURNS.test(block.textContent) && !block.querySelector("p, td, li, table")).slice(0, 400)) {
      let before = null;
      for (const { node, from, to } of pieces(block)) {
        const range = document.createRange();
        for (const [start, end] of [[from, from + 1], [to - 1, to]]) {
          range.setStart(node, start);
          range.setEnd(node, end);
          const box = range.getBoundingClientRect();
          if (box.width === 0) continue;
          if (before && Math.abs(before.top - box.top) < 3 && box.left < before.left - 1) {
            strays.push(`words out of its place: ${JSON.stringify(block.textContent.trim().slice(0, 120))}`);
          }
          before = box;
        }
      }
    }
    return [...new Set(strays)];

    /** Stretches of plain words that stand in no isolate. */
    function pieces(block) {
      const pieces = [];
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(".vh, svg, [hidden]")) continue;
        let depth = 0;
        for (const word of node.data.matchAll(/[\u2066-\u2069]|[^\s\u2066-\u2069]+/g)) {
          if (/[\u2066-\u2068]/.test(word[0])) depth += 1;
          else if (word[0] === "\u2069") depth -= 1;
          else if (depth === 0 && !LEFT.test(word[0]) && /^[\x20-\x7e]+$/.test(word[0])) pieces.push({ node, from: word.index, to: word.index + word[0].length });
        }
      }
      return pieces;
    }
  }
}
