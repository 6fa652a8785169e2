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
  test: { environment: "jsdom", include: ["tests/**/*.test.ts"] },
}));
