// Looks at every page of built portals as a reader's browser would, and says what is wrong with them.
//
//     node check.mjs FOLDER [--then FOLDER]... [--axe reported] [--thrifty] [--tabs N]
//
// Prints, for each portal, a line for each fault, then one line of counts. Exit code 1 with any fault, 2 where it could not look.
// With `--axe reported`, barriers to access are printed and counted, and are no fault. Thriftily, axe is spared pages that
// have only elements of kinds that it has judged on a page before: with `--then` in the further portals, which may be of a
// thousand pages; with `--thrifty` in the first too.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { inTabs, start } from "./chromium.mjs";
import { addresses, barriers, kinds, overflow } from "./look.mjs";
import { markup } from "./markup.mjs";
import { filesOf, redirectOf, serve } from "./site.mjs";

const BASE = "/some/where/";
const HEIGHT = 900;
const FROM_DISK = 30;
// In a thrifty run, what is larger (in bytes) is not held to axe, which would take minutes for each medium: the whole portal
// as one document. What it is made of is held to axe on its own pages, and the document itself where it is small.
const TOO_LARGE_FOR_AXE = 2_000_000;
// A busy machine is no fault of the page.
const PATIENCE_MS = 180_000;
const LINES = 60;
// Of pages with nothing new, one in so many is looked at in the wider layouts too.
const SAMPLED = 4;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What axe can find anew in a medium: all rules where the layout is another one, and those of colour where only that is.
const WCAG = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };
// Nobody presses a link on paper.
const ON_PAPER = Object.fromEntries(["target-size", "link-in-text-block", "scrollable-region-focusable"].map((rule) => [rule, { enabled: false }]));
// The width of A4 between its margins, in px of 1/96 inch: upright, and across for pages of class `wide`.
const [UPRIGHT, ACROSS] = [688, 1017];

/** In this order, so that one load serves them all. */
const MEDIA = [
  { name: "at 1280 px, light", width: 1280, scheme: "light", axe: WCAG },
  { name: "at 1280 px, dark", width: 1280, scheme: "dark", axe: COLOURS, is_colour: true },
  { name: "at 768 px, dark", width: 768, scheme: "dark", axe: COLOURS, is_colour: true },
  { name: "at 768 px, light", width: 768, scheme: "light", axe: WCAG },
  { name: "at 360 px, light", width: 360, scheme: "light", axe: WCAG, is_tight: true },
  { name: "at 360 px, dark", width: 360, scheme: "dark", axe: COLOURS, is_colour: true },
  { name: "in print", width: UPRIGHT, media: "print", scheme: "light", axe: { ...WCAG, rules: ON_PAPER }, is_tight: true },
];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    axe: { type: "string", default: "required" },
    then: { type: "string", multiple: true, default: [] },
    thrifty: { type: "boolean", default: false },
    tabs: { type: "string", default: "4" },
  },
});
const known_kinds = new Set();
/** Pages that had nothing new. */
let known_pages = 0;
/** The medium that each tab is in. */
const shown_in = new WeakMap();

/** What is seen of one portal. */
let folder, is_thrifty, began, faults, reported, counts;

function turn_to(portal, thrifty) {
  [folder, is_thrifty, began] = [resolve(portal), thrifty, Date.now()];
  [faults, reported] = [new Map(), new Map()];
  counts = { pages: 0, redirects: 0, links: 0, anchors: 0, outward: 0, requests: 0, barriers: 0, looks: 0, axe: 0, too_large: 0 };
}

/** One line for one fault, with the pages that have it: a fault of a shared template is said once. */
function fault(address, text, into = faults) {
  if (!into.has(text)) into.set(text, new Set());
  into.get(text).add(address);
}

try {
  const browser = await start();
  try {
    for (const [number, portal] of [positionals[0] ?? ".", ...options.then].entries()) {
      turn_to(portal, options.thrifty || number > 0);
      await look(browser);
    }
  } finally {
    await browser.close();
  }
} catch (error) {
  console.log(`the browser checks stopped: ${error.stack ?? error}`);
  process.exit(2);
}

async function look(browser) {
  const files = filesOf(folder);
  const pages = files.filter((file) => file.endsWith(".html"));
  if (!pages.includes("index.html")) throw new Error(`${folder} has no index.html`);
  const checked_markup = markup(folder);
  checked_markup.catch(() => {}); // Awaited below; until then it may fail unheard.
  const redirects = new Map();
  for (const page of pages) {
    const to = redirectOf(readFileSync(join(folder, page), "utf8"));
    if (to !== null) redirects.set(page, to);
  }
  const whole = pages.filter((page) => !redirects.has(page));
  const seen = await served(browser, whole);
  for (const [page, to] of redirects) {
    const resolved = new URL(to, `http://localhost${BASE}${encodeURI(page)}`).href;
    seen.set(page, { root: `http://localhost${BASE}`, anchors: [], found: [{ tag: "meta", rel: "", written: to, resolved }] });
  }
  links(seen, new Set(files));
  await from_disk(browser, sample(whole, FROM_DISK));
  for (const { address, text } of await checked_markup) fault(address, text);
  counts.pages = whole.length;
  counts.redirects = redirects.size;
  report(files.filter((file) => file.endsWith(".css")).length);
}

/** Every page below a base path, loaded once and looked at in every medium. */
async function served(browser, pages) {
  const site = await serve(folder, BASE);
  const context = await browser.newContext({ viewport: { width: 1280, height: HEIGHT }, reducedMotion: "reduce" });
  context.setDefaultNavigationTimeout(PATIENCE_MS);
  const seen = new Map();
  await inTabs(context, pages, Number(options.tabs), async (page, address) => {
    const heard = listen(page, address, (url) => url.startsWith(site.root));
    await into(page, MEDIA[0]);
    await page.goto(site.root + encodeURI(address), { waitUntil: "load" });
    seen.set(address, { root: site.root, ...(await page.evaluate(addresses)) });
    const has_news = await brings_news(page);
    const is_too_large = is_thrifty && statSync(join(folder, address)).size > TOO_LARGE_FOR_AXE;
    if (is_too_large) counts.too_large += 1;
    else if (has_news) await page.evaluate(AXE);
    // Colours alone cannot say anything new of elements that are known, and nothing of the layout; where there is room for
    // them, the layout of some will do.
    const is_sampled = !has_news && known_pages++ % SAMPLED === 0;
    for (const medium of MEDIA.filter((medium) => has_news || (!medium.is_colour && (medium.is_tight || is_sampled)))) {
      await into(page, medium);
      await look_at(page, address, medium, has_news && !is_too_large);
    }
    heard.stop();
  });
  await context.close();
  site.close();
  for (const path of new Set(site.strays)) fault(path, "asked for, and is not there or not below the root");
  return seen;
}

async function into(page, medium) {
  const { width, media = "screen", scheme } = medium;
  const was = shown_in.get(page);
  if (was === medium) return;
  shown_in.set(page, medium);
  if (media !== (was?.media ?? "screen") || scheme !== was?.scheme) await page.emulateMedia({ media, colorScheme: scheme });
  const across = media === "print" && (await page.evaluate(() => getComputedStyle(document.body).page === "wide"));
  await page.setViewportSize({ width: across ? ACROSS : width, height: HEIGHT });
}

/** Whether the page has an element of a kind that no page before it had; always, where nothing is to be saved. */
async function brings_news(page) {
  const news = (await page.evaluate(kinds)).filter((kind) => !known_kinds.has(kind));
  news.forEach((kind) => known_kinds.add(kind));
  return !is_thrifty || news.length > 0;
}

async function look_at(page, address, medium, with_axe) {
  counts.looks += 1;
  const wide = await page.evaluate(overflow);
  if (wide) fault(address, `${medium.name}: ${wide}`);
  if (!with_axe) return;
  counts.axe += 1;
  for (const barrier of await page.evaluate(barriers, medium.axe)) {
    counts.barriers += barrier.places.length;
    const text = `${medium.name}: axe ${barrier.rule}: ${barrier.help}: ${[...new Set(barrier.places)].slice(0, 3).join("; ")}`;
    fault(address, text, options.axe === "reported" ? reported : faults);
  }
}

/** Some pages opened from disk, with scripts and without. */
async function from_disk(browser, pages) {
  const root = pathToFileURL(folder + "/").href;
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: HEIGHT }, javaScriptEnabled });
    context.setDefaultNavigationTimeout(PATIENCE_MS);
    await inTabs(context, pages, Number(options.tabs), async (page, address) => {
      const heard = listen(page, `${address} from disk`, (url) => url.startsWith(root));
      await page.goto(root + encodeURI(address), { waitUntil: "load" });
      const words = await page.locator("main").innerText({ timeout: 2000 }).catch(() => "");
      if (!words.trim()) fault(address, javaScriptEnabled ? "from disk: nothing to read in `main`" : "without scripts: nothing to read in `main`");
      heard.stop();
    });
    await context.close();
  }
}

/** Hears the console, errors of scripts and requests of a page until told to stop. */
function listen(page, address, is_inside) {
  const heard = {
    console: (message) => fault(address, `console: ${message.type()}: ${message.text()}`),
    pageerror: (error) => fault(address, `script: ${error.message}`),
    request: (request) => {
      counts.requests += 1;
      const url = request.url();
      if (!url.startsWith("data:") && !is_inside(url)) fault(address, `a request leaves the site: ${url}`);
    },
    requestfailed: (request) => fault(address, `a request failed: ${request.url()}: ${request.failure()?.errorText}`),
    response: (response) => {
      if (response.status() >= 400) fault(address, `a request failed: ${new URL(response.url()).pathname}: ${response.status()}`);
    },
  };
  for (const [event, listener] of Object.entries(heard)) page.on(event, listener);
  return { stop: () => Object.entries(heard).forEach(([event, listener]) => page.off(event, listener)) };
}

/** Every address that a page names: a file that is there, an anchor that is in it, written relative to the page. */
function links(seen, files) {
  for (const [address, { root, found }] of seen) {
    for (const { tag, written, resolved } of found) {
      if (resolved === null) { fault(address, `an address cannot be read: \`${written}\``); continue; }
      if (/^(data|mailto|tel):/.test(resolved)) continue;
      if (!/^https?:/.test(resolved)) { fault(address, `a link of a kind that no portal has: \`${written}\``); continue; }
      if (new URL(resolved).origin !== new URL(root).origin) { counts.outward += 1; continue; }
      counts.links += 1;
      // 404.html is shown at any depth, so its addresses cannot be relative.
      if (/^([a-z]+:|\/)/i.test(written) && address !== "404.html") fault(address, `an address is not relative: \`${written}\``);
      const [target, anchor] = resolved.split("#");
      if (!target.startsWith(root)) { fault(address, `\`${written}\` leads out of the portal`); continue; }
      const file = decodeURIComponent(target.slice(root.length).split("?")[0]);
      if (file === "" || file.endsWith("/")) { fault(address, `\`${written}\` names a folder: not to be opened from disk`); continue; }
      if (!files.has(file)) { fault(address, `<${tag}> \`${written}\` leads nowhere`); continue; }
      if (!anchor || !seen.has(file)) continue;
      counts.anchors += 1;
      if (!seen.get(file).anchors.includes(decodeURIComponent(anchor))) fault(address, `\`${written}\`: no such place in ${file}`);
    }
  }
}

/** Some pages of each folder: each kind of page before another of the same kind. */
function sample(pages, count) {
  const folders = new Map();
  for (const page of pages) {
    const name = page.split("/").slice(0, -1).join("/");
    folders.set(name, [...(folders.get(name) ?? []), page]);
  }
  const chosen = [];
  for (let turn = 0; chosen.length < Math.min(count, pages.length); turn += 1)
    for (const of_folder of folders.values()) if (of_folder[turn]) chosen.push(of_folder[turn]);
  return chosen.slice(0, count);
}

function report(stylesheets) {
  const show = ([text, pages]) => {
    const [first, ...others] = [...pages].sort();
    return `${first}${others.length ? ` and ${others.length} more` : ""}: ${text}`;
  };
  for (const line of [...reported].map(show).sort()) console.log(`reported, not required: ${line}`);
  const lines = [...faults].map(show).sort();
  for (const line of lines.slice(0, LINES)) console.log(line);
  if (lines.length > LINES) console.log(`and ${lines.length - LINES} more faults`);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(
    `browser: ${basename(folder)}: ${counts.pages} pages, ${counts.looks} looks in ${MEDIA.length} media, ${counts.redirects} redirects, ` +
      `${stylesheets} stylesheets, ${counts.links} links, ${counts.anchors} anchors, ${counts.outward} outward links, ` +
      `${counts.requests} requests, ${counts.barriers} barriers in ${counts.axe} runs of axe (${counts.too_large} pages too large for it), ${faults.size} faults, ${seconds} s`,
  );
  if (faults.size) process.exitCode = 1;
}
