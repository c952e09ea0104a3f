// What a search finds, and in which order. site.js loads this file, stemmer.js and the index of the site when somebody
// opens the search; without it all pages read and work the same.
"use strict";

/* global EnglishStemmer */
window.policySearch = (index) => {
  // --- words ---

  // letters with a stroke or joined together, which Unicode does not take apart
  const letters = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ŧ: "t", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
  const fold = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[łøđðħŧıßæœþ]/g, (letter) => letters[letter])
      .replace(/[‘’]/g, "'");
  const token = /[\p{L}\p{N}\p{M}]+(?:['‘’‐‑-][\p{L}\p{N}\p{M}]+)*/gu;

  // "e-mail" and "wi-fi" are one word; the parts of "semi-nudes" are words, too
  const parts = (written) => fold(written).split(/[‐‑-]/);
  const split = new Map(); // what was split already: a site has few words, many times
  const forms = (written) => {
    if (!split.has(written)) {
      const found = parts(written);
      split.set(written, found.length < 2 ? found : [found.join(""), ...found.filter((part) => part.length > 2)]);
    }
    return split.get(written);
  };

  // words without which a question asks the same
  const common = new Set(
    (
      "a about after all also am an and any are as at be been being but by can cannot could did do does " +
      "doing done during for from get gets getting go goes going got had happen happened happens has have " +
      "having he her hers him his how i i'd i'll i'm i've if in into is it its it's just let like look may " +
      "me might mine much must my need needs of on or our out over please put rule rules school schools " +
      "shall she should so some someone somebody something than that the their them then there these they " +
      "this those through to up us use used using want wants was we were what what's when where which while " +
      "who whom whose why will with would you your yours"
    ).split(" "),
  );

  // The index lists the words of the site that differ from their stems, as "stem ending ending": an ending that begins
  // with a digit says how many letters of the stem it replaces. What it does not list is its own stem.
  const stems = new Map();
  for (const [stem, ...endings] of index.stems.map((line) => line.split(" "))) {
    for (const ending of endings) {
      const cut = /^\d/.test(ending) ? +ending[0] : 0;
      stems.set(stem.slice(0, stem.length - cut) + ending.replace(/^\d/, ""), stem);
    }
  }
  const known = new Map(); // each word of the site, with its stem
  const stemmer = new EnglishStemmer();
  const typedStem = (word) => known.get(word) ?? stemmer.stemWord(word);

  // --- what can be found ---

  const spoken = (stretches) => (typeof stretches === "string" ? [[stretches]] : stretches);
  const plain = (stretches) => stretches.map(([words]) => words).join("");
  const entries = [];
  {
    let section, group, page;
    for (const row of index.rows) {
      const [address, number, words, level] = row;
      if (level === undefined) {
        // a clause, whose number goes on from that of its section
        entries.push({
          path: /^#|\//.test(address) ? address : `${page}#${address}`,
          number: number.startsWith("(") ? section.number + number : number,
          heading: section.heading,
          text: spoken(words),
          around: group === section ? [section] : [section, group],
        });
      } else {
        const found = { path: address, number, level, heading: spoken(words), text: [], around: level > 1 ? [section] : [] };
        page = address.split("#")[0];
        group = found;
        if (level < 2) section = found;
        if (level) entries.push(found);
      }
    }
  }

  const read = (stretches) => {
    const found = [];
    for (const [written] of plain(stretches).matchAll(token)) {
      const read = forms(written);
      for (const form of read) if (!known.has(form)) known.set(form, stems.get(form) ?? form);
      found.push(read.map((form) => known.get(form)));
    }
    return found;
  };

  // --- how much each word says of each entry ---

  // the words around a clause (its headings, and the clauses that it is nested in) count less than its own
  const weight = { heading: 1.6, text: 1, section: 0.45, parent: 0.4 };
  const usual = 14; // words in a clause
  const postings = new Map(); // for each stem, how much it says of each entry, by the entry's place
  const holding = new Map(); // for each stem, in how many entries it is one of their own words
  {
    const byNumber = new Map();
    entries.forEach((entry, at) => {
      entry.words = read(entry.text.length ? entry.text : entry.heading);
      const counts = new Map();
      const add = (words, amount) => {
        for (const stem of new Set(words.flat())) counts.set(stem, (counts.get(stem) ?? 0) + amount);
      };
      const length = 0.75 + (0.25 * entry.words.length) / usual;
      add(entry.words, (entry.text.length ? weight.text : weight.heading) / length);
      for (const stem of counts.keys()) holding.set(stem, (holding.get(stem) ?? 0) + 1);
      for (const heading of entry.around) {
        add((heading.read ??= read(heading.heading)), heading.level ? weight.section : weight.heading);
      }
      if (entry.number && entry.text.length) {
        byNumber.set(entry.number, entry);
        let amount = weight.parent;
        for (let above = entry.number; (above = above.replace(/\([^()]*\)$/, "")).endsWith(")"); amount /= 2) {
          if (byNumber.has(above)) add(byNumber.get(above).words, amount);
        }
      }
      for (const [stem, count] of counts) {
        if (!postings.has(stem)) postings.set(stem, new Map());
        postings.get(stem).set(at, count);
      }
    });
  }
  const rarity = (stem) => Math.log(1 + (entries.length + 0.5) / ((holding.get(stem) ?? 0) + 0.5));
  const says = (stem, at) => {
    const count = postings.get(stem)?.get(at) ?? 0;
    return (rarity(stem) * count) / (count + 0.8);
  };

  // --- what is meant ---

  // by the stems of what people type, run together: the words of the policy
  const synonyms = new Map();
  const joined = (words) => words.map(typedStem).join("");
  const whole = (text) => [...text.matchAll(token)].map(([written]) => parts(written).join(""));
  for (const [words, typed] of Object.entries(index.synonyms)) {
    for (const phrase of typed) {
      const key = joined(whole(phrase));
      if (!synonyms.has(key)) synonyms.set(key, []);
      synonyms.get(key).push(words);
    }
  }
  const longest = 6; // words in a phrase

  // whether two words differ by one letter: another one, one more, or two that changed places
  const nearly = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let from = 0;
    while (from < one.length && one[from] === other[from]) from += 1;
    const [rest, left] = [one.slice(from), other.slice(from)];
    return (
      rest.slice(1) === left.slice(1) ||
      rest.slice(1) === left ||
      rest === left.slice(1) ||
      (rest[0] === left[1] && rest[1] === left[0] && rest.slice(2) === left.slice(2))
    );
  };

  // What a word that is not in the site may stand for, best first: a word that begins with it, one of two that were
  // run together, or one with another letter. Each is a list of stems, with how much it counts.
  const fewest = 5; // letters of a word in which one may be wrong
  const guesses = (word, isLast) => {
    const all = [...known.keys()];
    if (word.length >= (isLast ? 2 : 4)) {
      const begun = all.filter((other) => other.startsWith(word));
      if (begun.length) return { ways: begun.map((other) => [[known.get(other)], 0.8]) };
    }
    if (!/^\p{L}+$/u.test(word)) return { ways: [] };
    for (let at = 3; at <= word.length - 3; at += 1) {
      const pair = [word.slice(0, at), word.slice(at)].map(typedStem);
      if (pair.every((stem) => postings.has(stem))) return { ways: [[pair, 1]] };
    }
    if (word.length >= fewest) {
      const stem = typedStem(word);
      const long = (other) => other.length >= fewest - 1;
      const near = all.filter((other) => long(other) && (nearly(word, other) || nearly(stem, known.get(other))));
      const meant = [...synonyms].filter(([key]) => long(key) && nearly(stem, key));
      const once = new Map(near.map((other) => [known.get(other), other])); // "safeguard" says no more than "safeguarding"
      const said = [...new Set([...once.values(), ...meant.flatMap(([, words]) => words)])];
      if (said.length) return { ways: said.map((words) => [whole(words).map(typedStem), 0.6]), said };
    }
    return { ways: [] };
  };

  // longer words that contain this one, such as "homework" for "work"
  const inside = (word) => {
    if (word.length < fewest) return [];
    const longer = [...known].filter(([other]) => other !== word && (other.endsWith(word) || other.startsWith(word)));
    return longer.map(([, stem]) => stem);
  };

  // What was typed as terms, each with the ways in which an entry may say it; what was also searched for; what was
  // passed over because it is nowhere in the site.
  const understand = (typed) => {
    const words = [...typed.matchAll(token)].flatMap(([written]) => {
      const found = parts(written);
      const one = found.join("");
      return found.length < 2 || known.has(one) || synonyms.has(typedStem(one)) ? [one] : found;
    });
    const isCommon = words.every((word) => common.has(word)) ? () => false : (word) => common.has(word);
    const terms = [];
    const also = new Set();
    const passed = [];
    for (let at = 0; at < words.length; ) {
      let count = Math.min(longest, words.length - at);
      while (count && !synonyms.has(joined(words.slice(at, at + count)))) count -= 1;
      const taken = words.slice(at, at + Math.max(count, 1));
      const ways = [];
      for (const meant of count ? synonyms.get(joined(taken)) : []) {
        const meaning = whole(meant).filter((word) => !common.has(word)).map(typedStem);
        if (!meaning.every((stem) => postings.has(stem))) continue;
        ways.push([meaning, 1]);
        also.add(meant);
      }
      const next = words[at + 1];
      if (!ways.length && next && known.has(taken[0] + next) && !synonyms.has(joined([next]))) {
        // "home work" is one word in the policy
        taken.push(next);
        ways.push([[known.get(taken.join(""))], 1]);
      }
      at += taken.length;
      const own = taken.filter((word) => !isCommon(word));
      if (own.length > 1) ways.push([own.map(typedStem), 0.9]);
      for (const word of own) {
        const stem = typedStem(word);
        if (postings.has(stem)) {
          ways.push([[stem], own.length > 1 ? 0.4 : 1]);
          for (const longer of inside(word)) ways.push([[longer], own.length > 1 ? 0.3 : 0.7]);
        } else if (!ways.length) {
          const guessed = guesses(word, at === words.length);
          ways.push(...guessed.ways);
          for (const said of guessed.said ?? []) also.add(said);
          if (!guessed.ways.length) passed.push(word);
        }
      }
      if (ways.length) terms.push(ways);
    }
    return { terms, also: [...also], passed };
  };

  // --- finding ---

  const best = (ways, at) => {
    let most = 0;
    for (const [found, amount] of ways) {
      const said = found.map((stem) => says(stem, at));
      const sum = said.reduce((before, one) => before + one, 0);
      if (said.every(Boolean)) most = Math.max(most, (amount * sum) / Math.sqrt(said.length));
    }
    return most;
  };

  // how many terms are close to the one before, of all
  const closeness = (terms, words) => {
    const places = terms.map((ways) => {
      const wanted = new Set(ways.flatMap(([found]) => found));
      return words.flatMap((here, place) => (here.some((stem) => wanted.has(stem)) ? [place] : []));
    });
    const isClose = (place, at) => places[at].some((other) => Math.abs(place - other) < 5);
    const close = places.slice(1).filter((here, at) => here.some((place) => isClose(place, at)));
    return close.length / Math.max(terms.length - 1, 1);
  };

  const byNumber = (typed) => {
    const wanted = fold(typed).trim().replace(/^section\s+(?=\d)/, "").replace(/\s+(?=\()/g, "");
    if (!/^\d\S*$/.test(wanted)) return [];
    const numbered = entries.map((entry) => [entry, entry.number.toLowerCase()]);
    const same = numbered.filter(([, number]) => number === wanted);
    const inside = numbered.filter(
      ([, number]) => number !== wanted && number.startsWith(wanted) && !/^\d/.test(number.slice(wanted.length)),
    );
    return [...same, ...inside].map(([entry]) => entry);
  };

  const least = 0.35; // of the best score; what has less is found only by a word or two of many

  const find = (typed) => {
    const numbered = byNumber(typed);
    if (numbered.length) return { found: numbered, stems: new Set(), also: [], passed: [] };
    const { terms, also, passed } = understand(typed);
    const scores = new Map();
    const worth = terms.map((ways) => Math.max(...ways.map(([found]) => Math.max(...found.map(rarity)))));
    const all = worth.reduce((sum, one) => sum + one, 0);
    const places = new Set(terms.flatMap((ways) => ways.flatMap(([[stem]]) => [...(postings.get(stem)?.keys() ?? [])])));
    for (const at of places) {
      const said = terms.map((ways) => best(ways, at));
      const covered = said.reduce((sum, one, term) => sum + (one ? worth[term] : 0), 0) / all;
      const total = said.reduce((sum, one) => sum + one, 0);
      const { number, words } = entries[at];
      const near = terms.length > 1 ? 1 + 0.25 * closeness(terms, words) : 1;
      scores.set(at, total * (0.4 + 0.6 * covered) * near * (number ? 1 : 0.9));
    }
    const ranked = [...scores].filter(([, score]) => score).sort(([at, one], [on, other]) => other - one || at - on);
    const enough = (ranked[0]?.[1] ?? 0) * least;
    return {
      found: ranked.filter(([, score]) => score >= enough).map(([at]) => entries[at]),
      stems: new Set(terms.flatMap((ways) => ways.flatMap(([found]) => found))),
      also,
      passed,
    };
  };

  // The stretches of a text between words that were looked for, and those words: [words, whether they were looked for].
  const pieces = (text, wanted) => {
    const found = [];
    let from = 0;
    for (const match of text.matchAll(token)) {
      if (!forms(match[0]).some((form) => wanted.has(known.get(form)))) continue;
      found.push([text.slice(from, match.index), false], [match[0], true]);
      from = match.index + match[0].length;
    }
    return [...found, [text.slice(from), false]].filter(([words]) => words);
  };

  const report = entries.find((entry) => entry.path === "#report");
  return { find, pieces, report };
};
