// Stacked columns over time.

const plotHeight = 250;
/** Draws each picture; called once they are in the document and have a width. */
const pictures = [];
const plotMargin = { top: 10, right: 4, bottom: 26 };

/** Round steps for an axis from zero, about five of them, whole numbers only. */
function axisStep(most) {
  const rough = Math.max(1, most / 5);
  const power = 10 ** Math.floor(Math.log10(rough));
  return Math.max(1, [1, 2, 5, 10].find(factor => factor * power >= rough) * power);
}

/** One column's piece of a series; the uppermost one has round corners. */
function piece(x, y, width, height, isTop) {
  const radius = isTop ? Math.min(3, width / 3, height) : 0;
  return `M${x} ${y + height}v${radius - height}q0 ${-radius} ${radius} ${-radius}h${width - 2 * radius}q${radius} 0 ${radius} ${radius}v${height - radius}z`;
}

function columnChart(chart, data) {
  const { series } = chart;
  const { filters } = data;
  const times = data.column(chart.timeColumn);
  const kinds = data.column(chart.seriesColumn);
  const canFilter = times !== undefined && kinds !== undefined;
  const key = `time ${chart.timeColumn}`;
  const hidden = new Set();
  const plot = make("div", { class: "plot" });
  const hatch = newId("hatch");
  let unit = chart.unit;
  let counts = PeriodCounts.ofAll(chart, unit);
  let active = -1;
  let geometry = null;

  const shown = () => series.map((_, index) => index).filter(index => !hidden.has(index));
  const totalOf = column => shown().reduce((sum, index) => sum + counts.values[index][column], 0);
  const nameOf = column => longLabel[unit](counts.starts[column]) + (counts.isIncomplete(column) ? " (may be incomplete)" : "");
  const titleOf = () => chart.title.replace("{unit}", unit);

  function isSelected(column) {
    const selected = filters.get(key)?.period;
    return selected !== undefined && counts.starts[column] < selected.end && selected.start < counts.endOf(column);
  }

  function recount() {
    counts = canFilter && filters.isActive(key)
      ? PeriodCounts.ofRows(chart, unit, filters.rows(key), times, kinds)
      : PeriodCounts.ofAll(chart, unit);
    heading.textContent = titleOf();
    explain();
    redraw();
    figures.refresh();
  }

  function choose(column) {
    if (!canFilter || column < 0 || column >= counts.starts.length) return;
    const period = { start: counts.starts[column], end: counts.endOf(column) };
    const test = row => times.values[row] !== null && times.values[row] >= period.start && times.values[row] < period.end;
    filters.toggle(key, { label: `${times.heading}: ${longLabel[unit](period.start)}`, value: `${period.start}-${period.end}`, period, test });
  }

  function redraw() {
    const width = Math.max(240, plot.clientWidth || 900);
    const indexes = shown();
    const { starts, values } = counts;
    const totals = starts.map((_, column) => totalOf(column));
    const step = axisStep(Math.max(1, ...totals));
    const most = Math.max(step, Math.ceil(Math.max(0, ...totals) / step) * step);
    const left = 14 + 7.5 * formatNumber(most).length;
    const columnWidth = (width - left - plotMargin.right) / starts.length;
    const gap = columnWidth > 12 ? 3 : columnWidth > 5 ? 1.5 : columnWidth > 2.5 ? 0.5 : 0;
    const barWidth = Math.min(56, columnWidth - gap);
    const scale = (plotHeight - plotMargin.top - plotMargin.bottom) / most;
    const bottom = plotHeight - plotMargin.bottom;
    const xOf = column => left + column * columnWidth + (columnWidth - barWidth) / 2;
    geometry = { left, columnWidth, width };

    const grid = [];
    for (let value = 0; value <= most; value += step) {
      const y = Math.round(bottom - value * scale) + 0.5;
      grid.push(draw("line", { class: "grid", x1: left, x2: width - plotMargin.right, y1: y, y2: y }));
      grid.push(draw("text", { x: left - 8, y: y + 4, "text-anchor": "end" }, formatNumber(value)));
    }

    const labels = [];
    const labelStep = Math.max(1, Math.ceil((unit === "hour" ? 100 : 78) / columnWidth));
    for (let column = 0; column < starts.length; column += labelStep) {
      const x = xOf(column) + barWidth / 2;
      if (x > width - 24) break;
      labels.push(draw("text", { x, y: plotHeight - 6, "text-anchor": "middle" }, shortLabel[unit](starts[column])));
    }

    const base = new Float64Array(starts.length);
    const top = starts.map((_, column) => indexes.findLast(index => values[index][column] > 0));
    const paths = indexes.map(index => {
      const pieces = [];
      values[index].forEach((value, column) => {
        if (value === 0) return;
        const height = value * scale;
        const y = bottom - base[column] - height;
        pieces.push(piece(+xOf(column).toFixed(2), +y.toFixed(2), +barWidth.toFixed(2), +height.toFixed(2), top[column] === index));
        base[column] += height;
      });
      return draw("path", { class: toneOf(series[index].name, index), d: pieces.join("") });
    });

    const marks = starts.map((_, column) => column).filter(column => totals[column] > 0 && counts.isIncomplete(column))
      .map(column => draw("rect", { class: "hatch", fill: `url(#${hatch})`, x: xOf(column), y: bottom - totals[column] * scale, width: barWidth, height: totals[column] * scale }));
    const selection = starts.map((_, column) => column).filter(isSelected)
      .map(column => draw("rect", { class: "selected", x: left + column * columnWidth, y: plotMargin.top, width: Math.max(2, columnWidth), height: bottom - plotMargin.top }));
    const pattern = draw("defs", {}, draw("pattern", { id: hatch, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      draw("rect", { class: "hatch-line", width: 3, height: 6 })));

    const band = draw("rect", { class: "band", y: plotMargin.top, height: bottom - plotMargin.top, width: Math.max(2, columnWidth), visibility: "hidden" });
    const total = totals.reduce((sum, value) => sum + value, 0);
    const picture = draw("svg", {
      viewBox: `0 0 ${width} ${plotHeight}`, height: plotHeight, tabindex: 0, role: "group", "aria-roledescription": "chart",
      "aria-label": `${titleOf()}: ${formatNumber(total)} from ${nameOf(0)} to ${nameOf(starts.length - 1)}. Arrow keys move between columns.${canFilter ? " Enter filters by a column." : ""}`,
      onclick: event => choose(columnAt(event)),
      onpointermove: event => point(columnAt(event), event.clientX, event.clientY),
      onpointerleave: leave,
      onblur: leave,
      onkeydown: onKey,
    }, pattern, ...grid, ...selection, band, ...paths, ...marks, ...labels);
    const hadFocus = plot.contains(document.activeElement);
    plot.replaceChildren(picture);
    if (hadFocus) picture.focus();
  }

  function columnAt(event) {
    const box = plot.getBoundingClientRect();
    const x = (event.clientX - box.left) * geometry.width / box.width;
    return Math.floor((x - geometry.left) / geometry.columnWidth);
  }

  function point(column, x, y) {
    if (column < 0 || column >= counts.starts.length) return leave();
    active = column;
    const band = plot.querySelector(".band");
    band.setAttribute("x", geometry.left + column * geometry.columnWidth);
    band.setAttribute("visibility", "visible");
    const lines = shown().filter(index => counts.values[index][column] > 0)
      .map(index => ({ tone: toneOf(series[index].name, index), name: series[index].name, value: formatNumber(counts.values[index][column]) }));
    if (lines.length !== 1) lines.push({ name: "Total", value: formatNumber(totalOf(column)) });
    showTooltip(x, y, nameOf(column), lines);
  }

  function leave() {
    active = -1;
    plot.querySelector(".band")?.setAttribute("visibility", "hidden");
    hideTooltip();
  }

  function onKey(event) {
    if ((event.key === "Enter" || event.key === " ") && active >= 0) {
      event.preventDefault();
      const column = active;
      choose(column);
      moveTo(column);
      return;
    }
    const last = counts.starts.length - 1;
    const target = { ArrowLeft: active < 0 ? last : Math.max(0, active - 1), ArrowRight: Math.min(last, active + 1), Home: 0, End: last }[event.key];
    if (event.key === "Escape") leave();
    if (target === undefined) return;
    event.preventDefault();
    moveTo(target);
  }

  function moveTo(target) {
    const box = plot.getBoundingClientRect();
    point(target, box.left + (geometry.left + (target + 0.5) * geometry.columnWidth) * box.width / geometry.width, box.top + box.height / 2);
  }

  const legend = series.length < 2 ? null : make("ul", { class: "legend", "aria-label": "Shown in the chart" }, series.map((one, index) =>
    make("li", {}, make("button", {
      type: "button", "aria-pressed": "true",
      onclick: event => {
        hidden.has(index) ? hidden.delete(index) : hidden.add(index);
        event.currentTarget.setAttribute("aria-pressed", String(!hidden.has(index)));
        redraw();
      },
    }, make("span", { class: `dot ${toneOf(one.name, index)}` }), foreign(one.name)))));

  let drawnWidth = 0;
  const fit = () => {
    if (plot.clientWidth === drawnWidth || plot.clientWidth === 0) return;
    drawnWidth = plot.clientWidth;
    redraw();
  };
  pictures.push(fit);
  // In the next frame, because drawing in the callback would change the size again.
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(plot);

  const heading = make("h3", {}, titleOf());
  const units = chart.units.length < 2 ? null : make("div", { class: "switch", role: "group", "aria-label": "Period of a column" }, chart.units.map(choice => make("button", {
    type: "button", "aria-pressed": String(choice === unit),
    onclick: event => {
      unit = choice;
      for (const button of units.children) button.setAttribute("aria-pressed", String(button === event.currentTarget));
      recount();
    },
  }, choice[0].toUpperCase() + choice.slice(1))));
  const figures = figuresOf(
    titleOf,
    ["", ...series.map(one => one.name)],
    () => counts.starts.map((_, column) => [nameOf(column), ...series.map((_, index) => formatNumber(counts.values[index][column]))]));

  const incomplete = make("p", { class: "note" });
  function explain() {
    const marked = counts.starts.filter((_, column) => counts.isIncomplete(column)).map(start => longLabel[unit](start).replace("Week", "the week"));
    incomplete.hidden = marked.length === 0;
    incomplete.textContent = `Hatched: ${marked.join(" and ")} may be incomplete. The data is from ${formatDate(chart.first)} to ${formatDate(chart.end - 1)}.`;
  }

  explain();
  filters.onChange(recount);
  return make("figure", { class: "card wide" },
    make("header", {}, heading, legend, units),
    plot,
    incomplete,
    chart.note ? make("p", { class: "note" }, chart.note) : null,
    canFilter ? null : unfilteredNote(filters),
    figures);
}
