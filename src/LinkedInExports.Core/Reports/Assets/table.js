// A table that sorts, filters and turns pages; only the rows of one page are in the document.

const pageSizes = [25, 50, 100, 250];
const mostChoices = 40;

function dataTable(section) {
  const { table, noun } = section;
  const columns = table.columns.map(column => new Column(column));
  const choices = new Map();
  let query = "";
  let sortedBy = null;
  let isDescending = false;
  let page = 0;
  let pageSize = 50;
  let rows = everyRow();

  function everyRow() {
    return Uint32Array.from({ length: table.rows }, (_, row) => row);
  }

  function select() {
    const tests = [...choices].map(([column, choice]) => row => column.values[row] === choice);
    const words = query.toLowerCase().split(/\s+/).filter(word => word !== "");
    for (const word of words) {
      const columnTests = columns.map(column => column.contains(word));
      tests.push(row => columnTests.some(test => test(row)));
    }
    rows = everyRow();
    if (tests.length > 0) rows = rows.filter(row => tests.every(test => test(row)));
    if (sortedBy) {
      const order = sortedBy.order;
      const sign = isDescending ? -1 : 1;
      // Empty cells stay behind, whichever way the others go; equal ones keep their order.
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
    if (visible.length === 0) body.append(make("tr", {}, make("td", { class: "none", colspan: columns.length }, "No rows fit the filter.")));
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

  function sortBy(column) {
    isDescending = sortedBy === column && !isDescending;
    sortedBy = column;
    columns.forEach((other, index) => heads[index].setAttribute("aria-sort", other !== column ? "none" : isDescending ? "descending" : "ascending"));
    select();
  }

  function download() {
    // With a mark, so that spreadsheets know the encoding.
    const blob = new Blob(["\ufeff", csvOf(columns, rows)], { type: "text/csv;charset=utf-8" });
    const address = URL.createObjectURL(blob);
    make("a", { href: address, download: `${section.id}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  const heads = columns.map(column => make("th", { scope: "col", "aria-sort": "none", class: column.kind === "number" ? "number" : null },
    make("button", { type: "button", onclick: () => sortBy(column) }, foreign(column.label))));
  const body = make("tbody");
  const caption = `${section.title}: ${noun}`;
  const scroll = make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    make("table", { class: "rows" }, make("caption", { class: "visually-hidden" }, caption), make("thead", {}, make("tr", {}, heads)), body));

  let pending = 0;
  const search = make("input", {
    type: "search", placeholder: "Filter", "aria-label": `Filter ${noun}`, autocomplete: "off", spellcheck: "false",
    oninput: () => {
      clearTimeout(pending);
      pending = setTimeout(() => {
        query = search.value;
        select();
      }, 120);
    },
  });
  const selects = columns.filter(column => column.texts && column.texts.length > 1 && column.texts.length <= mostChoices).slice(0, 3).map(column => make("select", {
    "aria-label": `Only one ${column.name}`,
    onchange: event => {
      if (event.target.value === "") choices.delete(column);
      else choices.set(column, Number(event.target.value));
      select();
    },
  }, make("option", { value: "" }, `${column.name}: all`), column.values.includes(-1) ? make("option", { value: -1 }, "(empty)") : null,
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
  if (table.rows < table.allRows) {
    cuts.push(`The table has the first ${formatNumber(table.rows)} of ${formatNumber(table.allRows)} ${noun}; the numbers and charts above count all of them.`);
  }
  if (table.missingColumns > 0) cuts.push("Not all columns are in the table: there are too many.");

  const result = make("div", { class: "card" },
    make("div", { class: "toolbar" }, make("h3", {}, "Details"), search, selects, make("button", { type: "button", onclick: download }, "Download CSV")),
    cuts.map(cut => make("p", { class: "notice" }, cut)),
    scroll,
    make("div", { class: "pager" }, shown, size, first, previous, next, end));
  show();
  return result;
}
