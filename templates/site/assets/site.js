// Search, the comforts of the contents, which review is overdue, and the day on paper. Without this file all pages read and work the same,
// but for search.
"use strict";

(() => {
  const script = document.currentScript.src;
  const root = new URL("..", script);

  // --- contents ---

  const contents = document.querySelector(".contents details");
  if (contents) {
    // the style sheet shows them folded or not; this says the same to browsers and readers that go by the attribute
    const room = matchMedia("(min-width: 64rem)");
    const fit = () => (contents.open = room.matches);
    fit();
    room.addEventListener("change", fit);
    contents.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !contents.open || room.matches) return;
      contents.open = false;
      contents.querySelector("summary").focus();
    });
    contents.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link && link.pathname === location.pathname && !room.matches) contents.open = false;
    });
  }

  // --- reviews ---

  // a page does not know on which day it is read; what is to be in a month is overdue when the month is over
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
  for (const review of document.querySelectorAll("time.review")) {
    if (review.dateTime >= today.slice(0, review.dateTime.length)) continue;
    const overdue = document.createElement("strong");
    overdue.textContent = "overdue";
    review.after(", ", overdue);
  }

  // --- paper ---

  // a sheet says on which day it was printed; a page may have been open for days
  const day = document.createElement("span");
  document.querySelector(".printed")?.append(day);
  const date = () => {
    day.textContent = ` Printed on ${new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}.`;
  };
  date();
  addEventListener("beforeprint", date);

  // --- search ---

  const dialog = document.querySelector("dialog.search");
  const opener = document.querySelector(".search-open");
  if (!dialog || !opener || !dialog.showModal) return;
  const input = dialog.querySelector("input");
  const count = dialog.querySelector(".search-count");
  const results = dialog.querySelector(".search-results");
  const most = 50;

  // scripts, since a page without a server cannot fetch data
  const loaded = (name) =>
    new Promise((resolve, reject) => {
      const part = document.createElement("script");
      part.src = new URL(name, script);
      part.onload = resolve;
      part.onerror = reject;
      document.head.append(part);
    });
  const load = async () => {
    await Promise.all(["stemmer.js", "search.js", "search-index.js"].map(loaded));
    return window.policySearch(window.policyIndex);
  };
  let loading;
  const ready = () => (loading ??= load());

  // the words that were looked for, each in a mark; what is in another language says so
  const marked = (stretches, searched, stems) => {
    const parts = document.createDocumentFragment();
    for (const [text, language] of stretches) {
      const stretch = document.createElement("span");
      if (language) Object.assign(stretch, { lang: language, dir: "auto" });
      for (const [words, wanted] of searched.pieces(text, stems)) {
        const made = document.createElement(wanted ? "mark" : "span");
        made.textContent = words;
        stretch.append(made);
      }
      parts.append(stretch);
    }
    return parts;
  };

  const row = (found, searched, stems) => {
    const link = document.createElement("a");
    link.href = found.path.startsWith("#") ? found.path : new URL(found.path, root);
    const where = document.createElement("span");
    where.className = "where";
    where.append(`${found.number} `.trimStart(), marked(found.heading, searched, stems));
    link.append(where, marked(found.text, searched, stems));
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const show = (told, rows) => {
    count.textContent = told;
    results.replaceChildren(...rows);
  };

  const listed = (words, last) => words.join(", ").replace(/, (?=[^,]*$)/, ` ${last} `);

  const search = async () => {
    const typed = input.value;
    if (!typed.trim()) return show("", []);
    let searched;
    try {
      searched = await ready();
    } catch {
      loading = undefined; // whoever types on tries again
      return show("The search could not be loaded. Check your connection and type again.", []);
    }
    if (typed !== input.value) return;
    const { found, stems, also, passed } = searched.find(typed);
    const places = found.length === 1 ? "1 place" : `${found.length} places`;
    const told = found.length > most ? [`${places}; the first ${most} are shown.`] : [`${places}.`];
    if (also.length) told.push(`Also searched for ${listed(also, "and")}.`);
    if (passed.length) told.push(`Not in this policy: ${listed(passed, "and")}.`);
    if (found.length) return show(told.join(" "), found.slice(0, most).map((one) => row(one, searched, stems)));
    const nothing = "Nothing was found. Try other words";
    if (!searched.report) return show(`${nothing}.`, []);
    show(`${nothing}, or ask somebody:`, [row(searched.report, searched, stems)]);
  };

  opener.hidden = false;
  opener.addEventListener("click", () => {
    dialog.showModal();
    input.focus();
    input.select();
    ready().catch(() => (loading = undefined)); // it is there when the first letter is typed
  });
  dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  input.addEventListener("input", search);
})();
