// An event that its target can never take: it is given up at once, and what follows it about the same resource arrives.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { Everseal, account, region, until } from "./harness.mjs";

let server;
before(async () => { server = await Everseal.start(); });
after(() => server?.stop());

const press = "arn:plant:press/7";
const code = `
def handler(event, context):
    print("heard %d" % event[0]["n"])
`;
function zipped() {
  const folder = mkdtempSync(join(tmpdir(), "everseal-poison-"));
  try {
    const file = join(folder, "code.zip");
    execFileSync("python3", ["-c", "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w') as z: z.writestr('main.py', sys.argv[2])",
      file, code]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function createFunction(FunctionName) {
  const iam = server.iam(), lambda = server.client(LambdaClient);
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: FunctionName, AssumeRolePolicyDocument: JSON.stringify({
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }));
  await iam.send(new PutRolePolicyCommand({ RoleName: FunctionName, PolicyName: "logs", PolicyDocument: JSON.stringify({
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] }) }));
  const { FunctionArn } = await lambda.send(new CreateFunctionCommand({ FunctionName, Role: Role.Arn, Runtime: "python3.11",
    Handler: "main.handler", Timeout: 60, Code: { ZipFile: zipped() } }));
  await lambda.send(new AddPermissionCommand({ FunctionName, StatementId: "events", Action: "lambda:InvokeFunction",
    Principal: "events.amazonaws.com" }));
  return FunctionArn;
}

test("a payload that is too large for its function is a dead letter, and holds nothing up", async () => {
  const [events, logs, sqs] = [server.events(), server.logs(), server.sqs()];
  const Arn = await createFunction("hears");
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  await events.send(new PutRuleCommand({ Name: "press", EventPattern: '{"source": ["plant"]}' }));
  // Five times what PutEvents takes is more than a function does.
  await events.send(new PutTargetsCommand({ Rule: "press", Targets: [{ Id: "1", Arn,
    InputTransformer: { InputPathsMap: { d: "$.detail" }, InputTemplate: "[<d>, <d>, <d>, <d>, <d>]" },
    DeadLetterConfig: { Arn: `arn:aws:sqs:${region}:${account}:dead` } }] }));
  const put = async (detail) => (await events.send(new PutEventsCommand({ Entries: [
    { Source: "plant", DetailType: "Press", Detail: JSON.stringify(detail), Resources: [press] }] }))).Entries[0].EventId;
  const poison = await put({ n: 1, noise: "x".repeat(250 * 1024) });
  await put({ n: 2 });
  const heard = async () => (await logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/hears" }))
    .then(({ events: all }) => all, () => [])).filter(({ message }) => message.startsWith("heard"));
  const [line] = await until(heard, (lines) => lines.length > 0, "the event behind the poison", 3000);
  assert.match(line.message, /^heard 2/);
  const { Messages: [letter] } = await until(() => sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] })),
    ({ Messages }) => Messages, "a dead letter");
  assert.equal(JSON.parse(letter.Body).id, poison);
  assert.equal(letter.MessageAttributes.ERROR_CODE.StringValue, "INVALID_PARAMETER");
  assert.equal(letter.MessageAttributes.RETRY_ATTEMPTS.StringValue, "0");
});
