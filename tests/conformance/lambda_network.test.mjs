// Functions that have the network of this machine, because its operator says so, and those that have
// none.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { Everseal, account } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

let outside, port;
before(async () => {
  outside = createServer((request, answer) => answer.end("from outside"));
  await new Promise((resolve) => outside.listen(0, "127.0.0.1", resolve));
  port = outside.address().port;
});
after(() => new Promise((resolve) => outside.close(resolve)));

const python = `
import boto3, urllib.request
def handler(event, context):
  caller = boto3.client("sts").get_caller_identity()["Account"]
  try: return [caller, urllib.request.urlopen(event["url"], timeout=20).read().decode()]
  except OSError as error: return [caller, "nothing"]
`;
const node = `
export const handler = async (event) => {
  try { return ["", await (await fetch(event.url)).text()]; } catch { return ["", "nothing"]; }
};`;

describe("the network of this machine", () => {
  for (const [config, hears] of [["", "nothing"], ["[functions]\nnetwork = true\n", "from outside"]]) {
    test(`is ${config ? "" : "not "}that of functions${config ? ", if the operator says so" : ""}`, async () => {
      const server = await Everseal.start({ config });
      try {
        const lambda = server.client(LambdaClient);
        const Role = await roleForLambda(server, "caller");
        const made = { Role, Timeout: 60, MemorySize: 256 };
        await lambda.send(new CreateFunctionCommand({ ...made, FunctionName: "python", Runtime: "python3.11",
          Handler: "main.handler", Code: { ZipFile: zipOf("main.py", python) } }));
        await lambda.send(new CreateFunctionCommand({ ...made, FunctionName: "node", Runtime: "nodejs20.x",
          Handler: "index.handler", Code: { ZipFile: zipOf("index.mjs", node) } }));
        const run = async (FunctionName) => {
          const { Payload } = await lambda.send(new InvokeCommand({ FunctionName,
            Payload: JSON.stringify({ url: `http://127.0.0.1:${port}/` }) }));
          return JSON.parse(Buffer.from(Payload));
        };
        // At once: each has a Runtime API of its own.
        assert.deepEqual(await Promise.all([run("python"), run("node"), run("python")]),
          [[account, hears], ["", hears], [account, hears]]);
      } finally {
        await server.stop();
      }
    });
  }
});
