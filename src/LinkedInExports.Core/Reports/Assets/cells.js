// The columns of a table: what their cells show, how they sort, whether they contain a text.

const collator = new Intl.Collator("en", { sensitivity: "base" });

class Column {
  constructor({ name, label, kind, texts, values }) {
    this.name = name;
    this.heading = label;
    this.kind = kind;
    this.texts = texts ?? null;
    this.values = values;
  }

  get label() {
    return this.kind === "time" ? `${this.heading} (UTC)` : this.heading;
  }

  /** The heading in a CSV file: the name of the property. */
  get csvLabel() {
    return this.kind === "time" ? `${this.name} (UTC)` : this.name;
  }

  text(row) {
    const value = this.values[row];
    if (this.kind === "time") return value === null ? "" : formatTime(value);
    return this.texts === null ? value : value < 0 ? "" : this.texts[value];
  }

  /** The distinct texts that are not empty. */
  get distinct() {
    return this.texts ?? (this.distinctTexts ??= [...new Set(this.values)].filter(text => text !== ""));
  }

  /** For each row the index in the distinct texts, or -1 if the cell is empty. */
  get codes() {
    if (this.texts) return this.values;
    if (!this.textCodes) {
      const indexOf = new Map(this.distinct.map((text, index) => [text, index]));
      this.textCodes = Int32Array.from(this.values, text => indexOf.get(text) ?? -1);
    }
    return this.textCodes;
  }

  codeOf(text) {
    this.codeByText ??= new Map(this.distinct.map((distinct, index) => [distinct, index]));
    return this.codeByText.get(text) ?? -1;
  }

  /** The code of a key of a chart: -1 for empty cells, null if no cell has the text. */
  codeOfKey(key) {
    if (key === "") return -1;
    const code = this.codeOf(key);
    return code < 0 ? null : code;
  }

  /** For each row a number that sorts as its value; empty cells come last. */
  get order() {
    return this.ranks ??= Float64Array.from(this.values, this.#ranking());
  }

  #ranking() {
    if (this.kind === "time") return value => value ?? Infinity;
    const rankOf = this.#textRanks();
    if (this.texts) return value => (value < 0 ? Infinity : rankOf[value]);
    return value => (value === "" ? Infinity : rankOf[this.codeOf(value)]);
  }

  #textRanks() {
    const distinct = this.distinct;
    if (this.kind === "number") return Float64Array.from(distinct, Number);
    if (this.kind === "date") return Float64Array.from(distinct, parseDate);
    const ranks = new Float64Array(distinct.length);
    [...distinct.keys()].sort((a, b) => collator.compare(distinct[a], distinct[b])).forEach((index, place) => { ranks[index] = place; });
    return ranks;
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

/**
 * A text that a spreadsheet would read as a formula gets an apostrophe. A spreadsheet whose list separator is not the comma also
 * splits values, even if they are quoted, so each part of a text gets one. FormulaEscape.cs has the same rule.
 */
function escapeFormulas(text) {
  const safe = text.replace(/(^|[,;\t\r\n])(?=[ "]*[=+@-])/g, "$1'");
  return /^[\t\r\n]/.test(safe) ? `'${safe}` : safe;
}

function csvCell(text, isText) {
  const safe = isText ? escapeFormulas(text) : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}

function csvOf(columns, rows) {
  const lines = [columns.map(column => csvCell(column.csvLabel, true)).join(",")];
  for (const row of rows) lines.push(columns.map(column => csvCell(column.text(row), column.kind === "text")).join(","));
  return lines.join("\r\n") + "\r\n";
}
