import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { program } from "./dev/program";

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), ...(mode === "browser" ? [program()] : [])],
  // The window's content security policy knows no data: addresses and no inline scripts.
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { port: 1420, strictPort: true },
  clearScreen: false,
  resolve: { conditions: process.env.VITEST ? ["browser"] : undefined },
  // One document for many files: each takes down what it mounts, and making another takes longer than most tests.
  test: { environment: "jsdom", include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"], isolate: false, testTimeout: 20_000 },
}));
