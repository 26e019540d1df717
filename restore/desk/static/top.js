/**
 * What every page has at its top: the reviewer's name, light or dark, and the switch of single-letter keys in the help.
 */

import { askName } from "./dialogs.js";
import { byId } from "./dom.js";
import { page } from "./page.js";
import { keepSetting, setting, switchTheme } from "./settings.js";

/** @param {{letters?: boolean, reviewerChanged?: (name: string) => void}} how */
export function prepareTop({ letters = false, reviewerChanged = () => {} }) {
  byId("theme").addEventListener("click", switchTheme);
  const reviewer = byId("reviewer");
  const show = () => (reviewer.textContent = setting("reviewer") || "…");
  show();
  reviewer.addEventListener("click", async () => {
    keepSetting("reviewer", await askName(setting("reviewer")));
    show();
    reviewerChanged(setting("reviewer"));
  });
  byId("language").addEventListener("click", () => {
    const query = new URLSearchParams(location.search);
    query.set("lang", page.lang === "vi" ? "en" : "vi");
    location.search = query.toString();
  });
  if (!letters) return;
  const box = /** @type {HTMLInputElement} */ (byId("letters"));
  box.checked = setting("letters", "on") === "on";
  box.addEventListener("change", () => keepSetting("letters", box.checked ? "on" : "off"));
}
