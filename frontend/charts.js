// Draws the charts of a page with ECharts on a canvas, from the data beside each. Without this
// script, and on paper, the drawing that the server sent is shown instead.

import { BarChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
import {
  GraphicComponent, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, RadarChart, ScatterChart, GraphicComponent, GridComponent, LegendComponent,
  MarkLineComponent, RadarComponent, TooltipComponent, LabelLayout, CanvasRenderer,
]);

// A text that begins with "@" names a colour of the page.
function coloured(value, colour) {
  if (typeof value === "string") return value.startsWith("@") ? colour(value.slice(1)) : value;
  if (Array.isArray(value)) return value.map((one) => coloured(one, colour));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, colour)]));
}

// ECharts reads few ways of writing a colour: an element resolves what the styles say, a canvas
// turns that into plain numbers.
const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function plain(name, probe) {
  probe.style.color = `var(--${name})`;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = getComputedStyle(probe).color;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${Math.round(alpha / 2.55) / 100})`;
}

function themed(data, figure) {
  const probe = figure.appendChild(document.createElement("span"));
  const colour = (name) => plain(name, probe);
  const { height, ...option } = coloured(data, colour);
  const shown = {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(figure).fontFamily, color: colour("ink") },
    tooltip: {
      trigger: "item", renderMode: "richText", confine: true, backgroundColor: colour("paper"),
      borderColor: colour("line"), textStyle: { color: colour("ink") },
    },
    ...option,
  };
  probe.remove();
  return shown;
}

function draw(figure) {
  const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const place = figure.querySelector(".figure-live");
  place.hidden = false;
  place.style.height = `${data.height}px`;
  figure.classList.add("is-live");
  const chart = init(place, null, { renderer: "canvas" });
  const show = () => chart.setOption(themed(data, figure), true);
  show();
  chart.on("click", ({ data: item }) => { if (item && item.url) location.assign(item.url); });
  new ResizeObserver(() => chart.resize()).observe(place);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
}

// A chart is drawn when it comes near the screen: a page with many opens as fast as one with none.
const near = new IntersectionObserver((found) => {
  for (const { isIntersecting, target } of found) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target);
  }
}, { rootMargin: "300px" });

function watch() {
  for (const figure of document.querySelectorAll("[data-chart]:not(.is-live)")) near.observe(figure);
}

watch();
new MutationObserver(watch).observe(document.body, { childList: true, subtree: true }); // htmx
