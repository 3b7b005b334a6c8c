(() => {
  const own = document.currentScript;
  const address = () =>
    "/.tminus/changes?page=" + encodeURIComponent(location.pathname) + "&version=" + own.dataset.live;
  let changes = null;
  const hang_up = () => {
    changes?.close();
    changes = null;
  };

  // The page as it came, before scripts make something of it.
  let shown = null;
  document.addEventListener("DOMContentLoaded", () => (shown = document.body.cloneNode(true)));
  // What a script has put into the page is not the plan's.
  const of_the_plan = (node) => !node.made;
  const set = (live, old, now) => {
    const names = (element) => Array.from(element.attributes, ({ name }) => name);
    for (const name of new Set([...names(old), ...names(now)])) {
      const [was, is] = [old.getAttribute(name), now.getAttribute(name)];
      if (was === is) continue;
      if (name === "class") {
        live.classList.remove(...old.classList);
        live.classList.add(...now.classList);
      } else if (is === null) live.removeAttribute(name);
      else live.setAttribute(name, is);
    }
  };
  // Which old node is meant by each new one: that with its id, else the next one of its kind before the next id.
  const pairs = (olds, nows) => {
    const ids = new Map(olds.flatMap((old, at) => (old.id ? [[old.id, at]] : [])));
    let next = 0;
    return nows.map((now) => {
      if (now.id) {
        const at = ids.get(now.id);
        ids.delete(now.id);
        if (at === undefined || olds[at].nodeName !== now.nodeName) return undefined;
        if (at >= next) next = at + 1;
        return at;
      }
      for (let at = next; at < olds.length && !olds[at].id; at += 1) {
        if (olds[at].nodeName !== now.nodeName) continue;
        next = at + 1;
        return at;
      }
      return undefined;
    });
  };
  // The longest row of numbers that rises, which may leave some out: those nodes stay where they are.
  const rising = (numbers) => {
    const [ends, before] = [[], new Map()];
    for (const number of numbers) {
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ends[middle] < number) low = middle + 1;
        else high = middle;
      }
      before.set(number, ends[low - 1]);
      ends[low] = number;
    }
    const row = new Set();
    for (let at = ends[ends.length - 1]; at !== undefined; at = before.get(at)) row.add(at);
    return row;
  };
  // To compare all of a long list as a whole, and then each line of it, would take twice the time.
  const LONG = 50;
  // The lines of long lists that are on the screen. A list in a line of another one is none of them.
  const on_screen = () => {
    const is_seen = (line) => {
      const { top, bottom } = line.getBoundingClientRect();
      return bottom >= 0 && top <= innerHeight;
    };
    const seen = new Set();
    const look = (list) => {
      const lines = Array.from(list.children);
      if (list.childNodes.length < LONG) lines.forEach(look);
      else lines.filter(is_seen).forEach((line) => seen.add(line));
    };
    look(document.body);
    return seen;
  };
  // Where the new version of a node differs from the old one, the one on the screen follows. A line of a long list that
  // may wait is put down in `later`.
  const follow_node = (live, old, now, waits, later) => {
    if (now.nodeType !== Node.ELEMENT_NODE) {
      if (live.data !== now.data) live.data = now.data;
      return;
    }
    const is_long = old.childNodes.length >= LONG;
    if (!is_long && old.isEqualNode(now)) return;
    set(live, old, now);
    const lives = Array.from(live.childNodes).filter(of_the_plan);
    const [olds, nows] = [old, now].map((node) => Array.from(node.childNodes));
    if (lives.length !== olds.length) throw new Error("a script has changed more than it said");
    const meant = pairs(olds, nows);
    const stay = rising(meant.filter((at) => at !== undefined));
    lives.forEach((node, at) => stay.has(at) || node.remove());
    let place = live.firstChild;
    for (const [index, at] of meant.entries()) {
      while (place && !of_the_plan(place)) place = place.nextSibling;
      const node = at === undefined ? document.importNode(nows[index], true) : lives[at];
      if (at !== undefined) {
        const own = [node, olds[at], nows[index]];
        if (is_long && waits(node)) later.push(own);
        else follow_node(...own, waits, later);
      }
      if (node === place) place = place.nextSibling;
      else live.insertBefore(node, place);
    }
  };
  // A frame is shown; nobody waits for one on a page that is hidden.
  const shown_frame = () =>
    new Promise((go_on) => (document.hidden ? go_on() : requestAnimationFrame(() => setTimeout(go_on))));
  // The page follows its new version where the two differ: that takes a browser a fraction of the time of showing all
  // of it again, and nobody loses the place. What is on the screen comes first, and is shown before the lines of long
  // lists that are not. A script that has made something of the page says whether it goes on.
  const follow_page = async (now) => {
    const goes_on = () => !dispatchEvent(new CustomEvent("renewing", { cancelable: true, detail: now }));
    const others = document.scripts.length - 1;
    if (!shown || others > 1 || (others === 1 && !goes_on())) return false;
    try {
      const [seen, later] = [on_screen(), []];
      const waits = (node) => node.nodeType === Node.ELEMENT_NODE && !seen.has(node);
      follow_node(document.body, shown, now.body, waits, later);
      document.title = now.title;
      if (later.length > 0) await shown_frame();
      for (const own of later) follow_node(...own, () => false, later);
    } catch (broken) {
      return false;
    }
    shown = now.body;
    dispatchEvent(new Event("renewed"));
    // What is in the head is for the paper, and has time until it has been shown.
    requestAnimationFrame(() => setTimeout(() => {
      set(document.documentElement, document.documentElement, now.documentElement);
      document.querySelectorAll("head > style").forEach((style, at) => {
        const { textContent } = now.querySelectorAll("head > style")[at] || style;
        if (style.textContent !== textContent) style.textContent = textContent;
      });
    }));
    return true;
  };
  // Else the new text takes the place of the old one in the same window: to load it as another page takes a browser
  // longer than to show it. The window keeps its policy, so a page that needs another is loaded.
  let renewing = false;
  const renew = async () => {
    hang_up();
    renewing = true;
    const answer = fetch(location.pathname, { cache: "no-store" });
    const text = await answer.then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
    const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]");
    if (!policy || !text.includes(`content="${policy.content}"`)) return location.reload();
    if (await follow_page(new DOMParser().parseFromString(text, "text/html"))) {
      renewing = false;
      return follow();
    }
    const [left, top] = [scrollX, scrollY];
    document.open();
    document.write(text);
    document.close();
    scrollTo(left, top);
  };
  // A browser keeps few connections to one place: a page that nobody looks at needs none.
  const follow = () => {
    if (document.hidden) hang_up();
    else if (!changes && !renewing) {
      changes = new EventSource(address());
      changes.onmessage = renew;
      // An answer that is no stream ends it for good; a connection that breaks is tried again by itself.
      changes.onerror = () => {
        if (changes?.readyState === EventSource.CLOSED) changes = null;
      };
    }
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pageshow", follow);
  addEventListener("pagehide", hang_up);
  follow();
})();
