// Who is told how asynchronous invocations ended, as the AWS SDK sees it: queues, functions and event
// buses, after a crash too, and by the rights of the function's role.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CreateFunctionCommand, GetFunctionConfigurationCommand, GetFunctionEventInvokeConfigCommand, InvokeCommand,
  LambdaClient, PutFunctionEventInvokeConfigCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { Everseal, account, refusedWith as refused, region } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

let server, Role, silent;
const urls = {};
const lambda = () => server.client(LambdaClient);
const queue = (name) => `arn:aws:sqs:${region}:${account}:${name}`;
const bus = `arn:aws:events:${region}:${account}:event-bus/default`;
const functionArn = (name) => `arn:aws:lambda:${region}:${account}:function:${name}`;

before(async () => {
  server = await Everseal.start({ clock: "virtual", data: true });
  Role = await roleForLambda(server, "teller");
  silent = await roleForLambda(server, "silent");
  await server.iam().send(new PutRolePolicyCommand({ RoleName: "teller", PolicyName: "tell", PolicyDocument: JSON.stringify({
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*",
      Action: ["sqs:SendMessage", "events:PutEvents", "lambda:InvokeFunction"] }] }) }));
  for (const QueueName of ["good", "bad", "dead", "heard"]) {
    urls[QueueName] = (await server.sqs().send(new CreateQueueCommand({ QueueName }))).QueueUrl;
  }
  await create("answers", "return {'twice': event['x'] * 2}");
  await create("fails", "raise ValueError('not ' + event['x'])");
});
after(() => server.stop());

const create = (FunctionName, body, more = {}) => lambda().send(new CreateFunctionCommand({ FunctionName, Role,
  Runtime: "python3.11", Handler: "main.handler", Timeout: 60, MemorySize: 256,
  Code: { ZipFile: zipOf("main.py", `def handler(event, context):\n  ${body}\n`) }, ...more }));
const tell = (FunctionName, OnSuccess, OnFailure, more = {}) => lambda().send(new PutFunctionEventInvokeConfigCommand({
  FunctionName, DestinationConfig: { ...OnSuccess && { OnSuccess: { Destination: OnSuccess } },
    ...OnFailure && { OnFailure: { Destination: OnFailure } } }, ...more }));
const invoke = async (FunctionName, payload) => (await lambda().send(new InvokeCommand({ FunctionName,
  InvocationType: "Event", Payload: JSON.stringify(payload) }))).$metadata.requestId;
// Takes what a queue has.
async function taken(name) {
  const QueueUrl = urls[name];
  const { Messages = [] } = await server.sqs().send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"] }));
  for (const { ReceiptHandle } of Messages) await server.sqs().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages;
}

describe("a destination", () => {
  test("that is a queue has a record of each success", async () => {
    await tell("answers", queue("good"), queue("bad"));
    const requestId = await invoke("answers", { x: 21 });
    server.advance("1m");
    const [{ Body }, ...others] = await taken("good");
    assert.deepEqual(others, []);
    const { timestamp, ...record } = JSON.parse(Body);
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
    assert.deepEqual(record, { version: "1.0",
      requestContext: { requestId, functionArn: `${functionArn("answers")}:$LATEST`, condition: "Success", approximateInvokeCount: 1 },
      requestPayload: { x: 21 }, responseContext: { statusCode: 200, executedVersion: "$LATEST" },
      responsePayload: { twice: 42 } });
    assert.deepEqual(await taken("bad"), []);
  });

  test("that is a queue has a record of what failed three times, and so have dead letters", async () => {
    await tell("fails", undefined, queue("bad"));
    await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: "fails",
      DeadLetterConfig: { TargetArn: queue("dead") } }));
    const { DeadLetterConfig } = await lambda().send(new GetFunctionConfigurationCommand({ FunctionName: "fails" }));
    assert.deepEqual(DeadLetterConfig, { TargetArn: queue("dead") });
    const requestId = await invoke("fails", { x: "this time" });
    server.advance("10m");
    const [{ Body }] = await taken("bad");
    const { requestContext, responseContext, responsePayload } = JSON.parse(Body);
    assert.deepEqual(requestContext, { requestId, functionArn: `${functionArn("fails")}:$LATEST`,
      condition: "RetriesExhausted", approximateInvokeCount: 3 });
    assert.equal(responseContext.functionError, "Unhandled");
    assert.equal(responsePayload.errorType, "ValueError");
    const [letter] = await taken("dead");
    assert.deepEqual(JSON.parse(letter.Body), { x: "this time" });
    const { RequestID, ErrorCode, ErrorMessage } = letter.MessageAttributes;
    assert.deepEqual([RequestID.StringValue, ErrorCode.StringValue, ErrorCode.DataType, ErrorMessage.StringValue],
      [requestId, "200", "Number", "not this time"]);
  });

  test("that is a function gets the record as its event", async () => {
    await create("listens", "print('heard of', event['requestContext']['condition'], event['responsePayload'])");
    await tell("answers", functionArn("listens"));
    await invoke("answers", { x: 1 });
    server.advance("1m");
    const { events } = await server.logs().send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/listens",
      filterPattern: "heard" }));
    assert.deepEqual(events.map(({ message }) => message), ["heard of Success {'twice': 2}"]);
  });

  test("that is an event bus has an event whose detail is the record", async () => {
    await server.events().send(new PutRuleCommand({ Name: "ended", EventPattern: JSON.stringify({ source: ["lambda"] }) }));
    await server.events().send(new PutTargetsCommand({ Rule: "ended", Targets: [{ Id: "queue", Arn: queue("heard") }] }));
    await tell("answers", bus);
    await tell("fails", undefined, bus, { MaximumRetryAttempts: 0 });
    await invoke("answers", { x: 3 });
    await invoke("fails", { x: "now" });
    server.advance("5m");
    const heard = (await taken("heard")).map(({ Body }) => JSON.parse(Body));
    const of = (type) => heard.find((event) => event["detail-type"] === `Lambda Function Invocation Result - ${type}`);
    assert.deepEqual(of("Success").detail.responsePayload, { twice: 6 });
    assert.deepEqual(of("Success").resources, [`${functionArn("answers")}:$LATEST`, bus]);
    assert.equal(of("Failure").detail.requestContext.condition, "RetriesExhausted");
    assert.equal(heard.length, 2);
  });

  test("is told although the server was killed meanwhile", async () => {
    await tell("answers", queue("good"));
    const requestId = await invoke("answers", { x: 5 });
    server.process.kill("SIGKILL");
    await new Promise((resolve) => server.process.once("exit", resolve));
    await server.restart();
    server.advance("2m");
    const told = (await taken("good")).map(({ Body }) => JSON.parse(Body).requestContext.requestId);
    assert.ok(told.includes(requestId), told);
  });

  test("is none, or may not be told by the role: refused", async () => {
    await refused(tell("answers", `arn:aws:sns:${region}:${account}:topic`), "InvalidParameterValueException", 400, /queues, functions/);
    await refused(tell("answers", queue("good").replace(account, "999999999999")), "InvalidParameterValueException", 400, /permissions/);
    await refused(create("mute", "return 1", { Role: silent, DeadLetterConfig: { TargetArn: queue("dead") } }),
      "InvalidParameterValueException", 400, /execution role does not have permissions/);
    await create("mute", "return 1", { Role: silent });
    await refused(tell("mute", queue("good")), "InvalidParameterValueException", 400, /permissions/);
  });

  test("is shown", async () => {
    await tell("answers", queue("good"), bus);
    const { DestinationConfig } = await lambda().send(new GetFunctionEventInvokeConfigCommand({ FunctionName: "answers" }));
    assert.deepEqual(DestinationConfig, { OnSuccess: { Destination: queue("good") }, OnFailure: { Destination: bus } });
  });
});

// Of a function whose credentials last an hour.
describe("a function on the virtual clock", () => {
  test("has a new environment and new credentials two hours later", async () => {
    await create("renews", "", { Code: { ZipFile: zipOf("main.py", `
import boto3, os, uuid
started = str(uuid.uuid4())
def handler(event, context):
  return [os.environ["AWS_SESSION_TOKEN"], started, boto3.client("sts").get_caller_identity()["Arn"]]
`) } });
    const run = async () => {
      const { Payload, FunctionError } = await lambda().send(new InvokeCommand({ FunctionName: "renews" }));
      assert.equal(FunctionError, undefined, Buffer.from(Payload).toString());
      return JSON.parse(Buffer.from(Payload));
    };
    const first = await run();
    assert.equal(first[2], `arn:aws:sts::${account}:assumed-role/teller/renews`);
    assert.deepEqual(await run(), first);
    server.advance("2h");
    const second = await run();
    assert.notEqual(second[0], first[0]);
    assert.notEqual(second[1], first[1]);
    assert.equal(second[2], first[2]);
  });

  test("stamps its lines with that clock", async () => {
    const { events } = await server.logs().send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/renews" }));
    assert.ok(events.at(-1).timestamp - events[0].timestamp >= 2 * 3600 * 1000);
  });
});
