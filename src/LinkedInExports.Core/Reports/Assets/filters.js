// The filters of a section, shared by its table and its charts.

/**
 * Each filter has a key: the name of its column, or another name. Charts ignore the filter of their own key, so that the other
 * bars remain visible.
 */
class Filters {
  #bits = new Map();
  #active = new Map();
  #listeners = [];

  /** For each row, the bits of the filters that it does not match. */
  #failed;

  constructor(rowCount) {
    this.#failed = new Uint32Array(rowCount);
  }

  /** Sets a filter: its label, its value and the test of a row. Without a filter, removes it. */
  set(key, filter) {
    if (!filter && !this.#active.has(key)) return;
    const bit = this.#bitOf(key);
    if (filter) this.#active.set(key, filter);
    else this.#active.delete(key);
    const failed = this.#failed;
    for (let row = 0; row < failed.length; row++) {
      if (filter && !filter.test(row)) failed[row] |= bit;
      else failed[row] &= ~bit;
    }
    this.#notify();
  }

  /** Sets a filter, or removes it if it has the same value. */
  toggle(key, filter) {
    this.set(key, this.get(key)?.value === filter.value ? null : filter);
  }

  clear() {
    this.#active.clear();
    this.#failed.fill(0);
    this.#notify();
  }

  get(key) {
    return this.#active.get(key);
  }

  get entries() {
    return [...this.#active];
  }

  /** Whether any filter is active, except for the one of a key. */
  isActive(exceptKey) {
    return this.#active.size > (this.#active.has(exceptKey) ? 1 : 0);
  }

  /** The rows that match all filters, except for the one of a key. */
  rows(exceptKey) {
    const mask = ~(this.#bits.get(exceptKey) ?? 0);
    const rows = new Uint32Array(this.#failed.length);
    let count = 0;
    this.#failed.forEach((failed, row) => {
      if ((failed & mask) === 0) rows[count++] = row;
    });
    return rows.subarray(0, count);
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  #bitOf(key) {
    if (!this.#bits.has(key)) this.#bits.set(key, 1 << this.#bits.size);
    return this.#bits.get(key);
  }

  #notify() {
    for (const listener of this.#listeners) listener();
  }
}

const keyOf = column => `column ${column.name.toLowerCase()}`;

/** A filter for one value of a column. */
function valueFilter(column, code, name) {
  const { codes } = column;
  return { label: `${column.heading}: ${name}`, value: code, test: row => codes[row] === code };
}

/** The active filters, each with a button that removes it. */
function filterBar(section, filters, heading) {
  const list = make("ul", {});
  const status = make("p", { role: "status" });
  const bar = make("div", { class: "filters", role: "group", "aria-label": "Active filters", hidden: true }, status, list);

  function remove(key) {
    filters.set(key, null);
    (list.querySelector("button") ?? heading).focus();
  }

  filters.onChange(() => {
    const { entries } = filters;
    const found = formatNumber(filters.rows().length);
    const { rows, allRows } = section.table;
    bar.hidden = entries.length === 0;
    status.textContent = entries.length === 0 ? ""
      : rows === allRows ? `${found} of ${formatNumber(rows)} ${section.noun} match. Charts and table show only these.`
      : `${found} of the ${coverageOf(section)} match. The page does not contain the others, so charts and table show only these.`;
    list.replaceChildren(...entries.map(([key, filter]) => make("li", {},
      make("button", { type: "button", "aria-label": `Remove the filter ${filter.label}`, onclick: () => remove(key) }, foreign(filter.label), make("span", { "aria-hidden": "true" }, "✕")))));
    if (entries.length > 1) {
      list.append(make("li", {}, make("button", {
        type: "button",
        onclick: () => {
          filters.clear();
          heading.focus();
        },
      }, "Remove all filters")));
    }
  });
  return bar;
}

/** Which rows the page contains, if it does not contain all. */
function coverageOf({ table, noun }) {
  return `${table.sortedBy ? "newest" : "first"} ${formatNumber(table.rows)} of ${formatNumber(table.allRows)} ${noun}`;
}
