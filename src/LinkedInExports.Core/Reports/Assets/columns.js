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

function columnChart(chart) {
  const { starts, series, unit } = chart;
  const hidden = new Set();
  const plot = make("div", { class: "plot" });
  let active = -1;
  let geometry = null;

  const shown = () => series.map((_, index) => index).filter(index => !hidden.has(index));
  const totalOf = column => shown().reduce((sum, index) => sum + series[index].values[column], 0);

  function redraw() {
    const width = Math.max(240, plot.clientWidth || 900);
    const indexes = shown();
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
    const top = starts.map((_, column) => indexes.findLast(index => series[index].values[column] > 0));
    const paths = indexes.map(index => {
      const pieces = [];
      series[index].values.forEach((value, column) => {
        if (value === 0) return;
        const height = value * scale;
        const y = bottom - base[column] - height;
        pieces.push(piece(+xOf(column).toFixed(2), +y.toFixed(2), +barWidth.toFixed(2), +height.toFixed(2), top[column] === index));
        base[column] += height;
      });
      return draw("path", { class: toneOf(series[index].name, index), d: pieces.join("") });
    });

    const band = draw("rect", { class: "band", y: plotMargin.top, height: bottom - plotMargin.top, width: Math.max(2, columnWidth), visibility: "hidden" });
    const total = totals.reduce((sum, value) => sum + value, 0);
    const picture = draw("svg", {
      viewBox: `0 0 ${width} ${plotHeight}`, height: plotHeight, tabindex: 0, role: "group", "aria-roledescription": "chart",
      "aria-label": `${chart.title}: ${formatNumber(total)} from ${longLabel[unit](starts[0])} to ${longLabel[unit](starts.at(-1))}. Arrow keys go from column to column.`,
      onpointermove: event => point(columnAt(event), event.clientX, event.clientY),
      onpointerleave: leave,
      onblur: leave,
      onkeydown: onKey,
    }, ...grid, band, ...paths, ...labels);
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
    if (column < 0 || column >= starts.length) return leave();
    active = column;
    const band = plot.querySelector(".band");
    band.setAttribute("x", geometry.left + column * geometry.columnWidth);
    band.setAttribute("visibility", "visible");
    const lines = shown().filter(index => series[index].values[column] > 0)
      .map(index => ({ tone: toneOf(series[index].name, index), name: series[index].name, value: formatNumber(series[index].values[column]) }));
    if (lines.length !== 1) lines.push({ name: "Total", value: formatNumber(totalOf(column)) });
    showTooltip(x, y, longLabel[unit](starts[column]), lines);
  }

  function leave() {
    active = -1;
    plot.querySelector(".band")?.setAttribute("visibility", "hidden");
    hideTooltip();
  }

  function onKey(event) {
    const last = starts.length - 1;
    const target = { ArrowLeft: active < 0 ? last : Math.max(0, active - 1), ArrowRight: Math.min(last, active + 1), Home: 0, End: last }[event.key];
    if (event.key === "Escape") leave();
    if (target === undefined) return;
    event.preventDefault();
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
  // In the next frame: a picture drawn while sizes are being told would be one more size to tell.
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(plot);

  return make("figure", { class: "card wide" },
    make("header", {}, make("h3", {}, chart.title), legend),
    plot,
    chart.note ? make("p", { class: "note" }, chart.note) : null,
    figuresOf(["", ...series.map(one => one.name)], () => starts.map((start, column) => [longLabel[unit](start), ...series.map(one => formatNumber(one.values[column]))])));
}
