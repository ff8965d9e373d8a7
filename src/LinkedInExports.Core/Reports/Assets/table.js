// A table that sorts, filters and turns pages. The document contains only the rows of one page.

const pageSizes = [25, 50, 100, 250];
const mostChoices = 40;

function dataTable(section, { columns, filters }) {
  const { table, noun } = section;
  const isPartial = table.rows < table.allRows;
  let sortedBy = columns.find(column => column.name === table.sortedBy) ?? null;
  let isDescending = sortedBy !== null;
  let page = 0;
  let pageSize = 50;
  let rows = filters.rows();

  function search(query) {
    const words = query.toLowerCase().split(/\s+/).filter(word => word !== "");
    const tests = words.map(word => {
      const columnTests = columns.map(column => column.contains(word));
      return row => columnTests.some(test => test(row));
    });
    filters.set("search", words.length === 0 ? null : { label: `Search: ${query.trim()}`, value: query, test: row => tests.every(test => test(row)) });
  }

  function select() {
    rows = filters.rows();
    if (sortedBy) {
      const order = sortedBy.order;
      const sign = isDescending ? -1 : 1;
      // Empty cells are last in both directions; equal ones keep their order.
      rows.sort((a, b) => {
        const [x, y] = [order[a], order[b]];
        if (x === y) return a - b;
        return x === Infinity ? 1 : y === Infinity ? -1 : sign * (x - y);
      });
    }
    page = 0;
    show();
  }

  function show() {
    const from = page * pageSize;
    const visible = rows.subarray(from, from + pageSize);
    body.replaceChildren(...Array.from(visible, row => make("tr", {}, columns.map(column => {
      const text = column.text(row);
      return make("td", { class: column.kind === "number" ? "number" : null, title: text.length > 40 ? text : null }, make("bdi", {}, text));
    }))));
    if (visible.length === 0) {
      const scope = isPartial ? ` Filters search only the ${coverageOf(section)}.` : "";
      body.append(make("tr", {}, make("td", { class: "none", colspan: columns.length }, `No rows match the filters.${scope}`)));
    }
    const found = rows.length === table.rows ? formatNumber(rows.length) : `${formatNumber(rows.length)} found in ${formatNumber(table.rows)}`;
    shown.textContent = visible.length === 0 ? `0 of ${found}` : `${formatNumber(from + 1)}–${formatNumber(from + visible.length)} of ${found}`;
    const last = lastPage();
    first.disabled = previous.disabled = page === 0;
    next.disabled = end.disabled = page >= last;
    scroll.scrollTop = 0;
  }

  function lastPage() {
    return Math.max(0, Math.ceil(rows.length / pageSize) - 1);
  }

  function turnTo(target) {
    page = Math.min(Math.max(0, target), lastPage());
    show();
  }

  const sortStateOf = column => (column !== sortedBy ? "none" : isDescending ? "descending" : "ascending");

  function sortBy(column) {
    isDescending = sortedBy === column && !isDescending;
    sortedBy = column;
    columns.forEach((other, index) => heads[index].setAttribute("aria-sort", sortStateOf(other)));
    select();
  }

  function download() {
    // With a byte order mark, so that spreadsheets detect the encoding.
    const blob = new Blob(["\ufeff", csvOf(columns, rows)], { type: "text/csv;charset=utf-8" });
    const address = URL.createObjectURL(blob);
    const part = rows.length < table.allRows ? `-${rows.length}-of-${table.allRows}-rows` : "";
    make("a", { href: address, download: `${section.id}${part}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  const heads = columns.map(column => make("th", { scope: "col", "aria-sort": sortStateOf(column), class: column.kind === "number" ? "number" : null },
    make("button", { type: "button", title: column.name, onclick: () => sortBy(column) }, foreign(column.label))));
  const body = make("tbody");
  const caption = `${section.title}: ${noun}`;
  const scroll = make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    make("table", { class: "rows" }, make("caption", { class: "visually-hidden" }, caption), make("thead", {}, make("tr", {}, heads)), body));

  let pending = 0;
  const scopeName = isPartial ? `the ${coverageOf(section)}` : noun;
  const box = make("input", {
    type: "search", placeholder: isPartial ? `Search ${formatNumber(table.rows)} rows` : "Search", "aria-label": `Search ${scopeName}`, autocomplete: "off", spellcheck: "false",
    oninput: () => {
      clearTimeout(pending);
      pending = setTimeout(() => search(box.value), 120);
    },
  });
  const choices = columns.filter(column => column.texts && column.texts.length > 1 && column.texts.length <= mostChoices).slice(0, 3);
  const selects = choices.map(column => make("select", {
    "aria-label": `Filter by ${column.heading}`,
    onchange: event => {
      const { value, selectedOptions } = event.target;
      filters.set(keyOf(column), value === "" ? null : valueFilter(column, Number(value), selectedOptions[0].text));
    },
  }, make("option", { value: "" }, `${column.heading}: all`), column.values.includes(-1) ? make("option", { value: -1 }, "(empty)") : null,
  [...column.texts.keys()].sort((a, b) => collator.compare(column.texts[a], column.texts[b])).map(index => make("option", { value: index }, column.texts[index]))));

  const shown = make("span", { class: "shown", role: "status" });
  const turner = (text, label, target) => make("button", { type: "button", "aria-label": label, onclick: () => turnTo(target()) }, text);
  const first = turner("«", "First page", () => 0);
  const previous = turner("‹", "Previous page", () => page - 1);
  const next = turner("›", "Next page", () => page + 1);
  const end = turner("»", "Last page", lastPage);
  const size = make("select", {
    "aria-label": "Rows on a page",
    onchange: event => {
      pageSize = Number(event.target.value);
      turnTo(0);
    },
  }, pageSizes.map(number => make("option", { value: number, selected: number === pageSize }, `${number} rows`)));

  const cuts = [];
  if (isPartial) {
    cuts.push(`The page contains only the ${coverageOf(section)}. Search, filters and the CSV file cover only these; the numbers and unfiltered charts above count all ${noun}.`);
  }
  if (table.missingColumns > 0) cuts.push("Some columns are not in the table, because there are too many.");
  const csv = make("button", { type: "button", onclick: download });

  filters.onChange(() => {
    selects.forEach((list, index) => { list.value = filters.get(keyOf(choices[index]))?.value ?? ""; });
    if (!filters.get("search") && document.activeElement !== box) box.value = "";
    select();
    nameCsv();
  });

  function nameCsv() {
    csv.textContent = rows.length === table.allRows ? "Download CSV" : `Download CSV (${formatNumber(rows.length)} of ${formatNumber(table.allRows)} rows)`;
  }

  const result = make("div", { class: "card" },
    make("div", { class: "toolbar" }, make("h3", {}, "Details"), box, selects, csv),
    cuts.map(cut => make("p", { class: "notice" }, cut)),
    scroll,
    make("div", { class: "pager" }, shown, size, first, previous, next, end));
  nameCsv();
  show();
  return result;
}
