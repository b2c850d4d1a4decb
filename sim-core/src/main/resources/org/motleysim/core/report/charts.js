/* What all pages with charts share: colours, numbers as people read them, axes, and the box at the cursor. */
const charts = (() => {
  "use strict";

  const PALETTE = 8;

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const color = (index) => css("--c" + (index % PALETTE));
  const dash = (index) => [[], [6, 3], [2, 2], [8, 3, 2, 3]][Math.floor(index / PALETTE) % 4];

  // Three significant digits with an SI prefix, as the tables have them.
  const PREFIXES = ["p", "n", "\u00b5", "m", "", "k", "M", "G", "T", "P", "E"];
  const COUNTED = new Set(["1", "%", "1/s", "token", "token/s", "request", "request/s"]);

  function digits(value, precision) {
    const text = Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(precision);
    return Number(text).toLocaleString("en", { maximumSignificantDigits: 12 });
  }

  function step(value) {
    if (!value) return 0;
    return Math.max(-4, Math.min(6, Math.floor((Math.log10(Math.abs(value)) + 1e-9) / 3)));
  }

  /* A scale of one prefix for a whole axis, or for one number. */
  function scaleFor(largest, unit) {
    if (unit === "%") return { factor: 100, unit: "%" };
    if (unit === "s" && largest >= 7200) return { factor: 1 / 3600, unit: "h" };
    if (unit === "s" && largest >= 120) return { factor: 1 / 60, unit: "min" };
    if (unit === "1") return { factor: 1, unit: "" };
    const name = unit.startsWith("1/") ? unit.slice(1) : unit;
    if (COUNTED.has(unit)) {
      if (largest < 10000) return { factor: 1, unit: name };
      const thousands = step(largest);
      return { factor: 10 ** (-3 * thousands), unit: PREFIXES[thousands + 4] + " " + name };
    }
    if (unit.startsWith("USD")) return { factor: 1, unit };
    const n = step(largest);
    return { factor: 10 ** (-3 * n), unit: PREFIXES[n + 4] + name };
  }

  function readable(value, unit) {
    if (value == null) return "\u2013";
    const scale = scaleFor(Math.abs(value), unit);
    const text = digits(value * scale.factor, 3);
    return scale.unit === "%" || !scale.unit ? text + scale.unit : text + " " + scale.unit;
  }

  const largest = (lists) => {
    let most = 0;
    for (const list of lists) for (const value of list) if (value != null && Math.abs(value) > most) most = Math.abs(value);
    return most;
  };

  const axisLabel = (name, unit) => [name, unit].filter(Boolean).join(name && unit ? ", " : "");

  function axisOf(label, scale, more) {
    return {
      stroke: () => css("--muted"),
      grid: { stroke: () => css("--grid"), width: 1 },
      ticks: { stroke: () => css("--grid"), width: 1, size: 4 },
      font: "12px system-ui, sans-serif",
      labelFont: "12px system-ui, sans-serif",
      label,
      labelSize: 16,
      labelGap: 0,
      size: 28,
      values: (u, splits) => splits.map((v) => (v == null ? "" : digits(v * scale.factor, 6))),
      ...more,
    };
  }

  /* Room for the widest tick label, measured rather than guessed. */
  const wideEnough = (u, values, axis, cycle) => {
    if (cycle > 1) return u.axes[axis]._size;
    const longest = (values || []).reduce((a, b) => (b.length > a.length ? b : a), "");
    u.ctx.save();
    u.ctx.font = "12px system-ui, sans-serif";
    const width = u.ctx.measureText(longest).width;
    u.ctx.restore();
    return Math.ceil(width) + 14;
  };

  /* A box at the cursor with the value of every line, the largest first. */
  function tooltip(describe) {
    let box;
    return {
      hooks: {
        init: (u) => {
          box = document.createElement("div");
          box.className = "tip";
          box.hidden = true;
          u.over.append(box);
          u.over.addEventListener("mouseleave", () => { box.hidden = true; });
        },
        setCursor: (u) => {
          const { left, top, idx } = u.cursor;
          const lines = left < 0 || idx == null || !u.over.matches(":hover") ? null : describe(u, idx);
          box.hidden = !lines;
          if (!lines) return;
          box.replaceChildren(...lines.map(({ text, value, index }) => {
            const row = document.createElement("div");
            if (index != null) {
              const swatch = document.createElement("span");
              swatch.className = "swatch fill" + (index % PALETTE);
              row.append(swatch);
            }
            const name = document.createElement("span");
            name.textContent = text;
            row.append(name);
            if (value != null) {
              const number = document.createElement("b");
              number.textContent = value;
              row.append(number);
            } else {
              row.className = "at";
            }
            return row;
          }));
          const right = left > u.over.clientWidth / 2;
          const x = right ? left - box.offsetWidth - 12 : left + 12;
          const y = Math.max(0, Math.min(top - box.offsetHeight / 2, u.over.clientHeight - box.offsetHeight));
          box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
        },
      },
    };
  }

  return { PALETTE, css, color, dash, digits, readable, scaleFor, largest, axisLabel, axisOf, wideEnough, tooltip };
})();
