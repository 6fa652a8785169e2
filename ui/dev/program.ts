import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Plugin } from "vite";

const root = resolve(import.meta.dirname, "../..");

/** The program behind the screens, for `npm run browser`: `primum rpc` answers one request after the other. */
export function program(): Plugin {
  return {
    name: "primum-program",
    enforce: "pre",
    resolveId(source) {
      return /(^|\/)bridge$/.test(source) ? resolve(import.meta.dirname, "bridge.ts") : null;
    },
    configureServer(server) {
      const data = resolve(root, "run/browser");
      mkdirSync(data, { recursive: true });
      const run = ["run", "-q", "-p", "cli", "--", "rpc", "--data", data];
      const primum = spawn("cargo", run, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
      const waiting: ((reply: string) => void)[] = [];
      createInterface({ input: primum.stdout }).on("line", (line) => waiting.shift()?.(line));
      primum.on("exit", (code) => server.config.logger.error(`primum rpc ended with ${code}; start again.`));
      server.httpServer?.on("close", () => primum.kill());
      server.middlewares.use("/call", (request, response) => {
        // A page from elsewhere, open in the same browser, has no business here.
        if (request.headers.origin !== `http://${request.headers.host}`) return response.writeHead(403).end();
        void textOf(request).then((text) => {
          waiting.push((reply) => response.setHeader("Content-Type", "application/json").end(reply));
          primum.stdin.write(`${JSON.stringify(JSON.parse(text))}\n`);
        });
      });
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
