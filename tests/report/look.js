(() => {
  const visible = (e) => getComputedStyle(e).display !== "none";
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const charts = [...document.querySelectorAll("svg.picture")].map((svg) => {
    const box = svg.getBoundingClientRect();
    const inside = svg.getBBox();
    const texts = [...svg.querySelectorAll("text")].filter(visible);
    const scale = box.width / svg.viewBox.baseVal.width;
    const sizes = texts.map((t) => scale * t.getAttribute("font-size"));
    const boxes = texts.map((t) => ({ text: t.textContent.trim(), at: t.getBoundingClientRect() }));
    const overlaps = [];
    for (let i = 0; i < boxes.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [boxes[i].at, boxes[j].at];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Boxes of lines are higher than their letters.
        if (wide > 2 && high > 0.45 * Math.min(a.height, b.height)) overlaps.push([boxes[j].text, boxes[i].text]);
      }
    }
    const outside = boxes.filter((b) => b.at.right > innerWidth + 1 || b.at.left < -1).map((b) => b.text);
    return { name: svg.id, width: box.width, height: box.height, drawn: inside.width * inside.height,
      marks: svg.children.length, tips: svg.querySelectorAll("[data-en]").length, label: svg.getAttribute("aria-label"),
      smallest: Math.min(...sizes), overlaps, outside };
  });
  const said = (e, language) => {
    const own = e.querySelector(`[lang="${language}"]`);
    return (own || e).textContent;
  };
  const figures = [...document.querySelectorAll("[data-json]")].map((e) => ({ json: e.dataset.json,
    unit: e.dataset.unit, currency: e.dataset.currency || "", en: said(e, "en"), de: said(e, "de") }));
  // Relative luminance and contrast by WCAG 2.1.
  const parts = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = parts(colour).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  const contrast = (colour) => {
    const [a, b] = [luminance(colour), luminance(paper)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const words = [...document.querySelectorAll("p,h1,h2,h3,th,td,dt,dd,caption,figcaption,a,button,svg.picture text")];
  const colour = (e) => e instanceof SVGElement ? getComputedStyle(e).fill : getComputedStyle(e).color;
  const faint = Math.min(...words.filter(visible).map((e) => contrast(colour(e))));
  return { charts, figures, paper, faint,
    headings: [...document.querySelectorAll("h1,h2,h3")].map((h) => h.tagName),
    ids: [...document.querySelectorAll("[id]")].map((e) => e.id),
    captions: document.querySelectorAll("table > caption").length, tables: document.querySelectorAll("table").length,
    wide: document.documentElement.scrollWidth - innerWidth, language: document.documentElement.lang,
    heading: document.querySelector("h2").innerText.trim() };
})()
