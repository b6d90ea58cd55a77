import { defineConfig } from "vite";
import { licenses } from "./licenses";

// `npm run dev` shows the sources as they are edited, and asks a server that runs already for the rest.
// The name of the host stays as the browser knows it, since requests are signed with it.
const server = process.env.EVERSEAL_ENDPOINT ?? "http://127.0.0.1:4566";

export default defineConfig({
  base: "/console/",
  logLevel: "warn",
  plugins: [licenses()],
  build: {
    outDir: "../build/console",
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
    // "use client" is for servers that render, and means nothing here.
    rollupOptions: { onwarn: (warning, warn) => { if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning); } },
  },
  server: { proxy: { "^(?!/console/)": { target: server, changeOrigin: false } } },
});
