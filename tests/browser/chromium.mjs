// Starts the Chromium that is installed: this project downloads none of its own.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const FLAGS = [
  "--headless",
  "--no-sandbox", // CI is root in a container.
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  // Without these the browser itself asks for hosts that a closed network refuses.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function start() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("chromium is not installed: run `.ci/browser-setup`");
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Does the work on each item, `tabs` at a time, each with a page of its own that is used again. */
export async function inTabs(context, items, tabs, work) {
  const waiting = [...items];
  const tab = async () => {
    const page = await context.newPage();
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(page, item);
    await page.close();
  };
  await Promise.all(Array.from({ length: Math.min(tabs, items.length) }, tab));
}
