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
  const heading = newId("heading");
  return make("section", { class: "section", id: section.id, "aria-labelledby": heading },
    make("header", {}, make("h2", { id: heading }, section.title), make("p", {}, section.lead)),
    make("ul", { class: "tiles" }, section.facts.map(fact => tile(fact))),
    make("div", { class: "charts" }, arrange(section.charts.map(chart => chartKinds[chart.kind](chart)))),
    section.table.rows > 0 ? dataTable(section) : null);
}

/** Marks in the navigation which section is being read. */
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
  `${formatNumber(report.rows)} rows · made on ${formatDate(report.madeAt)}, ${formatClock(report.madeAt)} UTC`;
content.append(...report.notices.map(notice => make("p", { class: "notice" }, foreign(notice))));
if (report.sections.length === 0) content.append(make("p", { class: "empty" }, "There is nothing to report: no records were given."));
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
  "Made by New-ExportReport. This page is complete in itself: it loads nothing and sends nothing.");
followReading();
document.documentElement.dataset.ready = Math.round(performance.now());
