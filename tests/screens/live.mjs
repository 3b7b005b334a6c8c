// A page that `tminus watch --serve` shows loads anew when the plan changes, asks nobody else, and says nothing on
// the console; one that is not there yet appears.
// Arguments: the address, the plan's file, a text in it, and another one for its place.
import { readFileSync, writeFileSync } from "node:fs";
import { finish, start } from "./browser.mjs";

const [address, plan, from, to] = process.argv.slice(2);
const wrong = [];
const browser = await start();

const open = async (path) => {
  const page = await browser.newPage();
  page.on("console", (message) => wrong.push(`${path}: the console says: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`${path}: a script fails: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const ours = url.host === address && (request.isNavigationRequest() || url.pathname === "/.tminus/changes");
    if (!ours && url.protocol !== "data:") wrong.push(`${path}: it asks for ${request.url()}`);
  });
  await page.goto(`http://${address}${path}`);
  return page;
};

const overview = await open("/launch/");
const missing = await open("/launch/owners/mia.html");
const text = readFileSync(plan, "utf8");
if (!text.includes(from)) wrong.push(`${plan} has no ${from}`);
writeFileSync(plan, text.replace(from, to));
const shows = (page, words) => page.getByText(words).first().waitFor({ state: "attached", timeout: 30_000 });
try {
  await shows(overview, /\bmia\b/);
  await shows(missing, "Copy the data");
} catch (error) {
  wrong.push(`a page was not loaded anew: ${error.message}`);
}
await browser.close();
// The page that was not there says so on the console, and that is what it is for.
finish(wrong.filter((one) => !one.includes("404")), "open pages follow the plan");
