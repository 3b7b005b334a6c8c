// Ticking, from the first box to the plan that is corrected at midnight: two folders of pages of one plan go in,
// as it was and as it is corrected.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { finish, listen, start } from "./browser.mjs";

const [before, after] = process.argv.slice(2);
const url = (folder, page) => pathToFileURL(join(folder, page)).href;
const ANA = "owners/ana.html";
const SHEET = "run-sheet.html";

const browser = await start();
const wrong = [];

/** A device of its own: its clock stands in New York at 23:17 of Berlin. */
const device = async (name, act, options = {}) => {
  const context = await browser.newContext({ offline: true, timezoneId: "America/New_York", ...options });
  await context.clock.setFixedTime(new Date("2027-03-06T23:17:00+01:00"));
  const notes = [];
  const open = async (folder, page) => {
    const tab = await context.newPage();
    listen(tab, notes);
    await tab.goto(url(folder, page));
    if (options.javaScriptEnabled !== false) await tab.locator(".ticking").waitFor();
    return tab;
  };
  try {
    await act({ context, open, at: (moment) => context.clock.setFixedTime(new Date(moment)) });
    assert.deepEqual(notes, []);
  } catch (error) {
    wrong.push(`${name}: ${error.stack}`);
  }
  await context.close();
};

/**
 * Waits until the browser has written what a page gave it to keep: until another page of this device, which stays
 * open, reads the same. Who leaves a page sooner than that, within milliseconds of a tick, can lose it.
 */
const kept = async (tab) => {
  const open = tab.context().pages();
  const other = open.find((page) => page.url().endsWith("contacts.html")) || (await tab.context().newPage());
  if (!open.includes(other)) await other.goto(url(before, "contacts.html"));
  const read = (page) => page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  const given = await read(tab);
  assert.notEqual(given, "[]", "the page has given nothing to keep");
  for (let waits = 0; (await read(other)) !== given; waits += 1) {
    assert.ok(waits < 100, `after ten seconds another page reads ${await read(other)}, not ${given}`);
    await other.waitForTimeout(100);
  }
};
const reload = async (tab) => {
  await kept(tab);
  await tab.reload();
  await tab.locator(".ticking").waitFor();
};
const close = async (tab) => {
  await kept(tab);
  await tab.close();
};
const box = (tab, name) => tab.getByRole("checkbox", { name, exact: true });
const words = (place) => place.evaluate((one) => one.textContent.replace(/\s+/g, " ").trim());
const step = (tab, id) => tab.locator(`#step-${id}`);
const news = (tab) => tab.locator(".ticking li").allTextContents();

await device("ticks stay, with their time in the plan's zone", async ({ open, at }) => {
  const tab = await open(before, ANA);
  assert.equal(await tab.getByRole("checkbox").count(), 5 + 3 + 2, "steps, boxes in them, GO and NO-GO; not what is done");
  assert.match(await words(tab.locator(".ticking")), /^0 of 5 ticked/);
  await box(tab, "done: 1 Stop the API").check();
  assert.equal(await words(step(tab, "stop").locator(".when .ticked")), "done 23:17");
  assert.equal(await words(tab.getByRole("status")), "1 Stop the API: done 23:17.");
  await at("2027-03-06T23:40:00+01:00");
  await box(tab, "done: The copy is read-only").check();
  assert.match(await words(step(tab, "copy").locator("li").nth(1)), /^done 23:40/);
  await at("2027-03-07T00:10:00+01:00");
  await reload(tab);
  assert.equal(await box(tab, "done: 1 Stop the API").isChecked(), true);
  assert.equal(await box(tab, "done: The copy is read-only").isChecked(), true);
  assert.equal(await box(tab, "done: Free space is above 40 GB").isChecked(), false);
  assert.equal(await words(step(tab, "stop").locator(".when .ticked")), "done Sat 03-06 23:17", "that was yesterday");
  assert.match(await words(tab.locator(".ticking")), /^1 of 5 ticked/);
  const sheet = await open(before, SHEET);
  assert.equal(await box(sheet, "done: 1 Stop the API").isChecked(), false, "the run sheet has ticks of its own");
  const raj = await open(before, "owners/raj.html");
  assert.equal(await box(raj, "done: 4 Switch the traffic").isChecked(), false);
  assert.match(await words(raj.locator(".ticking")), /^0 of 1 ticked(?!,)/, "a way back is no part of a good night");
  await box(raj, "done: R1 Switch the traffic back").check();
  assert.match(await words(raj.locator(".ticking")), /^0 of 1 ticked, 1 of 1 on the way back/);
});

await device("a corrected plan keeps the ticks and says what changed", async ({ open, at }) => {
  let tab = await open(before, ANA);
  for (const name of ["1 Stop the API", "2 Copy the orders", "3 Empty the cache", "Free space is above 40 GB"]) {
    await box(tab, `done: ${name}`).check();
  }
  await close(tab);
  await at("2027-03-06T23:59:00+01:00");
  tab = await open(after, ANA);
  const [old, now] = [before, after].map((folder) => readFileSync(join(folder, ANA), "utf8").match(/data-version="(.*?)"/)[1]);
  assert.notEqual(old, now);
  const told = await words(tab.locator(".ticking"));
  assert.ok(told.startsWith(`This is version ${now}; you last looked at ${old}.`), told);
  const changed = [
    "no longer on this page, and you had ticked it at 23:17: 3 Empty the cache",
    "changed (what it waits for): 2 Stop the API",
    "changed (what to do): 3 Copy the orders",
    "new: 6 Look at the logs",
    "changed (when, what it waits for): 7 Start the API",
  ];
  assert.deepEqual(new Set((await news(tab)).filter((line) => !/Go or no-go/.test(line))), new Set(changed));
  assert.equal(await box(tab, "done: 2 Stop the API").isChecked(), true, "by its id, under another number");
  assert.equal(await box(tab, "done: 3 Copy the orders").isChecked(), true);
  assert.equal(await words(step(tab, "copy").locator(".changed")), "changed since you ticked it: what to do");
  assert.equal(
    await words(step(tab, "start").locator(".changed")),
    `changed since version ${old}: when, what it waits for`,
  );
  assert.equal(await words(step(tab, "look").locator(".changed")), `new since version ${old}`);
  await tab.getByRole("button", { name: "I have seen this" }).click();
  assert.deepEqual(await news(tab), []);
  await reload(tab);
  assert.deepEqual(await news(tab), []);
  assert.equal(await words(step(tab, "start").locator(".changed")), "");
  assert.equal(await words(step(tab, "copy").locator(".changed")), "changed since you ticked it: what to do");
});

await device("a version in which nothing changed for this page says so", async ({ open }) => {
  await kept(await open(before, ANA));
  const page = readFileSync(join(before, ANA), "utf8").replace(/data-version=".*?"/, 'data-version="2222-3333"');
  writeFileSync(join(before, "owners/mailed.html"), page);
  const tab = await open(before, "owners/mailed.html");
  assert.match(await words(tab.locator(".ticking")), /^This is version 2222-3333; .* Nothing on this page has changed\./);
});

const COPIED = (version) => `Ana Reyes · Fernledger launch · ${version} · times Europe/Berlin (UTC+01:00)
1 Stop the API: done 23:17
2 Copy the orders: done 23:17, 1 of 2 boxes inside
5 Go or no-go: GO 23:17
not done: 3, 6`;

const tick_some = async (tab) => {
  for (const name of ["done: 1 Stop the API", "done: 2 Copy the orders", "done: Free space is above 40 GB", "NO-GO: 5 Go or no-go", "GO: 5 Go or no-go"]) {
    await box(tab, name).check();
  }
  assert.equal(await box(tab, "NO-GO: 5 Go or no-go").isChecked(), false, "of GO and NO-GO there is one");
  return COPIED(await tab.locator("[data-version]").getAttribute("data-version"));
};

await device("times are copied", async ({ context, open }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const tab = await open(before, ANA);
  const expected = await tick_some(tab);
  await tab.getByRole("button", { name: "Copy my times" }).click();
  await tab.getByText("Your times are copied").waitFor();
  assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), expected);
});

await device("the hour that comes twice is told apart", async ({ context, open, at }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const tab = await open(before, ANA);
  await at("2027-10-31T02:30:00+02:00");
  await box(tab, "done: 1 Stop the API").check();
  assert.equal(await words(tab.getByRole("status")), "1 Stop the API: done 02:30 (UTC+02:00).");
  await at("2027-10-31T02:30:00+01:00");
  await box(tab, "done: 2 Copy the orders").check();
  await at("2027-10-31T03:10:00+01:00");
  await box(tab, "done: 3 Empty the cache").check();
  await tab.getByRole("button", { name: "Copy my times" }).click();
  await tab.getByText("Your times are copied").waitFor();
  const copied = await tab.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /1 Stop the API: done 02:30 \(UTC\+02:00\)\n2 Copy the orders: done 02:30 \(UTC\+01:00\)\n3 Empty the cache: done 03:10\n/);
});

await device("without a clipboard the times stand in a field", async ({ context, open }) => {
  await context.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const tab = await open(before, ANA);
  const expected = await tick_some(tab);
  await tab.getByRole("button", { name: "Copy my times" }).click();
  assert.equal(await tab.getByRole("textbox", { name: "My times" }).inputValue(), expected);
});

await device("a tick that is taken back can be put back", async ({ open, at }) => {
  const tab = await open(before, ANA);
  await box(tab, "done: 1 Stop the API").check();
  await at("2027-03-06T23:50:00+01:00");
  await box(tab, "done: 1 Stop the API").uncheck();
  assert.match(await words(step(tab, "stop").locator(".when .ticked")), /^was done 23:17/);
  await reload(tab);
  await tab.getByRole("button", { name: "put back done 23:17: 1 Stop the API" }).click();
  assert.equal(await words(step(tab, "stop").locator(".when .ticked")), "done 23:17");
  tab.agreed = true;
  await tab.getByRole("button", { name: "Clear all ticks" }).click();
  assert.equal(await box(tab, "done: 1 Stop the API").isChecked(), false);
  assert.match(await words(tab.locator(".ticking")), /^0 of 5 ticked/);
});

await device("a page asks for its storage after it has loaded", async ({ context, open }) => {
  await context.addInitScript(() => {
    const { get } = Object.getOwnPropertyDescriptor(window, "localStorage");
    window.asked = [];
    Object.defineProperty(window, "localStorage", {
      get() {
        window.asked.push(document.readyState);
        return get.call(window);
      },
    });
  });
  for (const page of [ANA, SHEET]) {
    const asked = await (await open(before, page)).evaluate(() => [...new Set(window.asked)]);
    assert.deepEqual(asked, ["complete"], "Chromium can give a page that asks sooner a storage that leads nowhere");
  }
});

await device("two tabs agree", async ({ open }) => {
  const [one, two] = [await open(before, ANA), await open(before, ANA)];
  await box(one, "done: 1 Stop the API").check();
  await two.waitForFunction(() => document.querySelector("#step-stop input").checked);
  await box(two, "done: 2 Copy the orders").check();
  await one.waitForFunction(() => document.querySelector("#step-copy input").checked);
  await reload(one);
  assert.equal(await box(one, "done: 1 Stop the API").isChecked(), true, "neither has written over the other");
});

await device("a browser that keeps nothing says so, and ticks", async ({ context, open }) => {
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  const tab = await open(before, ANA);
  await box(tab, "done: 1 Stop the API").check();
  assert.equal(await words(step(tab, "stop").locator(".when .ticked")), "done 23:17");
  assert.match(await words(tab.locator(".ticking")), /This browser keeps no ticks: they are gone when the page is closed\./);
});

await device("a full disk says so, and what is kept by others is no matter", async ({ context, open }) => {
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    Storage.prototype.getItem = () => "{ broken";
  });
  const tab = await open(before, ANA);
  await box(tab, "done: 1 Stop the API").check();
  assert.equal(await box(tab, "done: 1 Stop the API").isChecked(), true);
  assert.match(await words(tab.locator(".ticking")), /This browser keeps no ticks/);
});

await device("ticks of long ago are called that", async ({ open, at }) => {
  const tab = await open(before, ANA);
  await box(tab, "done: 1 Stop the API").check();
  await at("2027-03-13T22:00:00+01:00");
  await reload(tab);
  assert.match(await words(tab.locator(".ticking")), /The last was ticked Sat 03-06 23:17\. If this is a new run, clear them\./);
});

await device("the run sheet ticks, with when a step began", async ({ open, at }) => {
  const tab = await open(before, SHEET);
  await box(tab, "began: 1 Stop the API").check();
  await at("2027-03-06T23:25:00+01:00");
  await box(tab, "done: 1 Stop the API").check();
  await reload(tab);
  assert.deepEqual(await step(tab, "stop").locator(".ticked").allTextContents(), ["began 23:17", "done 23:25"]);
  assert.match(await words(tab.locator(".ticking")), /^1 of 6 ticked/);
});

await device("a keyboard does all of it, and shows where it is", async ({ open }) => {
  const tab = await open(before, ANA);
  const names = [];
  for (let presses = 0; presses < 30; presses += 1) {
    await tab.keyboard.press("Tab");
    const here = await tab.evaluate(() => {
      const one = document.activeElement;
      const ring = (of) => getComputedStyle(of).outlineStyle !== "none" && getComputedStyle(of).outlineWidth !== "0px";
      return { name: one.getAttribute("aria-label") || one.textContent, seen: ring(one) || ring(one.parentElement) };
    });
    assert.ok(here.seen || here.name.includes("\n"), `${here.name} shows that it is chosen`);
    names.push(here.name);
  }
  for (const name of ["Copy my times", "Clear all ticks", "done: 1 Stop the API", "done: Orders add up", "GO: 5 Go or no-go"]) {
    assert.ok(names.includes(name), `${name} among ${names}`);
  }
  await box(tab, "done: 1 Stop the API").focus();
  await tab.keyboard.press("Space");
  assert.equal(await words(step(tab, "stop").locator(".when .ticked")), "done 23:17");
});

await device("a finger finds the boxes", async ({ open }) => {
  const tab = await open(before, ANA);
  for (const input of await tab.locator(".step > .box input").all()) {
    const { width, height } = await input.boundingBox();
    assert.ok(width >= 38 && height >= 38, `${width} by ${height}`);
  }
  await step(tab, "stop").locator("> .box").tap();
  assert.equal(await box(tab, "done: 1 Stop the API").isChecked(), true);
}, { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true });

await device("paper shows what is ticked, and no buttons", async ({ open }) => {
  const tab = await open(before, ANA);
  await box(tab, "done: 1 Stop the API").check();
  await box(tab, "done: 2 Copy the orders").check();
  await box(tab, "done: 2 Copy the orders").uncheck();
  await tab.emulateMedia({ media: "print" });
  assert.equal(await tab.getByRole("button").count(), 0);
  assert.equal(await step(tab, "stop").locator(".when .ticked").isVisible(), true);
});

await device("without scripts there are boxes to draw in, and nothing else", async ({ open }) => {
  const tab = await open(before, ANA);
  assert.equal(await tab.locator("input, button").count(), 0);
  assert.equal(await step(tab, "stop").locator("> .box").isVisible(), true);
}, { javaScriptEnabled: false });

// The policy of the page holds whatever gets into it.
await device("another script does not run", async ({ context }) => {
  const page = readFileSync(join(before, ANA), "utf8");
  const evil = `<script>document.title = "ran"</script><img src="data:," onerror="document.title = 'ran'"><a id="evil" href="javascript:document.title='ran'">x</a>`;
  writeFileSync(join(before, "owners/evil.html"), page.replace("</main>", `${evil}</main>`));
  const tab = await context.newPage();
  const said = [];
  tab.on("console", (message) => said.push(message.text()));
  await tab.goto(url(before, "owners/evil.html"));
  await tab.locator("#evil").click();
  await box(tab, "done: 1 Stop the API").check();
  assert.equal(await tab.title(), "Ana Reyes: Fernledger launch");
  assert.equal(said.filter((text) => /Content Security Policy/.test(text)).length >= 3, true, said.join("\n"));
});

await browser.close();
finish(wrong, "ticks are kept");
