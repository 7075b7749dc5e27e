// What is on the site, and in which order: the name of each page, and the file of the repository that it is made of.
import { readdirSync } from "node:fs";

const inFolder = (folder, pattern, page) =>
  Object.fromEntries(
    readdirSync(new URL(`../${folder}`, import.meta.url))
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => [page(name), `${folder}/${name}`]),
  );

const namedChapters = [
  {
    text: "Begin",
    pages: { start: "docs/start.md", guide: "docs/guide.md", operate: "docs/operate.md", metrics: "docs/metrics.md", "http-api": "docs/http-api.md", upgrades: "docs/upgrades.md" },
  },
  {
    text: "Migrate",
    pages: { converting: "docs/converting.md", "s6-overlay": "docs/s6-overlay.md", "by-hand": "docs/by-hand.md" },
  },
  {
    text: "Run it on",
    pages: { kubernetes: "docs/kubernetes.md", compose: "docs/compose.md", podman: "docs/podman.md", platforms: "docs/platforms.md" },
  },
  {
    text: "Examples",
    pages: {
      "examples/index": "examples/README.md",
      ...Object.fromEntries(
        ["nginx-app", "redis-worker", "cron", "monitoring", "kubernetes", "compose"].map((name) => [
          `examples/${name}`,
          `examples/${name}/README.md`,
        ]),
      ),
    },
  },
  {
    text: "Reference",
    pages: {
      "reference/service-conf-keys": "docs/reference/service-conf-keys.md",
      "reference/states": "docs/reference/states.md",
      "reference/programs": "docs/reference/programs.md",
      "reference/limits": "docs/reference/limits.md",
    },
    list: "man",
  },
  {
    text: "About",
    pages: {
      comparison: "docs/comparison.md",
      performance: "bench/README.md",
      security: "SECURITY.md",
      changelog: "CHANGELOG.md",
      glossary: "docs/glossary.md",
    },
  },
  { text: "Contribute", pages: { contributing: "CONTRIBUTING.md", style: "docs/style.md" }, list: "adr" },
];

// A page that nobody has put into a chapter is on the site anyway.
const named = new Set(namedChapters.flatMap(({ pages }) => Object.values(pages)));
const others = Object.entries({
  ...inFolder("docs", /\.md$/, (name) => name.replace(/\.md$/, "")),
  ...inFolder("docs/reference", /\.md$/, (name) => `reference/${name.replace(/\.md$/, "")}`),
}).filter(([, file]) => !named.has(file));

export const chapters =
  others.length > 0 ? [...namedChapters, { text: "More", pages: Object.fromEntries(others) }] : namedChapters;

// Pages that are too many for the side of every page: each list is a page, and beside its own pages.
export const lists = {
  man: { text: "Manual pages", pages: inFolder("docs/man", /\.\d$/, (name) => `man/${name}`) },
  adr: { text: "Decisions", pages: inFolder("docs/adr", /\.md$/, (name) => `adr/${name.replace(/\.md$/, "")}`) },
};

export const files = Object.assign({}, ...[...chapters, ...Object.values(lists)].map(({ pages }) => pages));

// Sections of the README that a page begins with: the figures that the README shows, and how they were measured.
export const fromReadme = {
  index: ["Pintle", "In a Dockerfile", "Coming from supervisord"],
  performance: ["Compared with its peers"],
};
