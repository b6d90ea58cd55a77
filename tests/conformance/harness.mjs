// Starts an Everseal of its own for a test file and speaks to it with the AWS SDK, and judges what
// comes out with other people's programs.
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ACMClient } from "@aws-sdk/client-acm";
import { ACMPCAClient } from "@aws-sdk/client-acm-pca";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = process.env.EVERSEAL ?? join(root, "build/release/everseal");
export const account = "000000000001";
export const region = "eu-west-1";

// The servers that this test file started, for what they said when something did not come.
const servers = new Set();
const warnings = () => [...servers].flatMap(({ log }) => log)
  .filter((line) => /"level":"(warning|error)"/.test(line)).slice(-20);

// One running server. `clock: "virtual"` lets `advance` move its time; `data: true` keeps its state
// in a directory that `init` made, instead of in memory.
export class Everseal {
  static async start({ clock = "wall", config, data = false, args = [] } = {}) {
    const server = new Everseal();
    const folder = mkdtempSync(join(tmpdir(), "everseal-test-"));
    Object.assign(server, { folder, data: join(folder, "data"), log: [], clients: [],
      agent: new Agent({ keepAlive: true }) });
    servers.add(server);
    const state = data ? ["--data", server.data] : ["--ephemeral", "--account-id", account];
    if (data) {
      execFileSync(binary, ["init", "--data", server.data, "--account-id", account, "--region", region,
        "--access-key-id", "test", "--secret-access-key", "test"], { stdio: "pipe" });
    }
    server.command = ["serve", ...state, "--listen", "127.0.0.1:0", "--clock", clock, ...args];
    if (config) {
      writeFileSync(join(folder, "everseal.toml"), config);
      server.command.push("--config", join(folder, "everseal.toml"));
    }
    await server.launch();
    return server;
  }

  async launch() {
    this.process = spawn(binary, this.command, { stdio: ["ignore", "pipe", "pipe"] });
    createInterface({ input: this.process.stderr }).on("line", (line) => this.log.push(line));
    this.endpoint = await new Promise((resolve, reject) => {
      this.process.once("error", reject);
      this.process.once("exit", (code) =>
        reject(new Error(`everseal ended with ${code}:\n${this.log.join("\n")}`)));
      createInterface({ input: this.process.stdout }).on("line", (line) => {
        const publishes = /^everseal publishes revocations at (\S+)$/.exec(line);
        if (publishes) this.publication = publishes[1];
        const ready = /^everseal is ready at (\S+)$/.exec(line);
        if (ready) resolve(ready[1]);
      });
    });
  }

  // A client of any SDK class; `credentials` default to the root user's.
  client(Client, { credentials, ...options } = {}) {
    const client = new Client({
      endpoint: this.endpoint,
      region,
      credentials: credentials ?? { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
      requestHandler: { httpAgent: this.agent },
      ...options,
    });
    this.clients.push(client);
    return client;
  }
  acm(options) { return this.client(ACMClient, options); }
  pca(options) { return this.client(ACMPCAClient, options); }
  logs(options) { return this.client(CloudWatchLogsClient, options); }
  events(options) { return this.client(EventBridgeClient, options); }
  iam(options) { return this.client(IAMClient, options); }
  s3(options) { return this.client(S3Client, { forcePathStyle: true, ...options }); }
  sqs(options) { return this.client(SQSClient, options); }
  sts(options) { return this.client(STSClient, options); }

  // Moves the virtual clock; every job that becomes due on the way has run when this returns. This process
  // stands still meanwhile, and would not notice that the server ends connections on which nothing is asked.
  advance(duration) {
    execFileSync(binary, ["clock", "advance", duration, "--endpoint-url", this.endpoint, "--region", region],
      { env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }, stdio: "pipe" });
    for (const connection of Object.values(this.agent.freeSockets).flat()) connection.destroy();
  }

  // Runs the aws CLI as root; answers what it prints.
  aws(...args) { return this.awsOf("aws", ...args); }
  // The same with one of several that are installed.
  awsOf(program, ...args) {
    const output = execFileSync(program, ["--endpoint-url", this.endpoint, "--output", "json", ...args], {
      encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: awsEnvironment() });
    return output.trim() === "" ? undefined : JSON.parse(output);
  }

  // The same for commands that print for people: s3.
  awsText(...args) {
    return execFileSync("aws", ["--endpoint-url", this.endpoint, ...args], { encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"], env: awsEnvironment() });
  }

  async end() {
    for (const client of this.clients.splice(0)) client.destroy();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }
  // Starts it again after `change`, which may do something to its data. Clients are to be made anew.
  async restart(change = () => {}) {
    await this.end();
    change();
    await this.launch();
  }
  async stop() {
    await this.end();
    // What it left behind to go on while it is restarted.
    if (this.command.includes("--data")) execFileSync(binary, ["gateway", "stop", "--data", this.data], { stdio: "pipe" });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Root's, and nothing of the user's own AWS settings. Nothing is tried twice, as by the SDK above.
function awsEnvironment() {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  return { ...Object.fromEntries(others), AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: region, AWS_MAX_ATTEMPTS: "1", AWS_PAGER: "", AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
}

// The aws CLIs there are: the first on the path, and that of the distribution, which speaks the older
// protocols of services that have two.
export const clis = ["aws", "/usr/bin/aws"].flatMap((program) => {
  try {
    const [version] = execFileSync(program, ["--version"], { encoding: "utf8", stdio: "pipe" }).split(" ");
    return [{ program, version }];
  } catch {
    return [];
  }
});

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
  throw new Error(`${what}: not within ${attempts} attempts, the last answer was ${JSON.stringify(answer)}\n` +
    warnings().join("\n"));
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

// That a call ends with this error, and says so.
export async function refusedWith(promise, name, status, words = /./) {
  const error = await refusal(promise);
  assert.equal(error.name, name, error.message);
  assert.match(error.message, words);
  assert.equal(error.$metadata.httpStatusCode, status);
  return error;
}
// The same for the services that speak JSON, whose errors are all 400.
export const refused = (promise, name, words) => refusedWith(promise, name, 400, words);
// The same with an error of the model, for which the SDK has a class.
export async function refusedAs(promise, Modelled, status, words) {
  assert.ok(await refusedWith(promise, Modelled.name, status, words) instanceof Modelled);
}

// Changes rows of a server's data, while it does not run; each statement must find one.
export const damage = (server, ...statements) => execFileSync("python3", ["-c", `
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    for statement in sys.argv[2:]:
        assert database.execute(statement).rowcount != 0, statement`, join(server.data, "everseal.db"), ...statements]);
