// A headless Chromium that has the built site at http://site.test/, with no server in between.
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const ROOT = fileURLToPath(new URL("../../dist/site", import.meta.url));
const ORIGIN = "http://site.test";
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"];

function program() {
  const places = (process.env.PATH ?? "").split(":").flatMap((folder) => PROGRAMS.map((name) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (!found) {
    throw new Error(`cannot start a browser: none of ${PROGRAMS.join(", ")} is in PATH`);
  }
  return found;
}

export const startBrowser = () =>
  puppeteer.launch({ executablePath: program(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });

function answer(request) {
  const url = new URL(request.url());
  const file = join(ROOT, decodeURIComponent(url.pathname).replace(/\/$/, "/index.html"));
  if (url.protocol === "data:") {
    return request.continue();
  }
  if (url.origin !== ORIGIN || !existsSync(file) || !statSync(file).isFile()) {
    return request.respond({ status: 404 });
  }
  return request.respond({ contentType: TYPES[extname(file)] ?? "application/octet-stream", body: readFileSync(file) });
}

/**
 * Opens a page of the site.
 *
 * @param scheme light or dark, as the reader's system says
 * @returns the page, and what its scripts complained about
 */
export async function open(browser, name, { width = 1280, height = 900, scheme = "light" } = {}) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.setRequestInterception(true);
  page.on("request", answer);
  await page.goto(`${ORIGIN}/${name}.html`, { waitUntil: "load" });
  await page.waitForFunction(() => document.querySelector("#app").__vue_app__);
  return { page, complaints };
}
