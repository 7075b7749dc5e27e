// Follows every link of the built site to a page, a file and a place on a page; those that lead elsewhere are not followed.
//
// usage: node links.mjs
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Parser } from "htmlparser2";

const root = fileURLToPath(new URL("../dist/site", import.meta.url));
const base = process.env.SITE_BASE ?? "/";

/** What a page links to, and the places on it that can be linked to. */
function parse(file) {
  const page = { links: [], places: new Set() };
  const parser = new Parser({
    onopentag(name, { id, href, src }) {
      if (id) {
        page.places.add(id);
      }
      page.links.push(...[href, src].filter((link) => link !== undefined));
    },
  });
  parser.end(readFileSync(file, "utf8"));
  return page;
}

const pages = new Map(
  readdirSync(root, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .map((name) => [join(root, name), parse(join(root, name))]),
);

/** Why a link of a page leads nowhere, or nothing. */
function wrong(from, link) {
  const site = `file://${root}/`;
  const url = new URL(link.startsWith(base) ? site + link.slice(base.length) : link, `file://${from}`);
  if (url.protocol !== "file:") {
    return undefined;
  }
  let file = decodeURIComponent(url.pathname);
  if (existsSync(file) && statSync(file).isDirectory()) {
    file = join(file, "index.html");
  }
  if (!existsSync(file)) {
    return "there is no such file";
  }
  const place = decodeURIComponent(url.hash.slice(1));
  return place === "" || !pages.has(file) || pages.get(file).places.has(place) ? undefined : "there is no such place";
}

let links = 0;
let broken = 0;
for (const [file, page] of pages) {
  for (const link of page.links) {
    links++;
    const why = wrong(file, link);
    if (why) {
      broken++;
      console.error(`cannot follow ${link} from ${relative(root, file)}: ${why}`);
    }
  }
}
console.log(`${pages.size} pages, ${links} links, ${broken} broken`);
process.exitCode = broken > 0 || pages.size < 20 ? 1 : 0;
