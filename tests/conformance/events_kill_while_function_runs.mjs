// What tests/fault/kill_while_function_runs.sh does. ROUNDS: how often the server is killed.
import assert from "node:assert/strict";
import { once } from "node:events";
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { account, Everseal, until } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

const rounds = Number(process.env.ROUNDS ?? 3), together = 3, FunctionName = "holds";
// Says which event it has begun with, waits until the queue of its round is there, and says that it has ended.
const code = `
import json, time
import boto3
sqs = boto3.client("sqs")
def say(where, event, context):
    url = sqs.get_queue_url(QueueName=where)["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"id": event["id"], "request": context.aws_request_id}))
def handler(event, context):
    say("begun", event, context)
    while not sqs.list_queues(QueueNamePrefix="go-%d-" % event["detail"]["round"]).get("QueueUrls"):
        time.sleep(0.02)
    say("ended", event, context)
`;

const everseal = await Everseal.start({ data: true });
let sqs, bridge;
const connect = () => { [sqs, bridge] = [everseal.sqs(), everseal.events()]; };
const createQueue = (QueueName) => sqs.send(new CreateQueueCommand({ QueueName }));

const said = { begun: [], ended: [] };  // { id, request }, in the order in which they were read
async function listen(queue) {
  const QueueUrl = `${everseal.endpoint}/${account}/${queue}`;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { Body, ReceiptHandle } of Messages) {
    said[queue].push(JSON.parse(Body));
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  return said[queue];
}
const heard = (queue, ids, what) => until(() => listen(queue), (all) => ids.every((id) => all.some((one) => one.id === id)), what, 3000);

async function setUp() {
  const lambda = everseal.client(LambdaClient), Role = await roleForLambda(everseal, FunctionName);
  await everseal.iam().send(new PutRolePolicyCommand({ RoleName: FunctionName, PolicyName: "queues", PolicyDocument: JSON.stringify({
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }] }) }));
  for (const queue of Object.keys(said)) await createQueue(queue);
  const { FunctionArn: Arn } = await lambda.send(new CreateFunctionCommand({ FunctionName, Role, Runtime: "python3.11",
    Handler: "main.handler", Timeout: 120, MemorySize: 512, Code: { ZipFile: zipOf("main.py", code) } }));
  await lambda.send(new AddPermissionCommand({ FunctionName, StatementId: "events", Action: "lambda:InvokeFunction",
    Principal: "events.amazonaws.com" }));
  await bridge.send(new PutRuleCommand({ Name: FunctionName, EventPattern: '{"source": ["plant"]}' }));
  await bridge.send(new PutTargetsCommand({ Rule: FunctionName, Targets: [{ Id: "1", Arn }] }));
}
async function put(round) {
  const { Entries } = await bridge.send(new PutEventsCommand({ Entries: Array.from({ length: together }, (_, n) => (
    { Source: "plant", DetailType: "Press", Detail: JSON.stringify({ round, n }) })) }));
  return Entries.map(({ EventId }) => EventId);
}

try {
  connect();
  await setUp();
  const all = [];
  for (let round = 1; round <= rounds; ++round) {
    const running = await put(round);
    await heard("begun", running.slice(0, 1), `round ${round}: a function that runs`);
    const begun = (await listen("begun")).filter(({ id }) => running.includes(id));
    assert.deepEqual(said.ended.filter(({ id }) => running.includes(id)), [], "none may end before the kill");
    const waiting = await put(round);  // answered: durable, though the server has no time left for them
    everseal.process.kill("SIGKILL");
    await once(everseal.process, "exit");
    await everseal.end();
    await everseal.launch();
    connect();
    await createQueue(`go-${round}-`);
    await heard("ended", [...running, ...waiting], `round ${round}: all events`);
    await listen("begun");
    for (const { id, request } of begun) {
      const again = said.begun.filter((one) => one.id === id);
      assert.ok(again.length >= 2, `round ${round}: the event ${id}, whose function was killed, was delivered ${again.length} times`);
      assert.ok(again.every((one) => one.request === request), `round ${round}: each attempt is the same invocation`);
    }
    all.push(...running, ...waiting);
    const strangers = [...said.begun, ...said.ended].filter(({ id }) => !all.includes(id));
    assert.deepEqual(strangers, [], "nobody hears of an event that was not put");
    assert.deepEqual([...new Set(said.ended.map(({ id }) => id))].sort(), [...all].sort());
  }
  const repeated = said.begun.length - new Set(said.begun.map(({ id }) => id)).size;
  console.log(`ok: killed ${rounds} times while functions ran; all of ${all.length} events ended, ${repeated} were begun again with the same id`);
} finally {
  await everseal.stop();
}
