"use strict";
// The search of a static site: asks the index of Pagefind that lies beside the pages. The address holds the query.
(async () => {
  const main = document.querySelector("[data-search]");
  if (!main) return;
  const [count, facets, cards, pager] = ["count", "facets", "cards", "pager"].map((name) => main.querySelector(`[data-${name}]`));
  const size = 24, shown = 8;
  const titles = { organism: "Organism", year: "Year", journal: "Journal", gene: "Gene or family", disease: "Disease" };
  const asked = new URLSearchParams(location.search);
  const words = (asked.get("q") || "").trim(), from = Math.max(0, Number(asked.get("offset")) || 0);
  for (const field of document.querySelectorAll('input[name="q"]')) field.value = words;
  const make = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside);
    return element;
  };
  const link = (change, name, ...inside) => {
    const to = new URLSearchParams(asked);
    to.delete("offset");
    change(to);
    const element = make("a", name, ...inside);
    element.href = `?${to}`;
    return element;
  };
  const without = (to, field, value) => {
    const kept = to.getAll(field).filter((one) => one !== value);
    to.delete(field);
    for (const one of kept) to.append(field, one);
  };
  // Pagefind gives excerpts as markup; it is read as text here, and only its marks are drawn.
  const codes = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&amp;": "&" };
  const plain = (text) => text.replace(/&(?:lt|gt|quot|#39|#x27|amp);/g, (code) => codes[code]);
  const excerpt = (text) => {
    const p = make("p", "snippet");
    text.split(/(<mark>.*?<\/mark>)/s).forEach((part) => {
      const marked = part.match(/^<mark>(.*)<\/mark>$/s);
      p.append(marked ? make("mark", "", plain(marked[1])) : plain(part));
    });
    return p;
  };
  const card = ({ url, meta, excerpt: text }) => {
    const image = make("img");
    Object.assign(image, { src: new URL(meta.thumbnail, new URL(url, location.href)).href, alt: "", loading: "lazy", width: 240, height: 160 });
    const thumb = make("a", "thumb", image), title = make("a", "", meta.title);
    thumb.href = title.href = url;
    thumb.tabIndex = -1;
    thumb.setAttribute("aria-hidden", "true");
    return make("li", "card", thumb, make("div", "about", make("h3", "", title), make("p", "soft", meta.about || ""), words ? excerpt(text) : ""));
  };
  const row = (field, [value, number]) => {
    const chosen = asked.getAll(field).includes(value);
    const label = [make("span", "", value), " ", make("span", "soft", number.toLocaleString("en"))];
    const a = link((to) => (chosen ? without(to, field, value) : to.append(field, value)), chosen ? "chosen" : "", ...label);
    if (chosen) a.setAttribute("aria-current", "true");
    return make("li", "", a);
  };
  const facet = (field, counts) => {
    const values = Object.entries(counts).filter(([, number]) => number > 0);
    if (!values.length) return "";
    values.sort((a, b) => (field === "year" ? b[0] - a[0] : b[1] - a[1] || a[0].localeCompare(b[0])));
    const rows = values.slice(0, 200).map((one) => row(field, one));
    const section = make("section", "", make("h2", "", titles[field]), make("ul", "values", ...rows.slice(0, shown)));
    if (rows.length > shown) section.append(make("details", "", make("summary", "", `${rows.length - shown} more`), make("ul", "values", ...rows.slice(shown))));
    return section;
  };
  const turn = (offset, text, rel) => {
    const a = link((to) => { if (offset) to.set("offset", offset); }, "button", text);
    a.rel = rel;
    return a;
  };
  try {
    const pagefind = await import("../pagefind/pagefind.js");
    const filters = {};
    for (const field of Object.keys(titles)) if (asked.has(field)) filters[field] = { all: asked.getAll(field) };
    await pagefind.filters();
    const found = await pagefind.search(words || null, { filters });
    const total = found.results.length;
    count.replaceChildren(`${total.toLocaleString("en")} figure${total === 1 ? "" : "s"}`);
    const said = [words, ...Object.keys(filters).flatMap((field) => asked.getAll(field))].filter(Boolean).join(", ");
    if (said) count.append(" ", make("span", "soft", "for"), " ", make("span", "asked", said));
    facets.replaceChildren(...Object.keys(titles).map((field) => facet(field, found.filters[field] || {})));
    cards.replaceChildren(...(await Promise.all(found.results.slice(from, from + size).map((one) => one.data()))).map(card));
    if (total > size) {
      pager.append(from ? turn(Math.max(0, from - size), "Previous", "prev") : "");
      pager.append(make("span", "", `${from + 1} to ${Math.min(total, from + size)} of ${total.toLocaleString("en")}`));
      pager.append(from + size < total ? turn(from + size, "Next", "next") : "");
    } else pager.remove();
  } catch (error) {
    count.textContent = "The search index cannot be read";
    throw error;
  }
})();
