// The built site in a real browser: as a reader with a phone, a dark screen or a screen reader has it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { createRequire } from "node:module";
import { open, startBrowser } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = [
  "index",
  "start",
  "guide",
  "operate",
  "kubernetes",
  "performance",
  "reference/service-conf-keys",
  "man/pintle.1",
];
const SCREENS = {
  "a phone": { width: 390, height: 844, scheme: "light" },
  "a dark screen": { width: 1280, height: 900, scheme: "dark" },
};

/** What axe finds, a line for each rule with the first element that it found. */
async function findings(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)} (${nodes.length})`);
}

describe("the site", () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  for (const name of PAGES) {
    for (const [screen, settings] of Object.entries(SCREENS)) {
      it(`${name} can be read by everybody on ${screen}`, async () => {
        const { page, complaints } = await open(browser, name, settings);
        const dark = await page.evaluate(() => document.documentElement.classList.contains("dark"));
        assert.equal(dark, settings.scheme === "dark");
        assert.deepEqual(await findings(page), []);
        const [content, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(content <= window_, `it is ${content} pixels wide on a screen of ${window_}`);
        assert.deepEqual(complaints, []);
        await page.close();
      });
    }
  }

  it("would not pass with an image that nobody describes", async () => {
    const { page } = await open(browser, "start");
    await page.evaluate(() => document.querySelector("main").append(document.createElement("img")));
    assert.match((await findings(page)).join("\n"), /image-alt/);
    await page.close();
  });

  it("finds a key of service.conf", async () => {
    const { page } = await open(browser, "start");
    await page.click("#local-search button");
    await page.waitForSelector("input#localsearch-input");
    await page.type("input#localsearch-input", "restart_limit_period");
    const found = await page.waitForSelector(".VPLocalSearchBox .result[href*='service-conf-keys']");
    await found.click();
    await page.waitForFunction(() => location.pathname === "/reference/service-conf-keys.html");
    await page.close();
  });
});
