// A page that `tminus watch --serve` shows is renewed when the plan changes, where it is read and with what is ticked on
// it: only what differs is changed, and it is then what a page is that is loaded anew. A timeline keeps its size and who
// was chosen; no page asks anybody else, or says anything on the console; one that is not there yet appears.
// Arguments: the address, the plan's file, a text in it, and another one for its place.
import { readFileSync, writeFileSync } from "node:fs";
import { finish, start } from "./browser.mjs";

const [address, plan, from, to] = process.argv.slice(2);
const wrong = [];
const browser = await start();

const open = async (path) => {
  const page = await browser.newPage({ viewport: { width: 600, height: 300 } });
  page.on("console", (message) => wrong.push(`${path}: the console says: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`${path}: a script fails: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const own = [path, "/.tminus/changes"].includes(url.pathname);
    const ours = url.host === address && (request.isNavigationRequest() || own);
    if (!ours && url.protocol !== "data:") wrong.push(`${path}: it asks for ${request.url()}`);
  });
  await page.goto(`http://${address}${path}`);
  return page;
};

// A plan that changes its steps, their order and their kinds; most of it is below the screen, and changes as well.
const CHANGES = [
  ["-] Stop the shop {10m @ana #stop}", "x] Copy {40m @raj #copy}", "-] Check {5m @ana #check after=copy}"],
  ["-] Stop the shop {10m @ana #stop .gate}", "-] Copy {40m @raj #copy}", "-] Check {5m @ana #check after=copy}"],
  ["-] Check {5m @ana #check}", "-] Stop it {10m @ana #stop}", "-] Copy {40m @raj #copy}", "-] Tell {5m @ana #tell}"],
  ["-] Copy {40m @ana #copy}", "-] Stop it {10m @ana #stop}\n  - [ ] mail\n  - [ ] web", "-] Check {5m @zoe #check}"],
  ["-] Copy {40m @ana #copy}", "x] Stop it {10m @ana #stop}\n  - [x] mail", "-] Check {5m @ana #check}"],
].map((steps) => steps.map((step) => step.replace(/^-/, " ")));

// All that a page has, in one text; where a box stands among the words beside it, and what was said last, is all the same.
const whole = () => {
  const text = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.data;
    if (node.matches("[role=status], script[data-live]")) return "";
    const kept = Array.from(node.attributes).filter(({ name, value }) => name !== "class" || value);
    const words = (name, value) => (name === "class" ? [...node.classList].sort().join(" ") : value);
    const attributes = kept.map(({ name, value }) => `${name}="${words(name, value)}"`).sort().join(" ");
    const [boxes, others] = [[], []];
    for (const child of node.childNodes) (child.nodeName === "INPUT" ? boxes : others).push(text(child));
    return `<${node.localName} ${attributes} ${node.checked || ""}>${[...others, ...boxes].join("")}`;
  };
  return text(document.documentElement);
};

const overview = await open("/launch/");
const missing = await open("/launch/owners/mia.html");
const sheet = await open("/launch/run-sheet.html");
const box = sheet.locator("tbody.step input").first();
await box.check();
await box.evaluate((input) => (input.closest("tbody").known = true));
const top = await sheet.evaluate(() => (scrollTo(0, 100), Math.round(scrollY)));
const chart = await open("/launch/timeline.html");
const looks = () => chart.evaluate(() => {
  const { selectedOptions: [{ text }] } = document.getElementById("person");
  return `${text}, ${document.getElementById("strip").offsetWidth} px, ${document.querySelectorAll("a.on").length} lit`;
});
await chart.locator("#person").selectOption({ label: "ana" });
await chart.locator("#closer").click();
await chart.waitForFunction(() => history.state?.timeline?.names.person === "ana" && history.state.timeline.scale > 1.2);
const looked = await looks();
if (!/^ana, \d+ px, [1-9]/.test(looked)) wrong.push(`the timeline is not as it was chosen: ${looked}`);
let loaded = 0;
sheet.on("framenavigated", () => (loaded += 1));
const text = readFileSync(plan, "utf8");
if (!text.includes(from)) wrong.push(`${plan} has no ${from}`);
writeFileSync(plan, text.replace(from, to));
const shows = (page, words) => page.getByText(words).first().waitFor({ state: "attached", timeout: 30_000 });
try {
  await shows(overview, /\bmia\b/);
  await shows(missing, "Copy the data");
  // Twice: the script that waits for changes has come anew with the page.
  for (const [change, words] of [[to, /\bmia\b/], ["@zoe", /\bzoe\b/]]) {
    writeFileSync(plan, text.replace(from, change));
    await shows(sheet, words);
    await sheet.waitForFunction(() => document.querySelector("tbody.step input")?.checked);
    const stays = await box.evaluate((input) => input.closest("tbody").known && document.activeElement === input);
    if (!stays) wrong.push("a step that has not changed is another element, or has lost the focus");
    const now = await sheet.evaluate(() => Math.round(scrollY));
    if (now !== top || top === 0) wrong.push(`the run sheet was read at ${top}, and is at ${now}`);
  }
  await shows(chart, /\bzoe\b/);
  for (const how of ["renewed", "loaded again"]) {
    const now = await looks();
    if (now !== looked) wrong.push(`the timeline was ${looked}, and when it is ${how}: ${now}`);
    await chart.reload();
  }
  await sheet.close();
  await chart.close();
  await missing.close();
  const paths = ["/launch/run-sheet.html", "/launch/owners/ana.html"];
  const followers = [["/launch/", overview], ...(await Promise.all(paths.map(async (path) => [path, await open(path)])))];
  for (const [at, steps] of CHANGES.entries()) {
    const head = text.slice(0, text.indexOf("- [")).replace("---\n", `---\ntitle: Change ${at}\n`);
    const more = Array.from({ length: 70 - at }, (_, index) => ` ] Look at part ${index} {${5 + at}m @ana}`);
    writeFileSync(plan, head + [...steps, ...more].map((step) => `- [${step}\n`).join(""));
    for (const [path, page] of followers) {
      const fresh = await open(path);
      await shows(page, `Change ${at}`);
      let [now, then] = ["", "nothing"];
      for (let tries = 0; tries < 50 && now !== then; tries += 1) {
        if (tries > 0) await fresh.waitForTimeout(100);
        await fresh.reload();
        await fresh.waitForTimeout(50);
        [now, then] = [await page.evaluate(whole), await fresh.evaluate(whole)];
      }
      await fresh.close();
      if (now === then) continue;
      const differs = [...now].findIndex((letter, index) => letter !== then[index]);
      const around = (text) => text.slice(Math.max(0, differs - 80), differs + 80);
      wrong.push(`${path}, change ${at}: it is renewed as …${around(now)}…, and loaded as …${around(then)}…`);
    }
  }
  if (loaded > 0) wrong.push(`the run sheet was loaded ${loaded} times`);
} catch (error) {
  wrong.push(`a page was not loaded anew: ${error.message}`);
}
await browser.close();
// The page that was not there says so on the console, and that is what it is for.
finish(wrong.filter((one) => !one.includes("404")), "open pages follow the plan");
