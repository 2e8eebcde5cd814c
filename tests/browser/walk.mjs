// Walks through a built portal by keyboard alone, below a base path and from disk, with scripts and without, and says
// where the way ends.
//
//     node walk.mjs FOLDER [--at URL]
//
// With `--at`, for a portal that knows its address: only what a reader does who has lost the way, as if hosted there.
// Prints a line for each fault, then one of counts. Exit code 1 with any fault, 2 where it could not walk.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { start } from "./chromium.mjs";
import { below, filesOf, host, serve } from "./site.mjs";

const BASE = "/repo/";
const LOST = ["nothing.html", "m/nothing.html", "v/0.9/m/no/such/place", "m/"];

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { at: { type: "string" } } });
const folder = resolve(positionals[0] ?? ".");
const faults = [];
let steps = 0;

/** One thing that must be so: where it is not, the way ends. */
function hold(what, is_so) {
  steps += 1;
  if (!is_so) throw new Error(what);
}

/** Presses Tab until the focus is on what the selector names. */
async function tab_to(page, name, selector) {
  const is_there = () => page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press("Tab");
    if (await is_there()) return hold(name, true);
  }
  hold(`no Tab reaches ${name}`, false);
}

const focused = (page) => page.evaluate(() => {
  const { activeElement: element } = document;
  const { width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return { id: element.id, width, height, ring: style.outlineStyle !== "none", text: element.textContent.trim() };
});
const shown_rows = (page, list) => page.locator(`[data-list="${list}"] tbody tr:visible`).allInnerTexts();
const address = (page) => new URL(page.url());

/** The skip link is the first stop, and leads into the page. */
async function skips(page, root) {
  await page.goto(`${root}index.html`);
  await page.keyboard.press("Tab");
  const link = await focused(page);
  await page.keyboard.press("Enter");
  hold("the first stop is not the skip link, or is not seen", link.ring && address(page).hash === "#main");
  hold("the skip link leaves the focus where it was", (await focused(page)).id === "main");
}

/** A page of the navigation opens by Tab and Enter. */
async function navigates(page, root) {
  await page.goto(`${root}index.html`);
  await tab_to(page, "the risks in the navigation", 'nav a[href$="risks.html"]');
  await Promise.all([page.waitForURL(/risks\.html/), page.keyboard.press("Enter")]);
  hold("the navigation does not say which page this is", await page.locator('nav a[aria-current="page"]').count());
}

/** A register is filtered and sorted, says so, keeps it in its address, and forgets it again. */
async function filters(page, root) {
  await page.goto(`${root}risks.html`);
  const all = await shown_rows(page, "risks");
  await tab_to(page, "the filter", '[data-of="risks"] input');
  const word = all.at(-1).match(/R-?\w+/)[0];
  await page.keyboard.type(word.toLowerCase());
  const kept = await shown_rows(page, "risks");
  const said = await page.locator('[data-of="risks"] [role=status]').innerText();
  hold(`the filter keeps ${kept.length} of ${all.length} rows for \`${word}\``, kept.length > 0 && kept.length < all.length);
  hold(`the filter does not say what it shows: \`${said}\``, said.includes(`${kept.length} of ${all.length}`));
  hold("the filter is not in the address", address(page).searchParams.get("risks") === word.toLowerCase());

  await tab_to(page, "the header that sorts", "th:first-child button");
  const head = await focused(page);
  hold(`the header that sorts is no target: ${Math.round(head.width)} × ${Math.round(head.height)} px`, head.ring && head.width >= 24 && head.height >= 24);
  await page.keyboard.press("Space");
  await page.keyboard.press("Space");
  const sorted = page.locator('[data-list="risks"] th[aria-sort="descending"]');
  hold("the sorted column does not say so", (await sorted.count()) === 1);
  hold("the order is not in the address", address(page).searchParams.get("risks.sort") === "-1");

  const shared = page.url();
  await page.goto(`${root}index.html`);
  await page.goto(shared);
  hold("a shared link does not bring the filter back", (await shown_rows(page, "risks")).length === kept.length);
  hold("a shared link does not bring the order back", (await sorted.count()) === 1);
  await tab_to(page, "the reset", "[data-resets]");
  await page.keyboard.press("Enter");
  const again = await shown_rows(page, "risks");
  hold("the reset does not bring back what was there", again.join() === all.join());
  hold("the reset leaves something in the address", address(page).search === "");
}

/** Columns sort by what they mean: dates by the calendar, ids as people count, what is missing last. */
async function sorts(page, root) {
  await page.goto(`${root}evidence.html`);
  const table = page.locator('[data-list="evidence"]');
  const ascending = async (column, values) => {
    await table.locator("thead button").nth(column).click();
    const found = await table.locator("tbody tr").evaluateAll(values, column);
    const given = found.filter((value) => value !== "");
    hold(`column ${column + 1} does not sort: ${found.join(", ")}`, given.length > 1 && given.every((value, at) => at === 0 || given[at - 1] <= value));
    hold(`what column ${column + 1} lacks is not last`, found.slice(0, given.length).every((value) => value !== ""));
  };
  await ascending(5, (rows, column) => rows.map((row) => row.cells[column].querySelector("time")?.dateTime ?? ""));
  await ascending(0, (rows) => rows.map((row) => Number(row.cells[0].innerText.match(/\d+/)?.[0] ?? 0)));
}

/** Tables of slippage and traceability sort and filter as registers do. */
async function compares(page, root) {
  await page.goto(`${root}slippage.html`);
  const days = page.locator('[data-list="slip"] tbody tr');
  await page.locator('[data-list="slip"] thead button').nth(4).click();
  const found = await days.evaluateAll((rows) => rows.map((row) => row.cells[4].querySelector("time")?.dateTime ?? "~"));
  hold(`forecasts do not sort: ${found.join(", ")}`, found.length > 1 && [...found].sort().join() === found.join());
  await page.goto(`${root}trace.html?criteria=${encodeURIComponent((await page.locator(".id").first().textContent()).trim())}`);
  const kept = await shown_rows(page, "criteria");
  const all = await page.locator('[data-list="criteria"] tbody tr').count();
  hold(`the address keeps ${kept.length} of ${all} criteria`, kept.length > 0 && kept.length < all);
}

/** Only mine: a name chosen once is offered on other lists, cuts none unasked, and stands in the address. */
async function owns(page, root) {
  await page.goto(`${root}evidence.html`);
  const whose = page.locator('[data-of="evidence"] select');
  const name = await whose.locator("option").nth(1).textContent();
  const all = await shown_rows(page, "evidence");
  await tab_to(page, "whose rows are shown", '[data-of="evidence"] select');
  await whose.selectOption(name);
  const kept = await shown_rows(page, "evidence");
  hold(`${name} has ${kept.length} of ${all.length} rows`, kept.length > 0 && kept.length < all.length);
  hold("whose it is, is not in the address", address(page).searchParams.get("evidence.who") === name);
  await page.goto(`${root}todo.html`);
  const groups = page.locator('[data-list="tasks"] [data-group]:visible');
  const people = await groups.count();
  hold("a list is cut before anybody asks", people > 1);
  await page.locator('[data-of="tasks"] select').selectOption(await groups.first().locator("h3").textContent());
  hold("a person's list shows others", (await groups.count()) === 1);
  await tab_to(page, "only mine", '[data-of="tasks"] [data-mine][aria-pressed="true"]');
  await page.keyboard.press("Enter");
  hold("only mine cannot be taken back", (await groups.count()) === people && address(page).search === "");
  // A browser may keep nothing for pages from disk: then a choice lasts as long as the page.
  if (root.startsWith("http")) await page.reload();
  hold("all are shown until mine are asked for", (await groups.count()) === people);
  await tab_to(page, "only mine again", "[data-mine]");
  await page.keyboard.press("Enter");
  hold("only mine shows everyone", (await groups.count()) === 1);
  await page.goto(`${root}matrix.html`);
  const gates = page.locator('[data-list="gates"] [data-in]:not(.off):visible');
  const before = await gates.count();
  const owner = await page.locator('[data-of="gates"] option').evaluateAll((options) => options.map((option) => option.value).find((name) => name && [...document.querySelectorAll("td[data-who]")].some((cell) => !cell.dataset.who.split("|").includes(name))));
  await page.locator('[data-of="gates"] select').selectOption(owner);
  const after = await gates.count();
  hold(`of ${before} gates, ${after} are of ${owner}`, after > 0 && after < before);
}

/** The link to a record is copied and said. */
async function copies(page, root) {
  await page.goto(`${root}m/M2.html`);
  const button = page.locator("tr[id] .copy").first();
  hold("a row has no link to copy", await button.count());
  await tab_to(page, "a link to copy", "tr[id] .copy");
  const head = await focused(page);
  hold(`the link to copy is no target: ${Math.round(head.width)} × ${Math.round(head.height)} px`, head.ring && head.width >= 24 && head.height >= 24);
  const label = await button.getAttribute("aria-label");
  hold(`the link does not say what it leads to: \`${label}\``, /M2-\w/.test(label));
  const id = await page.locator("tr[id]").first().getAttribute("id");
  await page.keyboard.press("Enter");
  await page.locator("#said:not(:empty)").waitFor();
  await page.locator("#find").focus();
  await page.keyboard.press("Control+V");
  const pasted = await page.locator("#find").inputValue();
  hold(`what is copied is \`${pasted}\``, pasted.endsWith(`m/M2.html#${id}`));
}

/** The report leads from part to part, and has no controls of its own. */
async function reports(page, root) {
  await page.goto(`${root}index.html`);
  await tab_to(page, "the whole report", 'main a[href$="report.html"]');
  await Promise.all([page.waitForURL(/report\.html/), page.keyboard.press("Enter")]);
  await tab_to(page, "an entry of the contents", '.contents a[href$="m:M2.html"]');
  await page.keyboard.press("Enter");
  hold("the contents do not lead to their part", decodeURIComponent(address(page).hash) === "#m:M2.html");
  const idle = await page.locator("main button:visible, main input:visible, main select:visible").count();
  hold(`the report shows ${idle} controls`, idle === 0);
}

/** `/` leads to the search; what is typed finds records whatever its case, Esc forgets it, Enter opens. */
async function searches(page, root) {
  await page.goto(`${root}index.html`);
  hold("the index is loaded before the search is used", (await page.locator('script[src$="data/search.js"]').count()) === 0);
  await page.keyboard.press("/");
  hold("`/` does not lead to the search", (await focused(page)).id === "find");
  await page.keyboard.type("m2-x");
  await page.locator("#found a").first().waitFor();
  hold("the results are not said", /\d/.test(await page.locator(".search [role=status]").textContent()));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const active = await page.locator("#find").getAttribute("aria-activedescendant");
  hold(`two arrows choose \`${active}\``, active === "found-2" && (await page.locator('#found-2[aria-selected="true"]').count()) === 1);
  await page.keyboard.press("Escape");
  hold("Esc leaves the results", !(await page.locator("#found").isVisible()) && (await page.locator("#find").inputValue()) === "");
  await page.keyboard.type("no such thing");
  hold("what is not found is not said", await page.locator(".search [role=status]:not(.vh)").isVisible());
  await page.keyboard.press("Escape");
  await page.keyboard.type("M2");
  await page.locator("#found a").first().waitFor();
  await Promise.all([page.waitForURL(/M2\.html/), page.keyboard.press("Enter")]);
}

/** The version switch keeps the page. */
async function switches(page, root, query = "") {
  await page.goto(`${root}risks.html${query}`);
  await tab_to(page, "the version switch", ".switch summary");
  await page.keyboard.press("Enter");
  await tab_to(page, "the other version", '.switch a[href*="/v/"], .switch a[href^="v/"]');
  await Promise.all([page.waitForURL(/\/v\//), page.keyboard.press("Enter")]);
  const there = address(page);
  hold(`the other version is not the same page: ${there.pathname}`, there.pathname.endsWith("/risks.html"));
}

/** The version switch keeps what was chosen on the page, and each version searches itself. */
async function keeps(page, root) {
  await switches(page, root, "?risks.sort=-1");
  hold("the switch loses what was chosen", address(page).searchParams.get("risks.sort") === "-1");
  await page.keyboard.press("/");
  await page.keyboard.type("m1");
  await page.locator("#found a").first().waitFor();
  const found = await page.locator("#found a").first().evaluate((link) => link.href);
  hold(`the search of a version leads out of it: ${found}`, /\/v\/[^/]+\/m\//.test(found));
}

/** A stored theme is there before anything is painted. */
async function themes(browser, root) {
  const context = await browser.newContext({ colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(`${root}index.html`);
  hold("there is no theme to choose", await page.locator("#theme:visible").count());
  await page.locator("#theme").selectOption("dark");
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      window.first_theme = document.documentElement.dataset.theme ?? "none";
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${root}risks.html`);
  hold("a stored theme comes after the page", (await page.evaluate(() => window.first_theme)) === "dark");
  await context.close();
}

/** Without scripts, nothing is shown that needs one. */
async function rests(browser, root, pages) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const name of pages) {
    await page.goto(root + name);
    const idle = await page.locator("button:visible, input:visible, select:visible, form:visible").count();
    hold(`${name}: without scripts, ${idle} controls are shown that do nothing`, idle === 0);
  }
  await context.close();
}

/** Without scripts the registers are whole, and a mark leads to its reason. */
async function reads(page, root) {
  await page.goto(`${root}matrix.html`);
  await tab_to(page, "a mark of the gate matrix", "main tbody a.mark");
  await Promise.all([page.waitForURL(/#/), page.keyboard.press("Enter")]);
  const there = decodeURIComponent(address(page).hash.slice(1));
  hold(`the mark leads to no place: ${there}`, there && (await page.locator(`[id="${there}"]`).isVisible()));
  await page.goto(`${root}risks.html`);
  hold("without scripts the register is not whole", (await shown_rows(page, "risks")).length > 1);
}

/** At any depth, whoever has lost the way reads so, and is led back where the portal knows its address. */
async function loses(page, root) {
  for (const path of LOST) {
    const asked = [];
    const hear = (request) => asked.push(request.url());
    page.on("request", hear);
    const answer = await page.goto(root + path);
    hold(`${path}: the host does not say that it is not there`, answer.status() === 404);
    hold(`${path}: there is nothing to read`, (await page.locator("main h1").innerText({ timeout: 5000 })) && (await page.locator("main p").count()));
    const outside = asked.filter((url) => !url.startsWith(root) && !url.startsWith("data:"));
    hold(`${path}: it asks for ${outside[0]}`, outside.length === 0);
    page.off("request", hear);
    if (!options.at) continue;
    hold(`${path}: it is bare`, await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 50)));
    await tab_to(page, "the way home", "main a");
    await Promise.all([page.waitForURL(/index\.html/), page.keyboard.press("Enter")]);
    hold(`${path}: it leads to ${page.url()}`, page.url() === `${root}index.html` && (await page.locator("nav a[aria-current]").count()));
  }
}

/** Does the work; a way that ends is a fault of the portal, and the walk goes on with the next one. */
async function go(name, work) {
  await work().catch((error) => faults.push(`${name}: ${error.message.split("\n")[0]}`));
}

async function walk(browser, root, place, flows, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...settings });
  if (options.at) {
    const answer = host(folder);
    const base = new URL(root).pathname;
    await context.route("**", (route) => {
      const address = route.request().url().startsWith(root) ? below(base, new URL(route.request().url()).pathname) : null;
      return address === null ? route.abort() : route.fulfill(answer(address));
    });
  }
  for (const flow of flows) {
    const name = `${place}: ${flow.name}`;
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`${name}: script: ${error.message}`));
    await go(name, () => flow(page, root));
    await page.close();
  }
  await context.close();
}

async function everywhere(browser) {
  const pages = filesOf(folder).filter((file) => /^[^/]+\.html$/.test(file));
  const site = await serve(folder, BASE);
  for (const [place, root] of [["served", site.root], ["from disk", pathToFileURL(folder + "/").href]]) {
    await walk(browser, root, place, [skips, navigates, filters, sorts, compares, owns, copies, reports, searches, switches, keeps]);
    await walk(browser, root, `${place}, without scripts`, [skips, navigates, reads, switches], { javaScriptEnabled: false });
    await go(`${place}: themes`, () => themes(browser, root));
    await go(`${place}: rests`, () => rests(browser, root, pages));
  }
  await walk(browser, site.root, "served", [loses]);
  site.close();
}

try {
  const browser = await start();
  if (options.at) await walk(browser, options.at, "hosted", [loses]);
  else await everywhere(browser);
  await browser.close();
} catch (error) {
  console.log(`the walk stopped: ${error.stack ?? error}`);
  process.exit(2);
}
faults.forEach((fault) => console.log(fault));
console.log(`walk${options.at ? ` at ${options.at}` : ", served and from disk, with scripts and without"}: ${steps} steps by keyboard, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
