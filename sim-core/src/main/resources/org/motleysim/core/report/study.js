(() => {
  "use strict";

  const { PALETTE, css, color, dash, digits, readable, scaleFor, largest, axisLabel, axisOf, wideEnough, tooltip } = charts;
  const study = JSON.parse(document.getElementById("study-data").textContent);
  const { metrics, variants } = study;
  const byId = (id) => document.getElementById(id);
  const ROWS = 100;
  const HEIGHT = 300;
  const plots = new Map();

  function element(tag, text, attributes) {
    const made = document.createElement(tag);
    if (text != null) made.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    return made;
  }

  const interval = (variant, m) => {
    const unit = metrics[m].unit;
    return variant.mean[m] == null ? "\u2013"
      : readable(variant.mean[m], unit) + (variant.half[m] == null ? "" : " \u00b1 " + readable(variant.half[m], unit));
  };

  /* Shows a list a part at a time. */
  function listed(list, button, texts, make, first) {
    let shown = 0;
    const more = () => {
      const end = shown === 0 ? first : texts.length;
      list.append(...texts.slice(shown, end).map(make));
      shown = Math.min(end, texts.length);
      if (!button) return;
      button.hidden = shown === texts.length;
      button.textContent = "Show all " + texts.length;
    };
    if (button) button.addEventListener("click", more);
    more();
  }

  function findings() {
    const section = byId("findings");
    if (!study.differences.length) return;
    section.hidden = false;
    listed(section.querySelector("ul"), section.querySelector("button"), study.differences, (found) =>
      element("li", found.sentence, found.significant ? {} : { class: "unclear" }), 12);
  }

  // ---- the table

  let sorted = { column: -1, up: true };
  let wanted = "";
  let rows = ROWS;
  const selected = new Set(variants.slice(0, 6).map((ignored, i) => i));

  function shownVariants() {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const list = variants.map((v, i) => i).filter((i) => words.every((w) => variants[i].name.toLowerCase().includes(w)));
    const key = (i) => (sorted.column < 0 ? i : variants[i].mean[sorted.column]);
    list.sort((a, b) => {
      const x = key(a), y = key(b);
      if (x == null || y == null) return (x == null) - (y == null) || a - b;
      return (sorted.up ? x - y : y - x) || a - b;
    });
    return list;
  }

  function head() {
    const row = element("tr");
    ["variant", ...metrics.map((m) => m.name)].forEach((name, column) => {
      const cell = element("th", null, { scope: "col", class: column ? "right" : "left" });
      const button = element("button", name, { type: "button" });
      button.addEventListener("click", () => {
        sorted = { column: column - 1, up: sorted.column === column - 1 ? !sorted.up : true };
        for (const other of row.children) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", sorted.up ? "ascending" : "descending");
        body();
      });
      cell.append(button);
      row.append(cell);
    });
    byId("variants").tHead.append(row);
  }

  function body() {
    const list = shownVariants();
    byId("count").textContent = list.length === variants.length ? `${list.length} variants` : `${list.length} of ${variants.length} variants`;
    byId("variants").tBodies[0].replaceChildren(...list.slice(0, rows).map((i) => {
      const variant = variants[i];
      const row = element("tr", null, variant.keeps ? {} : { class: "broken" });
      const name = element("td", null, { class: "left" });
      const button = element("button", variant.name, { type: "button", "aria-pressed": String(selected.has(i)) });
      button.addEventListener("click", () => {
        if (!selected.delete(i)) selected.add(i);
        button.setAttribute("aria-pressed", String(selected.has(i)));
        cdf();
      });
      name.append(button);
      if (variant.front) name.append(element("span", "front", { class: "mark" }));
      if (!variant.keeps) name.append(element("span", "breaks a constraint", { class: "mark" }));
      if (variant.failed) name.append(element("span", variant.failed + " failed", { class: "mark" }));
      row.append(name, ...metrics.map((metric, m) => element("td", interval(variant, m), {
        class: "right",
        "data-variant": i,
        "data-metric": metric.name,
        "data-value": variant.mean[m] == null ? "" : String(variant.mean[m]),
        title: variant.mean[m] == null ? "no value" : `${variant.mean[m]} ${metric.unit}, ${variant.count} replications`,
      })));
      return row;
    }));
    const more = byId("rows");
    more.hidden = list.length <= rows;
    more.textContent = `Show ${Math.min(1000, list.length - rows)} more of ${list.length}`;
  }

  // ---- charts

  function draw(place, options, data) {
    plots.get(place)?.plot.destroy();
    const plot = new uPlot({
      width: Math.max(200, place.clientWidth),
      height: options.height || HEIGHT,
      legend: { show: false },
      padding: [10, 14, 0, 0],
      ...options,
    }, data, place);
    const known = plots.get(place);
    plots.set(place, { plot, height: options.height || HEIGHT });
    if (!known) {
      new ResizeObserver(() => {
        const { plot: current, height } = plots.get(place);
        if (place.clientWidth > 0 && place.clientWidth !== current.width) current.setSize({ width: place.clientWidth, height });
      }).observe(place);
    }
    return plot;
  }

  function padded(low, high) {
    const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
    return [low - room, high + room];
  }

  let moved = () => {};

  function scatter() {
    const x = Number(byId("across").value), y = Number(byId("up").value);
    const place = byId("scatter");
    const points = variants.map((v, i) => i).filter((i) => variants[i].mean[x] != null && variants[i].mean[y] != null);
    points.sort((a, b) => variants[a].mean[x] - variants[b].mean[x]);
    if (!points.length) { place.textContent = "No variant has both."; return; }
    const kind = (i) => (variants[i].front ? 2 : variants[i].keeps ? 0 : 1);
    const fills = [0, 7, 1];
    const sx = scaleFor(largest([points.map((i) => variants[i].mean[x])]), metrics[x].unit);
    const sy = scaleFor(largest([points.map((i) => variants[i].mean[y])]), metrics[y].unit);
    let at = -1;
    const tip = element("div", null, { class: "tip" });
    tip.hidden = true;
    const plot = draw(place, {
      scales: { x: { time: false, range: (u, low, high) => padded(low, high) }, y: { range: (u, low, high) => padded(low, high) } },
      cursor: { drag: { x: true, y: true }, points: { show: false } },
      series: [{}, ...[0, 1, 2].map((k) => ({
        stroke: () => color(fills[k]),
        paths: () => null,
        points: { show: true, size: k === 2 ? 12 : 9, fill: () => color(fills[k]), stroke: () => css("--card"), width: 1 },
      }))],
      axes: [axisOf(axisLabel(metrics[x].name, sx.unit), sx, {}), axisOf(axisLabel(metrics[y].name, sy.unit), sy, { size: wideEnough })],
      hooks: {
        draw: [(u) => {
          if (at < 0) return;
          const { ctx } = u;
          ctx.save();
          ctx.strokeStyle = css("--text");
          ctx.lineWidth = 2 * devicePixelRatio;
          ctx.beginPath();
          ctx.arc(u.valToPos(variants[points[at]].mean[x], "x", true), u.valToPos(variants[points[at]].mean[y], "y", true), 8 * devicePixelRatio, 0, 7);
          ctx.stroke();
          ctx.restore();
        }],
      },
    }, [points.map((i) => variants[i].mean[x]), ...[0, 1, 2].map((k) => points.map((i) => (kind(i) === k ? variants[i].mean[y] : null)))]);
    plot.over.append(tip);

    const show = (index) => {
      if (index === at) return;
      at = index;
      tip.hidden = at < 0;
      if (at >= 0) {
        const variant = variants[points[at]];
        const lines = [
          ...study.axes.map((axis, a) => [axis, variant.settings[a] ?? ""]),
          [metrics[x].name, interval(variant, x)],
          [metrics[y].name, interval(variant, y)],
        ];
        tip.replaceChildren(...lines.map(([name, value]) => {
          const row = element("div");
          row.append(element("span", name), element("b", value));
          return row;
        }));
        const left = plot.valToPos(variant.mean[x], "x"), top = plot.valToPos(variant.mean[y], "y");
        const px = left > plot.over.clientWidth / 2 ? left - tip.offsetWidth - 14 : left + 14;
        const py = Math.max(0, Math.min(top - tip.offsetHeight / 2, plot.over.clientHeight - tip.offsetHeight));
        tip.style.transform = `translate(${Math.round(px)}px, ${Math.round(py)}px)`;
        byId("point").textContent = `${variant.name}: ${lines.slice(-2).map(([name, value]) => name + " " + value).join(", ")}`;
      }
      plot.redraw(false);
    };
    plot.over.addEventListener("mousemove", (event) => {
      const box = plot.over.getBoundingClientRect();
      let nearest = -1, best = 24 * 24;
      points.forEach((i, index) => {
        const dx = plot.valToPos(variants[i].mean[x], "x") - (event.clientX - box.left);
        const dy = plot.valToPos(variants[i].mean[y], "y") - (event.clientY - box.top);
        if (dx * dx + dy * dy < best) { best = dx * dx + dy * dy; nearest = index; }
      });
      show(nearest);
    });
    plot.over.addEventListener("mouseleave", () => show(-1));
    moved = (step) => show((Math.max(at, step > 0 ? -1 : 0) + step + points.length) % points.length);
  }

  function effects() {
    const metric = metrics[Number(byId("effect-metric").value)];
    const grid = byId("axes").querySelector(".grid");
    for (const place of grid.querySelectorAll(".chart")) { plots.get(place)?.plot.destroy(); plots.delete(place); }
    grid.replaceChildren();
    for (const effect of study.effects.filter((each) => each.metric === metric.name)) {
      const { levels } = effect;
      const box = element("div");
      const place = element("div", null, {
        class: "chart",
        role: "img",
        "aria-label": `${metric.name} at each level of ${effect.axis}: ` + levels.map((l) => `${l.value}: ${readable(l.mean, metric.unit)}`).join("; "),
      });
      box.append(element("h3", effect.axis), place);
      grid.append(box);
      const numbers = levels.map((l) => parseFloat(l.value));
      // Numbers with one unit make an axis; "1 H100" and "4 L4" are names.
      const units = levels.map((l) => (/^-?[0-9.]+(e[-+]?[0-9]+)?( .*)?$/i.test(l.value) ? l.value.replace(/^\S+\s*/, "") : null));
      const numeric = levels.length > 1 && levels.every((l, i) => units[i] != null && units[i] === units[0] && Number.isFinite(numbers[i]));
      const order = levels.map((l, i) => i);
      if (numeric) order.sort((a, b) => numbers[a] - numbers[b]);
      const xs = order.map((i, k) => (numeric ? numbers[i] : k));
      const pick = (f) => order.map((i) => f(levels[i]));
      const low = pick((l) => l.mean - (l.half ?? 0)), high = pick((l) => l.mean + (l.half ?? 0));
      const y = scaleFor(largest([high]), metric.unit);
      const unit = numeric ? units[0] : "";
      draw(place, {
        height: 230,
        scales: { x: { time: false, range: (u, a, b) => padded(a, b) }, y: { range: (u, a, b) => padded(a, b) } },
        cursor: { drag: { x: false, y: false } },
        bands: numeric ? [{ series: [3, 2], fill: () => color(0) + "30" }] : [],
        series: [
          {},
          { stroke: () => color(0), width: numeric ? 2 : 0, points: { show: true, size: 8, fill: () => color(0) } },
          { stroke: () => color(0), width: numeric ? 0.5 : 0, points: { show: false } },
          { stroke: () => color(0), width: numeric ? 0.5 : 0, points: { show: false } },
        ],
        axes: [
          numeric
            ? axisOf(unit, { factor: 1 }, {})
            : axisOf(null, { factor: 1 }, {
                splits: () => xs,
                values: (u, splits) => splits.map((v) => {
                  const text = levels[v]?.value ?? "";
                  const most = Math.max(6, Math.floor(place.clientWidth / Math.max(1, levels.length) / 8.5));
                  return text.length > most ? text.slice(0, most - 1) + "\u2026" : text;
                }),
                grid: { show: false },
              }),
          axisOf(y.unit, y, { size: wideEnough }),
        ],
        hooks: {
          draw: [(u) => {
            const { ctx } = u;
            ctx.save();
            ctx.strokeStyle = color(0);
            ctx.lineWidth = 2 * devicePixelRatio;
            xs.forEach((x, i) => {
              const at = u.valToPos(x, "x", true);
              ctx.beginPath();
              ctx.moveTo(at, u.valToPos(low[i], "y", true));
              ctx.lineTo(at, u.valToPos(high[i], "y", true));
              ctx.stroke();
            });
            ctx.restore();
          }],
        },
        plugins: [tooltip((u, idx) => {
          const level = levels[order[idx]];
          return [
            { text: `${effect.axis} ${level.value}` },
            { text: metric.name, index: 0, value: readable(level.mean, metric.unit) + (level.half == null ? "" : " \u00b1 " + readable(level.half, metric.unit)) },
          ];
        })],
      }, [xs, pick((l) => l.mean), low, high]);
    }
  }

  function cdf() {
    const metric = metrics[Number(byId("cdf-metric").value)];
    const place = byId("cdf");
    const lines = [...selected].filter((i) => study.values[metric.name]?.[i]?.length > 1).sort((a, b) => a - b).slice(0, 16);
    const key = byId("cdf-key");
    key.replaceChildren(...lines.map((i, n) => {
      const item = element("li");
      item.append(element("span", null, { class: "swatch line fill" + (n % PALETTE) + (n >= PALETTE ? " dashed" : "") }), element("span", variants[i].name));
      return item;
    }));
    plots.get(place)?.plot.destroy();
    if (!lines.length) { place.textContent = "No variant is selected."; plots.delete(place); return; }
    place.textContent = "";
    plots.delete(place);
    const tables = lines.map((i) => {
      const values = study.values[metric.name][i];
      const kept = [], shares = [];
      values.forEach((v, n) => {
        if (n + 1 < values.length && values[n + 1] === v) return;
        kept.push(v);
        shares.push((n + 1) / values.length);
      });
      return [kept, shares];
    });
    const data = uPlot.join(tables);
    const x = scaleFor(largest([data[0]]), metric.unit);
    draw(place, {
      scales: { x: { time: false, range: (u, a, b) => padded(a, b) }, y: { range: [0, 1.02] } },
      cursor: { drag: { x: true, y: false }, points: { show: false } },
      series: [{}, ...lines.map((i, n) => ({
        label: variants[i].name, stroke: () => color(n), width: 2, dash: dash(n), spanGaps: true,
        paths: uPlot.paths.stepped({ align: 1 }), points: { show: false },
      }))],
      axes: [axisOf(axisLabel(metric.name, x.unit), x, {}), axisOf("share at or below, %", { factor: 100 }, { size: wideEnough })],
    }, data);
  }

  function inputs() {
    if (!study.inputs.length) return;
    const section = byId("inputs");
    section.hidden = false;
    const header = element("tr");
    header.append(...["axis", "metric", "mean size", "mean", "deviation"].map((name, i) => element("th", name, { scope: "col", class: i < 2 ? "left" : "right" })));
    section.querySelector("thead").append(header);
    section.querySelector("tbody").append(...study.inputs.map((input) => {
      const row = element("tr");
      row.append(element("td", input.axis), element("td", input.metric), ...[input.size, input.mean, input.deviation].map((value) =>
        element("td", readable(value, input.unit), { class: "right" })));
      return row;
    }));
  }

  function failures() {
    if (!study.failures.length) return;
    const section = byId("failures");
    section.hidden = false;
    listed(section.querySelector("ul"), null, study.failures, (text) => element("li", text), 1000);
  }

  const options = (id, chosen, changed) => {
    const select = byId(id);
    select.append(...metrics.map((metric, m) => element("option", metric.name, { value: m })));
    select.value = String(Math.max(0, Math.min(chosen, metrics.length - 1)));
    select.addEventListener("change", changed);
  };
  const number = (name, otherwise) => {
    const found = metrics.findIndex((metric) => metric.name === name);
    return found < 0 ? otherwise : found;
  };

  findings();
  head();
  body();
  byId("filter").addEventListener("input", (event) => { wanted = event.target.value; rows = ROWS; body(); });
  byId("rows").addEventListener("click", () => { rows += 1000; body(); });
  byId("front-key").hidden = !study.pareto.length;
  byId("broken-key").hidden = variants.every((v) => v.keeps);
  if (metrics.length > 1 && variants.length > 1) {
    options("across", number(study.pareto[0], 0), scatter);
    options("up", number(study.pareto[1], 1), scatter);
    scatter();
    byId("scatter").addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      moved(step);
    });
  } else {
    byId("pareto").hidden = true;
  }
  if (study.effects.length) {
    options("effect-metric", 0, effects);
    effects();
  } else {
    byId("axes").hidden = true;
  }
  if (Object.keys(study.values).length) {
    options("cdf-metric", 0, cdf);
    cdf();
  } else {
    byId("cdfs").hidden = true;
  }
  inputs();
  failures();

  const redraw = () => plots.forEach(({ plot }) => plot.redraw(false));
  matchMedia("(prefers-color-scheme: light)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", redraw);
})();
