// EventBridge as the AWS SDK and the CLI see it: what is put on a bus reaches the queues of the rules
// that want it, whole, in order and whatever happens to the server in between; what cannot be
// delivered is a dead letter.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import {
  CreateEventBusCommand, DeleteEventBusCommand, DeleteRuleCommand, DescribeEventBusCommand, DescribeRuleCommand,
  DisableRuleCommand, EnableRuleCommand, ListEventBusesCommand, ListRuleNamesByTargetCommand, ListRulesCommand,
  ListTagsForResourceCommand, ListTargetsByRuleCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand,
  PutPermissionCommand, RemovePermissionCommand, RemoveTargetsCommand, TestEventPatternCommand, UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateQueueCommand, DeleteMessageCommand, DeleteQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand,
  ListQueuesCommand, PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { Everseal, account, refusal, refused, region, until } from "./harness.mjs";

const installed = spawnSync("aws", ["--version"]).status === 0;
const arn = (resource) => `arn:aws:events:${region}:${account}:${resource}`;
const queueArn = (name) => `arn:aws:sqs:${region}:${account}:${name}`;
const plant = JSON.stringify({ source: ["plant"] });
const certificate = `arn:aws:acm:${region}:${account}:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`;
// As the published procedure has it.
const renewals = JSON.stringify({
  source: ["aws.health"], "detail-type": ["AWS Health Event"],
  detail: { service: ["ACM"], eventTypeCategory: ["scheduledChange"], eventTypeCode: ["AWS_ACM_RENEWAL_STATE_CHANGE"] },
  resources: [certificate],
});

const entry = (detail = {}, more = {}) =>
  ({ Source: "plant", DetailType: "Press", Detail: JSON.stringify(detail), ...more });

// A server, and what the tests do with it.
async function open(options) {
  const server = await Everseal.start(options);
  const [events, sqs] = [server.events(), server.sqs()];
  const url = (name) => `${server.endpoint}/${account}/${name}`;
  const take = async (name) => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({
      QueueUrl: url(name), MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }));
    return Messages;
  };
  return {
    server, events, sqs, url, take,
    put: async (...Entries) => (await events.send(new PutEventsCommand({ Entries }))).Entries,
    // A rule whose target is a queue of the same name.
    rule: async (Name, EventPattern = plant, target = {}) => {
      await sqs.send(new CreateQueueCommand({ QueueName: Name }));
      await events.send(new PutRuleCommand({ Name, EventPattern }));
      await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "1", Arn: queueArn(Name), ...target }] }));
    },
    // The messages of a queue once there are so many.
    received: async (name, count) => {
      const all = [];
      await until(async () => all.push(...await take(name)), () => all.length >= count, `${count} in ${name}`);
      return all;
    },
  };
}

describe("EventBridge", () => {
  let world;
  before(async () => { world = await open(); });
  after(() => world?.server.stop());

  test("delivers an event whole, with the id that PutEvents answered", async () => {
    await world.rule("whole");
    const [{ EventId }] = await world.put(entry({ n: 1 }, { Resources: [certificate] }));
    const [message] = await world.received("whole", 1);
    const event = JSON.parse(message.Body);
    assert.match(event.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    delete event.time;
    assert.deepEqual(event, { version: "0", id: EventId, "detail-type": "Press", source: "plant", account, region,
      resources: [certificate], detail: { n: 1 } });
    await world.sqs.send(new DeleteMessageCommand({ QueueUrl: world.url("whole"), ReceiptHandle: message.ReceiptHandle }));
  });

  test("gives a target what its transformer makes of the event", async () => {
    await world.rule("transformed", plant, { InputTransformer: {
      InputPathsMap: { state: "$.detail.state", first: "$.resources[0]" },
      InputTemplate: '{"text": "it is <state>", "certificate": <first>, "rule": <aws.events.rule-name>}' } });
    await world.put(entry({ state: "hot" }, { Resources: [certificate] }));
    const [message] = await world.received("transformed", 1);
    assert.deepEqual(JSON.parse(message.Body), { text: "it is hot", certificate, rule: "transformed" });
  });

  test("keeps the order of events about one resource", async () => {
    await world.rule("ordered");
    const numbers = Array.from({ length: 30 }, (_, n) => n);
    for (const n of numbers) await world.put(entry({ n }, { Resources: [certificate] }));
    const messages = await world.received("ordered", 30);
    assert.deepEqual(messages.map(({ Body }) => JSON.parse(Body).detail.n), numbers);
  });

  test("passes events from bus to bus with their id", async () => {
    await world.events.send(new CreateEventBusCommand({ Name: "other" }));
    await world.events.send(new PutRuleCommand({ Name: "pass", EventPattern: plant }));
    await world.events.send(new PutTargetsCommand({ Rule: "pass", Targets: [{ Id: "1", Arn: arn("event-bus/other") }] }));
    await world.sqs.send(new CreateQueueCommand({ QueueName: "passed" }));
    const EventBusName = "other";
    const { RuleArn } = await world.events.send(new PutRuleCommand({ Name: "passed", EventPattern: plant, EventBusName }));
    assert.equal(RuleArn, arn("rule/other/passed"));
    await world.events.send(new PutTargetsCommand({ Rule: "passed", EventBusName,
      Targets: [{ Id: "1", Arn: queueArn("passed") }] }));
    const [{ EventId }] = await world.put(entry());
    const [message] = await world.received("passed", 1);
    assert.equal(JSON.parse(message.Body).id, EventId);
  });

  test("buries what cannot be delivered, with the reason", async () => {
    await world.rule("dead", JSON.stringify({ source: ["dying"] }), {
      Arn: arn("event-bus/nowhere"), DeadLetterConfig: { Arn: queueArn("dead") } });
    const [{ EventId }] = await world.put(entry({}, { Source: "dying" }));
    const [message] = await world.received("dead", 1);
    assert.equal(JSON.parse(message.Body).id, EventId);
    const { RULE_ARN, TARGET_ARN, ERROR_CODE, RETRY_ATTEMPTS } = message.MessageAttributes;
    assert.deepEqual([RULE_ARN, TARGET_ARN, ERROR_CODE, RETRY_ATTEMPTS].map(({ StringValue }) => StringValue),
      [arn("rule/dead"), arn("event-bus/nowhere"), "NO_RESOURCE", "0"]);
  });

  test("answers for each entry in its place", async () => {
    const { Entries, FailedEntryCount } = await world.events.send(new PutEventsCommand({ Entries: [
      entry(), entry({}, { Source: "aws.acm" }), { ...entry(), Detail: "[]" }, { ...entry(), DetailType: undefined }] }));
    assert.equal(FailedEntryCount, 3);
    assert.ok(Entries[0].EventId);
    assert.deepEqual(Entries.slice(1).map(({ ErrorCode }) => ErrorCode),
      ["NotAuthorizedForSourceException", "MalformedDetail", "InvalidArgument"]);
    assert.equal(Entries[1].ErrorMessage, "Not authorized for the source.");
  });

  test("refuses a pattern that is none, and says where", async () => {
    const put = (EventPattern) => world.events.send(new PutRuleCommand({ Name: "none", EventPattern }));
    await refused(put('{"source":"aws.acm"}'), "InvalidEventPatternException",
      /^Event pattern is not valid\. Reason: "source" must be an object or an array\n at \[Source: .*line: 1, column: 12\]$/);
    await refused(put("{"), "InvalidEventPatternException", /^Event pattern is not valid\. Reason: Invalid JSON$/);
    assert.equal((await refusal(world.events.send(new DescribeRuleCommand({ Name: "none" })))).name,
      "ResourceNotFoundException");
  });

  test("tests patterns without a rule", async () => {
    const event = (more) => JSON.stringify({ id: "1", account, source: "aws.health", time: "2026-04-06T06:00:53Z", region,
      resources: [certificate], "detail-type": "AWS Health Event",
      detail: { service: "ACM", eventTypeCategory: "scheduledChange", eventTypeCode: "AWS_ACM_RENEWAL_STATE_CHANGE" },
      ...more });
    const result = async (Event) =>
      (await world.events.send(new TestEventPatternCommand({ EventPattern: renewals, Event }))).Result;
    assert.equal(await result(event()), true);
    assert.equal(await result(event({ resources: [`${certificate}0`] })), false);
    await refused(result('{"id": "1"}'), "ValidationException");
  });

  test("a disabled rule hears nothing until it is enabled", async () => {
    await world.rule("switched", JSON.stringify({ source: ["switch"] }));
    await world.events.send(new DisableRuleCommand({ Name: "switched" }));
    await world.put(entry({ n: 1 }, { Source: "switch" }));
    // What comes after it on the same bus has been matched: so has it.
    await world.rule("after", JSON.stringify({ source: ["switch"], detail: { n: [2] } }));
    await world.put(entry({ n: 2 }, { Source: "switch" }));
    await world.received("after", 1);
    await world.events.send(new EnableRuleCommand({ Name: "switched" }));
    assert.equal((await world.events.send(new DescribeRuleCommand({ Name: "switched" }))).State, "ENABLED");
    await world.put(entry({ n: 3 }, { Source: "switch" }));
    const messages = await world.received("switched", 1);
    assert.deepEqual(messages.map(({ Body }) => JSON.parse(Body).detail.n), [3]);
  });

  test("rules and buses go once they are empty", async () => {
    await world.events.send(new CreateEventBusCommand({ Name: "short", Tags: [{ Key: "team", Value: "pki" }] }));
    const { Tags } = await world.events.send(new ListTagsForResourceCommand({ ResourceARN: arn("event-bus/short") }));
    assert.deepEqual(Tags, [{ Key: "team", Value: "pki" }]);
    const of = { EventBusName: "short" };
    await world.events.send(new PutRuleCommand({ Name: "r", EventPattern: plant, ...of }));
    await world.events.send(new PutTargetsCommand({ Rule: "r", Targets: [{ Id: "1", Arn: queueArn("x"),
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 } }], ...of }));
    await refused(world.events.send(new DeleteRuleCommand({ Name: "r", ...of })), "ValidationException",
      /^Rule can't be deleted since it has targets\.$/);
    await refused(world.events.send(new DeleteEventBusCommand({ Name: "short" })), "ValidationException");
    const { Targets } = await world.events.send(new ListTargetsByRuleCommand({ Rule: "r", ...of }));
    assert.deepEqual(Targets, [{ Id: "1", Arn: queueArn("x"),
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 } }]);
    const { RuleNames } = await world.events.send(new ListRuleNamesByTargetCommand({ TargetArn: queueArn("x"), ...of }));
    assert.deepEqual(RuleNames, ["r"]);
    const { FailedEntryCount } = await world.events.send(new RemoveTargetsCommand({ Rule: "r", Ids: ["1", "2"], ...of }));
    assert.equal(FailedEntryCount, 1);
    await world.events.send(new DeleteRuleCommand({ Name: "r", ...of }));
    assert.deepEqual((await world.events.send(new ListRulesCommand(of))).Rules, []);
    await world.events.send(new DeleteEventBusCommand({ Name: "short" }));
    await refused(world.events.send(new DescribeEventBusCommand({ Name: "short" })), "ResourceNotFoundException");
    const { EventBuses } = await world.events.send(new ListEventBusesCommand({ NamePrefix: "def" }));
    assert.deepEqual(EventBuses.map(({ Name, Arn }) => [Name, Arn]), [["default", arn("event-bus/default")]]);
  });

  test("asks policies about the rule and the bus", async () => {
    const iam = world.server.iam();
    await iam.send(new CreateUserCommand({ UserName: "press" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "press" }));
    await iam.send(new PutUserPolicyCommand({ UserName: "press", PolicyName: "p", PolicyDocument: JSON.stringify({
      Version: "2012-10-17", Statement: [
        { Effect: "Allow", Action: "events:PutEvents", Resource: arn("event-bus/default") },
        { Effect: "Allow", Action: "events:PutRule", Resource: arn("rule/press-*") }] }) }));
    const events = world.server.events({
      credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const put = (more) => events.send(new PutEventsCommand({ Entries: [entry({}, more)] }));
    assert.equal((await put()).FailedEntryCount, 0);
    await refused(put({ EventBusName: "other" }), "AccessDeniedException");
    await events.send(new PutRuleCommand({ Name: "press-1", EventPattern: plant }));
    await refused(events.send(new PutRuleCommand({ Name: "other", EventPattern: plant })), "AccessDeniedException");
  });
});

describe("a schedule", () => {
  let world;
  const minutes = async (name, count) =>
    (await world.received(name, count)).map(({ Body }) => JSON.parse(Body).time);
  before(async () => {
    world = await open({ clock: "virtual" });
    await world.rule("other", JSON.stringify({ source: ["aws.events"] }));
  });
  after(() => world?.server.stop());

  // A rule whose target is a queue of the same name.
  const schedule = async (Name, ScheduleExpression, more = {}) => {
    await world.sqs.send(new CreateQueueCommand({ QueueName: Name }));
    const { RuleArn } = await world.events.send(new PutRuleCommand({ Name, ScheduleExpression, ...more }));
    await world.events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "1", Arn: queueArn(Name) }] }));
    return RuleArn;
  };

  test("tells the targets of its rule of each planned minute", async () => {
    const RuleArn = await schedule("hourly", "rate(1 hour)");
    const described = await world.events.send(new DescribeRuleCommand({ Name: "hourly" }));
    assert.deepEqual([described.ScheduleExpression, described.EventPattern], ["rate(1 hour)", undefined]);
    const { Rules } = await world.events.send(new ListRulesCommand({ NamePrefix: "hour" }));
    assert.deepEqual(Rules.map(({ ScheduleExpression }) => ScheduleExpression), ["rate(1 hour)"]);
    world.server.advance("3h");
    const events = (await world.received("hourly", 3)).map(({ Body }) => JSON.parse(Body));
    const times = events.map(({ time }) => Date.parse(time));
    assert.deepEqual([times[1] - times[0], times[2] - times[1]], [3600000, 3600000]);
    assert.equal(times[0] % 60000, 0);
    const { id, time, ...rest } = events[0];
    assert.deepEqual(rest, { version: "0", "detail-type": "Scheduled Event", source: "aws.events", account, region,
      resources: [RuleArn], detail: {} });
    assert.deepEqual(await world.take("other"), []);
  });

  test("follows a cron expression until it is disabled", async () => {
    await schedule("nightly", "cron(30 2 * * ? *)");
    world.server.advance("48h");
    for (const time of await minutes("nightly", 2)) assert.match(time, /T02:30:00Z$/);
    // What was received and not deleted comes back with the time that passes.
    await world.sqs.send(new PurgeQueueCommand({ QueueUrl: world.url("nightly") }));
    await world.events.send(new DisableRuleCommand({ Name: "nightly" }));
    world.server.advance("48h");
    assert.deepEqual(await world.take("nightly"), []);
    await world.events.send(new EnableRuleCommand({ Name: "nightly" }));
    world.server.advance("24h");
    assert.equal((await minutes("nightly", 1)).length, 1);
  });

  test("that is none is refused in AWS's words", async () => {
    for (const ScheduleExpression of ["rate(5 minute)", "cron(0 10 * * * *)", "daily"]) {
      await refused(world.events.send(new PutRuleCommand({ Name: "none", ScheduleExpression })), "ValidationException",
        /^Parameter ScheduleExpression is not valid\.$/);
    }
    await world.events.send(new CreateEventBusCommand({ Name: "plant" }));
    await refused(world.events.send(new PutRuleCommand({ Name: "none", ScheduleExpression: "rate(1 day)",
      EventBusName: "plant" })), "ValidationException", /only on the default event bus/);
  });
});

test("a schedule survives kill -9", async () => {
  const world = await open({ data: true, clock: "virtual" });
  try {
    await world.sqs.send(new CreateQueueCommand({ QueueName: "ticks" }));
    await world.events.send(new PutRuleCommand({ Name: "ticks", ScheduleExpression: "rate(10 minutes)" }));
    await world.events.send(new PutTargetsCommand({ Rule: "ticks", Targets: [{ Id: "1", Arn: queueArn("ticks") }] }));
    const ended = new Promise((resolve) => world.server.process.once("exit", resolve));
    world.server.process.kill("SIGKILL");
    await ended;
    await world.server.restart();
    world.server.advance("20m");
    const sqs = world.server.sqs();
    const { Messages } = await sqs.send(new ReceiveMessageCommand({
      QueueUrl: `${world.server.endpoint}/${account}/ticks`, MaxNumberOfMessages: 10 }));
    const times = Messages.map(({ Body }) => Date.parse(JSON.parse(Body).time));
    assert.equal(times.length, 2);
    assert.equal(times[1] - times[0], 600000);
  } finally {
    await world.server.stop();
  }
});

describe("the policy of a bus", () => {
  let world, described;
  before(async () => {
    world = await open();
    described = async (Name = "default") => world.events.send(new DescribeEventBusCommand({ Name }));
  });
  after(() => world?.server.stop());
  const statement = (Sid, account) => ({ Sid, Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "events:PutEvents", Resource: arn("event-bus/default") });
  const permit = (more) => world.events.send(new PutPermissionCommand(more));

  test("is made and taken back statement by statement", async () => {
    assert.equal((await described()).Policy, undefined);
    const Action = "events:PutEvents";
    await permit({ Action, Principal: "000000000002", StatementId: "two" });
    await permit({ Action, Principal: "000000000003", StatementId: "three" });
    const { Policy } = await described();
    assert.deepEqual(JSON.parse(Policy), { Version: "2012-10-17",
      Statement: [statement("two", "000000000002"), statement("three", "000000000003")] });
    const { EventBuses } = await world.events.send(new ListEventBusesCommand({}));
    assert.equal(EventBuses[0].Policy, Policy);
    await world.events.send(new RemovePermissionCommand({ StatementId: "two" }));
    assert.deepEqual(JSON.parse((await described()).Policy).Statement, [statement("three", "000000000003")]);
    await refused(world.events.send(new RemovePermissionCommand({ StatementId: "two" })), "ResourceNotFoundException");
    await world.events.send(new RemovePermissionCommand({ RemoveAllPermissions: true }));
    assert.equal((await described()).Policy, undefined);
    await refused(permit({ Policy: JSON.stringify({ Version: "2012-10-17",
      Statement: [statement("x".repeat(10300), "000000000002")] }) }), "PolicyLengthExceededException");
    await refused(permit({ EventBusName: "none", Action, Principal: "000000000002", StatementId: "two" }),
      "ResourceNotFoundException");
  });

  test("lets in whom it names, and keeps out whom it denies", async () => {
    const iam = world.server.iam();
    const { User } = await iam.send(new CreateUserCommand({ UserName: "press" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "press" }));
    const events = world.server.events({
      credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const put = () => events.send(new PutEventsCommand({ Entries: [entry()] }));
    const set = (Effect) => permit({ Policy: JSON.stringify({ Version: "2012-10-17", Statement: [
      { Effect, Principal: { AWS: User.Arn }, Action: "events:PutEvents", Resource: arn("event-bus/default") }] }) });
    await refused(put(), "AccessDeniedException");
    await set("Allow");
    assert.equal((await put()).FailedEntryCount, 0);
    await iam.send(new PutUserPolicyCommand({ UserName: "press", PolicyName: "p", PolicyDocument: JSON.stringify({
      Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "events:*", Resource: "*" }] }) }));
    await set("Deny");
    await refused(put(), "AccessDeniedException", /explicit deny in a resource-based policy/);
    await world.events.send(new RemovePermissionCommand({ RemoveAllPermissions: true }));
    assert.equal((await put()).FailedEntryCount, 0);
  });

  test("stands beside a description that may change", async () => {
    await world.events.send(new CreateEventBusCommand({ Name: "plant", Description: "old" }));
    const { Arn, Description } = await world.events.send(new UpdateEventBusCommand({ Name: "plant", Description: "new" }));
    assert.deepEqual([Arn, Description], [arn("event-bus/plant"), "new"]);
    assert.equal((await described("plant")).Description, "new");
    await refused(world.events.send(new UpdateEventBusCommand({ Name: "none" })), "ResourceNotFoundException");
  });
});

test("what PutEvents answered for survives kill -9", async () => {
  const world = await open({ data: true });
  try {
    await world.rule("kept");
    const put = await Promise.all(Array.from({ length: 20 }, (_, n) => world.put(entry({ n }))));
    const ids = put.map(([{ EventId }]) => EventId).sort();
    const ended = new Promise((resolve) => world.server.process.once("exit", resolve));
    world.server.process.kill("SIGKILL");
    await ended;
    await world.server.restart();
    const sqs = world.server.sqs();
    const seen = new Set();
    await until(async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({
        QueueUrl: `${world.server.endpoint}/${account}/kept`, MaxNumberOfMessages: 10 }));
      for (const { Body } of Messages) seen.add(JSON.parse(Body).id);
    }, () => seen.size >= ids.length, "all events");
    assert.deepEqual([...seen].sort(), ids);
  } finally {
    await world.server.stop();
  }
});

describe("SQS", () => {
  let server, sqs;
  before(async () => {
    server = await Everseal.start({ clock: "virtual" });
    sqs = server.sqs();
  });
  after(() => server?.stop());

  test("hides what was received until its time is over, and forgets what was deleted", async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q", Attributes: { VisibilityTimeout: "60" } }));
    assert.equal((await sqs.send(new GetQueueUrlCommand({ QueueName: "q" }))).QueueUrl, QueueUrl);
    assert.deepEqual((await sqs.send(new ListQueuesCommand({}))).QueueUrls, [QueueUrl]);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "one",
      MessageAttributes: { kind: { DataType: "String", StringValue: "test" } } }));
    const receive = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["ApproximateReceiveCount"] }))).Messages ?? [];
    const [first] = await receive();
    assert.equal(first.Body, "one");
    assert.equal(first.MessageAttributes.kind.StringValue, "test");
    assert.deepEqual(await receive(), []);
    server.advance("61s");
    const [second] = await receive();
    assert.equal(second.Attributes.ApproximateReceiveCount, "2");
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second.ReceiptHandle }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    assert.equal(Attributes.QueueArn, queueArn("q"));
    assert.equal(Attributes.ApproximateNumberOfMessagesNotVisible, "0");
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    const error = await refusal(sqs.send(new PurgeQueueCommand({ QueueUrl })));
    assert.equal(error.name, "QueueDoesNotExist");
  });
});

describe("the aws CLI", { skip: !installed && "it is not installed" }, () => {
  let server;
  before(async () => { server = await Everseal.start(); });
  after(() => server?.stop());

  test("reads an undelivered event from its queue", async () => {
    const { QueueUrl } = server.aws("sqs", "create-queue", "--queue-name", "dead");
    assert.equal(server.aws("events", "put-rule", "--name", "renewals", "--event-pattern", plant).RuleArn,
      arn("rule/renewals"));
    const { FailedEntryCount } = server.aws("events", "put-targets", "--rule", "renewals", "--targets",
      JSON.stringify([{ Id: "1", Arn: arn("event-bus/gone"), DeadLetterConfig: { Arn: queueArn("dead") } }]));
    assert.equal(FailedEntryCount, 0);
    const { Entries: [{ EventId }] } = server.aws("events", "put-events", "--entries", JSON.stringify([entry({ n: 1 })]));
    const { Messages: [message] } = await until(
      () => server.aws("sqs", "receive-message", "--queue-url", QueueUrl, "--message-attribute-names", "All"),
      (answer) => answer?.Messages, "a dead letter");
    assert.equal(JSON.parse(message.Body).id, EventId);
    assert.equal(message.MessageAttributes.ERROR_CODE.StringValue, "NO_RESOURCE");
    server.aws("sqs", "delete-message", "--queue-url", QueueUrl, "--receipt-handle", message.ReceiptHandle);
    assert.equal(server.aws("sqs", "get-queue-attributes", "--queue-url", QueueUrl, "--attribute-names",
      "ApproximateNumberOfMessagesNotVisible").Attributes.ApproximateNumberOfMessagesNotVisible, "0");
  });

  test("does what administrators do with rules", () => {
    server.aws("events", "put-rule", "--name", "published", "--event-pattern", renewals, "--description", "of ACM");
    assert.equal(server.aws("events", "describe-rule", "--name", "published").EventPattern, renewals);
    assert.deepEqual(server.aws("events", "list-rules", "--name-prefix", "pub").Rules.map(({ Name }) => Name), ["published"]);
    server.aws("events", "tag-resource", "--resource-arn", arn("rule/published"), "--tags", "Key=team,Value=pki");
    server.aws("events", "untag-resource", "--resource-arn", arn("rule/published"), "--tag-keys", "none");
    assert.deepEqual(server.aws("events", "list-tags-for-resource", "--resource-arn", arn("rule/published")).Tags,
      [{ Key: "team", Value: "pki" }]);
    server.aws("events", "disable-rule", "--name", "published");
    assert.equal(server.aws("events", "describe-rule", "--name", "published").State, "DISABLED");
    server.aws("events", "delete-rule", "--name", "published");
    assert.deepEqual(server.aws("events", "list-rules", "--name-prefix", "pub").Rules, []);
    assert.equal(server.aws("events", "list-event-buses").EventBuses[0].Name, "default");
  });

  test("makes a schedule and lets a partner put events", () => {
    server.aws("events", "put-rule", "--name", "nightly", "--schedule-expression", "cron(30 2 ? * MON-FRI *)");
    assert.equal(server.aws("events", "describe-rule", "--name", "nightly").ScheduleExpression, "cron(30 2 ? * MON-FRI *)");
    server.aws("events", "delete-rule", "--name", "nightly");
    server.aws("events", "put-permission", "--statement-id", "partner", "--action", "events:PutEvents",
      "--principal", "000000000002");
    assert.equal(JSON.parse(server.aws("events", "describe-event-bus").Policy).Statement[0].Sid, "partner");
    server.aws("events", "remove-permission", "--statement-id", "partner");
    assert.equal(server.aws("events", "describe-event-bus").Policy, undefined);
  });
});
