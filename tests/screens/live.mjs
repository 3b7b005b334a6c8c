// A page that `tminus watch --serve` shows is renewed when the plan changes, where it is read and with what is ticked on
// it; a timeline keeps its size and who was chosen; it asks nobody else, and says nothing on the console; one that is not there yet appears.
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

const overview = await open("/launch/");
const missing = await open("/launch/owners/mia.html");
const sheet = await open("/launch/run-sheet.html");
const box = sheet.locator("tbody.step input").first();
await box.check();
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
    const now = await sheet.evaluate(() => Math.round(scrollY));
    if (now !== top || top === 0) wrong.push(`the run sheet was read at ${top}, and is at ${now}`);
  }
  await shows(chart, /\bzoe\b/);
  for (const how of ["renewed", "loaded again"]) {
    const now = await looks();
    if (now !== looked) wrong.push(`the timeline was ${looked}, and when it is ${how}: ${now}`);
    await chart.reload();
  }
  if (loaded > 0) wrong.push(`the run sheet was loaded ${loaded} times`);
} catch (error) {
  wrong.push(`a page was not loaded anew: ${error.message}`);
}
await browser.close();
// The page that was not there says so on the console, and that is what it is for.
finish(wrong.filter((one) => !one.includes("404")), "open pages follow the plan");
