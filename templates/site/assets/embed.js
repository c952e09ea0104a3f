"use strict";
// Tells the page around how high this one is, and where on it a link leads. Alone, it does nothing.
if (parent !== self) {
  const page = document.documentElement;
  const tell = (said) => parent.postMessage({ policy: said }, "*");
  new ResizeObserver(() => tell({ height: Math.ceil(page.getBoundingClientRect().height) })).observe(page);
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const goal = link && document.getElementById(link.hash.slice(1));
    if (goal) tell({ top: goal.getBoundingClientRect().top + scrollY });
  });
}
