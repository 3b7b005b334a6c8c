// The browser of these tests: the Chromium that is there, driven from outside, and notes of everything that a
// page says or asks for.
import { chromium } from "playwright-core";

/** Starts the browser that the environment names. */
export const start = () =>
  chromium.launch({ executablePath: process.env.TMINUS_BROWSER, args: ["--no-sandbox", "--disable-gpu"] });

/** Writes down what a page says on its console, throws, or asks for besides itself. */
export const listen = (page, notes) => {
  page.on("console", (message) => notes.push(`the console says: ${message.text()}`));
  page.on("pageerror", (error) => notes.push(`a script fails: ${error.message}`));
  page.on("dialog", (dialog) => {
    if (page.agreed) return dialog.accept();
    notes.push(`a dialog opens: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    const itself = request.isNavigationRequest() && request.url().startsWith("file:");
    if (!itself && !request.url().startsWith("data:")) notes.push(`it asks for ${request.url()}`);
  });
};

/** Says what was found, and ends with the status that tests go by. */
export const finish = (wrong, praise) => {
  for (const one of wrong.slice(0, 60)) console.log(one);
  if (wrong.length > 60) console.log(`and ${wrong.length - 60} more`);
  if (!wrong.length) console.log(praise);
  process.exitCode = wrong.length ? 1 : 0;
};
