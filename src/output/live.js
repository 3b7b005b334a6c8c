(() => {
  const version = document.currentScript.dataset.live;
  const address = "/.tminus/changes?page=" + encodeURIComponent(location.pathname) + "&version=" + version;
  let changes = null;
  // The new text takes the place of the old one in the same window: to load it as another page takes a browser longer
  // than to show it. The window keeps its policy, so a page that needs another is loaded.
  const renew = async () => {
    changes?.close();
    const answer = fetch(location.pathname, { cache: "no-store" });
    const text = await answer.then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
    const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]");
    if (!policy || !text.includes(`content="${policy.content}"`)) return location.reload();
    const [left, top] = [scrollX, scrollY];
    document.open();
    document.write(text);
    document.close();
    scrollTo(left, top);
  };
  // A browser keeps few connections to one place: a page that nobody looks at needs none.
  const follow = () => {
    if (document.hidden) {
      changes?.close();
      changes = null;
    } else if (!changes) {
      changes = new EventSource(address);
      changes.onmessage = renew;
      // An answer that is no stream ends it for good; a connection that breaks is tried again by itself.
      changes.onerror = () => {
        if (changes?.readyState === EventSource.CLOSED) changes = null;
      };
    }
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pageshow", follow);
  addEventListener("pagehide", () => {
    changes?.close();
    changes = null;
  });
  follow();
})();
