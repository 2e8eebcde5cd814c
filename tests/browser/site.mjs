// A folder of built pages: what is in it, and a server that shows it below a base path as a host would.
import { createServer } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve, sep, relative } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".csv": "text/csv; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".atom": "application/atom+xml",
  ".xml": "application/xml",
  ".pdf": "application/pdf",
};

/** The addresses of all files below a folder, in order, with `/` between their parts. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.split(sep).join("/"))
    .sort();
}

/** Serves a folder below `base`; `strays` gathers what was asked for outside of it or is not there. */
export async function serve(folder, base) {
  const strays = [];
  const known = new Set(filesOf(folder));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const address = path.startsWith(base) ? path.slice(base.length) || "index.html" : null;
    if (address === null || !known.has(address)) {
      strays.push(path);
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(address)] ?? "application/octet-stream" });
    response.end(readFileSync(join(folder, address)));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { root: `http://127.0.0.1:${server.address().port}${base}`, strays, close: () => server.close() };
}

/** Where a page that only redirects leads to, or null. */
export function redirectOf(text) {
  const tag = text.match(/<meta\s[^>]*http-equiv=["']?refresh["']?[^>]*>/i)?.[0];
  return tag ? (tag.match(/url=\s*([^"'>\s]+)/i)?.[1] ?? "") : null;
}
