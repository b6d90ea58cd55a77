// embed-console.mjs FOLDER TARGET: the files of FOLDER, compressed, become TARGET/console.bin, and the
// table of them TARGET/embedded_console.cc. The same files give the same octets.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

function filesBelow(folder, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    return entry.isDirectory() ? filesBelow(join(folder, entry.name), path + "/") : [path];
  });
}

function compressed(content) {
  const gzip = gzipSync(content, { level: 9 });
  gzip[9] = 255; // made on an unknown system: no trace of this one
  return gzip;
}

function fileAt(folder, path) {
  if (!/^[A-Za-z0-9._/-]+$/.test(path)) throw new Error(`${path}: no name for a URL`);
  const type = types[extname(path)];
  if (!type) throw new Error(`${path}: what type has a file with such a name?`);
  const content = readFileSync(join(folder, path));
  return {
    path: path === "index.html" ? "/console/" : `/console/${path}`,
    type,
    etag: createHash("sha256").update(content).digest("hex").slice(0, 16),
    gzip: compressed(content),
    size: content.length,
    // Vite puts a hash of the content into the names there.
    immutable: path.startsWith("assets/"),
  };
}

function tableOf(files) {
  let offset = 0;
  return files.map(({ path, type, etag, gzip, size, immutable }) => {
    const entry = `    File{"${path}", "${type}", "W/\\"${etag}\\"",\n` +
      `         {everseal_console + ${offset}, ${gzip.length}}, ${size}, ${immutable}},\n`;
    offset += gzip.length;
    return entry;
  }).join("");
}

// What a page, script or style sheet of Vite's says about its other files.
const naming = {
  ".html": [/(?:src|href)="\/console\/([^"]+)"/g],
  ".js": [/(?:from|import|import\()\s*["'`]\.\/([^"'`]+)["'`]/g, /["'`](?:\/console\/)?assets\/([^"'`]+)["'`]/g],
  ".css": [/url\(["']?\/console\/assets\/([^"')?#]+)/g],
};

function assertWhole(folder, paths) {
  for (const path of paths) {
    const text = readFileSync(join(folder, path), "utf8");
    for (const [, name] of (naming[extname(path)] ?? []).flatMap((pattern) => [...text.matchAll(pattern)])) {
      const named = extname(path) === ".html" ? name : `assets/${name}`;
      if (!paths.includes(named)) throw new Error(`${path} names ${named}, which is not there`);
    }
  }
}

const [folder, target] = process.argv.slice(2).map((path) => resolve(path));
const paths = filesBelow(folder).sort();
if (!paths.includes("index.html")) throw new Error(`${folder} has no index.html`);
assertWhole(folder, paths);
const files = paths.map((path) => fileAt(folder, path));
const octets = Buffer.concat(files.map(({ gzip }) => gzip));
mkdirSync(target, { recursive: true });
writeFileSync(join(target, "console.bin"), octets);
writeFileSync(join(target, "embedded_console.cc"), `#include <array>

#include "console/files.h"

extern "C" const char everseal_console[${octets.length}];

// An array of numbers would take the compiler longer than all the rest. "C", so that the assembler's
// name is the compiler's; not .globl, for nobody but this file means it.
asm(R"(
.pushsection .rodata
everseal_console:
.incbin "console.bin"
.popsection
)");

namespace everseal::console {
namespace {

constexpr std::array files = {
${tableOf(files)}};

}  // namespace

Files embedded() { return files; }

}  // namespace everseal::console
`);
