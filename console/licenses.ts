// The licences of what the console is built of, as their texts ask for: they are a file beside the page.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

type Package = { name: string; version: string; license: string; text?: string };

// The folder of the package that a module of Rollup's belongs to; none for ours. What has no path is written by
// Vite, and what Vite's own text covers.
function packageOf(module: string, root: string): string | undefined {
  if (/^\0[^/]/.test(module)) return join(root, "node_modules/vite");
  return /^\0?(\/.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];
}

function read(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|third)/i.test(file)).sort();
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  const licensed = files.some((file) => /^(licen[cs]e|copying)/i.test(file));
  return { name, version, license, text: licensed ? texts.join("\n\n") : undefined };
}

// Some packages are published without the text that the others of their project bring.
function textFor(wanted: Package, all: Package[]): string {
  const scope = /^@[^/]+\//.exec(wanted.name)?.[0];
  const isSibling = ({ name, license, text }: Package) =>
    scope && name.startsWith(scope) && license === wanted.license && text;
  const sibling = all.find(isSibling);
  const text = wanted.text ?? sibling?.text;
  if (!wanted.license || !text) throw new Error(`${wanted.name} ${wanted.version} has no licence`);
  return text;
}

function listed(packages: Package[]): string {
  const named = new Map<string, string[]>();
  for (const each of packages) {
    const text = textFor(each, packages);
    named.set(text, [...(named.get(text) ?? []), `${each.name} ${each.version} (${each.license})`]);
  }
  const line = "-".repeat(80);
  const parts = [...named].map(([text, names]) => `${line}\n${[...new Set(names)].join("\n")}\n\n${text}\n`);
  return `Everseal's console contains these packages, under the licences below.\n\n${parts.join("\n")}`;
}

export function licenses(): Plugin {
  let root = "";
  return {
    name: "licenses",
    apply: "build",
    configResolved: (config) => {
      root = config.root;
    },
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? Object.keys(file.modules) : []));
      const folders = modules.map((module) => packageOf(module, root)).filter((folder) => folder !== undefined);
      const packages = [...new Set(folders)].sort().map(read);
      this.emitFile({ type: "asset", fileName: "licenses.txt", source: listed(packages) });
    },
  };
}
