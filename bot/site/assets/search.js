// Search without a server: takes in the shards of the index that a question needs (bot/site/search.py).
"use strict";

(() => {
  const ENTRIES = 200; // in a shard of entries
  const PAGE = 20; // of each kind at first, and with each press of the button
  const AT_ONCE = 8; // parts of the index that are looked through at the same time
  const MOST_TERMS = 16;
  const PAUSE = 150; // milliseconds without a key before the question is taken as asked

  const root = document.body.dataset.root;
  const form = document.getElementById("search");
  const input = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const sections = new Map(
    Array.from(document.querySelectorAll("section[data-kind]"), (section) => [section.dataset.kind, section]),
  );
  const tongue = document.documentElement.lang;
  const days = new Intl.DateTimeFormat(tongue === "en" ? "en-GB" : tongue, { dateStyle: "medium", timeZone: "UTC" });

  // ---- files of the index

  const arrived = new Map();
  const asked = new Map();
  window.claimwatch = (name, content) => arrived.set(name, content);

  function load(name) {
    if (!asked.has(name)) {
      asked.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = `${root}search/${name}.js`;
          script.onload = () => resolve(arrived.get(name));
          script.onerror = () => {
            asked.delete(name);
            reject(new Error(name));
          };
          document.head.append(script);
        }),
      );
    }
    return asked.get(name);
  }

  async function parts() {
    const rows = await load("directory");
    return rows.map(([kind, span, entries, starts]) => ({
      name: span ? `${kind}-${span}` : kind,
      kind,
      entries,
      starts,
    }));
  }

  // ---- a question

  // Words of Russian and Ukrainian end, and those of Korean have a particle, by their place in a sentence: what
  // stands before that finds every form. Letters are those of folding.js, which knows no marks: `й` is `и`.
  const ENDED = /^([\u0400-\u04ff]{4,}?)(?:[аыяи]ми|[ое]го|[ое]му|[оеі]в|[аеиоуыяі][хмиі]|[аеоуыюяиь][еюя]|ією|[аеиоуыьюяіє])$/u;
  const PARTICLED = /^([가-힣]{2,})(?:에서|으로|[은는이가을를의에로와과도])$/u;

  function beginning(word) {
    const [, kept] = ENDED.exec(word) || PARTICLED.exec(word) || [word, word];
    return kept;
  }

  // What has to be found: terms as they are, or as beginnings of terms.
  function question(text) {
    const wanted = new Map();
    for (const [word, solid] of runs(text)) {
      const letters = Array.from(beginning(word));
      if (solid && letters.length > 1) {
        for (let at = 0; at + 1 < letters.length; at += 1) {
          wanted.set(letters[at] + letters[at + 1], true);
        }
      } else {
        wanted.set(letters.slice(0, LONGEST).join(""), false);
      }
    }
    return Array.from(wanted, ([term, whole]) => ({ term, whole })).slice(0, MOST_TERMS);
  }

  function shardsFor({ starts }, { term, whole }) {
    const last = whole ? term : `${term}\uffff`;
    return starts.flatMap((start, at) => {
      const next = starts[at + 1];
      return start <= last && (next === undefined || next > term) ? [at] : [];
    });
  }

  async function marked(part, wanted) {
    const names = shardsFor(part, wanted).map((at) => `${part.name}/t${at}`);
    const marks = new Uint8Array(part.entries);
    for (const shard of await Promise.all(names.map(load))) {
      for (const [term, steps] of Object.entries(shard)) {
        if (wanted.whole ? term === wanted.term : term.startsWith(wanted.term)) {
          let number = 0;
          for (const step of steps) {
            number += step;
            marks[number] = 1;
          }
        }
      }
    }
    return marks;
  }

  // The entries of a part that hold every term, in the order in which they are shown.
  async function found(part, terms) {
    const all = await Promise.all(terms.map((wanted) => marked(part, wanted)));
    const hits = [];
    for (let number = 0; number < part.entries; number += 1) {
      if (all.every((marks) => marks[number])) {
        hits.push({ part, number });
      }
    }
    return hits;
  }

  // ---- what is shown

  function address(link, url) {
    if (/^https?:\/\//i.test(url)) {
      link.rel = "noopener noreferrer nofollow";
      link.href = url;
    } else if (/^[\w./#-]+$/.test(url)) {
      link.href = root + url;
    }
  }

  function item([url, title, day, note]) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    address(link, url);
    link.textContent = title;
    const about = document.createElement("p");
    about.className = "result-about";
    if (day) {
      const when = document.createElement("time");
      when.dateTime = day;
      when.textContent = days.format(new Date(`${day}T00:00:00Z`));
      about.append(when, note ? " · " : "");
    }
    about.append(note);
    line.append(link, about);
    return line;
  }

  function emptied() {
    for (const section of sections.values()) {
      section.hidden = true;
      section.querySelector("ol").replaceChildren();
    }
  }

  // Shows hits of a kind up to so many; returns the first line that is new.
  async function show(kind, hits, upTo, current) {
    const section = sections.get(kind);
    const list = section.querySelector("ol");
    const wanted = hits.slice(list.children.length, upTo);
    const shards = await Promise.all(
      wanted.map(({ part, number }) => load(`${part.name}/e${Math.floor(number / ENTRIES)}`)),
    );
    if (!current()) {
      return null;
    }
    const lines = wanted.map(({ number }, at) => item(shards[at][number % ENTRIES]));
    list.append(...lines);
    section.hidden = hits.length === 0;
    section.querySelector(".count").textContent = hits.length.toLocaleString(tongue);
    const more = section.querySelector("button");
    more.hidden = list.children.length >= hits.length;
    more.onclick = async () => {
      const first = await show(kind, hits, list.children.length + PAGE, current);
      first?.querySelector("a").focus();
    };
    return lines[0] ?? null;
  }

  let turn = 0;

  async function search(text) {
    turn += 1;
    const mine = turn;
    const current = () => mine === turn;
    const terms = question(text);
    emptied();
    status.textContent = terms.length ? form.dataset.searching : "";
    if (!terms.length) {
      return;
    }
    try {
      const hits = new Map(Array.from(sections.keys(), (kind) => [kind, []]));
      const every = await parts();
      for (let at = 0; at < every.length; at += AT_ONCE) {
        const some = await Promise.all(every.slice(at, at + AT_ONCE).map((part) => found(part, terms)));
        if (!current()) {
          return;
        }
        for (const hit of some.flat()) {
          hits.get(hit.part.kind).push(hit);
        }
        for (const [kind, each] of hits) {
          await show(kind, each, PAGE, current);
        }
      }
      if (current()) {
        const count = Array.from(hits.values()).reduce((sum, each) => sum + each.length, 0);
        status.textContent = count
          ? form.dataset.found.replace("{count}", count.toLocaleString(tongue))
          : form.dataset.nothing;
      }
    } catch {
      if (current()) {
        status.textContent = form.dataset.failed;
      }
    }
  }

  // ---- the address and the form

  const asIn = (hash) => new URLSearchParams(hash.slice(1)).get("q") ?? "";

  function ask() {
    const text = input.value.slice(0, input.maxLength);
    if (text !== asIn(location.hash)) {
      history.replaceState(null, "", text ? `#${new URLSearchParams({ q: text })}` : "#");
    }
    search(text);
  }

  function answerAddress() {
    if (location.hash && !new URLSearchParams(location.hash.slice(1)).has("q")) {
      return; // A place on the page, as of the skip link: what is typed meanwhile stays.
    }
    input.value = asIn(location.hash);
    search(input.value);
  }

  let pause = 0;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    ask();
  });
  window.addEventListener("hashchange", answerAddress);
  form.hidden = false;
  answerAddress();
})();
