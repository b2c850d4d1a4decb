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

  /* What the words and the ranges leave. */
  let kept = variants.map(() => true);
  const ranges = new Map(); // from the number of a lane to [low, high]
  const lowered = variants.map((v) => v.name.toLowerCase());

  function sift() {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    kept = variants.map((v, i) => words.every((w) => lowered[i].includes(w)));
    for (const [lane, [low, high]] of ranges) {
      const { at } = lanes[lane];
      for (let i = 0; i < kept.length; i++) if (!(at[i] >= low && at[i] <= high)) kept[i] = false;
    }
    byId("unbrush").hidden = ranges.size === 0;
    placeHandles();
    body();
    repaint();
    plots.get(byId("scatter"))?.plot.redraw(false);
  }

  function shownVariants() {
    const list = variants.map((v, i) => i).filter((i) => kept[i]);
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
    row.append(element("td"));
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
      const tick = element("td");
      const box = element("input", null, { type: "checkbox", "aria-label": "Show the distribution of " + variant.name });
      box.checked = selected.has(i);
      box.disabled = !Object.keys(study.values).length;
      box.addEventListener("change", () => {
        if (!selected.delete(i)) selected.add(i);
        cdf();
      });
      tick.append(box);
      const button = element("button", variant.name, { type: "button" });
      button.addEventListener("click", () => open(i));
      name.append(button);
      if (variant.front) name.append(element("span", "front", { class: "mark" }));
      if (!variant.keeps) name.append(element("span", "breaks a constraint", { class: "mark" }));
      if (variant.failed) name.append(element("span", variant.failed + " failed", { class: "mark" }));
      row.append(tick, name, ...metrics.map((metric, m) => element("td", interval(variant, m), {
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
  let entered = () => {};

  function scatter() {
    const x = Number(byId("across").value), y = Number(byId("up").value);
    const place = byId("scatter");
    const points = variants.map((v, i) => i).filter((i) => variants[i].mean[x] != null && variants[i].mean[y] != null);
    points.sort((a, b) => variants[a].mean[x] - variants[b].mean[x]);
    if (!points.length) { place.textContent = "No variant has both."; return; }
    const kind = (i) => (variants[i].front ? 2 : variants[i].keeps ? 0 : 1);
    const order = [1, 0, 2];
    const fills = [0, 7, 1];
    const sx = scaleFor(largest([points.map((i) => variants[i].mean[x])]), metrics[x].unit);
    const sy = scaleFor(largest([points.map((i) => variants[i].mean[y])]), metrics[y].unit);
    let at = -1;
    const tip = element("div", null, { class: "tip" });
    tip.hidden = true;
    const plot = draw(place, {
      scales: { x: { time: false, range: (u, low, high) => padded(low, high) }, y: { range: (u, low, high) => padded(low, high) } },
      cursor: { drag: { x: true, y: true }, points: { show: false } },
      series: [{}, { paths: () => null, points: { show: false } }],
      axes: [axisOf(axisLabel(metrics[x].name, sx.unit), sx, {}), axisOf(axisLabel(metrics[y].name, sy.unit), sy, { size: wideEnough })],
      hooks: {
        draw: [(u) => {
          const { ctx } = u;
          ctx.save();
          const full = Math.PI * 2;
          const card = css("--card");
          for (const visible of [false, true]) for (const k of order) {
            ctx.fillStyle = color(fills[k]);
            ctx.strokeStyle = card;
            ctx.lineWidth = devicePixelRatio;
            ctx.globalAlpha = visible ? 1 : 0.13;
            const radius = (k === 2 ? 6 : points.length > 500 ? 3.5 : 4.5) * devicePixelRatio;
            for (const i of points) {
              if (kept[i] !== visible || kind(i) !== k) continue;
              ctx.beginPath();
              ctx.arc(u.valToPos(variants[i].mean[x], "x", true), u.valToPos(variants[i].mean[y], "y", true), radius, 0, full);
              ctx.fill();
              ctx.stroke();
            }
          }
          if (at < 0) { ctx.restore(); return; }
          ctx.strokeStyle = css("--text");
          ctx.lineWidth = 2 * devicePixelRatio;
          ctx.beginPath();
          ctx.arc(u.valToPos(variants[points[at]].mean[x], "x", true), u.valToPos(variants[points[at]].mean[y], "y", true), 8 * devicePixelRatio, 0, 7);
          ctx.stroke();
          ctx.restore();
        }],
      },
    }, [points.map((i) => variants[i].mean[x]), points.map((i) => variants[i].mean[y])]);
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
        if (!kept[i]) return;
        const dx = plot.valToPos(variants[i].mean[x], "x") - (event.clientX - box.left);
        const dy = plot.valToPos(variants[i].mean[y], "y") - (event.clientY - box.top);
        if (dx * dx + dy * dy < best) { best = dx * dx + dy * dy; nearest = index; }
      });
      show(nearest);
    });
    plot.over.addEventListener("mouseleave", () => show(-1));
    plot.over.addEventListener("click", () => { if (at >= 0) open(points[at]); });
    moved = (step) => {
      let next = Math.max(at, step > 0 ? -1 : 0);
      for (let i = 0; i < points.length; i++) {
        next = (next + step + points.length) % points.length;
        if (kept[points[next]]) { show(next); return; }
      }
    };
    entered = () => { if (at >= 0) open(points[at]); };
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
      const longest = Math.max(...levels.map((l) => l.value.length));
      const slanted = !numeric && longest * 7.5 > place.clientWidth / Math.max(1, levels.length);
      const most = slanted ? 22 : 40;
      draw(place, {
        height: slanted ? 290 : 230,
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
                  return text.length > most ? text.slice(0, most - 1) + "\u2026" : text;
                }),
                ...(slanted ? { rotate: -35, size: 24 + 4 * Math.min(most, longest) } : {}),
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

  const shareBelow = ([places, shares], at) => {
    let share = 0;
    for (let i = 0; i < places.length && places[i] <= at; i++) share = shares[i];
    return share;
  };

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
      const values = study.values[metric.name][i].filter((v) => v != null).sort((a, b) => a - b);
      const places = [], shares = [];
      values.forEach((v, n) => {
        if (n + 1 < values.length && values[n + 1] === v) return;
        places.push(v);
        shares.push((n + 1) / values.length);
      });
      return [places, shares];
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
      plugins: [tooltip((u) => {
        const at = u.posToVal(u.cursor.left, "x");
        return [
          { text: "at or below " + readable(at, metric.unit) },
          ...lines.map((i, n) => ({ text: variants[i].name, index: n, value: readable(shareBelow(tables[n], at), "%") })),
        ];
      })],
    }, data);
  }

  // ---- all axes at once

  const HEAD = 30, FOOT = 22, SIDE = 46;

  /* Numbers with one unit make a scale, anything else is a list of names, in order of appearance. */
  function scaleOf(texts) {
    const units = texts.map((t) => (t != null && /^-?[0-9.]+(e[-+]?[0-9]+)?( .*)?$/i.test(t) ? t.replace(/^\S+\s*/, "") : null));
    const numbers = texts.map((t) => parseFloat(t));
    if (texts.length && units.every((u, i) => u != null && u === units[0] && Number.isFinite(numbers[i]))) {
      const levels = [...new Set(numbers)];
      return { at: numbers, levels: levels.length <= 9 ? levels : null, name: (v) => digits(v, 4) + (units[0] ? " " + units[0] : "") };
    }
    const names = [...new Set(texts.filter((t) => t != null))];
    const places = new Map(names.map((n, i) => [n, i]));
    return { at: texts.map((t) => places.get(t) ?? NaN), names, name: (v) => names[Math.round(v)] ?? "" };
  }

  function laneOf(title, scale) {
    let low = Infinity, high = -Infinity;
    for (const v of scale.at) { if (v < low) low = v; if (v > high) high = v; }
    if (!(low < high)) { low -= 0.5; high += 0.5; }
    return { title, low, high, ...scale };
  }

  const lanes = [
    ...study.axes.map((axis, a) => laneOf(axis, scaleOf(variants.map((v) => v.settings[a])))),
    ...metrics.map((metric, m) => laneOf(metric.name, { at: variants.map((v) => v.mean[m] ?? NaN), name: (v) => readable(v, metric.unit) })),
  ].filter((lane) => lane.low > -Infinity);

  const laneBox = byId("lanes");
  const canvas = laneBox.querySelector("canvas");
  let laneHover = -1;
  let laneWidth = 0;
  const laneX = (k) => (lanes.length === 1 ? laneWidth / 2 : SIDE + (k * (laneWidth - 2 * SIDE)) / (lanes.length - 1));
  const laneY = (k, v) => HEAD + (1 - (v - lanes[k].low) / (lanes[k].high - lanes[k].low)) * (laneBox.clientHeight - HEAD - FOOT);
  const laneValue = (k, y) => lanes[k].low + (1 - (y - HEAD) / (laneBox.clientHeight - HEAD - FOOT)) * (lanes[k].high - lanes[k].low);
  const within = (k, v) => Math.max(lanes[k].low, Math.min(lanes[k].high, v));

  function ramp(share) {
    const stops = [0, 1, 2, 3].map((i) => css("--r" + i));
    const place = Math.min(2.999, Math.max(0, share) * 3);
    const i = Math.floor(place), f = place - i;
    const part = (hex, k) => parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
    return "rgb(" + [0, 1, 2].map((k) => Math.round(part(stops[i], k) * (1 - f) + part(stops[i + 1], k) * f)).join(",") + ")";
  }

  function trace(ctx, i) {
    ctx.beginPath();
    let open = false;
    for (let k = 0; k < lanes.length; k++) {
      const v = lanes[k].at[i];
      if (!Number.isFinite(v)) { open = false; continue; }
      if (open) ctx.lineTo(laneX(k), laneY(k, v));
      else ctx.moveTo(laneX(k), laneY(k, v));
      open = true;
    }
    ctx.stroke();
  }

  let waiting = false;
  function repaint() {
    if (waiting || byId("parallel").hidden) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paint(); });
  }

  function paint() {
    laneWidth = laneBox.clientWidth;
    const height = laneBox.clientHeight;
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(laneWidth * ratio);
    canvas.height = Math.round(height * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.font = "11px system-ui, sans-serif";
    const shade = lanes[Number(byId("shade").value)];
    const shown = [], hidden = [];
    variants.forEach((v, i) => (kept[i] ? shown : hidden).push(i));
    ctx.lineWidth = 1;
    ctx.strokeStyle = css("--muted");
    ctx.globalAlpha = Math.min(0.16, Math.max(0.02, 12 / variants.length));
    hidden.forEach((i) => trace(ctx, i));
    ctx.globalAlpha = Math.min(0.9, Math.max(0.1, 60 / Math.max(1, shown.length)));
    ctx.lineWidth = shown.length > 200 ? 1 : 1.6;
    const STEPS = 24;
    const colors = Array.from({ length: STEPS }, (ignored, s) => ramp(s / (STEPS - 1)));
    const muted = css("--muted");
    // What has no value to be coloured by lies below what has one.
    const alpha = ctx.globalAlpha;
    for (const colored of [false, true]) {
      ctx.globalAlpha = colored ? alpha : alpha / 3;
      for (const i of shown) {
        const share = (shade.at[i] - shade.low) / (shade.high - shade.low);
        if (Number.isFinite(share) !== colored) continue;
        ctx.strokeStyle = colored ? colors[Math.round(share * (STEPS - 1))] : muted;
        trace(ctx, i);
      }
    }
    ctx.globalAlpha = 1;
    lanes.forEach((lane, k) => {
      const x = laneX(k);
      ctx.strokeStyle = muted;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(x, HEAD);
      ctx.lineTo(x, height - FOOT);
      ctx.stroke();
      const range = ranges.get(k);
      if (range) {
        ctx.fillStyle = css("--accent");
        ctx.globalAlpha = 0.35;
        ctx.fillRect(x - 6, laneY(k, range[1]), 12, Math.max(2, laneY(k, range[0]) - laneY(k, range[1])));
        ctx.globalAlpha = 1;
      }
      const ticks = lane.names && lane.names.length <= 12
        ? lane.names.map((n, j) => j)
        : lane.names ? [0, lane.names.length - 1] : lane.levels || [0, 0.25, 0.5, 0.75, 1].map((f) => lane.low + f * (lane.high - lane.low));
      ctx.fillStyle = css("--text");
      ctx.strokeStyle = css("--card");
      ctx.lineWidth = 3;
      ctx.lineJoin = "round";
      const last = k === lanes.length - 1 && lanes.length > 1;
      ctx.textAlign = last ? "right" : "left";
      const room = (lanes.length > 1 ? (laneWidth - 2 * SIDE) / (lanes.length - 1) : laneWidth) - 24;
      for (const tick of ticks) {
        let text = lane.name(tick);
        const most = Math.max(4, Math.floor(room / 6));
        if (text.length > most) text = text.slice(0, most - 1) + "\u2026";
        const y = laneY(k, tick) + 4;
        ctx.strokeText(text, x + (last ? -13 : 13), y);
        ctx.fillText(text, x + (last ? -13 : 13), y);
      }
    });
    if (laneHover >= 0) {
      ctx.strokeStyle = css("--card");
      ctx.lineWidth = 6;
      trace(ctx, laneHover);
      ctx.strokeStyle = css("--text");
      ctx.lineWidth = 2.5;
      trace(ctx, laneHover);
    }
    placeHandles();
    for (const lane of laneBox.querySelectorAll(".lane")) {
      const k = Number(lane.dataset.lane);
      lane.style.left = laneX(k) + "px";
      lane.firstChild.style.maxWidth = Math.max(50, (laneWidth - 2 * SIDE) / Math.max(1, lanes.length - 1) - 8) + "px";
    }
  }

  function placeHandles() {
    for (const handle of laneBox.querySelectorAll(".handle")) {
      const k = Number(handle.dataset.lane), end = Number(handle.dataset.end);
      const range = ranges.get(k) || [lanes[k].low, lanes[k].high];
      handle.style.top = laneY(k, range[end]) + "px";
      handle.classList.toggle("set", ranges.has(k));
      handle.setAttribute("aria-valuenow", String(range[end]));
      handle.setAttribute("aria-valuetext", lanes[k].names ? lanes[k].name(end ? Math.floor(range[1]) : Math.ceil(range[0])) : lanes[k].name(range[end]));
    }
  }

  function setRange(k, low, high) {
    const lane = lanes[k];
    const [a, b] = [within(k, Math.min(low, high)), within(k, Math.max(low, high))];
    if (a <= lane.low && b >= lane.high) ranges.delete(k);
    else ranges.set(k, [a, b]);
    sift();
  }

  function moveEnd(k, end, value) {
    const range = [...(ranges.get(k) || [lanes[k].low, lanes[k].high])];
    range[end] = end === 0 ? Math.min(value, range[1]) : Math.max(value, range[0]);
    setRange(k, range[0], range[1]);
  }

  function handleOf(k, end) {
    const lane = lanes[k];
    const handle = element("div", null, {
      class: "handle " + (end ? "high" : "low"), role: "slider", tabindex: 0, "aria-orientation": "vertical",
      "aria-label": lane.title + (end ? ", at most" : ", at least"),
      "aria-valuemin": lane.low, "aria-valuemax": lane.high, "data-lane": k, "data-end": end,
    });
    const step = lane.names ? 1 : (lane.high - lane.low) / 20;
    handle.addEventListener("keydown", (event) => {
      const range = ranges.get(k) || [lane.low, lane.high];
      const to = { ArrowUp: range[end] + step, ArrowRight: range[end] + step, ArrowDown: range[end] - step, ArrowLeft: range[end] - step,
        Home: lane.low, End: lane.high }[event.key];
      if (event.key === "Escape") { ranges.delete(k); sift(); return; }
      if (to == null) return;
      event.preventDefault();
      moveEnd(k, end, within(k, to));
    });
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      const grabbed = event.clientY - handle.getBoundingClientRect().top - (end ? 15 : -1);
      const move = (e) => moveEnd(k, end, within(k, laneValue(k, e.clientY - laneBox.getBoundingClientRect().top - grabbed)));
      handle.addEventListener("pointermove", move);
      handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), { once: true });
    });
    return handle;
  }

  /* The line nearest to a place, of those that are shown. */
  function nearestLine(x, y) {
    if (lanes.length < 2) return -1;
    const gap = (laneWidth - 2 * SIDE) / (lanes.length - 1);
    const k = Math.max(0, Math.min(lanes.length - 2, Math.floor((x - SIDE) / gap)));
    const f = (x - laneX(k)) / gap;
    let best = 14, found = -1;
    for (let i = 0; i < variants.length; i++) {
      if (!kept[i]) continue;
      const d = Math.abs(laneY(k, lanes[k].at[i]) * (1 - f) + laneY(k + 1, lanes[k + 1].at[i]) * f - y);
      if (d < best) { best = d; found = i; }
    }
    return found;
  }

  function parallel() {
    laneBox.style.minWidth = Math.max(280, lanes.length * 104) + "px";
    lanes.forEach((lane, k) => {
      const place = element("div", null, { class: "lane", "data-lane": k });
      place.append(element("span", lane.title, { title: lane.title }), handleOf(k, 1), handleOf(k, 0));
      laneBox.append(place);
    });
    const shade = byId("shade");
    shade.append(...lanes.map((lane, k) => element("option", lane.title, { value: k })));
    shade.value = String(Math.min(lanes.length - 1, study.axes.length));
    const legend = () => {
      const lane = lanes[Number(shade.value)];
      const bar = element("i");
      bar.style.background = "linear-gradient(90deg, var(--r0), var(--r1), var(--r2), var(--r3))";
      byId("ramp").replaceChildren(element("span", lane.name(lane.low)), bar, element("span", lane.name(lane.high)));
    };
    shade.addEventListener("change", () => { legend(); repaint(); });
    legend();
    const tell = (i) => {
      if (i === laneHover) return;
      laneHover = i;
      byId("line").textContent = i < 0 ? "" : variants[i].name + ": " + metrics.map((metric, m) => metric.name + " " + interval(variants[i], m)).join(", ");
      repaint();
    };
    const at = (event) => { const box = laneBox.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    let brushing = null;
    canvas.addEventListener("pointerdown", (event) => {
      const [x, y] = at(event);
      const k = lanes.findIndex((lane, n) => Math.abs(laneX(n) - x) < 14);
      if (k < 0) return;
      canvas.setPointerCapture(event.pointerId);
      brushing = { k, from: laneValue(k, y), moved: false };
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = at(event);
      if (brushing) {
        brushing.moved = true;
        setRange(brushing.k, brushing.from, laneValue(brushing.k, y));
      } else {
        tell(nearestLine(x, y));
      }
    });
    canvas.addEventListener("pointerup", () => {
      if (brushing && !brushing.moved) { ranges.delete(brushing.k); sift(); }
      if (!brushing && laneHover >= 0) open(laneHover);
      brushing = null;
    });
    canvas.addEventListener("pointerleave", () => tell(-1));
    byId("unbrush").addEventListener("click", () => { ranges.clear(); sift(); });
    new ResizeObserver(repaint).observe(laneBox);
  }

  // ---- one variant

  function open(i) {
    const variant = variants[i];
    const section = byId("variant");
    section.hidden = false;
    section.dataset.open = String(i);
    byId("variant-name").textContent = variant.name;
    const fact = (name, value) => {
      const box = element("div");
      box.append(element("dt", name), element("dd", value));
      return box;
    };
    byId("facts").replaceChildren(
      ...study.axes.map((axis, a) => fact(axis, variant.settings[a] ?? "\u2013")),
      ...metrics.map((metric, m) => fact(metric.name, interval(variant, m))),
      fact("replications", variant.count + (variant.failed ? `, ${variant.failed} failed` : "")),
    );
    example(i);
    const again = byId("again");
    again.replaceChildren(
      "Everything of one run: ",
      element("code", `motley study FILE --run ${i}:0`),
      " writes its own page into the folder of this one; then ",
      element("a", `runs/${i}-0/report.html`, { href: `runs/${i}-0/report.html` }),
      " opens it. The number after the colon is the replication.",
    );
    replications(i);
    section.scrollIntoView({ block: "nearest" });
    section.focus({ preventScroll: true });
  }

  function example(i) {
    const box = byId("example");
    const grid = box.querySelector(".grid");
    for (const place of grid.querySelectorAll(".chart")) { plots.get(place)?.plot.destroy(); plots.delete(place); }
    grid.replaceChildren();
    const found = study.examples.find((each) => each.variant === i);
    box.hidden = !found;
    if (!found) return;
    box.querySelector("h3").textContent = `One run of it: replication 0, seed ${found.seed}`;
    for (const chart of found.charts) {
      if (chart.x.length < 2) continue;
      const cumulative = chart.kind === "cdf";
      const xUnit = cumulative ? chart.unit : "s";
      const x = scaleFor(largest([chart.x]), xUnit);
      const y = cumulative ? { factor: 100, unit: "%" } : scaleFor(largest([chart.y]), chart.unit);
      const part = element("div");
      const place = element("div", null, { class: "chart", role: "img", "aria-label": `${chart.name} of one run` });
      part.append(element("h4", (cumulative ? "Distribution: " : "") + chart.name + (!cumulative && y.unit ? ", " + y.unit : "")), place);
      grid.append(part);
      draw(place, {
        height: 150,
        scales: { x: { time: false }, y: { range: (u, low, high) => (cumulative ? [0, 1.02] : [Math.min(0, low ?? 0), (high || 1) * 1.06]) } },
        cursor: { drag: { x: true, y: false }, points: { show: false } },
        series: [{}, {
          stroke: () => color(0), width: 1.5, spanGaps: true, points: { show: false },
          fill: cumulative ? undefined : () => color(0) + "28",
          paths: cumulative ? uPlot.paths.stepped({ align: 1 }) : undefined,
        }],
        axes: [axisOf(x.unit, x, {}), axisOf(cumulative ? "%" : null, y, { size: wideEnough })],
        plugins: [tooltip((u, idx) => [
          { text: readable(u.data[0][idx], xUnit) },
          { text: cumulative ? "at or below" : chart.name, index: 0, value: cumulative ? readable(u.data[1][idx], "%") : readable(u.data[1][idx], chart.unit) },
        ])],
      }, [chart.x, chart.y]);
    }
  }

  function replications(i) {
    const box = byId("replications");
    const seeds = study.seeds.length > 1 ? study.seeds[i] : study.seeds[0];
    box.hidden = !seeds || !Object.keys(study.values).length;
    if (box.hidden) return;
    const header = element("tr");
    header.append(...["replication", "seed", ...metrics.map((m) => m.name)].map((name) => element("th", name, { scope: "col", class: "right" })));
    box.querySelector("thead").replaceChildren(header);
    box.querySelector("tbody").replaceChildren(...seeds.map((seed, r) => {
      const row = element("tr");
      row.append(element("td", r, { class: "right" }), element("td", seed, { class: "right" }), ...metrics.map((metric) => {
        const value = study.values[metric.name]?.[i]?.[r];
        return element("td", readable(value, metric.unit), { class: "right", title: value == null ? "no value" : `${value} ${metric.unit}` });
      }));
      return row;
    }));
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
  byId("filter").addEventListener("input", (event) => { wanted = event.target.value; rows = ROWS; sift(); });
  byId("close").addEventListener("click", () => { byId("variant").hidden = true; });
  byId("rows").addEventListener("click", () => { rows += 1000; body(); });
  byId("front-key").hidden = !study.pareto.length;
  byId("broken-key").hidden = variants.every((v) => v.keeps);
  if (metrics.length > 1 && variants.length > 1) {
    options("across", number(study.pareto[0], 0), scatter);
    options("up", number(study.pareto[1], 1), scatter);
    scatter();
    byId("scatter").addEventListener("keydown", (event) => {
      if (event.key === "Enter") { entered(); return; }
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

  if (variants.length > 1 && lanes.length > 1) parallel();
  else byId("parallel").hidden = true;

  const redraw = () => { plots.forEach(({ plot }) => plot.redraw(false)); repaint(); };
  matchMedia("(prefers-color-scheme: light)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", redraw);
})();
