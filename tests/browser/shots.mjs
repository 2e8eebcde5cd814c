// Takes pictures of a built portal for people to look at.
//
//     node shots.mjs FOLDER TO [PAGE…] [--review]
//
// For each page (default: all that do not only redirect): TO/<page>-1280-light.png, -1280-dark, -360-light, -360-dark,
// and TO/<page>.pdf as it prints on A4, with the number of sheets said. TO should lie outside the tree. With `--review`
// the two light ones only: the set that CI makes of every page.
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { inTabs, start } from "./chromium.mjs";
import { filesOf, redirectOf, serve } from "./site.mjs";

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { review: { type: "boolean", default: false } } });
const [folder, to, ...wanted] = positionals;
if (!folder || !to) {
  console.error("usage: node shots.mjs FOLDER TO [PAGE…] [--review]");
  process.exit(2);
}
mkdirSync(resolve(to), { recursive: true });
const is_whole = (file) => file.endsWith(".html") && redirectOf(readFileSync(join(folder, file), "utf8")) === null;
const pages = wanted.length ? wanted : filesOf(folder).filter(is_whole);
const site = await serve(folder, "/");
const browser = await start();
const context = await browser.newContext({ reducedMotion: "reduce" });
await inTabs(context, pages, 3, async (page, address) => {
  const name = join(resolve(to), address.replace(/\.html$/, "").replaceAll("/", "-"));
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await page.goto(site.root + encodeURI(address), { waitUntil: "load" });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of options.review ? ["light"] : ["light", "dark"]) {
      await page.emulateMedia({ media: "screen", colorScheme });
      await page.screenshot({ path: `${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  if (options.review) return;
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  const pdf = await page.pdf({ path: `${name}.pdf`, format: "A4", preferCSSPageSize: true, printBackground: false });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  console.log(`${address}: ${sheets} ${sheets === 1 ? "sheet" : "sheets"} of A4`);
});
await browser.close();
site.close();
if (options.review) console.log(`pictures: ${pages.length} pages at 1280 and 360 px in ${resolve(to)}`);
