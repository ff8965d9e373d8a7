// The other figures, the tiles, and the numbers behind a figure as a table.

/** Numbers for those who cannot or do not want to see a picture; made when they are asked for. */
function figuresOf(header, rows) {
  const details = make("details", { class: "figures" }, make("summary", {}, "As a table"));
  details.addEventListener("toggle", () => {
    if (details.children.length > 1) return;
    details.append(make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Numbers of the chart" }, make("table", { class: "rows" },
      make("thead", {}, make("tr", {}, header.map((name, i) => make("th", { scope: "col", class: i > 0 ? "number" : null }, foreign(name))))),
      make("tbody", {}, rows().map(([name, ...values]) => make("tr", {},
        make("th", { scope: "row" }, foreign(name)), values.map(value => make("td", { class: "number" }, value))))))));
  });
  return details;
}

function card(chart, ...content) {
  return make("figure", { class: "card" }, make("header", {}, make("h3", {}, chart.title)), ...content);
}

function barFill(part) {
  const bar = make("span", { class: "fill" });
  bar.style.width = `${100 * part}%`;
  return bar;
}

function barChart(chart) {
  const most = Math.max(1, ...chart.bars.map(bar => bar.value));
  const total = chart.bars.reduce((sum, bar) => sum + bar.value, chart.restValue);
  const line = (name, value, isRest) => make("li", { class: isRest ? "rest" : null },
    foreign(name),
    make("span", { class: "track", "aria-hidden": "true" }, barFill(Math.min(1, value / most))),
    make("span", { class: "value" }, `${formatNumber(value)} · ${formatShare(value, total)}`));
  const rest = chart.restValue === 0 ? null
    : line(chart.restCount > 0 ? `${formatNumber(chart.restCount)} others` : "Others", chart.restValue, true);
  return card(chart, make("ul", { class: "bars" }, chart.bars.map(bar => line(bar.name, bar.value, false)), rest));
}

function shareChart(chart) {
  const total = chart.bars.reduce((sum, part) => sum + part.value, 0);
  const strip = make("div", { class: "shares", "aria-hidden": "true" }, chart.bars.map((part, index) => {
    const share = make("span", { class: toneOf(part.name, index) });
    share.style.flex = `${part.value} 1 0`;
    return share;
  }));
  return fill(card(chart, strip, make("ul", { class: "parts" }, chart.bars.map((part, index) => make("li", {},
    make("span", { class: `dot ${toneOf(part.name, index)}` }), foreign(part.name),
    make("b", {}, formatNumber(part.value)), make("small", {}, formatShare(part.value, total)))))), { class: "card wide" }, []);
}

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function weekChart(chart) {
  const most = Math.max(1, ...chart.days.flat());
  const hours = [...Array(24).keys()];
  const label = (day, hour) => `${dayNames[day]} ${String(hour).padStart(2, "0")}:00`;
  return card(chart, make("table", { class: "week", onpointerleave: hideTooltip },
    make("thead", {}, make("tr", {}, make("td"), hours.map(hour => make("th", { scope: "col" }, hour % 6 === 0 ? `${String(hour).padStart(2, "0")}:00` : make("span", { class: "visually-hidden" }, `${hour}:00`))))),
    make("tbody", {}, chart.days.map((values, day) => make("tr", {}, make("th", { scope: "row" }, dayNames[day]), values.map((value, hour) => {
      const cell = make("td", {
        onpointermove: event => showTooltip(event.clientX, event.clientY, `${label(day, hour)} UTC`, [{ name: "Activities", value: formatNumber(value) }]),
      }, make("span", { class: "visually-hidden" }, formatNumber(value)));
      cell.style.setProperty("--heat", (value / most).toFixed(3));
      return cell;
    }))))));
}

const chartKinds = { columns: columnChart, bars: barChart, shares: shareChart, week: weekChart };

function tile(fact, properties = {}) {
  const { href } = properties;
  return make("li", {}, make(href ? "a" : "div", { class: `tile ${properties.tone ?? ""}`, href },
    make("strong", {}, formatNumber(fact.value) + fact.unit), make("span", {}, foreign(fact.label))));
}
