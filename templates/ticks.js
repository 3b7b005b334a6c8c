
// Boxes that remember. What is ticked stays ticked on this device, also when a corrected plan takes the place of
// this one: steps are known by their ids, and what changed under a tick is said. All words of the plan come from
// attributes.
//
// It begins when the page has loaded, and not in the middle of it: Chromium on a busy machine can give a page that
// asks sooner a storage that leads nowhere, and what is ticked would be gone with the page.
addEventListener("load", () => setTimeout(() => {
  "use strict";
  const root = document.querySelector("[data-ticks]");
  if (!root) return;
  const { ticks, zone } = root.dataset;
  let { version, begins, about } = root.dataset;
  const KEY = "tminus " + ticks;
  const PARTS = ["what to do", "when", "who", "what it waits for"];
  const make = (name, parent, text, act) => {
    const made = document.createElement(name);
    // Whoever renews the page leaves it alone.
    made.made = true;
    made.textContent = text || "";
    if (act) made.onclick = act;
    parent?.append(made);
    return made;
  };
  const label = (element, words) => element.setAttribute("aria-label", words);

  // What is kept: ticks, the times of taken-back ones, and what was last looked at. Where a browser keeps
  // nothing, it is known until the page is closed.
  let memory = null;
  const read = () => {
    if (memory) return memory;
    const nothing = { ticks: {}, was: {}, seen: null };
    try {
      return Object.assign(nothing, JSON.parse(localStorage.getItem(KEY)));
    } catch (broken) {
      return nothing;
    }
  };
  let state = read();
  const change = (act) => {
    state = read();
    act(state);
    memory = null;
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
    } catch (refused) {
      memory = state;
    }
    draw();
  };

  // Times as the plan writes them, in its zone.
  const two = "2-digit";
  const fields = { weekday: "short", month: two, day: two, hour: two, minute: two, hourCycle: "h23" };
  let clock = new Intl.DateTimeFormat("en-GB", fields);
  try {
    if (zone) clock = new Intl.DateTimeFormat("en-GB", { ...fields, timeZone: zone });
  } catch (unknown) {
    // The device's own, then.
  }
  const read_clock = (moment) => {
    const of = {};
    for (const { type, value } of clock.formatToParts(moment)) of[type] = value;
    return [`${of.weekday} ${of.month}-${of.day} `, `${of.hour}:${of.minute}`];
  };
  // In the night when the clocks go back, an hour comes twice.
  const which_of_two = (moment, said) => {
    if (![-36e5, 36e5].some((by) => read_clock(moment + by).join("") === said)) return "";
    try {
      const zoned = { timeZone: zone || undefined, timeZoneName: "longOffset" };
      const parts = new Intl.DateTimeFormat("en-GB", zoned).formatToParts(moment);
      return ` (${parts.find(({ type }) => type === "timeZoneName").value.replace("GMT", "UTC")})`;
    } catch (unknown) {
      return "";
    }
  };
  const time = (moment) => {
    const [day, hour] = read_clock(moment);
    return (day === read_clock(Date.now())[0] ? "" : day) + hour + which_of_two(moment, day + hour);
  };
  const differs = (old, now) => PARTS.filter((_, at) => old.split(" ")[at] !== now.split(" ")[at]).join(", ");

  // Every box; the one that says that a step is done has the step's own key. A page that is renewed keeps most of its
  // elements, and they keep what was made for them.
  const boxes = new Map();
  const steps = new Map();
  const keep = (element, what, make) => (element[what]?.isConnected ? element[what] : (element[what] = make()));
  const find = () => {
    const before = Array.from(boxes.values());
    const notes_before = Array.from(steps.values(), ({ note }) => note);
    boxes.clear();
    steps.clear();
    for (const element of root.querySelectorAll("[data-step]")) {
      const { step: id, is, name } = element.dataset;
      const step = { key: "#" + id, is, name, back: "back" in element.dataset, boxes: [] };
      for (const place of element.querySelectorAll("[data-box]")) {
        const item = place.closest("[data-tick]");
        const word = place.dataset.box || "done";
        const own = item ? item.dataset : { tick: place.dataset.box, name };
        const box = { key: own.tick ? `${step.key} ${own.tick}` : step.key, step, item, word, place, name: own.name };
        while (boxes.has(box.key)) box.key += "+";
        place.classList.add("live");
        place.classList.toggle("word", Boolean(place.textContent));
        box.said = keep(place, "said", () => {
          const place_of_words = item || element.querySelector("[data-when]");
          const said = Object.assign(make("span", place_of_words), { className: "ticked" });
          if (item) place.after(said);
          if (word === "began") said.parentNode.querySelector(".ticked").before(said);
          return said;
        });
        box.input = keep(place, "input", () => Object.assign(make("input", place), { type: "checkbox" }));
        label(box.input, `${word}: ${box.name}`);
        box.input.onchange = () => set(box, box.input.checked && Date.now());
        boxes.set(box.key, box);
        step.boxes.push(box);
      }
      if (!step.boxes.length) continue;
      step.note = keep(element, "note", () => {
        const what = element.querySelector("[data-what]");
        what.prepend(Object.assign(make("p", what), { className: "changed" }));
        return what.firstChild;
      });
      steps.set(step.key, step);
    }
    const places = new Set(Array.from(boxes.values(), ({ place }) => place));
    for (const { place, said, input } of before) {
      if (places.has(place)) continue;
      said.remove();
      input.remove();
      place.classList.remove("live", "word", "on");
    }
    const notes = new Set(Array.from(steps.values(), ({ note }) => note));
    notes_before.forEach((note) => notes.has(note) || note.remove());
  };
  find();
  if (!steps.size) return;

  const set = ({ key, step, word, name }, at) => {
    change(({ ticks, was }) => {
      // Of GO and NO-GO there is one.
      const other = { GO: " NO-GO", "NO-GO": " GO" }[word];
      const off = at ? other && step.key + other : key;
      if (ticks[off]) was[off] = ticks[off].at;
      delete ticks[off];
      if (!at) return;
      ticks[key] = { at, is: step.is, name };
      delete was[key];
    });
    tell(`${name}: ${at ? `${word} ${time(at)}` : "no longer ticked"}.`);
  };

  // What stands above the steps.
  const tools = make("section");
  tools.className = "ticking screen";
  label(tools, "Ticks on this device");
  const [news, count, notes] = ["div", "p", "p"].map((name) => make(name, tools));
  count.tabIndex = -1;
  make("button", tools, "Copy my times", () => copy());
  make("button", tools, "Clear all ticks", () => {
    if (!confirm("Take back every tick of this page on this device? Their times are lost.")) return;
    change((state) => Object.assign(state, { ticks: {}, was: {} }));
    tell("No box is ticked.");
  });
  const said = make("p", tools);
  said.setAttribute("role", "status");
  const tell = (sentence) => (said.textContent = sentence);
  const nav = document.querySelector("nav.pages");
  if (nav) nav.after(tools);
  else root.prepend(tools);

  const done = ({ boxes }) => boxes.filter(({ item, word, key }) => !item && word !== "began" && state.ticks[key]);
  const gone = () => Object.entries(state.ticks).flatMap(([key, tick]) => (boxes.has(key) ? [] : [tick]));

  const copy = () => {
    const open = [];
    const lines = [about];
    for (const step of steps.values()) {
      const inner = step.boxes.filter(({ item }) => item);
      const ticked = inner.filter(({ key }) => state.ticks[key]).length;
      const began = state.ticks[step.key + " began"];
      const times = done(step).map(({ word, key }) => `${word} ${time(state.ticks[key].at)}`);
      if (!times.length && !step.back) open.push(step.name.split(" ")[0]);
      if (began) times.unshift("began " + time(began.at));
      if (ticked) times.push(`${ticked} of ${inner.length} boxes inside`);
      if (times.length) lines.push(`${step.name}: ${times.join(", ")}`);
    }
    for (const { name, at } of gone()) lines.push(`${name}: ${time(at)}, no longer on this page`);
    if (open.length) lines.push("not done: " + open.join(", "));
    const text = lines.join("\n");
    const by_hand = () => {
      const area = tools.querySelector("textarea") || make("textarea", tools);
      area.readOnly = true;
      label(area, "My times");
      area.value = text;
      area.select();
      tell("Copy the text below.");
    };
    if (!navigator.clipboard) return by_hand();
    navigator.clipboard.writeText(text).then(() => tell("Your times are copied: paste them to the caller."), by_hand);
  };

  // What is new since the version that was last looked at, until somebody says that they have seen it.
  const look = (state) => {
    const now = Array.from(steps.values(), ({ key, is, name }) => [key, [is, name]]);
    state.seen = { version, begins, steps: Object.fromEntries(now) };
    for (const tick of gone()) tick.gone = true;
  };
  const draw_news = ({ seen }) => {
    news.replaceChildren();
    if (seen.version === version) return;
    const lines = gone().flatMap(({ gone, at, name }) =>
      gone ? [] : `no longer on this page, and you had ticked it at ${time(at)}: ${name}`);
    for (const [key, [, name]] of Object.entries(seen.steps)) {
      if (!steps.has(key) && !state.ticks[key]) lines.push("no longer on this page: " + name);
    }
    for (const { key, is, name } of steps.values()) {
      const old = seen.steps[key];
      const parts = old ? differs(old[0], is) : "";
      if (!old || parts) lines.push(`${old ? `changed (${parts})` : "new"}: ${name}`);
    }
    const none = lines.length ? "" : " Nothing on this page has changed.";
    make("p", news, `This is version ${version}; you last looked at ${seen.version}.${none}`);
    if (seen.begins !== begins) make("p", news, `The plan began ${seen.begins}, and now begins ${begins}.`);
    if (lines.length > 12) lines.splice(12, Infinity, `and ${lines.length - 12} more, marked below`);
    const list = lines.length && make("ul", news);
    for (const line of lines) make("li", list, line);
    make("button", news, "I have seen this", () => change(look) || count.focus());
  };

  const draw = () => {
    const { ticks, was, seen } = state;
    for (const box of boxes.values()) {
      const { at } = ticks[box.key] || {};
      const before = !at && was[box.key];
      box.input.checked = Boolean(at);
      box.place.classList.toggle("on", Boolean(at));
      const words = at || before ? `${box.word} ${time(at || before)}` : "";
      box.said.textContent = before ? "was " + words : words;
      if (!before) continue;
      const back = make("button", box.said, "put back", () => set(box, before) || box.input.focus());
      label(back, `put back ${words}: ${box.name}`);
    }
    // A way back is counted by itself: on a good night nothing of it is done.
    const of_line = (back) => Array.from(steps.values()).filter((step) => step.back === back);
    const of = (back) => [of_line(back).filter((step) => done(step).length).length, of_line(back).length];
    for (const step of steps.values()) {
      const [first] = done(step);
      const tick = first && ticks[first.key];
      const looked = seen.version === version ? [step.is] : seen.steps[step.key];
      const parts = tick || looked ? differs(tick ? tick.is : looked[0], step.is) : "";
      const since = tick ? "you ticked it" : "version " + seen.version;
      step.note.textContent = parts ? `changed since ${since}: ${parts}` : tick || looked ? "" : "new since " + since;
    }
    const [[sum, all], [back, all_back]] = [of(false), of(true)];
    count.textContent = `${sum} of ${all} ticked` + (back ? `, ${back} of ${all_back} on the way back` : "");
    const last = Math.max(0, ...Object.values(ticks).map(({ at }) => at));
    const old = last && Date.now() - last > 12 * 3600 * 1000;
    notes.textContent = memory
      ? "This browser keeps no ticks: they are gone when the page is closed."
      : old ? `The last was ticked ${time(last)}. If this is a new run, clear them.` : "";
    draw_news(state);
  };

  // At first, after another tab, and after a while.
  const again = () => {
    state = read();
    if (state.seen) draw();
    else change(look);
  };
  again();
  // The page is renewed where it is shown: for the same run, in the same zone, the boxes go on.
  addEventListener("renewing", (event) => {
    const now = event.detail.querySelector("[data-ticks]");
    if (now?.dataset.ticks === ticks && now.dataset.zone === zone && root.isConnected) event.preventDefault();
  });
  addEventListener("renewed", () => {
    ({ version, begins, about } = root.dataset);
    find();
    again();
  });
  addEventListener("storage", again);
  addEventListener("pageshow", again);
  document.addEventListener("visibilitychange", again);
}));
