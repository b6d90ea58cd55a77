// What Lambda refuses, as the classes that the AWS SDK has for the errors of the model.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import * as sdk from "@aws-sdk/client-lambda";
import { Everseal, account, refusedAs, region, until } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

const { InvalidParameterValueException, InvalidRequestContentException, RequestTooLargeException,
  ResourceConflictException, ResourceNotFoundException, ServiceException } = sdk;
const FunctionName = "echo";
const echo = zipOf("main.py", "def handler(event, context): return event");

let server, lambda, Role;
before(async () => {
  server = await Everseal.start({ data: true, config: "[functions]\nconcurrent = 4\n" });
  lambda = server.client(sdk.LambdaClient);
  Role = await roleForLambda(server, "errors");
  await create(FunctionName, echo);
});
after(() => server?.stop());

const send = (operation, input) => lambda.send(new sdk[`${operation}Command`](input));
const create = (FunctionName, ZipFile) => send("CreateFunction", { FunctionName, Role, Runtime: "python3.11",
  Handler: "main.handler", Timeout: 60, MemorySize: 256, Code: { ZipFile } });
const invoke = (Payload, more = {}) => send("Invoke", { FunctionName, Payload, ...more });
// A JSON string of so many octets.
const long = (octets) => `"${"x".repeat(octets - 2)}"`;

describe("Invoke", () => {
  test("refuses what is not JSON", async () => {
    for (const payload of ["no json", "{", "{} {}"]) {
      for (const InvocationType of ["RequestResponse", "Event", "DryRun"]) {
        await refusedAs(invoke(payload, { InvocationType }), InvalidRequestContentException, 400,
          /^Could not parse request body into json: /);
      }
    }
    for (const ClientContext of ["no base64", Buffer.from("{").toString("base64")]) {
      await refusedAs(invoke("{}", { ClientContext }), InvalidRequestContentException, 400,
        /client context is no base64 of JSON/);
    }
  });

  test("refuses more than six megabytes, and events of more than one", async () => {
    const [six, one] = [6_291_456, 1 << 20];
    const tooLarge = (payload, most, more) => refusedAs(invoke(payload, more), RequestTooLargeException, 413,
      new RegExp(`^Request must be smaller than ${most} bytes for the InvokeFunction operation$`));
    await tooLarge(long(six + 1), six);
    await tooLarge(long(one + 1), one, { InvocationType: "Event" });
    assert.equal((await invoke(long(one + 1), { InvocationType: "DryRun" })).StatusCode, 204);
    assert.equal((await invoke(long(one), { InvocationType: "Event" })).StatusCode, 202);
    await refusedAs(invoke(long(9 << 20)), RequestTooLargeException, 413);
  });

  test("refuses types that there are none of, and what is not there", async () => {
    await refusedAs(invoke("{}", { InvocationType: "Sometime" }), InvalidParameterValueException, 400);
    const missing = (Qualifier) => `Function not found: arn:aws:lambda:${region}:${account}:function:${Qualifier}`;
    await refusedAs(send("Invoke", { FunctionName: "none" }), ResourceNotFoundException, 404, new RegExp(`^${missing("none")}$`));
    await refusedAs(invoke("{}", { Qualifier: "7" }), ResourceNotFoundException, 404);
  });
});

test("CreateFunction and UpdateFunctionCode refuse more than fifty megabytes", async () => {
  const ZipFile = Buffer.alloc(52_428_801);
  await refusedAs(create("large", ZipFile), RequestTooLargeException, 413,
    /^Request must be smaller than 52428800 bytes for the CreateFunction operation$/);
  await refusedAs(send("UpdateFunctionCode", { FunctionName, ZipFile }), RequestTooLargeException, 413,
    /^Request must be smaller than 52428800 bytes for the UpdateFunctionCode operation$/);
});

describe("Each operation on a function", () => {
  const arn = `arn:aws:lambda:${region}:${account}:function:none`;
  const permission = { StatementId: "s", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" };
  for (const [operation, more] of Object.entries({
    AddPermission: permission, CreateAlias: { Name: "live", FunctionVersion: "$LATEST" },
    DeleteFunction: {}, DeleteFunctionConcurrency: {}, DeleteFunctionEventInvokeConfig: {}, GetAlias: { Name: "live" },
    GetFunction: {}, GetFunctionConcurrency: {}, GetFunctionConfiguration: {}, GetFunctionEventInvokeConfig: {},
    GetPolicy: {}, ListAliases: {}, ListVersionsByFunction: {}, PublishVersion: {},
    PutFunctionConcurrency: { ReservedConcurrentExecutions: 1 }, PutFunctionEventInvokeConfig: { MaximumRetryAttempts: 0 },
    RemovePermission: { StatementId: "s" }, UpdateAlias: { Name: "live" }, UpdateFunctionCode: { ZipFile: echo },
    UpdateFunctionConfiguration: { Description: "x" }, UpdateFunctionEventInvokeConfig: { MaximumRetryAttempts: 0 } })) {
    test(`${operation} refuses what is not there, and what is no name`, async () => {
      await refusedAs(send(operation, { FunctionName: "none", ...more }), ResourceNotFoundException, 404, new RegExp(arn));
      await refusedAs(send(operation, { FunctionName: "no name!", ...more }), InvalidParameterValueException, 400);
    });
  }
  for (const [operation, more] of Object.entries({ ListTags: {}, TagResource: { Tags: { team: "pki" } }, UntagResource: { TagKeys: ["team"] } })) {
    test(`${operation} refuses what is not there`, () =>
      refusedAs(send(operation, { Resource: arn, ...more }), ResourceNotFoundException, 404));
  }

  test("AddPermission refuses an id that is there, and RemovePermission one that is not", async () => {
    await send("AddPermission", { FunctionName, ...permission });
    await refusedAs(send("AddPermission", { FunctionName, ...permission }), ResourceConflictException, 409,
      /^The statement id \(s\) provided already exists\./);
    await refusedAs(send("RemovePermission", { FunctionName, StatementId: "other" }), ResourceNotFoundException, 404,
      /^Statement other is not found in resource policy\.$/);
  });
});

// The last one, as nothing runs here any more.
test("A machine that cannot make a sandbox any more says so", async () => {
  await server.restart(() =>
    writeFileSync(join(server.folder, "everseal.toml"), '[functions]\nbubblewrap = "/nowhere/bwrap"\n'));
  lambda = server.client(sdk.LambdaClient);
  await refusedAs(invoke("{}"), ServiceException, 500,
    /^The function cannot be run now; the server's log says why\.$/);
  await refusedAs(create("late", echo), InvalidParameterValueException, 400,
    /^This server cannot run functions, and takes none, .*: \/nowhere\/bwrap is not there; functions need the package bubblewrap$/);
  await until(() => server.log, (lines) => lines.some((line) => line.includes('"error":"ServiceException"') &&
    line.includes('"cause":')), "the cause in the log");
});
