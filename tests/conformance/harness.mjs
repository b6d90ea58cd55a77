// Starts an Everseal of its own for a test file and speaks to it with the AWS SDK, and judges what
// comes out with other people's programs.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ACMClient } from "@aws-sdk/client-acm";
import { ACMPCAClient } from "@aws-sdk/client-acm-pca";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = process.env.EVERSEAL ?? join(root, "build/release/everseal");
export const account = "000000000001";
export const region = "eu-west-1";

// One running server. `clock: "virtual"` lets `advance` move its time.
export class Everseal {
  static async start({ clock = "wall", config, args = [] } = {}) {
    const folder = mkdtempSync(join(tmpdir(), "everseal-test-"));
    const configuration = [];
    if (config) {
      writeFileSync(join(folder, "everseal.toml"), config);
      configuration.push("--config", join(folder, "everseal.toml"));
    }
    const process = spawn(
      binary,
      ["serve", "--ephemeral", "--listen", "127.0.0.1:0", "--clock", clock, "--account-id", account,
        ...configuration, ...args],
      { stdio: ["ignore", "pipe", "pipe"] });
    const server = new Everseal();
    Object.assign(server, { process, folder, log: [], clients: [] });
    createInterface({ input: process.stderr }).on("line", (line) => server.log.push(line));
    server.endpoint = await new Promise((resolve, reject) => {
      process.once("error", reject);
      process.once("exit", (code) =>
        reject(new Error(`everseal ended with ${code}:\n${server.log.join("\n")}`)));
      createInterface({ input: process.stdout }).on("line", (line) => {
        const ready = /^everseal is ready at (\S+)$/.exec(line);
        if (ready) resolve(ready[1]);
      });
    });
    return server;
  }

  // A client of any SDK class; `credentials` default to the root user's.
  client(Client, { credentials, ...options } = {}) {
    const client = new Client({
      endpoint: this.endpoint,
      region,
      credentials: credentials ?? { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
      ...options,
    });
    this.clients.push(client);
    return client;
  }
  acm(options) { return this.client(ACMClient, options); }
  pca(options) { return this.client(ACMPCAClient, options); }
  iam(options) { return this.client(IAMClient, options); }
  sts(options) { return this.client(STSClient, options); }

  // Moves the virtual clock; every job that becomes due on the way has run when this returns.
  advance(duration) {
    execFileSync(binary, ["clock", "advance", duration, "--endpoint-url", this.endpoint, "--region", region],
      { env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }, stdio: "pipe" });
  }

  async stop() {
    for (const client of this.clients) client.destroy();
    if (this.process.exitCode === null) {
      const ended = new Promise((resolve) => this.process.once("exit", resolve));
      this.process.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Runs a program on the given files (name -> content) in a folder of their own; returns its output.
export function judge(program, args, files = {}) {
  const folder = mkdtempSync(join(tmpdir(), "everseal-judge-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Repeats `ask` until `answer` accepts what it says. Bounded; the wait between is the server's
// own work, which is a matter of milliseconds.
export async function until(ask, accept, what, attempts = 500) {
  let answer;
  for (let attempt = 0; attempt < attempts; ++attempt) {
    answer = await ask();
    if (accept(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${what}: not within ${attempts} attempts, the last answer was ${JSON.stringify(answer)}`);
}

// The error that a call ends with; a call that succeeds is a failure of the test.
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("the call succeeded, though it should have been refused");
}
