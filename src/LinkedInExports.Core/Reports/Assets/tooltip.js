// One tooltip for all figures. It is a status, so a screen reader says what the arrow keys point at.

const tooltip = document.getElementById("tooltip");

function showTooltip(x, y, title, lines) {
  tooltip.replaceChildren(
    make("b", {}, title),
    ...lines.map(({ tone, name, value }) => make("p", {}, tone ? make("span", { class: `dot ${tone}` }) : null, foreign(name), make("span", {}, value))));
  tooltip.hidden = false;
  const { width, height } = tooltip.getBoundingClientRect();
  const left = Math.min(Math.max(8, x + 16 + width > innerWidth ? x - width - 16 : x + 16), Math.max(8, innerWidth - width - 8));
  const top = Math.min(Math.max(8, y - height / 2), Math.max(8, innerHeight - height - 8));
  tooltip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

function hideTooltip() {
  tooltip.hidden = true;
}

addEventListener("scroll", hideTooltip, { passive: true });
