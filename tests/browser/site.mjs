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

/** What a host answers for an address below the base: the file, else its 404 page, at any depth. */
export function host(folder) {
  const known = new Set(filesOf(folder));
  const lost = known.has("404.html") ? { status: 404, contentType: TYPES[".html"], body: readFileSync(join(folder, "404.html")) } : null;
  return (address) => {
    if (!known.has(address)) return lost ?? { status: 404, contentType: "text/plain", body: "not found" };
    return { status: 200, contentType: TYPES[extname(address)] ?? "application/octet-stream", body: readFileSync(join(folder, address)) };
  };
}

/** The address below `base` that a URL's path names; null where it lies outside. */
export function below(base, path) {
  const decoded = decodeURIComponent(path);
  return decoded.startsWith(base) ? decoded.slice(base.length) || "index.html" : null;
}

/** Serves a folder below `base`; `strays` gathers what was asked for outside of it or is not there. */
export async function serve(folder, base) {
  const strays = [];
  const answer = host(folder);
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const address = below(base, path);
    const { status, contentType, body } = address === null ? { status: 404, contentType: "text/plain", body: "outside" } : answer(address);
    if (status === 404) strays.push(decodeURIComponent(path));
    response.writeHead(status, { "content-type": contentType }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { root: `http://127.0.0.1:${server.address().port}${base}`, strays, close: () => server.close() };
}

/** Where a page that only redirects leads to, or null. */
export function redirectOf(text) {
  const tag = text.match(/<meta\s[^>]*http-equiv=["']?refresh["']?[^>]*>/i)?.[0];
  return tag ? (tag.match(/url=\s*([^"'>\s]+)/i)?.[1] ?? "") : null;
}
