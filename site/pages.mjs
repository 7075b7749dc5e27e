// Lays the repository's Markdown and manual pages out as VitePress wants them, below target/pages. A link from file to file
// becomes one from page to page; one to a file that is no page becomes its text.
//
// usage: node pages.mjs
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { files, fromReadme, lists } from "./contents.mjs";

const repository = fileURLToPath(new URL("..", import.meta.url));
const target = fileURLToPath(new URL("target/pages", import.meta.url));

const pageOf = new Map(Object.entries(files).map(([page, file]) => [file, page]));
pageOf.set("README.md", "index");
Object.keys(lists).forEach((list) => pageOf.set(`docs/${list}`, `${list}/index`));

const read = (file) => readFileSync(join(repository, file), "utf8");

/** Applies a change to the lines that are not within a fenced block. */
function outsideFences(text, change) {
  let fenced = false;
  return text
    .split("\n")
    .map((line) => {
      const fence = line.startsWith("```");
      fenced = fence ? !fenced : fenced;
      return fence || fenced ? line : change(line);
    })
    .join("\n");
}

/** The text of a link in `file`, as it is on `page`. */
function link(file, page, text, href) {
  if (/^[a-z]+:|^#/.test(href)) {
    return `[${text}](${href})`;
  }
  const [path, fragment] = href.split("#");
  const linked = posix.normalize(posix.join(posix.dirname(file), path));
  if (pageOf.has(linked)) {
    const relative = posix.relative(posix.dirname(page), pageOf.get(linked));
    return `[${text}](${relative.startsWith(".") ? relative : `./${relative}`}.md${fragment ? `#${fragment}` : ""})`;
  }
  if (!existsSync(join(repository, linked))) {
    throw new Error(`cannot link from ${file} to ${href}: there is no such file`);
  }
  return text;
}

function markdown(file, page) {
  return outsideFences(read(file), (line) =>
    line.replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (_, text, href) => link(file, page, text, href)),
  );
}

/** A section of the README, with its heading one level down where it is not the first. */
function readme(title, page) {
  const text = markdown("README.md", page);
  const section = text.split(/^(?=#{1,2} )/m).find((part) => part.split("\n")[0].replace(/^#+ /, "") === title);
  if (!section) {
    throw new Error(`cannot make ${page}: README.md has no section ${title}`);
  }
  return title === "Pintle" ? section.replace(/^# .*\n/, "") : section;
}

/** A manual page: what mandoc makes of it, with headings that the outline, the search and links know. */
function manual(file) {
  const [, name, section] = /([^/]+)\.(\d)$/.exec(file);
  const options = ["-T", "html", "-O", "fragment,man=./%N.%S.html", join(repository, file)];
  const parts = execFileSync("mandoc", options, { encoding: "utf8" })
    .replace(/^[^]*?<div class="manual-text">/, "")
    .replace(/<\/div>\s*<table class="foot">[^]*$/, "")
    .replace(/<\/?section[^>]*>\n?/g, "")
    // Underscores at both ends of a name would be emphasis.
    .replace(/((?:id|href)="#?)_(\w+?)_"/g, '$1$2"')
    // A literal is in quotes, and set as one.
    .replace(/&#x2018;(<code class="Li">[^]*?<\/code>)&#x2019;/g, "$1")
    // A manual page that is not one of ours is a name.
    .replace(/<a class="Xr" href="([^"]*)">(.*?)<\/a>/g, (all, href, text) =>
      pageOf.has(`docs/man/${posix.basename(href, ".html")}`) ? all : text,
    )
    .split(/<h[12] class="(S[hs])" id="([^"]*)">(.*?)<\/h[12]>/s);
  // What is before the first heading, and then the level, name, text and body of each.
  let text = `# ${name}(${section})\n` + block(parts.shift());
  for (; parts.length > 0; parts.splice(0, 4)) {
    const title = parts[2].replace(/<\/?a[^>]*>/g, "").replace(/\s+/g, " ").replace(/[[\]]/g, "\\$&");
    text += `\n${parts[0] === "Sh" ? "##" : "###"} ${title} {#${parts[1]}}\n` + block(parts[3]);
  }
  return text;
}

/** HTML as one block of Markdown, which would end at an empty line, and as text for Vue. */
const block = (html) =>
  html.trim() === "" ? "" : `\n<div class="manual" v-pre>\n${html.trim().replace(/\n(?=\n)/g, "\n&#8203;")}\n</div>\n`;

/** A page that links to the pages of a list, each with its first line: its title, or what the manual calls it. */
function list(name) {
  const items = Object.entries(lists[name].pages).map(([page, file]) => {
    const title = /^(?:# |\.Nd )(.*)$/m.exec(read(file))[1];
    const shown = name === "man" ? `[${posix.basename(page)}](./${posix.basename(page)}.md): ${title}` : "";
    return `- ${shown || `[${title}](./${posix.basename(page)}.md)`}`;
  });
  return `# ${lists[name].text}\n\n${items.join("\n")}\n`;
}

/** A page of Markdown, with the sections of the README that it has: before its own first section. */
function withReadme(file, page) {
  const own = file === "README.md" ? readFileSync(new URL("index.md", import.meta.url), "utf8") : markdown(file, page);
  const sections = (fromReadme[page] ?? []).map((title) => readme(title, page)).join("\n");
  const end = own.indexOf("\n## ");
  return sections === "" ? own : `${own.slice(0, end)}\n\n${sections}${own.slice(end)}`;
}

function text(file, page) {
  const folder = posix.dirname(page);
  if (page === `${folder}/index` && folder in lists) {
    return list(folder);
  }
  return page.startsWith("man/") ? manual(file) : withReadme(file, page);
}

rmSync(target, { recursive: true, force: true });
for (const [file, page] of pageOf) {
  mkdirSync(dirname(join(target, page)), { recursive: true });
  writeFileSync(join(target, `${page}.md`), text(file, page));
}
