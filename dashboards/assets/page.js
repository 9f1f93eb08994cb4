// The document's language after ?lang=, Streamlit's own words in German, tables that scroll by keyboard, and a history
// without half-finished addresses. Nothing here reads or writes figures.
(function () {
  "use strict";

  // Exact texts and labels of Streamlit's frontend; a browser test looks for English words left on German pages.
  const GERMAN = {
    "Skip to main content": "Zum Inhalt springen",
    "Link to heading": "Link zu dieser Überschrift",
    "Copy to clipboard": "In die Zwischenablage kopieren",
    "Copied": "Kopiert",
    "Clear value": "Auswahl löschen",
    "No results": "Keine Treffer",
    "No options to select": "Nichts zur Auswahl",
    "Choose an option": "Bitte wählen",
    "Fullscreen": "Vollbild",
    "Close fullscreen": "Vollbild schließen",
    "View fullscreen": "Vollbild",
    "Main menu": "Menü",
    "Open sidebar": "Menü öffnen",
    "Close sidebar": "Menü schließen",
    "Expand sidebar": "Menü öffnen",
    "Collapse sidebar": "Menü schließen",
    "Stop": "Anhalten",
    "Running...": "Wird geladen",
    "Connecting": "Verbindung wird aufgebaut",
    "Alert": "Hinweis",
    "App pages": "Seiten",
    "Sidebar": "Seitenleiste",
    "Open": "Öffnen",
    "Download as PNG": "Als PNG herunterladen",
    "Copy Vega-Lite spec": "Vega-Lite-Spezifikation kopieren",
    "Show data": "Daten zeigen",
    "Show chart": "Grafik zeigen",
    "Skeleton loading": "Wird geladen",
    "Dismiss": "Schließen",
  };
  const PATTERNS = [[/(\d+) options? available\./g, "$1 Einträge zur Auswahl."]];
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];

  // A page completes an empty address with its codes. That is the same view: replace it, so that Back leaves it.
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  history.pushState = function (state, unused, url) {
    const next = new URL(url, location.href);
    const samePage = next.pathname === location.pathname;
    const sameCodes = String(new URLSearchParams(next.search)) === String(new URLSearchParams(location.search));
    const completes = samePage && (sameCodes || (location.search === "" && next.search !== ""));
    (completes ? replace : push)(state, unused, url);
    speak();
  };
  history.replaceState = function (state, unused, url) {
    replace(state, unused, url);
    speak();
  };
  window.addEventListener("popstate", speak);

  function speak() {
    const code = new URLSearchParams(location.search).get("lang");
    if (code === "de" || code === "en") {
      document.documentElement.lang = code;
    }
  }

  function translate(root) {
    if (document.documentElement.lang !== "de" || root.nodeType !== Node.ELEMENT_NODE) {
      return;
    }
    for (const element of [root, ...root.querySelectorAll("[aria-label], [title], [placeholder]")]) {
      for (const name of ATTRIBUTES) {
        const german = GERMAN[element.getAttribute(name)];
        if (german) {
          element.setAttribute(name, german);
        }
      }
    }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      write(node);
    }
  }

  function write(node) {
    const german = GERMAN[node.nodeValue.trim()] || PATTERNS.reduce((text, [from, to]) => text.replace(from, to), node.nodeValue);
    if (german !== node.nodeValue) {
      node.nodeValue = german;
    }
  }

  function reachable() {
    for (const table of document.querySelectorAll('[data-testid="stTable"] div:has(> table), [data-testid="stCode"] pre')) {
      if (table.scrollWidth > table.clientWidth && table.tabIndex !== 0) {
        table.tabIndex = 0;
      }
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    speak();
    new MutationObserver(function (changes) {
      for (const change of changes) {
        change.addedNodes.forEach(translate);
        if (change.type === "characterData" && document.documentElement.lang === "de") {
          write(change.target);
        }
      }
      reachable();
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    window.addEventListener("resize", reachable);
  });
})();
