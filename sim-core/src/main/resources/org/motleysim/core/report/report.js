(() => {
  "use strict";

  const { PALETTE, css, color, dash, digits, readable, scaleFor, largest, axisLabel, axisOf, wideEnough, tooltip } = charts;
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const light = matchMedia("(prefers-color-scheme: light)");
  const print = matchMedia("print");
  const HEIGHT = 250;

  // Positions and values that are not numbers were written as strings: they become gaps.
  const numbers = (values) => values.map((value) => (typeof value === "number" ? value : null));
  const axes = data.axes.map(numbers);

  /* Vertical lines with a name, such as an objective. */
  function marks(list, unit) {
    return {
      hooks: {
        draw: (u) => {
          const { ctx, bbox } = u;
          const ratio = devicePixelRatio || 1;
          ctx.save();
          ctx.font = `${12 * ratio}px system-ui, sans-serif`;
          ctx.fillStyle = ctx.strokeStyle = css("--mark");
          ctx.lineWidth = 1.5 * ratio;
          list.forEach((mark, i) => {
            const x = Math.round(u.valToPos(mark.value, "x", true));
            if (x < bbox.left || x > bbox.left + bbox.width) return;
            ctx.setLineDash([5 * ratio, 4 * ratio]);
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x, bbox.top + bbox.height);
            ctx.stroke();
            const text = mark.label + " " + readable(mark.value, unit);
            const left = x + ctx.measureText(text).width + 6 * ratio > bbox.left + bbox.width;
            ctx.textAlign = left ? "right" : "left";
            // Low in the picture: there a distribution has its line to the left of the mark, or none at all.
            ctx.fillText(text, x + (left ? -6 : 6) * ratio, bbox.top + bbox.height - (10 + 16 * i) * ratio);
          });
          ctx.restore();
        },
      },
    };
  }

  function legend(place, chart, plot) {
    if (chart.lines.length < 2) return;
    const list = document.createElement("ul");
    list.className = "key";
    chart.lines.forEach((line, i) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.title = "Show or hide " + line.name;
      const swatch = document.createElement("span");
      swatch.className = "swatch line fill" + (i % PALETTE) + (i >= PALETTE ? " dashed" : "");
      const name = document.createElement("span");
      name.textContent = line.name;
      button.append(swatch, name);
      if (chart.stacked) {
        button.disabled = true;
      } else {
        button.addEventListener("click", () => {
          const show = button.getAttribute("aria-pressed") !== "true";
          button.setAttribute("aria-pressed", String(show));
          plot.setSeries(i + 1, { show });
        });
      }
      item.append(button);
      list.append(item);
    });
    place.after(list);
  }

  /* All lines of a chart on one axis; a line has a gap, drawn through, where only others have a point. */
  function joined(chart) {
    const tables = chart.lines.map((line) => [axes[line.axis], numbers(line.values)]);
    return chart.lines.every((line) => line.axis === chart.lines[0].axis)
      ? [tables[0][0], ...tables.map((table) => table[1])]
      : uPlot.join(tables);
  }

  function stacked(values) {
    let sum = values[0].map(() => 0);
    return values.map((list) => (sum = list.map((value, i) => (value || 0) + sum[i])));
  }

  function timeChart(chart, table) {
    const values = table.slice(1);
    const drawn = chart.stacked ? stacked(values) : values;
    const y = scaleFor(largest(drawn), chart.unit);
    const x = scaleFor(largest([table[0]]), "s");
    const single = chart.lines.length === 1;
    const share = chart.unit === "%";
    return {
      data: [table[0], ...drawn],
      options: {
        scales: {
          // From the start of the run, though the first point is the middle of its interval; unless zoomed in.
          x: { time: false, range: (u, min, max) => (min === u.data[0][0] ? [0, max] : [min, max]) },
          y: { range: (u, min, max) => (share && max > 0.4 && max <= 1 ? [0, 1.02] : [Math.min(0, min || 0), (max || 1) * 1.06]) },
        },
        cursor: { sync: { key: "time", scales: ["x", null], setSeries: false }, drag: { x: true, y: false } },
        bands: chart.stacked ? values.slice(1).map((ignored, i) => ({ series: [i + 2, i + 1] })) : [],
        series: [{}, ...chart.lines.map((line, i) => ({
          label: line.name,
          stroke: () => color(i),
          width: chart.stacked ? 1 : 1.5,
          dash: dash(i),
          spanGaps: true,
          fill: chart.stacked ? () => color(i) + "b0" : single ? () => color(i) + "28" : undefined,
          points: { show: false },
        }))],
        axes: [axisOf(axisLabel("simulated time", x.unit), x, {
          incrs: increments(x.factor),
        }), axisOf(y.unit === "/s" ? "per second" : y.unit, y, { size: wideEnough, incrs: increments(y.factor) })],
        plugins: [tooltip((u, idx) => [
          { text: readable(u.data[0][idx], "s") },
          ...chart.lines
            .map((line, i) => ({ text: line.name, index: i, raw: values[i][idx] }))
            .filter((line) => u.series[line.index + 1].show && line.raw != null)
            .sort((a, b) => (chart.stacked ? b.index - a.index : b.raw - a.raw))
            .slice(0, 10)
            .map((line) => ({ ...line, value: readable(line.raw, chart.unit) })),
        ])],
      },
    };
  }

  /* Steps of 1, 2 and 5 in the unit of the label, not in the base unit: minutes want 5, not 300. */
  function increments(factor) {
    const steps = [];
    const sixty = Math.abs(factor * 60 - 1) < 1e-9 || Math.abs(factor * 3600 - 1) < 1e-9;
    for (let e = -6; e <= 12; e++) for (const m of [1, 2, 2.5, 5]) steps.push((m * 10 ** e) / factor);
    if (sixty) steps.push(15 / factor, 30 / factor, 60 / factor);
    return steps.sort((a, b) => a - b);
  }

  function cdfChart(chart, table) {
    const positive = table[0].filter((value) => value > 0);
    const low = positive.length ? positive[0] : 1;
    const high = positive.length ? positive[positive.length - 1] : 1;
    const log = high / low > 30;
    const x = log ? null : scaleFor(high, chart.unit);
    const marked = chart.marks.map((mark) => mark.value);
    const from = Math.min(low, ...marked);
    const to = Math.max(high, ...marked);
    return {
      data: table,
      options: {
        scales: {
          x: {
            time: false,
            distr: log ? 3 : 1,
            range: (u, min, max) =>
              min === u.data[0][0] && max === u.data[0][u.data[0].length - 1]
                ? (log ? [from * 0.9, to * 1.1] : [Math.min(from, Math.max(0, from - (to - from) * 0.05)), to * 1.03])
                : [min, max],
          },
          y: { range: [0, 1.02] },
        },
        cursor: { drag: { x: true, y: false }, points: { show: false } },
        series: [{}, ...chart.lines.map((line, i) => ({
          label: line.name,
          stroke: () => color(i),
          width: 2,
          dash: dash(i),
          spanGaps: true,
          paths: uPlot.paths.stepped({ align: 1 }),
          points: { show: false },
        }))],
        axes: [
          log
            ? axisOf(null, { factor: 1 }, {
                splits: (u, axis, min, max) => logSplits(min, max),
                values: (u, splits) => splits.map((v) => (v == null ? "" : readable(v, chart.unit))),
                filter: (u, splits) => decades(u, splits),
              })
            : axisOf(x.unit, x, { incrs: increments(x.factor) }),
          axisOf("share at or below, %", { factor: 100 }, { size: wideEnough }),
        ],
        plugins: [marks(chart.marks, chart.unit), tooltip((u) => {
          const at = u.posToVal(u.cursor.left, "x");
          return [
            { text: "at or below " + readable(at, chart.unit) },
            ...chart.lines
              .map((line, i) => ({ text: line.name, index: i, raw: below(u.data[0], u.data[i + 1], at) }))
              .filter((line) => u.series[line.index + 1].show)
              .map((line) => ({ ...line, value: line.raw > 0.99 && line.raw < 1 ? (line.raw * 100).toFixed(2) + "%" : readable(line.raw, "%") })),
          ];
        })],
      },
    };
  }

  /* The share at or below a value: that of the last point there is up to it. */
  function below(positions, shares, at) {
    let share = 0;
    for (let i = 0; i < positions.length && positions[i] <= at; i++) if (shares[i] != null) share = shares[i];
    return share;
  }

  /* 1 to 9 of each decade. uPlot counts its own from the start of the axis, and never ends once they step over a power of ten. */
  function logSplits(min, max) {
    const splits = [];
    for (let e = Math.floor(Math.log10(min)); e <= Math.log10(max); e++)
      for (let lead = 1; lead <= 9; lead++) {
        const split = Number(lead + "e" + e);
        if (split >= min && split <= max) splits.push(split);
      }
    return splits;
  }

  /* Labels at 1, 2 and 5 of a decade while there is room, else at 1 alone. */
  function decades(u, splits) {
    const spread = Math.log10(u.scales.x.max / u.scales.x.min);
    const kept = spread * 75 * 3 < u.width ? [1, 2, 5] : spread * 75 * 2 < u.width ? [1, 3] : [1];
    return splits.map((v) => {
      const lead = v / 10 ** Math.floor(Math.log10(v) + 1e-9);
      return kept.some((k) => Math.abs(lead - k) < 1e-6) ? v : null;
    });
  }

  /* The bar under the cursor; the last of several, which is drawn on top. */
  function spanAt(u, chart) {
    const at = u.posToVal(u.cursor.left, "x");
    const row = Math.floor(chart.rows.length - u.posToVal(u.cursor.top, "y"));
    const slack = 2 * (u.posToVal(1, "x") - u.posToVal(0, "x"));
    for (let i = chart.start.length - 1; i >= 0; i--)
      if (chart.row[i] === row && at >= chart.start[i] - slack && at <= chart.start[i] + chart.length[i] + slack) return i;
    return -1;
  }

  /* Bars of one row do not overlap, so that nothing has to be laid out: only those in sight are drawn. */
  function bars(chart) {
    return {
      hooks: {
        draw: (u) => {
          const { ctx, bbox } = u;
          const ratio = devicePixelRatio || 1;
          const height = Math.max(2, Math.abs(u.valToPos(0, "y", true) - u.valToPos(1, "y", true)) * 0.76);
          const mark = css("--mark");
          const colors = Array.from({ length: PALETTE }, (ignored, i) => color(i));
          ctx.save();
          ctx.beginPath();
          ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
          ctx.clip();
          ctx.font = `${11 * ratio}px system-ui, sans-serif`;
          ctx.textBaseline = "middle";
          ctx.textAlign = "left";
          for (const marked of [0, 1]) {
            for (let i = 0; i < chart.start.length; i++) {
              if (chart.mark[i] !== marked) continue;
              const from = u.valToPos(chart.start[i], "x", true);
              const to = u.valToPos(chart.start[i] + chart.length[i], "x", true);
              if (to < bbox.left || from > bbox.left + bbox.width) continue;
              const middle = u.valToPos(chart.rows.length - chart.row[i] - 0.5, "y", true);
              const left = Math.max(from, bbox.left);
              const width = Math.max(ratio, Math.min(to, bbox.left + bbox.width) - left);
              ctx.fillStyle = colors[chart.name[i] % PALETTE];
              ctx.fillRect(left, middle - height / 2, width, height);
              if (marked) {
                const line = Math.min(3 * ratio, height / 3);
                ctx.fillStyle = mark;
                ctx.fillRect(left, middle + height / 2 - line, width, line);
                ctx.fillRect(left, middle - height / 2, width, line);
              }
              const name = chart.names[chart.name[i]];
              if (width > 30 * ratio && height > 12 * ratio && ctx.measureText(name).width < width - 6 * ratio) {
                ctx.fillStyle = css("--card");
                ctx.fillText(name, left + 3 * ratio, middle);
              }
            }
          }
          ctx.restore();
        },
      },
    };
  }

  /* The wheel zooms around the cursor, with the shift key it moves; never beyond the run. */
  function wheel(end) {
    return {
      hooks: {
        ready: (u) => {
          u.over.addEventListener("wheel", (event) => {
            event.preventDefault();
            const { min, max } = u.scales.x;
            const turn = event.deltaY || event.deltaX;
            const span = event.shiftKey ? max - min : Math.min(end, (max - min) * (turn > 0 ? 1.25 : 0.8));
            const at = min + (u.cursor.left / u.over.clientWidth) * (max - min);
            const want = event.shiftKey ? min + Math.sign(turn) * span * 0.1 : at - ((at - min) * span) / (max - min);
            const from = Math.max(0, Math.min(want, end - span));
            u.setScale("x", { min: from, max: from + span });
          }, { passive: false });
        },
      },
    };
  }

  /* What the wheel does, with keys: + and - zoom, arrows move, Home shows all. */
  function keys(end, place) {
    return {
      hooks: {
        ready: (u) => {
          place.tabIndex = 0;
          place.addEventListener("keydown", (event) => {
            const { min, max } = u.scales.x;
            const factor = { "+": 0.5, "=": 0.5, "-": 2 }[event.key];
            const step = { ArrowLeft: -0.25, ArrowRight: 0.25 }[event.key];
            if (event.key !== "Home" && !factor && !step) return;
            event.preventDefault();
            const span = event.key === "Home" ? end : Math.min(end, (max - min) * (factor || 1));
            const want = event.key === "Home" ? 0 : (min + max - span) / 2 + (step || 0) * span;
            const from = Math.max(0, Math.min(want, end - span));
            u.setScale("x", { min: from, max: from + span });
          });
        },
      },
    };
  }

  function ganttChart(chart, place) {
    const end = chart.start.reduce((most, start, i) => Math.max(most, start + chart.length[i]), 0);
    const x = scaleFor(end, "s");
    const rows = chart.rows.length;
    return {
      data: [[0, end], [null, null]],
      options: {
        height: Math.max(140, Math.min(1400, rows * 22 + 60)),
        scales: { x: { time: false, range: (u, min, max) => [min, max] }, y: { range: [0, rows] } },
        cursor: { drag: { x: true, y: false }, points: { show: false }, y: false },
        series: [{}, { points: { show: false } }],
        axes: [axisOf(axisLabel("simulated time", x.unit), x, { incrs: increments(x.factor) }), axisOf(null, { factor: 1 }, {
          size: wideEnough,
          splits: () => chart.rows.map((ignored, i) => rows - i - 0.5),
          values: () => chart.rows,
          grid: { show: false },
        })],
        plugins: [bars(chart), wheel(end), keys(end, place), tooltip((u) => {
          const i = spanAt(u, chart);
          return i < 0 ? null : [
            { text: chart.rows[chart.row[i]] + (chart.mark[i] ? ", " + chart.marked : "") },
            { text: chart.names[chart.name[i]], index: chart.name[i], value: readable(chart.length[i], "s") },
            { text: "from", value: readable(chart.start[i], "s") },
          ];
        })],
      },
    };
  }

  const plots = [];

  function draw(place, height, options, drawn) {
    const plot = new uPlot({
      width: Math.max(200, place.clientWidth),
      legend: { show: false },
      padding: [10, 14, 0, 0],
      ...options,
      height,
    }, drawn, place);
    plots.push(plot);
    new ResizeObserver(() => {
      if (place.clientWidth > 0 && place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height });
    }).observe(place);
    return plot;
  }

  for (const place of document.querySelectorAll("[data-chart]")) {
    const chart = data.charts[Number(place.dataset.chart)];
    if (chart.kind === "gantt") {
      if (chart.start.length) {
        const { data: drawn, options } = ganttChart(chart, place);
        place.style.minHeight = "0";
        draw(place, options.height, options, drawn);
        if (chart.marked) {
          const key = document.createElement("p");
          key.className = "note";
          key.textContent = "Framed: " + chart.marked + ".";
          place.after(key);
        }
        if (chart.names.length <= PALETTE) {
          const key = document.createElement("ul");
          key.className = "key";
          key.append(...chart.names.map((text, i) => {
            const item = document.createElement("li");
            const swatch = document.createElement("span");
            swatch.className = "swatch fill" + i;
            const name = document.createElement("span");
            name.textContent = text;
            item.append(swatch, name);
            return item;
          }));
          place.after(key);
        }
      } else {
        place.textContent = "Nothing was recorded.";
        place.classList.add("empty");
      }
      continue;
    }
    const table = chart.lines.length ? joined(chart) : [[]];
    if (table[0].length < 2) {
      place.textContent = "Nothing was recorded.";
      place.classList.add("empty");
      continue;
    }
    const { data: drawn, options } = (chart.kind === "cdf" ? cdfChart : timeChart)(chart, table);
    const plot = draw(place, HEIGHT, options, drawn);
    legend(place, chart, plot);
  }

  const redraw = () => plots.forEach((plot) => plot.redraw(false));
  light.addEventListener("change", redraw);
  print.addEventListener("change", redraw);

  for (const button of document.querySelectorAll("button.copy")) {
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch (refused) {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected: press Ctrl+C";
      }
    });
  }

  /* A slider above a diagram shows how busy its lines were at one instant; at its left end, in the whole run. */
  document.querySelectorAll(".when input").forEach((slider) => {
    const seconds = slider.dataset.seconds.split(" ").map(Number);
    const card = slider.closest("section");
    const output = card.querySelector("output");
    const lines = [...card.querySelectorAll(".diagram line")].map((line) => ({
      line,
      mean: Number(line.dataset.mean),
      over: line.dataset.over ? line.dataset.over.split(" ").map(Number) : [],
    }));
    slider.addEventListener("input", () => {
      const at = Number(slider.value);
      output.textContent = at === 0 ? "the whole run" : readable(seconds[at - 1], "s");
      lines.forEach(({ line, mean, over }) => {
        const percent = at === 0 || over.length === 0 ? mean : over[at - 1];
        line.style.strokeWidth = 1 + percent / 20;
        line.style.stroke = `color-mix(in srgb,var(--c1) ${percent}%,var(--muted))`;
      });
    });
  });
})();
