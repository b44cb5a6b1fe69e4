// Puts what the pages need from npm into src/ronghe/ui/static/vendor: the part of Tabler's styles
// that a template or Python file names, a sprite of the icons that are used, htmx, and the part of ECharts that charts need.

import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "src", "ronghe");
const vendor = join(source, "ui", "static", "vendor");
const packages = join(root, "node_modules");

async function filesThatNameClasses() {
  const places = ["apps", "ui", "project"].map((place) => join(source, place));
  const found = [];
  for (const place of places) {
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile() && /\.(html|py)$/.test(entry.name)) {
        found.push(join(entry.parentPath ?? entry.path, entry.name));
      }
    }
  }
  return found.sort();
}

async function styles(files) {
  const [purged] = await new PurgeCSS().purge({
    content: [...files, { raw: "type radio checkbox file checked disabled", extension: "html" }], // by Django
    css: [join(packages, "@tabler", "core", "dist", "css", "tabler.min.css")],
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  const css = purged.css.replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
  await writeFile(join(vendor, "tabler.css"), css);
}

async function icons(files) {
  const named = new Set();
  for (const file of files) {
    const text = await readFile(file, "utf8");
    for (const found of text.matchAll(/\{% icon "([a-z0-9-]+)"|\bicon(?:=|\()"([a-z0-9-]+)"/g)) {
      named.add(found[1] ?? found[2]);
    }
  }
  const symbols = [];
  for (const name of [...named].sort()) {
    const svg = await readFile(join(packages, "@tabler", "icons", "icons", "outline", `${name}.svg`), "utf8");
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "")}</symbol>`);
  }
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(join(vendor, "icons.svg"), sprite);
}

async function charts() {
  await build({
    entryPoints: [join(root, "frontend", "charts.js")],
    outfile: join(vendor, "charts.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    banner: { js: "/* Apache ECharts (Apache-2.0) and ZRender (BSD-3-Clause); see their LICENSE files. */" },
  });
}

const files = await filesThatNameClasses();
await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
await Promise.all([
  styles(files),
  icons(files),
  charts(),
  copyFile(join(packages, "htmx.org", "dist", "htmx.min.js"), join(vendor, "htmx.min.js")),
]);
