
// What a script adds to the timeline: zoom, a choice of person and phase, the chain of a step, a line at
// the present time, and arrow keys. Nothing on the page is missing without it.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const [box, strip, whole, said] = ["picture", "strip", "whole", "said"].map($);
  if (!box || !whole) return;
  const SVG = "http://www.w3.org/2000/svg";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const make = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };
  const list = (text) => (text ? text.split(" ") : []);

  // Every bar in run order; a step of several people has several.
  const bars = Array.from(whole.querySelectorAll("a[data-n]"));
  const number = (bar) => Number(bar.dataset.n);
  bars.sort((a, b) => number(a) - number(b));
  const byNumber = new Map();
  for (const bar of bars) {
    if (!byNumber.has(bar.dataset.n)) byNumber.set(bar.dataset.n, []);
    byNumber.get(bar.dataset.n).push(bar);
  }
  const groups = new Map();
  for (const group of (whole.dataset.groups || "").split(";").filter(Boolean)) {
    const [name, steps] = group.split("=");
    groups.set(name, list(steps));
  }
  const before = new Map();
  const after = new Map();
  for (const [own, [bar]] of byNumber) {
    const waits = new Set(list(bar.dataset.w).flatMap((name) => groups.get(name) || [name]));
    before.set(own, Array.from(waits));
  }
  const afterOf = () => {
    if (!after.size) {
      for (const [own, waits] of before) {
        for (const name of waits) {
          if (!after.has(name)) after.set(name, []);
          after.get(name).push(own);
        }
      }
    }
    return after;
  };

  // What was chosen, and how large the picture was, stays when the page is loaded again, as it is while somebody works
  // on the plan. People and phases are known by their names: their numbers belong to one version of it.
  const choices = ["person", "phase"].map($).filter(Boolean);
  const chosen = (choice) => (choice.value ? choice.selectedOptions[0].text : "");
  let keeping = 0;
  const keep = () => {
    clearTimeout(keeping);
    keeping = setTimeout(() => {
      if (!strip.isConnected) return;
      const names = Object.fromEntries(choices.map((choice) => [choice.id, chosen(choice)]));
      const [scale, left] = [strip.offsetWidth / natural, box.scrollLeft / strip.offsetWidth];
      const timeline = { names, scale, left, now: $("now") && $("now").checked };
      try {
        history.replaceState({ ...history.state, timeline }, "");
      } catch (refused) {
        // A browser that is asked too often keeps what it has.
      }
    }, 150);
  };

  // Zoom: the picture as a whole becomes larger or smaller.
  const natural = strip.offsetWidth;
  const zoomTo = (width, at) => {
    const old = strip.offsetWidth;
    const place = at === undefined ? box.clientWidth / 2 : at;
    const wanted = Math.min(Math.max(width, 300), natural * 8);
    strip.style.minWidth = "0";
    strip.style.width = wanted + "px";
    box.scrollLeft = ((box.scrollLeft + place) * wanted) / old - place;
    keep();
  };
  const zoomBy = (factor, at) => zoomTo(strip.offsetWidth * factor, at);
  const fit = () => zoomTo(box.clientWidth);
  $("closer").addEventListener("click", () => zoomBy(1.25));
  $("farther").addEventListener("click", () => zoomBy(0.8));
  $("fit").addEventListener("click", fit);
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - box.getBoundingClientRect().left);
  }, { passive: false });

  // What is lit: the steps of a person and a phase, or the chain of a step.
  let chained = null;
  const lines = make("g", { id: "chain", class: "pic" }, whole);
  whole.insertBefore(lines, $("across"));
  const reach = (from, next) => {
    const seen = new Set();
    const open = [from];
    while (open.length) {
      for (const name of next.get(open.pop()) || []) {
        if (byNumber.has(name) && !seen.has(name)) {
          seen.add(name);
          open.push(name);
        }
      }
    }
    return seen;
  };
  const light = (isLit) => {
    whole.classList.toggle("some", Boolean(isLit));
    for (const bar of bars) bar.classList.toggle("on", Boolean(isLit && isLit(bar)));
  };
  const choose = (quietly) => {
    const person = $("person").value;
    const phase = $("phase") ? $("phase").value : "";
    if (!person && !phase) {
      light(null);
      said.textContent = "";
      return;
    }
    const isChosen = (bar) =>
      (!person || list(bar.dataset.o).includes(person)) && (!phase || bar.dataset.p === phase);
    light(isChosen);
    const count = new Set(bars.filter(isChosen).map((bar) => bar.dataset.n)).size;
    said.textContent = count === 1 ? "1 step" : count + " steps";
    const first = bars.find(isChosen);
    if (first && !quietly) show(first);
  };
  const shape = (own) => byNumber.get(own)[0].querySelector(".s").getBBox();
  // Of a phase or group that is waited for the step that ends last.
  const last = (steps) => {
    const ends = steps.filter((own) => byNumber.has(own)).map((own) => [shape(own), own]);
    ends.sort(([a], [b]) => b.x + b.width - a.x - a.width);
    return ends.length ? ends[0][1] : "";
  };
  const draw = (lit) => {
    const lastOf = new Map();
    for (const [name, steps] of groups) lastOf.set(name, last(steps));
    for (const own of lit) {
      const to = shape(own);
      for (const waited of list(byNumber.get(own)[0].dataset.w)) {
        const name = lastOf.has(waited) ? lastOf.get(waited) : waited;
        if (!lit.has(name)) continue;
        const from = shape(name);
        const [x, y] = [from.x + from.width, from.y + from.height / 2];
        const [end, line] = [to.x, to.y + to.height / 2];
        if (Math.abs(y - line) < 1 && Math.abs(x - end) < 2) continue;
        const trunk = end - 6;
        const path = trunk >= x ? `M${x} ${y}H${trunk}V${line}H${end}` : `M${Math.max(trunk, from.x + 1)} ${y}V${line}H${end}`;
        make("path", { d: path, class: "k c" }, lines);
      }
    }
  };
  const focusOn = (bar) => {
    const own = bar.dataset.n;
    const back = reach(own, before);
    const forth = reach(own, afterOf());
    const lit = new Set([own, ...back, ...forth]);
    end(false);
    chained = bar;
    light((one) => lit.has(one.dataset.n));
    for (const one of byNumber.get(own)) one.classList.add("at");
    if (lit.size <= 300) draw(lit);
    $("end").hidden = false;
    said.textContent = `Step ${own}: ${back.size} before it, ${forth.size} after it`;
  };
  const end = (again) => {
    lines.replaceChildren();
    for (const bar of whole.querySelectorAll("a.at")) bar.classList.remove("at");
    chained = null;
    $("end").hidden = true;
    if (again) choose();
  };
  for (const choice of choices) choice.addEventListener("change", () => { end(false); choose(); keep(); });
  box.addEventListener("scroll", keep, { passive: true });
  $("end").addEventListener("click", () => end(true));

  // One bar at a time is in the order of the tab key; arrows move on.
  let current = bars[0];
  for (const bar of bars) bar.setAttribute("tabindex", bar === current ? "0" : "-1");
  const show = (bar) => {
    bar.scrollIntoView({ block: "nearest", inline: "center", behavior: still ? "auto" : "smooth" });
  };
  const moveTo = (bar) => {
    if (!bar) return;
    current.setAttribute("tabindex", "-1");
    current = bar;
    current.setAttribute("tabindex", "0");
    current.focus({ preventScroll: true });
    show(current);
  };
  const middle = (bar) => {
    const box = bar.querySelector(".s").getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  // The nearest bar above or below.
  const nearest = (bar, direction) => {
    const [x, y] = middle(bar);
    let best = null;
    let least = Infinity;
    for (const other of bars) {
      const [left, top] = middle(other);
      const down = (top - y) * direction;
      if (down < 5) continue;
      const far = down * 4 + Math.abs(left - x);
      if (far < least) [best, least] = [other, far];
    }
    return best;
  };
  const lit = (bar) => !whole.classList.contains("some") || bar.classList.contains("on");
  const along = (bar, direction) => {
    let place = bars.indexOf(bar) + direction;
    while (bars[place] && !lit(bars[place])) place += direction;
    return bars[place];
  };
  whole.addEventListener("click", (event) => {
    const bar = event.target.closest("a[data-n]");
    if (!bar || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (chained === bar) end(true);
    else focusOn(bar);
    moveTo(bar);
  });
  whole.addEventListener("keydown", (event) => {
    const bar = event.target.closest("a[data-n]");
    if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = {
      ArrowRight: () => along(bar, 1),
      ArrowLeft: () => along(bar, -1),
      ArrowDown: () => nearest(bar, 1),
      ArrowUp: () => nearest(bar, -1),
      Home: () => bars[0],
      End: () => bars[bars.length - 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    moveTo(to());
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoomBy(1.25);
    else if (event.key === "-") zoomBy(0.8);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chained) end(true);
  });

  // The line at the present time, by the clock of this device.
  const clock = (whole.dataset.clock || "").split(" ").filter(Boolean).map((point) => point.split(":").map(Number));
  const now = $("now");
  if (now && clock.length > 1) {
    const mark = make("g", { id: "present", class: "pic" }, whole);
    const line = make("path", {}, mark);
    const word = make("text", { y: Number(whole.dataset.top) + 10 }, mark);
    word.textContent = "now";
    const place = () => {
      const at = Date.now() / 1000;
      const next = clock.findIndex(([second]) => second > at);
      const inside = next > 0;
      mark.setAttribute("visibility", inside && now.checked ? "visible" : "hidden");
      if (!inside) return;
      const [[first, from], [last, to]] = [clock[next - 1], clock[next]];
      const x = (from + ((to - from) * (at - first)) / (last - first)).toFixed(1);
      line.setAttribute("d", `M${x} ${whole.dataset.top}V${whole.dataset.foot}`);
      word.setAttribute("x", Number(x) + 3);
    };
    now.addEventListener("change", () => { place(); keep(); });
    const { now: was } = (history.state && history.state.timeline) || {};
    if (typeof was === "boolean") now.checked = was;
    place();
    const every = setInterval(() => (mark.isConnected ? place() : clearInterval(every)), 10000);
  }

  const kept = history.state && history.state.timeline;
  if (kept) {
    for (const choice of choices) {
      const same = Array.from(choice.options).find(({ value, text }) => value && text === kept.names[choice.id]);
      choice.value = same ? same.value : "";
    }
    choose(true);
    if (Math.abs(kept.scale - 1) > 0.001) zoomTo(natural * kept.scale);
    box.scrollLeft = kept.left * strip.offsetWidth;
  }

  $("tools").hidden = false;
})();
