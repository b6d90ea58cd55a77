// Targets of a rule that are deleted: what was to go there is a dead letter or is given up, the log says so, and the
// other targets of the rule hear everything.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DeleteLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { AddPermissionCommand, CreateFunctionCommand, DeleteFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, DeleteMessageCommand, DeleteQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { account, Everseal, region, until } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

let server, events, lambda, logs, sqs;
before(async () => {
  server = await Everseal.start({ clock: "virtual" });
  [events, logs, sqs, lambda] = [server.events(), server.logs(), server.sqs(), server.client(LambdaClient)];
});
after(() => server?.stop());

const press = "arn:plant:press/7";
const queueArn = (name) => `arn:aws:sqs:${region}:${account}:${name}`;
const queueUrl = (name) => `${server.endpoint}/${account}/${name}`;
const createQueue = (QueueName) => sqs.send(new CreateQueueCommand({ QueueName }));
const deleteQueue = (name) => sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl(name) }));
const groupArn = (name) => `arn:aws:logs:${region}:${account}:log-group:${name}`;
const inGroup = (name) => async () => (await logs.send(new FilterLogEventsCommand({ logGroupName: name }))
  .catch(() => ({ events: [] }))).events.map(({ message }) => JSON.parse(message).id);

let made;
const role = () => made ??= roleForLambda(server, "targets");
async function createFunction(FunctionName, code = "def handler(event, context): pass\n") {
  const Role = await role();
  const { FunctionArn } = await lambda.send(new CreateFunctionCommand({ FunctionName, Role, Runtime: "python3.11",
    Handler: "main.handler", Code: { ZipFile: zipOf("main.py", code) } }));
  await lambda.send(new AddPermissionCommand({ FunctionName, StatementId: "events", Action: "lambda:InvokeFunction",
    Principal: "events.amazonaws.com" }));
  return FunctionArn;
}
// A rule for the events of one source, with these targets (id -> ARN) and a queue for what they do not take.
async function rule(Name, targets, dead) {
  await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: [Name] }) }));
  const { FailedEntryCount } = await events.send(new PutTargetsCommand({ Rule: Name, Targets: Object.entries(targets)
    .map(([Id, Arn]) => ({ Id, Arn, DeadLetterConfig: dead && { Arn: queueArn(dead) } })) }));
  assert.equal(FailedEntryCount, 0);
}
const put = async (Source) => (await events.send(new PutEventsCommand({ Entries: [
  { Source, DetailType: "Press", Detail: "{}", Resources: [press] }] }))).Entries[0].EventId;
// What is in a queue, once there are `count` messages; they are removed.
async function taken(name, count) {
  const all = [];
  await until(async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(name), MaxNumberOfMessages: 10,
      MessageAttributeNames: ["All"] }));
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl(name), ReceiptHandle }));
    all.push(...Messages);
    return all;
  }, () => all.length >= count, `${count} messages in ${name}`);
  return all.map(({ Body, MessageAttributes = {} }) => ({ id: JSON.parse(Body).id,
    ...Object.fromEntries(Object.entries(MessageAttributes).map(([key, { StringValue }]) => [key, StringValue])) }));
}
const logged = (event, about) => until(() => server.log.filter((line) => line.includes(`"${event}"`)).map((line) => JSON.parse(line))
  .filter(about), (lines) => lines.length > 0, `${event} in the log`);

test("a deleted function and a deleted queue leave dead letters, a deleted log group is made anew, and others go on hearing", async () => {
  for (const name of ["dead", "gone", "stays"]) await createQueue(name);
  const functionArn = await createFunction("gone");
  await rule("plant", { function: functionArn, queue: queueArn("gone"), group: groupArn("hears"), other: queueArn("stays") }, "dead");
  const first = await put("plant");
  await until(inGroup("hears"), (ids) => ids.includes(first), "the first event in the group");
  assert.deepEqual((await taken("stays", 1)).map(({ id }) => id), [first]);
  assert.deepEqual((await taken("gone", 1)).map(({ id }) => id), [first]);

  await lambda.send(new DeleteFunctionCommand({ FunctionName: "gone" }));
  await deleteQueue("gone");
  await logs.send(new DeleteLogGroupCommand({ logGroupName: "hears" }));
  const later = [await put("plant"), await put("plant")];
  assert.deepEqual((await taken("stays", 2)).map(({ id }) => id), later);
  await until(inGroup("hears"), (ids) => ids.length === 2 && later.every((id) => ids.includes(id)), "both events in a new group");
  const letters = await taken("dead", 4);
  for (const target of [functionArn, queueArn("gone")]) {
    const about = letters.filter(({ TARGET_ARN }) => TARGET_ARN === target);
    assert.deepEqual(about.map(({ id }) => id), later, "each event once, in order");
    for (const letter of about) {
      assert.equal(letter.ERROR_CODE, "NO_RESOURCE");
      assert.equal(letter.RETRY_ATTEMPTS, "0");
      assert.equal(letter.RULE_ARN, `arn:aws:events:${region}:${account}:rule/plant`);
      assert.equal(letter.EXHAUSTED_RETRY_CONDITION, undefined, "nothing was exhausted");
    }
    const [line] = await logged("events.not_delivered", (one) => one.target === target);
    assert.equal(line.level, "warning");
    assert.equal(line.error, "NO_RESOURCE");
    assert.equal(line.event_id, later[0]);
    assert.equal(line.kept_in_queue, true);
  }
});

test("with the dead-letter queue gone as well, or none, the log alone says that an event was given up", async () => {
  for (const name of ["heard", "dead-and-gone", "also-gone"]) await createQueue(name);
  await rule("mill", { queue: queueArn("also-gone"), other: queueArn("heard") }, "dead-and-gone");
  await rule("forge", { queue: queueArn("also-gone"), other: queueArn("heard") });
  await deleteQueue("also-gone");
  await deleteQueue("dead-and-gone");
  for (const source of ["mill", "forge"]) {
    const id = await put(source);
    assert.deepEqual((await taken("heard", 1)).map((message) => message.id), [id]);
    const [line] = await logged("events.not_delivered", (one) => one.event_id === id);
    assert.equal(line.kept_in_queue, false);
    assert.equal(line.error, "NO_RESOURCE");
  }
});

test("a function that is deleted while an event waits to be tried again takes it along, also if another gets its name", async () => {
  const functionArn = await createFunction("fails", "def handler(event, context): raise Exception('no')\n");
  await createQueue("beside");
  await rule("press", { function: functionArn, other: queueArn("beside") });
  const id = await put("press");
  const said = async () => (await logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/fails" }))
    .catch(() => ({ events: [] }))).events.filter(({ message }) => message.startsWith("REPORT"));
  await until(said, (lines) => lines.length === 1, "the first attempt", 3000);
  await lambda.send(new DeleteFunctionCommand({ FunctionName: "fails" }));
  await createFunction("fails");
  server.advance("10m");
  const next = await put("press");
  await until(said, (lines) => lines.length > 1, "the next event");
  assert.equal((await said()).length, 2, "the new function heard of the next event alone");
  assert.deepEqual((await taken("beside", 2)).map((message) => message.id), [id, next]);
});
