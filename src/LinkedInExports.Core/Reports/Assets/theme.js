// Light, dark, or as the system has it. The choice is kept where the browser allows it, which it may not for a local file.

const themes = ["auto", "light", "dark"];
const themeKey = "linkedinexports-theme";

function storedTheme() {
  try {
    const stored = localStorage.getItem(themeKey);
    return themes.includes(stored) ? stored : "auto";
  } catch {
    return "auto";
  }
}

function applyTheme(theme) {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = theme;
  document.getElementById("theme").textContent = `Theme: ${theme}`;
}

let theme = storedTheme();
applyTheme(theme);
document.getElementById("theme").addEventListener("click", () => {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length];
  applyTheme(theme);
  try {
    localStorage.setItem(themeKey, theme);
  } catch {
    // Then it lasts as long as the page.
  }
});
document.getElementById("print").addEventListener("click", () => print());
