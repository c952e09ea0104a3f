// Search, and the comforts of the contents. Without this file all pages read and work the same, but for search.
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

  // --- search ---

  const dialog = document.querySelector("dialog.search");
  const opener = document.querySelector(".search-open");
  if (!dialog || !opener || !dialog.showModal) return;
  const input = dialog.querySelector("input");
  const count = dialog.querySelector(".search-count");
  const results = dialog.querySelector(".search-results");
  const most = 50;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();

  // a script, since a page without a server cannot fetch data
  const load = () =>
    new Promise((resolve, reject) => {
      const index = document.createElement("script");
      index.src = new URL("search-index.js", script);
      index.onload = () => resolve(window.policyIndex.map(entry));
      index.onerror = reject;
      document.head.append(index);
    });
  const plain = (stretches) => stretches.map(([words]) => words).join("");
  const entry = ([path, number, heading, text]) => {
    const title = fold(plain(heading));
    return { path, number, heading, text, title, all: `${title} ${fold(plain(text))}` };
  };
  let loading;

  const starts = (text, word) => {
    const at = text.indexOf(word);
    return at === 0 || (at > 0 && (/[^\p{L}\p{N}]/u.test(text[at - 1]) || starts(text.slice(at + 1), word)));
  };

  // A number finds what it is the number of; words must all begin a word. Headings come first, then the order of the policy.
  const score = (found, words) => {
    if (words.length === 1 && found.number.toLowerCase() === words[0]) return 4;
    if (words.length === 1 && /^\d/.test(words[0]) && found.number.toLowerCase().startsWith(words[0])) return 3;
    if (!words.every((word) => starts(found.all, word))) return 0;
    return found.text.length ? 1 : 2;
  };

  // the words as they were typed, where they stand in the text, each in a mark; what is in another language says so
  const marked = (stretches, words) => {
    const parts = document.createDocumentFragment();
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/'/g, "['‘’]"));
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})`, "giu");
    for (const [text, language] of stretches) {
      text.split(pattern).forEach((part, at) => {
        const made = at % 2 ? document.createElement("mark") : document.createElement("span");
        made.textContent = part;
        if (language) made.lang = language;
        if (part) parts.append(made);
      });
    }
    return parts;
  };

  const row = (found, words) => {
    const link = document.createElement("a");
    link.href = new URL(found.path, root);
    const where = document.createElement("span");
    where.className = "where";
    where.append(`${found.number} `.trimStart(), marked(found.heading, words));
    link.append(where, marked(found.text, words));
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const search = async () => {
    const typed = input.value;
    const words = fold(typed).split(/\s+/).filter(Boolean);
    if (!words.length) {
      results.replaceChildren();
      count.textContent = "";
      return;
    }
    const entries = await (loading ??= load());
    if (typed !== input.value) return;
    const found = entries
      .map((one) => ({ one, rank: score(one, words) }))
      .filter(({ rank }) => rank)
      .sort((a, b) => b.rank - a.rank);
    results.replaceChildren(...found.slice(0, most).map(({ one }) => row(one, words)));
    const places = found.length === 1 ? "1 place" : `${found.length} places`;
    count.textContent = !found.length
      ? "Nothing was found. Try fewer or other words."
      : found.length > most
        ? `${places}; the first ${most} are shown.`
        : places;
  };

  opener.hidden = false;
  opener.addEventListener("click", () => {
    dialog.showModal();
    input.focus();
    input.select();
  });
  dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  input.addEventListener("input", search);
})();
