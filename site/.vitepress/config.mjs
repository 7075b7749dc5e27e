import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { chapters, lists } from "../contents.mjs";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The version of the project: that of its POM, whose own comes before those of its parts. */
const version = /<version>([^<]+)<\/version>/.exec(readFileSync(file("../../pom.xml"), "utf8"))[1];

/** The first heading of a page. */
const title = (page) => /^# (.*)$/m.exec(readFileSync(file(`../target/pages/${page}.md`), "utf8"))[1];

/** Shows the name of a file above what is in it: ```ini services/web/service.conf */
function nameFiles(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const name = tokens[index].info.trim().split(/ +/)[1];
    const shown = fence(tokens, index, ...rest);
    return name ? `<div class="file"><p class="file-name">${md.utils.escapeHtml(name)}</p>${shown}</div>` : shown;
  };
}

/** Cells know what is above them, for small screens; and a cell of a heading that says nothing is an ordinary one. */
function nameCells(md) {
  md.core.ruler.push("name-cells", ({ tokens }) => {
    let headings = [];
    let column = 0;
    tokens.forEach((token, index) => {
      if (token.type === "table_open") {
        headings = [];
      } else if (token.type === "tr_open") {
        column = 0;
      } else if (token.type === "th_open") {
        headings.push(tokens[index + 1].content);
        if (tokens[index + 1].content === "") {
          token.tag = "td";
          tokens[index + 2].tag = "td";
        }
      } else if (token.type === "td_open") {
        token.attrSet("data-heading", headings[column++]);
      }
    });
  });
}

const items = (pages) => Object.keys(pages).map((page) => ({ text: title(page), link: `/${page}` }));

const beside = chapters.map(({ text, pages, list }) => ({
  text,
  items: [...items(pages), ...(list ? [{ text: lists[list].text, link: `/${list}/` }] : [])],
}));

const besideLists = Object.entries(lists).map(([name, { text, pages }]) => [
  `/${name}/`,
  [{ text, link: `/${name}/`, items: items(pages) }, { text: "All chapters", link: "/" }],
]);

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 4h12v3H9v8H7V7H2z" fill="#6b7cff"/></svg>',
)}`;

export default defineConfig({
  lang: "en",
  title: "Pintle",
  description: "An init for containers that run more than one program",
  head: [["link", { rel: "icon", href: ICON }]],
  base: process.env.SITE_BASE ?? "/",
  srcDir: "target/pages",
  outDir: "../dist/site",
  cacheDir: "target/cache",
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config(md) {
      nameFiles(md);
      nameCells(md);
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    nav: [
      { text: "Guide", link: "/guide" },
      { text: "Migrate", link: "/converting" },
      { text: "Reference", link: "/reference/service-conf-keys" },
      { text: "At three in the morning", link: "/operate" },
      { text: version, link: "/changelog" },
    ],
    sidebar: Object.fromEntries([...besideLists, ["/", beside]]),
  },
});
