// Every page below a folder, opened from the disk as people meet it: three widths, light and dark, with scripts
// and without. It says nothing and asks for nothing, nothing but code and pictures scrolls sideways, axe finds no
// barrier in it, and it is valid HTML.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { finish, listen, start } from "./browser.mjs";

const WIDTHS = [360, 768, 1440];
const COLOURS = ["light", "dark"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Outside of what is called main stand the stamp, the links to other pages and the end: no region of their own.
const AXE_OPTIONS = { resultTypes: ["violations"], rules: { region: { enabled: false } } };

// Where our pages mean it otherwise than the recommendation.
const RULES = {
  // Its box keeps a number whole as long as the line has room for it.
  "tel-non-breaking": ["error", { ignoreClasses: ["nobreak"] }],
  "doctype-style": "off",
  "long-title": "off",
  "no-trailing-whitespace": "off",
};
const validator = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: RULES });

const folder = process.argv[2];
const pages = readdirSync(folder, { recursive: true })
  .map((name) => join(folder, name))
  .filter((name) => name.endsWith(".html"))
  .sort();
const wrong = [];

/** What is wider than the screen, or scrolls sideways and is neither code nor a picture. */
const wide = () => {
  const all = [...document.querySelectorAll("body, body *")];
  const scrolls = all.filter((one) => {
    if (one.scrollWidth <= one.clientWidth + 1 || one.closest("pre, textarea, [role=group], [role=region], section[tabindex]")) return false;
    return /auto|scroll/.test(getComputedStyle(one).overflowX);
  });
  const root = document.documentElement;
  const sticks_out = root.scrollWidth > root.clientWidth ? [root] : [];
  const name = (one) => `<${one.tagName.toLowerCase()} class="${one.getAttribute("class") || ""}"> ${one.scrollWidth} in ${one.clientWidth}`;
  return [...scrolls, ...sticks_out].map(name);
};

/** Whether a script serves a picture of which nothing can be chosen with a keyboard. */
const unreachable = () => {
  const parts = [...document.querySelectorAll("svg *")];
  return document.scripts.length > 0 && parts.length > 0 && !parts.some((part) => part.tabIndex >= 0);
};

/** What axe finds. */
const barriers = async (page) => {
  await page.evaluate(AXE);
  const found = await page.evaluate((options) => window.axe.run(document, options), AXE_OPTIONS);
  return found.violations.map((one) => {
    const [node] = one.nodes;
    return `axe, ${one.id} (${one.nodes.length}×): ${one.help}: ${node.html.slice(0, 200)} ${node.any.map((any) => any.message)[0] || ""}`;
  });
};

/** Opens one page in every way; `scripts` says whether those of the page run. */
const look = async (context, file, scripts) => {
  const notes = [];
  const page = await context.newPage();
  listen(page, notes);
  for (const [turn, colorScheme] of COLOURS.entries()) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      if (width === WIDTHS[0]) await page.goto(pathToFileURL(file).href);
      for (const one of await page.evaluate(wide)) notes.push(`at ${width} px, too wide: ${one}`);
      // What axe looks at changes with the colours, and between a telephone and a desk.
      const looked = scripts && width === (turn ? 1440 : 360);
      if (looked) for (const one of await barriers(page)) notes.push(`at ${width} px, ${colorScheme}: ${one}`);
    }
  }
  if (scripts && (await page.evaluate(unreachable))) notes.push("a picture with a script has no part that a keyboard reaches");
  await page.close();
  const where = `${relative(folder, file)}${scripts ? "" : " (without scripts)"}`;
  wrong.push(...[...new Set(notes)].map((note) => `${where}: ${note}`));
};

/** Whether it is valid HTML. */
const validate = async (file) => {
  const report = await validator.validateString(readFileSync(file, "utf8"));
  const said = report.results.flatMap(({ messages }) => messages);
  wrong.push(...said.map((one) => `${relative(folder, file)}: line ${one.line}, ${one.ruleId}: ${one.message}`));
};

const browser = await start();
// Ticks of one page are no matter to another: with and without scripts side by side.
const run = async (scripts) => {
  const context = await browser.newContext({ javaScriptEnabled: scripts, offline: true });
  for (const file of pages) await look(context, file, scripts);
  await context.close();
};
await Promise.all([run(true), run(false)]);
await browser.close();
for (const file of pages) await validate(file);
finish(wrong, `${pages.length} pages looked at`);
if (!pages.length) throw new Error("no page was there");
