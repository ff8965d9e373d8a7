// The cells of a table by columns: what they show, how they sort, whether they have a text in them.

const collator = new Intl.Collator("en", { sensitivity: "base" });

class Column {
  constructor({ name, kind, texts, values }) {
    this.name = name;
    this.kind = kind;
    this.texts = texts ?? null;
    this.values = values;
  }

  get label() {
    return this.kind === "time" ? `${this.name} (UTC)` : this.name;
  }

  text(row) {
    const value = this.values[row];
    if (this.kind === "time") return value === null ? "" : formatTime(value);
    return this.texts === null ? value : value < 0 ? "" : this.texts[value];
  }

  /** For each row a number that sorts as its value does; empty ones come last. */
  get order() {
    return this.ranks ??= Float64Array.from(this.values, this.#ranking());
  }

  #ranking() {
    if (this.kind === "time") return value => value ?? Infinity;
    const distinct = this.texts ?? [...new Set(this.values)];
    if (this.kind === "number") {
      const numberOf = text => (text === "" ? Infinity : Number(text));
      return this.texts ? value => (value < 0 ? Infinity : numberOf(distinct[value])) : numberOf;
    }
    const sorted = [...distinct.keys()].sort((a, b) => collator.compare(distinct[a], distinct[b]));
    const rank = new Float64Array(distinct.length);
    sorted.forEach((index, place) => { rank[index] = distinct[index] === "" ? Infinity : place; });
    if (this.texts) return value => (value < 0 ? Infinity : rank[value]);
    const indexOf = new Map(distinct.map((text, index) => [text, index]));
    return value => rank[indexOf.get(value)];
  }

  /** A test of rows for a text in lower case. */
  contains(wanted) {
    if (this.kind === "time") return row => this.text(row).includes(wanted);
    if (this.texts) {
      const hits = this.texts.map(text => text.toLowerCase().includes(wanted));
      return row => this.values[row] >= 0 && hits[this.values[row]];
    }
    this.lower ??= this.values.map(text => text.toLowerCase());
    return row => this.lower[row].includes(wanted);
  }
}

/** What a spreadsheet would take for a formula gets an apostrophe in front of it. */
function csvCell(column, row) {
  const text = column.text(row);
  const safe = column.kind === "text" && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}

function csvOf(columns, rows) {
  const header = { kind: "text", text: index => columns[index].label };
  const lines = [columns.map((_, index) => csvCell(header, index)).join(",")];
  for (const row of rows) lines.push(columns.map(column => csvCell(column, row)).join(","));
  return lines.join("\r\n") + "\r\n";
}
