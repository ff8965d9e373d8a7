// The page from its data.

const report = JSON.parse(document.getElementById("data").textContent);
const content = document.getElementById("content");
const navigation = document.getElementById("sections");

/** Narrow cards go in pairs; one without a partner is wide. */
function arrange(cards) {
  let alone = null;
  for (const card of cards) {
    if (card.classList.contains("wide")) {
      alone?.classList.add("wide");
      alone = null;
    } else {
      alone = alone ? null : card;
    }
  }
  alone?.classList.add("wide");
  return cards;
}

function sectionOf(section) {
  const columns = section.table.columns.map(column => new Column(column));
  const data = {
    columns,
    filters: new Filters(section.table.rows),
    column: name => (section.table.rows === 0 ? undefined : columns.find(column => column.name.toLowerCase() === name.toLowerCase())),
  };
  const heading = make("h2", { id: newId("heading"), tabindex: -1 }, section.title);
  return make("section", { class: "section", id: section.id, "aria-labelledby": heading.id },
    make("header", {}, heading, make("p", {}, section.lead)),
    make("ul", { class: "tiles" }, section.facts.map(fact => tile(fact))),
    filterBar(section, data.filters, heading),
    make("div", { class: "charts" }, arrange(section.charts.map(chart => chartKinds[chart.kind](chart, data)))),
    section.table.rows > 0 ? dataTable(section, data) : null);
}

/** Marks the section that is visible in the navigation. */
function followReading() {
  const seen = new Set();
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
    const current = report.sections.find(section => seen.has(section.id));
    for (const link of navigation.children) {
      if (current && link.hash === `#${current.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-64px 0px -40% 0px" });
  document.querySelectorAll(".section").forEach(section => observer.observe(section));
}

document.getElementById("made").textContent =
  `${formatNumber(report.rows)} rows · generated on ${formatDate(report.madeAt)}, ${formatClock(report.madeAt)} UTC`;
content.append(...report.notices.map(notice => make("p", { class: "notice" }, foreign(notice))));
if (report.sections.length === 0) content.append(make("p", { class: "empty" }, "The report contains no records."));
if (report.sections.length > 1) {
  navigation.append(...report.sections.map(section => make("a", { href: `#${section.id}` }, section.title)));
  content.append(make("ul", { class: "tiles", "aria-label": "Overview" },
    report.sections.map((section, index) => tile(section.facts[0], { href: `#${section.id}`, tone: `t${index}` }))));
}
navigation.hidden = report.sections.length < 2;
content.append(...report.sections.map(sectionOf));
pictures.forEach(fit => fit());
document.getElementById("sources").append(
  ...report.sources.length > 0 ? ["From ", ...report.sources.flatMap((name, index) => [index > 0 ? ", " : "", make("bdi", {}, name)]), ". "] : [],
  "Created by New-ExportReport. This page is self-contained: it loads nothing and sends nothing.");
followReading();
document.documentElement.dataset.ready = Math.round(performance.now());
