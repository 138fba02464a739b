"use strict";
(() => {
  const root = document.documentElement;
  const tip = document.getElementById("tip");
  // A file opened from disk may be denied storage; the choice then lasts as long as the page.
  const kept = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem("staffwright-" + key);
      localStorage.setItem("staffwright-" + key, value);
    } catch (_) { /* nowhere to keep it */ }
    return null;
  };
  const pictures = document.querySelectorAll("svg.picture");
  let marked = null;
  const hide = () => {
    tip.hidden = true;
    if (marked) marked.classList.remove("on");
    marked = null;
  };
  const speak = (language) => {
    root.lang = language;
    const label = language === "de" ? "labelDe" : "labelEn";
    for (const svg of pictures) svg.setAttribute("aria-label", svg.dataset[label]);
    hide();
  };
  const dark = () => {
    const theme = root.dataset.theme;
    return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  };
  const show = (mark, x, y) => {
    if (marked !== mark) {
      hide();
      marked = mark;
      tip.textContent = (root.lang === "de" && mark.dataset.de) || mark.dataset.en;
    }
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(x + 12, innerWidth - box.width - 4)) + "px";
    tip.style.top = (y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 16) + "px";
  };
  document.addEventListener("pointermove", (event) => {
    const mark = event.target.closest && event.target.closest("svg.picture [data-en]");
    if (mark) show(mark, event.clientX, event.clientY);
    else hide();
  });
  // A picture is one stop of the Tab key; arrow keys walk through its values.
  for (const svg of pictures) {
    svg.tabIndex = 0;
    svg.addEventListener("blur", hide);
    svg.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return hide();
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const marks = [...svg.querySelectorAll("[data-en]")];
      if (!step || !marks.length) return;
      event.preventDefault();
      const at = marks.indexOf(marked);
      const next = at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length;
      const box = marks[next].getBoundingClientRect();
      show(marks[next], box.left + box.width / 2, box.top + box.height / 2);
      marks[next].classList.add("on");
    });
  }
  // What is folded is printed, and opened by a link to it.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
  const unfold = () => {
    const aim = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = aim && (aim.closest("details") || aim.querySelector("details"));
    if (folded) folded.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  document.getElementById("theme").addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    kept("theme", root.dataset.theme);
  });
  document.getElementById("language").addEventListener("click", () => {
    speak(root.lang === "de" ? "en" : "de");
    kept("language", root.lang);
  });
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const language = kept("language") || root.dataset.language || (navigator.language || "en").slice(0, 2);
  speak(language === "de" ? "de" : "en");
})();
