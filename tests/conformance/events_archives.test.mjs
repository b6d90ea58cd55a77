// Archives and replays of EventBridge as the AWS SDK and the CLI see them: what was put on a bus is kept with the
// transaction that put it there, and put there once more, marked, for the rules that are to hear it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import {
  CancelReplayCommand, CreateArchiveCommand, CreateEventBusCommand, DeleteArchiveCommand, DescribeArchiveCommand,
  DescribeReplayCommand, ListArchivesCommand, ListReplaysCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand,
  StartReplayCommand, UpdateArchiveCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { exported, issued, newCa, permit } from "./acm.mjs";
import { Everseal, account, refused, region, until } from "./harness.mjs";

const installed = spawnSync("aws", ["--version"]).status === 0;
const arn = (resource) => `arn:aws:events:${region}:${account}:${resource}`;
const queueArn = (name) => `arn:aws:sqs:${region}:${account}:${name}`;
const bus = arn("event-bus/default");
const press = "arn:plant:press/7";
const hour = 3600e3;

// A server, and what the tests do with it.
async function open(options) {
  const server = await Everseal.start(options);
  const world = {
    server,
    // Anew after a restart.
    connect: () => { [world.events, world.sqs] = [server.events(), server.sqs()]; },
    send: (command) => world.events.send(command),
    // A rule whose target is a queue of the same name.
    rule: async (Name, pattern = { source: ["plant"] }) => {
      await world.sqs.send(new CreateQueueCommand({ QueueName: Name, Attributes: { VisibilityTimeout: "3600" } }));
      await world.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
      await world.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "1", Arn: queueArn(Name) }] }));
    },
    put: async (detail = {}, more = {}) => {
      const { Entries: [{ EventId }] } = await world.send(new PutEventsCommand({ Entries: [
        { Source: "plant", DetailType: "Press", Detail: JSON.stringify(detail), ...more }] }));
      return EventId;
    },
    // The events in a queue once there are so many.
    received: async (name, count) => {
      const all = [];
      await until(async () => {
        const { Messages = [] } = await world.sqs.send(new ReceiveMessageCommand({
          QueueUrl: `${server.endpoint}/${account}/${name}`, MaxNumberOfMessages: 10 }));
        all.push(...Messages.map(({ Body }) => JSON.parse(Body)));
      }, () => all.length >= count, `${count} in ${name}`);
      return all;
    },
    archive: (ArchiveName, more) => world.send(new CreateArchiveCommand({ ArchiveName, EventSourceArn: bus, ...more })),
    described: (ArchiveName) => world.send(new DescribeArchiveCommand({ ArchiveName })),
    replay: (ReplayName, archive, { FilterArns, ...more } = {}) => world.send(new StartReplayCommand({ ReplayName,
      EventSourceArn: arn(`archive/${archive}`), EventStartTime: new Date(Date.now() - 2 * hour),
      EventEndTime: new Date(Date.now() + 2 * hour), Destination: { Arn: bus, FilterArns }, ...more })),
    ended: (ReplayName) => until(() => world.send(new DescribeReplayCommand({ ReplayName })),
      ({ ReplayEndTime }) => ReplayEndTime, `the end of ${ReplayName}`),
  };
  world.connect();
  return world;
}

describe("archives and replays", () => {
  let world;
  before(async () => { world = await open(); });
  after(() => world?.server.stop());

  test("what is replayed is the same event, marked with the name of the replay, for the rules that are named", async () => {
    const made = await world.archive("whole", { Description: "all of it", RetentionDays: 3,
      EventPattern: JSON.stringify({ detail: { n: [{ exists: true }] } }) });
    assert.equal(made.ArchiveArn, arn("archive/whole"));
    assert.equal(made.State, "ENABLED");
    await world.rule("live");
    await world.rule("replayed");
    await world.put({ other: 1 });
    await world.put({ n: 1 }, { Resources: [press] });
    const event = (await world.received("live", 2)).find(({ detail }) => detail.n);
    const archive = await world.described("whole");
    assert.deepEqual([archive.ArchiveName, archive.EventSourceArn, archive.Description, archive.RetentionDays,
      archive.EventCount, archive.SizeBytes, archive.CreationTime],
    ["whole", bus, "all of it", 3, 1, JSON.stringify(event).length, made.CreationTime]);
    await world.received("replayed", 2);

    const started = await world.replay("again", "whole", { FilterArns: [arn("rule/replayed")], Description: "once more" });
    assert.equal(started.ReplayArn, arn("replay/again"));
    assert.equal(started.State, "STARTING");
    assert.deepEqual(await world.received("replayed", 1), [{ ...event, "replay-name": "again" }]);
    const replay = await world.ended("again");
    assert.equal(replay.State, "COMPLETED");
    assert.deepEqual(replay.Destination, { Arn: bus, FilterArns: [arn("rule/replayed")] });
    assert.equal(replay.Description, "once more");
    assert.equal(replay.EventLastReplayedTime.getTime(), Date.parse(event.time));
    assert.equal((await world.described("whole")).EventCount, 1);
    // Events about one resource come one after the other: this one would come behind the replayed one.
    await world.put({ last: true }, { Resources: [press] });
    assert.deepEqual((await world.received("live", 1)).map(({ detail }) => detail), [{ last: true }]);
  });

  test("lists take one filter and come in pages", async () => {
    for (const name of ["list-a", "list-b", "list-c"]) await world.archive(name);
    const names = ({ Archives }) => Archives.map(({ ArchiveName }) => ArchiveName);
    const first = await world.send(new ListArchivesCommand({ NamePrefix: "list-", Limit: 2 }));
    assert.deepEqual(names(first), ["list-a", "list-b"]);
    assert.deepEqual(names(await world.send(new ListArchivesCommand({ NamePrefix: "list-", Limit: 2, NextToken: first.NextToken }))),
      ["list-c"]);
    await refused(world.send(new ListArchivesCommand({ NamePrefix: "l", State: "ENABLED" })), "ValidationException",
      /^At most one filter is allowed for ListArchives\. Use either : State, EventSourceArn, or NamePrefix\.$/);
    await world.replay("listed", "list-a");
    await world.ended("listed");
    const { Replays } = await world.send(new ListReplaysCommand({ EventSourceArn: arn("archive/list-a") }));
    assert.deepEqual(Replays.map(({ ReplayName, State }) => [ReplayName, State]), [["listed", "COMPLETED"]]);
  });

  test("says why something is refused", async () => {
    await world.archive("there");
    await refused(world.archive("there"), "ResourceAlreadyExistsException", /^Archive there already exists\.$/);
    await refused(world.archive("other", { EventPattern: "{" }), "InvalidEventPatternException", /Invalid JSON$/);
    await refused(world.archive("other", { EventSourceArn: arn("event-bus/nowhere") }), "ResourceNotFoundException");
    await refused(world.archive("a".repeat(49)), "ValidationException", /length less than or equal to 48/);
    await refused(world.described("nothing"), "ResourceNotFoundException", /^Archive nothing does not exist\.$/);
    await refused(world.replay("r", "nothing"), "ValidationException",
      /^Parameter EventSourceArn is not valid\. Reason: Archive nothing does not exist\.$/);
    await refused(world.replay("r", "there", { EventEndTime: new Date(0) }), "ValidationException",
      /^Parameter EventEndTime is not valid\. Reason: EventStartTime must be before EventEndTime\.$/);
    await world.send(new CreateEventBusCommand({ Name: "elsewhere" }));
    await refused(world.replay("r", "there", { Destination: { Arn: arn("event-bus/elsewhere") } }), "ValidationException",
      /Cross event bus replay is not permitted\.$/);
    await world.replay("over", "there");
    await world.ended("over");
    await refused(world.replay("over", "there"), "ResourceAlreadyExistsException", /^Replay over already exists\.$/);
    await refused(world.send(new CancelReplayCommand({ ReplayName: "over" })), "IllegalStatusException",
      /^Replay over is not in a valid state for this operation\.$/);
    await refused(world.send(new CancelReplayCommand({ ReplayName: "nothing" })), "ResourceNotFoundException");
  });

  test("asks policies about the archive, the bus and the replay", async () => {
    const iam = world.server.iam();
    await iam.send(new CreateUserCommand({ UserName: "keeper" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "keeper" }));
    await iam.send(new PutUserPolicyCommand({ UserName: "keeper", PolicyName: "p", PolicyDocument: JSON.stringify({
      Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["events:CreateArchive", "events:StartReplay"],
        Resource: [arn("archive/own-*"), arn("replay/own-*"), bus] }] }) }));
    const events = world.server.events({
      credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const create = (ArchiveName) => events.send(new CreateArchiveCommand({ ArchiveName, EventSourceArn: bus }));
    await create("own-1");
    await refused(create("others-1"), "AccessDeniedException");
    const start = (ReplayName) => events.send(new StartReplayCommand({ ReplayName, EventSourceArn: arn("archive/own-1"),
      EventStartTime: new Date(0), EventEndTime: new Date(), Destination: { Arn: bus } }));
    await start("own-1");
    await refused(start("others-1"), "AccessDeniedException");
  });

  test("the events of this server's own services are kept, too", async () => {
    const [acm, pca] = [world.server.acm(), world.server.pca()];
    await world.archive("own", { EventPattern: JSON.stringify({ source: ["aws.acm"] }) });
    const ca = await newCa(pca);
    await permit(pca, ca);
    const certificate = await issued(acm, ca);
    await exported(acm, certificate);
    await until(() => world.described("own"), ({ EventCount }) => EventCount === 1, "an event of ACM");
    await world.rule("too-late", { source: ["aws.acm"] });
    await world.replay("of-acm", "own");
    const [event] = await world.received("too-late", 1);
    assert.equal(event["detail-type"], "ACM Certificate Available");
    assert.deepEqual(event.resources, [certificate]);
    assert.equal(event["replay-name"], "of-acm");
  });
});

test("in virtual time, events go when their days are over, and replays after ninety", async () => {
  const world = await open({ clock: "virtual" });
  try {
    await world.archive("days", { RetentionDays: 7 });
    await world.put();
    const { CreationTime } = await world.described("days");
    const window = { EventStartTime: new Date(CreationTime.getTime() - hour), EventEndTime: new Date(CreationTime.getTime() + hour) };
    await world.replay("soon", "days", window);
    await world.ended("soon");
    world.server.advance("6d");
    assert.equal((await world.described("days")).EventCount, 1);
    world.server.advance("1d");
    assert.equal((await world.described("days")).EventCount, 0);
    await world.put();
    const { RetentionDays } = (await world.send(new UpdateArchiveCommand({ ArchiveName: "days", RetentionDays: 0 })),
    await world.described("days"));
    assert.equal(RetentionDays, 0);
    world.server.advance("90d");
    assert.equal((await world.described("days")).EventCount, 1);
    await refused(world.send(new DescribeReplayCommand({ ReplayName: "soon" })), "ResourceNotFoundException");
    await world.send(new DeleteArchiveCommand({ ArchiveName: "days" }));
    await refused(world.described("days"), "ResourceNotFoundException");
  } finally {
    await world.server.stop();
  }
});

test("a replay that kill -9 interrupts goes on where it was: each event once", async () => {
  const world = await open({ data: true });
  try {
    await world.archive("all");
    const Entries = Array.from({ length: 10 }, (_, n) => ({ Source: "plant", DetailType: "Press", Detail: `{"n":${n}}` }));
    const put = await Promise.all(Array.from({ length: 40 }, () => world.send(new PutEventsCommand({ Entries }))));
    const ids = put.flatMap(({ Entries: all }) => all.map(({ EventId }) => EventId)).sort();
    assert.equal((await world.described("all")).EventCount, ids.length);
    await world.rule("hears");
    await world.replay("again", "all");
    const ended = new Promise((resolve) => world.server.process.once("exit", resolve));
    world.server.process.kill("SIGKILL");
    await ended;
    await world.server.restart();
    world.connect();
    assert.equal((await world.ended("again")).State, "COMPLETED");
    const heard = (await world.received("hears", ids.length)).map(({ id }) => id);
    assert.deepEqual([...new Set(heard)].sort(), ids);
  } finally {
    await world.server.stop();
  }
});

describe("the aws CLI", { skip: !installed && "it is not installed" }, () => {
  let world;
  before(async () => { world = await open(); });
  after(() => world?.server.stop());

  test("keeps, lists, replays and forgets", async () => {
    const { server } = world;
    const events = (...args) => server.aws("events", ...args);
    assert.equal(events("create-archive", "--archive-name", "cli", "--event-source-arn", bus, "--retention-days", "30").ArchiveArn,
      arn("archive/cli"));
    assert.equal(events("update-archive", "--archive-name", "cli", "--description", "by hand").State, "ENABLED");
    const EventId = await world.put({ n: 1 });
    const archive = events("describe-archive", "--archive-name", "cli");
    assert.deepEqual([archive.Description, archive.RetentionDays, archive.EventCount], ["by hand", 30, 1]);
    assert.deepEqual(events("list-archives", "--event-source-arn", bus).Archives.map(({ ArchiveName }) => ArchiveName), ["cli"]);
    await world.rule("cli");
    const from = new Date(Date.now() - hour).toISOString(), to = new Date(Date.now() + hour).toISOString();
    assert.equal(events("start-replay", "--replay-name", "cli", "--event-source-arn", arn("archive/cli"),
      "--event-start-time", from, "--event-end-time", to, "--destination", `Arn=${bus},FilterArns=${arn("rule/cli")}`).ReplayArn,
    arn("replay/cli"));
    const [event] = await world.received("cli", 1);
    assert.deepEqual([event.id, event["replay-name"]], [EventId, "cli"]);
    await world.ended("cli");
    assert.equal(events("describe-replay", "--replay-name", "cli").State, "COMPLETED");
    assert.deepEqual(events("list-replays", "--state", "COMPLETED").Replays.map(({ ReplayName }) => ReplayName), ["cli"]);
    assert.throws(() => events("cancel-replay", "--replay-name", "cli"), /IllegalStatusException/);
    assert.equal(events("delete-archive", "--archive-name", "cli"), undefined);
    assert.throws(() => events("describe-archive", "--archive-name", "cli"), /ResourceNotFoundException/);
  });
});
