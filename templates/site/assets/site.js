// Search, the comforts of the contents, and which review is overdue. Without this file all pages read and work the same,
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

  // --- search ---

  const dialog = document.querySelector("dialog.search");
  const opener = document.querySelector(".search-open");
  if (!dialog || !opener || !dialog.showModal) return;
  const input = dialog.querySelector("input");
  const count = dialog.querySelector(".search-count");
  const results = dialog.querySelector(".search-results");
  const most = 50;
  const inside = 5; // letters of a word that is found inside others

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

  // "Section 9.3 (2)" is a number, however it is spaced; other words are looked for without the s of a plural.
  const wanted = (typed) => {
    const query = fold(typed).trim().replace(/^section\s+(?=\d)/, "").replace(/\s+(?=\()/g, "");
    return query.split(/\s+/).filter(Boolean).map((word) => word.replace(/(?<=\p{L}{4})s$/u, ""));
  };

  // A number finds what it is the number of, and what stands below it. Words begin words, or stand inside one if they
  // are long. Headings come first, then the order of the policy.
  const score = (found, words) => {
    const number = found.number.toLowerCase();
    if (words.length === 1 && number === words[0]) return 6;
    if (words.length === 1 && /^\d/.test(words[0]) && number.startsWith(words[0]) && !/^\d/.test(number.slice(words[0].length)))
      return 5;
    const isHeading = !found.text.length;
    if (words.every((word) => starts(found.all, word))) return isHeading ? 4 : 2;
    if (words.every((word) => word.length >= inside && found.all.includes(word))) return isHeading ? 3 : 1;
    return 0;
  };

  // the words as they were typed, where they stand in the text, each in a mark; what is in another language says so
  const marked = (stretches, words) => {
    const parts = document.createDocumentFragment();
    const escaped = words.map((word) => {
      const letters = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/'/g, "['‘’]");
      return word.length < inside ? `(?<![\\p{L}\\p{N}])${letters}` : letters;
    });
    const pattern = new RegExp(`(${escaped.join("|")})`, "giu");
    for (const [text, language] of stretches) {
      const stretch = document.createElement("span");
      if (language) Object.assign(stretch, { lang: language, dir: "auto" });
      text.split(pattern).forEach((part, at) => {
        const made = at % 2 ? document.createElement("mark") : document.createElement("span");
        made.textContent = part;
        if (part) stretch.append(made);
      });
      parts.append(stretch);
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

  const show = (told, rows) => {
    count.textContent = told;
    results.replaceChildren(...rows);
  };

  const search = async () => {
    const typed = input.value;
    const words = wanted(typed);
    if (!words.length) return show("", []);
    let entries;
    try {
      entries = await (loading ??= load());
    } catch {
      loading = undefined; // whoever types on tries again
      return show("The search could not be loaded. Check your connection and type again.", []);
    }
    if (typed !== input.value) return;
    const found = entries
      .map((one) => ({ one, rank: score(one, words) }))
      .filter(({ rank }) => rank)
      .sort((a, b) => b.rank - a.rank);
    const places = found.length === 1 ? "1 place" : `${found.length} places`;
    const told = !found.length
      ? "Nothing was found. Try fewer or other words."
      : found.length > most
        ? `${places}; the first ${most} are shown.`
        : places;
    show(told, found.slice(0, most).map(({ one }) => row(one, words)));
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
