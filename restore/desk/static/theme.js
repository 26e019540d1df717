// A plain script in the head, before anything is drawn, so that a page chosen dark does not flash. The rest is in settings.js.
{
  const theme = localStorage.getItem("restore.desk.theme");
  if (theme) document.documentElement.dataset.theme = theme;
}
