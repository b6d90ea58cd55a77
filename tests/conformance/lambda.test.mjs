// Lambda as the AWS SDK and the aws CLI see it: functions in Python, Node and with a bootstrap of
// their own, run in sandboxes of this machine.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { AddPermissionCommand, CreateFunctionCommand, DeleteFunctionCommand, DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand, GetFunctionCodeSigningConfigCommand, GetFunctionCommand,
  GetFunctionConcurrencyCommand, GetFunctionEventInvokeConfigCommand, GetPolicyCommand, InvokeCommand,
  LambdaClient, ListFunctionsCommand, ListTagsCommand, ListVersionsByFunctionCommand,
  PutFunctionConcurrencyCommand, PutFunctionEventInvokeConfigCommand, RemovePermissionCommand,
  TagResourceCommand, UntagResourceCommand, UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { Everseal, account, refusedWith as refused, region } from "./harness.mjs";
import { roleForLambda, zipOf as zip } from "./lambda.mjs";

let server, lambda, folder;
const Role = `arn:aws:iam::${account}:role/exporter`;
before(async () => {
  server = await Everseal.start();
  folder = mkdtempSync(join(tmpdir(), "everseal-lambda-"));
  lambda = server.client(LambdaClient);
  assert.equal(await roleForLambda(server, "exporter"), Role);
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const create = (FunctionName, ZipFile, more = {}) => lambda.send(new CreateFunctionCommand({
  FunctionName, Role, Runtime: "python3.11", Handler: "main.handler", Timeout: 60, MemorySize: 256,
  Code: { ZipFile }, ...more }));
const invoke = async (FunctionName, payload, more = {}) => {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, LogType: "Tail",
    Payload: JSON.stringify(payload), ...more }));
  return { ...answer, said: answer.Payload?.length ? JSON.parse(Buffer.from(answer.Payload)) : undefined,
    log: answer.LogResult ? Buffer.from(answer.LogResult, "base64").toString() : "" };
};

describe("a function", () => {
  test("in Python answers and logs", async () => {
    const made = await create("python", zip("main.py", `
def handler(event, context):
    context.log("heard %s\\n" % event["name"])
    return {"hello": event["name"], "id": context.aws_request_id}
`));
    assert.equal(made.FunctionArn, `arn:aws:lambda:${region}:${account}:function:python`);
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10 }, { FunctionName: "python" });
    const { said, log, StatusCode, ExecutedVersion, $metadata } = await invoke("python", { name: "world" });
    assert.equal(StatusCode, 200);
    assert.equal(ExecutedVersion, "$LATEST");
    assert.deepEqual(said, { hello: "world", id: $metadata.requestId });
    assert.match(log, /^START RequestId: \S+ Version: \$LATEST\nheard world\nEND RequestId: .*\nREPORT /);
  });

  test("in Node answers and logs", async () => {
    await create("node", zip("index.mjs", `
export const handler = async (event) => { console.log("heard", event.name); return { hello: event.name }; };
`), { Runtime: "nodejs20.x", Handler: "index.handler" });
    const { said, log } = await invoke("node", { name: "world" });
    assert.deepEqual(said, { hello: "world" });
    assert.match(log, /\tINFO\theard world\n/);
  });

  test("with a bootstrap of its own answers", async () => {
    await create("own", zip("bootstrap", `#!/bin/sh
next="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
exec python3 -c "
import os, urllib.request as u
base = '$next'
while True:
  event = u.urlopen(base + '/next')
  u.urlopen(base + '/' + event.headers['Lambda-Runtime-Aws-Request-Id'] + '/response', event.read().upper())
"
`, 0o755), { Runtime: "provided.al2023", Handler: "any" });
    assert.deepEqual((await invoke("own", { name: "world" })).said, { NAME: "WORLD" });
  });

  test("speaks to this server, and to nobody else", async () => {
    await create("speaks", zip("main.py", `
import os, socket, urllib.request, urllib.error
def handler(event, context):
    try: urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/health").read()
    except urllib.error.HTTPError as error: return error.code
    try: socket.create_connection(("1.1.1.1", 53), 2)
    except OSError as error: return "reached, and nobody else"
`));
    assert.equal((await invoke("speaks", {})).said, "reached, and nobody else");
  });

  test("uses boto3 without a word about where this server is", async () => {
    await create("boto", zip("main.py", `
import boto3, botocore
def handler(event, context):
    client = boto3.client("sts", aws_access_key_id="test", aws_secret_access_key="test")
    return client.get_caller_identity()["Arn"]
`));
    assert.equal((await invoke("boto", {})).said, `arn:aws:iam::${account}:root`);
  });

  test("that fails is an answer with its error", async () => {
    await create("fails", zip("main.py", "def handler(event, context): return event['missing']"));
    const { StatusCode, FunctionError, said, log } = await invoke("fails", {});
    assert.equal(StatusCode, 200);
    assert.equal(FunctionError, "Unhandled");
    assert.equal(said.errorType, "KeyError");
    assert.match(log, /\[ERROR\] KeyError: 'missing'\r/);
  });

  test("ends at its timeout", async () => {
    await create("slow", zip("main.py", "import time\ndef handler(event, context): time.sleep(600)"), { Timeout: 1 });
    const { FunctionError, said } = await invoke("slow", {});
    assert.equal(FunctionError, "Unhandled");
    assert.match(said.errorMessage, /Task timed out after 1.00 seconds$/);
  });

  test("is changed, listed and deleted", async () => {
    await create("changes", zip("main.py", "def handler(event, context): return 1"));
    const { RevisionId } = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "changes",
      ZipFile: zip("main.py", "import os\ndef handler(event, context): return os.environ['KEY']") }));
    await refused(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "changes",
      Description: "x", RevisionId: "other" })), "PreconditionFailedException", 412);
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "changes", RevisionId,
      Environment: { Variables: { KEY: "value" } } }));
    assert.equal((await invoke("changes", {})).said, "value");
    const { Functions } = await lambda.send(new ListFunctionsCommand({}));
    assert.ok(Functions.some(({ FunctionName }) => FunctionName === "changes"));
    await lambda.send(new DeleteFunctionCommand({ FunctionName: "changes" }));
    await refused(lambda.send(new GetFunctionCommand({ FunctionName: "changes" })), "ResourceNotFoundException", 404);
    await refused(invoke("changes", {}), "ResourceNotFoundException", 404);
  });

  test("has an address from which its code can be fetched", async () => {
    const ZipFile = zip("main.py", "def handler(event, context): return 1");
    await create("fetched", ZipFile);
    const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: "fetched" }));
    assert.equal(Code.RepositoryType, "S3");
    const answer = await fetch(Code.Location);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "application/zip");
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), ZipFile);
    assert.equal((await fetch(Code.Location.slice(0, -1))).status, 403);
  });

  test("comes from a version of an object", async () => {
    const s3 = server.s3();
    const Bucket = "functions";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    const put = async (says) => (await s3.send(new PutObjectCommand({ Bucket, Key: "f.zip",
      Body: zip("main.py", `def handler(event, context): return "${says}"`) }))).VersionId;
    const S3ObjectVersion = await put("first");
    await put("second");
    const S3 = { S3Bucket: Bucket, S3Key: "f.zip" };
    await create("versioned", undefined, { Code: S3 });
    assert.equal((await invoke("versioned", {})).said, "second");
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "versioned", ...S3, S3ObjectVersion }));
    assert.equal((await invoke("versioned", {})).said, "first");
    await refused(lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "versioned", ...S3, S3ObjectVersion: "none" })),
      "InvalidParameterValueException", 400, /NoSuchVersion/);
  });

  test("has the locale and the paths of Lambda", async () => {
    await create("surroundings", zip("main.py", `
import os
def handler(event, context): return [os.environ[name] for name in ("LANG", "PYTHONPATH", "LAMBDA_TASK_ROOT", "TZ")] + ["\u00e9"]
`));
    assert.deepEqual((await invoke("surroundings", {})).said, ["en_US.UTF-8", "/var/runtime", "/var/task", ":UTC", "\u00e9"]);
  });

  test("is refused with what is wrong about it", async () => {
    await refused(create("python", zip("main.py", "")), "ResourceConflictException", 409);
    await refused(create("bad", Buffer.from("no zip")), "InvalidParameterValueException", 400);
    await refused(create("bad", zip("../main.py", "")), "InvalidParameterValueException", 400);
    await refused(create("bad", zip("main.py", ""), { Runtime: "cobol" }), "InvalidParameterValueException", 400);
  });
});

describe("permissions", () => {
  test("are given, shown and taken back", async () => {
    const SourceArn = `arn:aws:events:${region}:${account}:rule/renewed`;
    const { Statement } = await lambda.send(new AddPermissionCommand({ FunctionName: "python", SourceArn,
      StatementId: "rule", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" }));
    assert.deepEqual(JSON.parse(Statement).Condition, { ArnLike: { "AWS:SourceArn": SourceArn } });
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName: "python" }));
    assert.equal(JSON.parse(Policy).Statement[0].Sid, "rule");
    await lambda.send(new RemovePermissionCommand({ FunctionName: "python", StatementId: "rule" }));
    await refused(lambda.send(new GetPolicyCommand({ FunctionName: "python" })), "ResourceNotFoundException", 404);
  });
});

describe("the settings of a function", () => {
  const FunctionName = "python";

  test("hold how many of it run at once", async () => {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    const throttled = await refused(invoke(FunctionName, { name: "x" }), "TooManyRequestsException", 429);
    assert.equal(throttled.retryAfterSeconds, "1");
    assert.equal((await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions, 0);
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    assert.equal((await invoke(FunctionName, { name: "x" })).said.hello, "x");
  });

  test("hold how often an event is tried", async () => {
    await refused(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })), "ResourceNotFoundException", 404);
    await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
    await lambda.send(new UpdateFunctionEventInvokeConfigCommand({ FunctionName, MaximumEventAgeInSeconds: 60 }));
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds, LastModified } =
      await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
    assert.deepEqual([MaximumRetryAttempts, MaximumEventAgeInSeconds], [0, 60]);
    assert.ok(LastModified instanceof Date);
    await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    await refused(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })), "ResourceNotFoundException", 404);
  });

  test("hold its tags", async () => {
    const Resource = `arn:aws:lambda:${region}:${account}:function:python`;
    await lambda.send(new TagResourceCommand({ Resource, Tags: { team: "pki", plant: "b" } }));
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ["plant"] }));
    assert.deepEqual((await lambda.send(new ListTagsCommand({ Resource }))).Tags, { team: "pki" });
  });

  test("are those of its latest version", async () => {
    const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    assert.deepEqual(Versions.map(({ Version }) => Version), ["$LATEST"]);
    assert.equal((await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }))).CodeSigningConfigArn, undefined);
  });
});

describe("the aws CLI", () => {
  test("invokes a function, waiting for it or not", async () => {
    const out = join(folder, "answer.json");
    const payload = join(folder, "payload.json");
    writeFileSync(payload, '{"name":"cli"}');
    const answer = server.aws("lambda", "invoke", "--function-name", "python", "--payload", `fileb://${payload}`, out);
    assert.equal(answer.StatusCode, 200);
    assert.equal(JSON.parse(readFileSync(out)).hello, "cli");
    writeFileSync(out, "");
    const event = server.aws("lambda", "invoke", "--function-name", "python", "--invocation-type", "Event", out);
    assert.equal(event.StatusCode, 202);
  });
});
