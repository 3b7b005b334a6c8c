(() => {
  const version = document.currentScript.dataset.live;
  const address = "/.tminus/changes?page=" + encodeURIComponent(location.pathname) + "&version=" + version;
  let changes = null;
  // A browser keeps few connections to one place: a page that nobody looks at needs none.
  const follow = () => {
    if (document.hidden) {
      changes?.close();
      changes = null;
    } else if (!changes) {
      changes = new EventSource(address);
      changes.onmessage = () => location.reload();
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
