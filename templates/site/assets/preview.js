// Shows the page anew when a file has changed. A hidden page waits for nothing, since a browser keeps few connections open.
"use strict";

(() => {
  const { count } = document.currentScript.dataset;
  let source;
  const wait = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`/_preview/changes?after=${count}`);
    source.addEventListener("message", () => location.reload());
  };
  document.addEventListener("visibilitychange", wait);
  wait();
})();
