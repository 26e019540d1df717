/**
 * What one reviewer chose on this machine, kept by the browser.
 */

const PREFIX = "restore.desk.";

/** @param {string} key @param {string} [otherwise] */
export function setting(key, otherwise = "") {
  return localStorage.getItem(PREFIX + key) ?? otherwise;
}

/** @param {string} key @param {string} value */
export function keepSetting(key, value) {
  localStorage.setItem(PREFIX + key, value);
}

/** Light or dark as chosen; else as the system has it. */
export function applyTheme() {
  const theme = setting("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

export function switchTheme() {
  keepSetting("theme", isDark() ? "light" : "dark");
  applyTheme();
}

function isDark() {
  const theme = setting("theme");
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
