// Holds every page and stylesheet of a folder to the HTML and CSS standards, offline, in one run of the Nu checker.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// Explicit roles on the parts of a table are deliberate: below 48 rem its rows are laid out as grids, and `display` takes
// their meaning from them in some browsers. The checker holds the roles to be needless at best.
// `paint-order` is in every browser, and not yet in the checker.
const DELIBERATE = [
  /^The “role” attribute must not be used on a “(tr|th|td)” element which has a “table” ancestor/,
  /^CSS: “paint-order”: Property “paint-order” doesn't exist/,
];

/** Returns the errors, each with its file, line and column. Throws where the checker itself cannot run. */
export function markup(folder) {
  const jar = createRequire(import.meta.url)("vnu-jar");
  const options = ["--stdout", "--format", "json", "--exit-zero-always", "--errors-only", "--skip-non-html", "--also-check-css"];
  return new Promise((done, fail) => {
    execFile("java", ["-jar", jar, ...options, folder], { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error) return fail(new Error(`the HTML checker did not run: ${stderr || error.message}`));
      const messages = JSON.parse(stdout).messages;
      const broken = messages.find((message) => message.type === "non-document-error");
      if (broken) return fail(new Error(`the HTML checker stopped: ${broken.message}`));
      done(messages.filter((message) => !DELIBERATE.some((pattern) => pattern.test(message.message))).map((message) => shown(message, folder)));
    });
  });
}

function shown(message, folder) {
  const address = relative(resolve(folder), fileURLToPath(message.url));
  return { address, text: `markup: ${message.lastLine}:${message.firstColumn ?? message.lastColumn}: ${message.message}` };
}
