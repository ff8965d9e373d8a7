// The other charts, the tiles, and the numbers of a chart as a table.

/** The numbers of a chart as a table, for readers who cannot or do not want to see a picture. Created when it is opened. */
function figuresOf(titleOf, header, rows) {
  const details = make("details", { class: "figures" }, make("summary", {}, "As a table"));
  const draw = () => {
    details.querySelector(".scroll")?.remove();
    details.append(make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Numbers of ${titleOf()}` }, make("table", { class: "rows" },
      make("thead", {}, make("tr", {}, header.map((name, i) => (i === 0 ? make("td") : make("th", { scope: "col", class: "number" }, foreign(name)))))),
      make("tbody", {}, rows().map(([name, ...values]) => make("tr", {},
        make("th", { scope: "row" }, foreign(name)), values.map(value => make("td", { class: "number" }, value))))))));
  };
  details.refresh = () => details.open && draw();
  details.addEventListener("toggle", details.refresh);
  return details;
}

/** A note that is shown below a chart that filters do not reach. */
function unfilteredNote(filters) {
  const note = make("p", { class: "note", hidden: true }, "This chart counts all rows: filters do not apply to it.");
  filters.onChange(() => { note.hidden = filters.entries.length === 0; });
  return note;
}

function card(chart, ...content) {
  return make("figure", { class: "card" }, make("header", {}, make("h3", {}, chart.title)), ...content);
}

function barFill(part, tone = "") {
  const bar = make("span", { class: `fill ${tone}` });
  bar.style.width = `${100 * part}%`;
  return bar;
}

/** A chart of names, as bars or as shares. A click on a name filters the section. */
function categoryChart(chart, data) {
  const { filters } = data;
  const column = chart.column === null ? undefined : data.column(chart.column);
  const distinct = chart.distinctColumn === null ? null : data.column(chart.distinctColumn);
  const key = column && keyOf(column);
  const parts = chart.partColumn === null ? undefined : data.column(chart.partColumn);
  const labels = new Map(chart.labels);
  const content = make("div");

  /** Counts the rows that match the filters. */
  function count() {
    const values = new Map();
    const partsOf = new Map();
    const partIndexes = new Map(chart.partNames.map((name, index) => [parts?.codeOfKey(name), index]));
    const seen = new Set();
    for (const row of filters.rows(key)) {
      if (distinct) {
        if (seen.has(distinct.codes[row])) continue;
        seen.add(distinct.codes[row]);
      }
      const code = column.codes[row];
      if (code < 0 && !labels.has("")) continue;
      values.set(code, (values.get(code) ?? 0) + 1);
      if (!parts) continue;
      if (!partsOf.has(code)) partsOf.set(code, chart.partNames.map(() => 0));
      partsOf.get(code)[partIndexes.get(parts.codes[row])]++;
    }
    const all = [...values].sort((a, b) => b[1] - a[1]);
    const selected = filters.get(key)?.value;
    const bars = all.filter(([code], index) => index < chart.most || code === selected).map(([code, value]) => {
      const text = code < 0 ? "" : column.distinct[code];
      return { key: text, name: labels.get(text) ?? text, value, parts: partsOf.get(code) ?? [] };
    });
    const rest = all.reduce((sum, [, value]) => sum + value, 0) - bars.reduce((sum, bar) => sum + bar.value, 0);
    return { bars, restCount: all.length - bars.length, restValue: rest };
  }

  function nameOf(bar, ...parts) {
    const code = column?.codeOfKey(bar.key) ?? null;
    if (code === null) return make("div", { class: "item" }, ...parts);
    return make("button", {
      class: "item", type: "button", "data-key": bar.key, "aria-pressed": String(filters.get(key)?.value === code),
      onclick: () => filters.toggle(key, valueFilter(column, code, bar.name)),
    }, ...parts);
  }

  function update() {
    const counted = column && filters.isActive(key) ? count() : chart;
    const focused = content.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    content.replaceChildren(...(chart.kind === "bars" ? barsOf : sharesOf)(counted, nameOf, chart.partNames));
    if (focused !== undefined) [...content.querySelectorAll("button")].find(button => button.dataset.key === focused)?.focus();
  }

  update();
  filters.onChange(update);
  return fill(card(chart, content, column ? null : unfilteredNote(filters)), chart.kind === "shares" ? { class: "card wide" } : {}, []);
}

function barsOf({ bars, restCount, restValue }, itemOf, partNames) {
  const most = Math.max(1, ...bars.map(bar => bar.value));
  const total = bars.reduce((sum, bar) => sum + bar.value, restValue);
  const describe = values => values.map((value, index) => `${partNames[index]} ${formatNumber(value)}`).join(", ");
  const content = (name, value, parts = []) => [
    foreign(name),
    make("span", { class: "track", title: parts.length > 0 ? describe(parts) : null, "aria-hidden": "true" },
      parts.length > 0 ? parts.map((part, index) => barFill(part / most, toneOf(partNames[index], index))) : barFill(Math.min(1, value / most))),
    make("span", { class: "value" }, `${formatNumber(value)} · ${formatShare(value, total)}`),
    parts.length > 0 ? make("span", { class: "visually-hidden" }, describe(parts)) : null];
  if (total === 0) return [make("p", { class: "note" }, "No rows match the filters.")];
  const legend = partNames.length === 0 ? null
    : make("p", { class: "legend" }, partNames.map((name, index) => make("span", {}, make("span", { class: `dot ${toneOf(name, index)}` }), name)));
  return [...legend ? [legend] : [], make("ul", { class: "bars" },
    bars.map(bar => make("li", {}, itemOf(bar, ...content(bar.name, bar.value, bar.parts)))),
    restValue === 0 ? null : make("li", { class: "rest" }, make("div", { class: "item" }, ...content(restCount > 0 ? `${formatNumber(restCount)} others` : "Others", restValue))))];
}

function sharesOf({ bars }, itemOf) {
  const total = bars.reduce((sum, part) => sum + part.value, 0);
  if (total === 0) return [make("p", { class: "note" }, "No rows match the filters.")];
  const strip = make("div", { class: "shares", "aria-hidden": "true" }, bars.map((part, index) => {
    const share = make("span", { class: toneOf(part.name, index) });
    share.style.flex = `${part.value} 1 0`;
    return share;
  }));
  return [strip, make("ul", { class: "parts" }, bars.map((part, index) => make("li", {}, itemOf(part,
    make("span", { class: `dot ${toneOf(part.name, index)}` }), foreign(part.name),
    make("b", {}, formatNumber(part.value)), make("small", {}, formatShare(part.value, total))))))];
}

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function weekChart(chart, data) {
  const { filters } = data;
  const times = data.column(chart.timeColumn);
  const hours = [...Array(24).keys()];
  const label = (day, hour) => `${dayNames[day]} ${String(hour).padStart(2, "0")}:00`;
  const body = make("tbody");

  function count() {
    const days = dayNames.map(() => new Array(24).fill(0));
    for (const row of filters.rows()) {
      const time = times.values[row];
      if (time === null) continue;
      const hour = Math.floor((time + weekOffset) / 3600);
      days[((Math.floor(hour / 24) % 7) + 7) % 7][((hour % 24) + 24) % 24]++;
    }
    return days;
  }

  function update() {
    const days = times && filters.isActive() ? count() : chart.days;
    const most = Math.max(1, ...days.flat());
    body.replaceChildren(...days.map((values, day) => make("tr", {}, make("th", { scope: "row" }, dayNames[day]), values.map((value, hour) => {
      const cell = make("td", {
        onpointermove: event => showTooltip(event.clientX, event.clientY, `${label(day, hour)} UTC`, [{ name: "Activities", value: formatNumber(value) }]),
      }, make("span", { class: "visually-hidden" }, formatNumber(value)));
      cell.style.setProperty("--heat", (value / most).toFixed(3));
      return cell;
    }))));
  }

  update();
  filters.onChange(update);
  return card(chart, make("table", { class: "week", onpointerleave: hideTooltip },
    make("thead", {}, make("tr", {}, make("td"), hours.map(hour => make("th", { scope: "col" }, hour % 6 === 0 ? `${String(hour).padStart(2, "0")}:00` : make("span", { class: "visually-hidden" }, `${hour}:00`))))),
    body), times ? null : unfilteredNote(filters));
}

const chartKinds = { columns: columnChart, bars: categoryChart, shares: categoryChart, week: weekChart };

function tile(fact, properties = {}) {
  const { href } = properties;
  return make("li", {}, make(href ? "a" : "div", { class: `tile ${properties.tone ?? ""}`, href },
    make("strong", {}, formatNumber(fact.value) + fact.unit), make("span", {}, foreign(fact.label))));
}
