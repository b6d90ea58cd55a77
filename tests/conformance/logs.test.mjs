// CloudWatch Logs: groups, streams and events, read and searched with the SDK and the aws CLI.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import {
  CreateLogGroupCommand, CreateLogStreamCommand, DeleteLogGroupCommand, DeleteLogStreamCommand, DescribeLogGroupsCommand,
  DescribeLogStreamsCommand, GetLogEventsCommand, ListTagsForResourceCommand, PutLogEventsCommand, PutRetentionPolicyCommand,
  TagResourceCommand, UntagResourceCommand, paginateDescribeLogStreams, paginateFilterLogEvents, paginateGetLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { Everseal, account, refused, region } from "./harness.mjs";

const group = "/aws/lambda/export", stream = "2025/01/02/[$LATEST]0123456789abcdef0123456789abcdef";
const arn = `arn:aws:logs:${region}:${account}:log-group:${group}`;
let server, logs;
const send = (command, input) => logs.send(new command(input));
const put = (messages, logStreamName = stream, start = Date.now()) => send(PutLogEventsCommand, { logGroupName: group, logStreamName,
  logEvents: messages.map((message, index) => ({ timestamp: start + index, message })) });
const filter = async (input) => {
  const found = [];
  for await (const page of paginateFilterLogEvents({ client: logs }, { logGroupName: group, ...input })) found.push(...page.events);
  return found.map(({ message }) => message);
};

before(async () => {
  server = await Everseal.start();
  logs = server.logs();
  await send(CreateLogGroupCommand, { logGroupName: group, tags: { team: "pki" } });
  await send(CreateLogStreamCommand, { logGroupName: group, logStreamName: stream });
});
after(() => server.stop());

describe("A log group", () => {
  test("is there once, and shows what it is", async () => {
    await refused(send(CreateLogGroupCommand, { logGroupName: group }), "ResourceAlreadyExistsException", /log group already exists/);
    await refused(send(CreateLogGroupCommand, { logGroupName: "a b" }), "InvalidParameterException",
      /1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern/);
    await send(PutRetentionPolicyCommand, { logGroupName: group, retentionInDays: 30 });
    const { logGroups: [shown] } = await send(DescribeLogGroupsCommand, { logGroupNamePrefix: "/aws/lambda" });
    assert.equal(shown.arn, `${arn}:*`);
    assert.deepEqual([shown.logGroupName, shown.retentionInDays, shown.logGroupClass], [group, 30, "STANDARD"]);
    await refused(send(DeleteLogGroupCommand, { logGroupName: "none" }), "ResourceNotFoundException", /The specified log group does not exist/);
  });

  test("has tags", async () => {
    await send(TagResourceCommand, { resourceArn: arn, tags: { stage: "test" } });
    assert.deepEqual((await send(ListTagsForResourceCommand, { resourceArn: arn })).tags, { stage: "test", team: "pki" });
    await send(UntagResourceCommand, { resourceArn: arn, tagKeys: ["stage"] });
    assert.deepEqual((await send(ListTagsForResourceCommand, { resourceArn: arn })).tags, { team: "pki" });
  });

  test("is gone with all that is in it", async () => {
    const logGroupName = "short-lived";
    await send(CreateLogGroupCommand, { logGroupName });
    await send(CreateLogStreamCommand, { logGroupName, logStreamName: "s" });
    await send(DeleteLogGroupCommand, { logGroupName });
    await refused(send(GetLogEventsCommand, { logGroupName, logStreamName: "s" }), "ResourceNotFoundException");
    await send(CreateLogGroupCommand, { logGroupName });
    assert.deepEqual((await send(DescribeLogStreamsCommand, { logGroupName })).logStreams, []);
    await send(DeleteLogGroupCommand, { logGroupName });
  });
});

describe("Log events", () => {
  test("come back in order, page by page, from either end", async () => {
    const logStreamName = "pages";
    await send(CreateLogStreamCommand, { logGroupName: group, logStreamName });
    const all = Array.from({ length: 500 }, (_, index) => `line ${index} é`);
    for (let at = 0; at < all.length; at += 100) await put(all.slice(at, at + 100), logStreamName, Date.now() + at);
    const found = [];
    for await (const page of paginateGetLogEvents({ client: logs, stopOnSameToken: true },
      { logGroupName: group, logStreamName, startFromHead: true, limit: 70 })) found.push(...page.events);
    assert.deepEqual(found.map(({ message }) => message), all);
    const last = await send(GetLogEventsCommand, { logGroupName: group, logStreamName, limit: 2 });
    assert.deepEqual(last.events.map(({ message }) => message), all.slice(-2));
    const before = await send(GetLogEventsCommand, { logGroupName: group, logStreamName, limit: 2, nextToken: last.nextBackwardToken });
    assert.deepEqual(before.events.map(({ message }) => message), all.slice(-4, -2));
    await send(DeleteLogStreamCommand, { logGroupName: group, logStreamName });
    await refused(send(GetLogEventsCommand, { logGroupName: group, logStreamName }), "ResourceNotFoundException", /log stream does not exist/);
  });

  test("are found by patterns, in all streams at once", async () => {
    for (const logStreamName of ["web/1", "web/2", "db"]) await send(CreateLogStreamCommand, { logGroupName: group, logStreamName });
    const now = Date.now();
    await put(["ERROR out of memory", '{"level":"error","n":7}'], "web/1", now);
    await put(["WARN retry"], "web/2", now - 1000);
    await put(["ERROR disk full", "INFO fine"], "db", now + 1000);
    assert.deepEqual(await filter({ filterPattern: "ERROR" }), ["ERROR out of memory", "ERROR disk full"]);
    assert.deepEqual(await filter({ filterPattern: "?ERROR ?WARN", limit: 1 }), ["WARN retry", "ERROR out of memory", "ERROR disk full"]);
    assert.deepEqual(await filter({ filterPattern: '"out of" -disk' }), ["ERROR out of memory"]);
    assert.deepEqual(await filter({ filterPattern: '{ $.level = "error" && $.n > 5 }' }), ['{"level":"error","n":7}']);
    assert.deepEqual(await filter({ logStreamNamePrefix: "web/", startTime: now }), ["ERROR out of memory", '{"level":"error","n":7}']);
    assert.deepEqual(await filter({ logStreamNames: ["db", "web/2"] }), ["WARN retry", "ERROR disk full", "INFO fine"]);
    await refused(filter({ filterPattern: "{ $.a" }), "InvalidParameterException", /Invalid filter pattern/);
    const names = [];
    for await (const page of paginateDescribeLogStreams({ client: logs, pageSize: 2 },
      { logGroupName: group, orderBy: "LastEventTime", descending: true })) names.push(...page.logStreams.map(({ logStreamName }) => logStreamName));
    assert.deepEqual(names, ["db", "web/1", "web/2", stream]);
  });

  test("are refused where AWS refuses them", async () => {
    const refusedBatch = (logEvents, words) => refused(send(PutLogEventsCommand, { logGroupName: group, logStreamName: stream, logEvents }),
      "InvalidParameterException", words);
    const timestamp = Date.now();
    await refusedBatch([{ timestamp, message: "b" }, { timestamp: timestamp - 1, message: "a" }], /chronological order/);
    await refusedBatch([], /Member must have length greater than or equal to 1/);
    await refusedBatch([{ timestamp, message: "" }], /Member must have length greater than or equal to 1/);
    await refusedBatch([{ timestamp, message: "x".repeat(600_000) }, { timestamp, message: "x".repeat(600_000) }], /Upload too large/);
    const { rejectedLogEventsInfo, nextSequenceToken } = await send(PutLogEventsCommand, { logGroupName: group, logStreamName: stream,
      logEvents: [{ timestamp: timestamp - 31 * 86_400_000, message: "expired" }] });
    assert.deepEqual(rejectedLogEventsInfo, { expiredLogEventEndIndex: 1, tooOldLogEventEndIndex: 1 });
    assert.ok(nextSequenceToken);
  });

  test("are for those whose policies allow it", async () => {
    const iam = server.iam(), UserName = "function";
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "write", PolicyDocument: JSON.stringify({ Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${arn}:*` }] }) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const own = server.logs({ credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    await own.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: "own" }));
    await own.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: "own", logEvents: [{ timestamp: Date.now(), message: "x" }] }));
    await refused(own.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: "own" })), "AccessDeniedException",
      /not authorized to perform: logs:GetLogEvents on resource: .*:log-group:\/aws\/lambda\/export:log-stream:own/);
    await refused(own.send(new CreateLogGroupCommand({ logGroupName: "other" })), "AccessDeniedException");
  });
});

// `aws logs tail` is in version 2 of the CLI only.
const cli = ["/usr/bin/aws", "aws"].find((program) => /^aws-cli\/2/.test(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? ""));
describe("aws logs tail", { skip: !cli && "there is no aws CLI of version 2" }, () => {
  const env = () => ({ PATH: process.env.PATH, HOME: server.folder, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: region,
    AWS_PAGER: "", PYTHONUNBUFFERED: "1", AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" });
  const tail = (...args) => ["--endpoint-url", server.endpoint, "logs", "tail", group, "--since", "5m", "--format", "short", ...args];

  test("prints what was logged", async () => {
    await put(["tail: one", "tail: two"]);
    const { stdout, stderr, status } = spawnSync(cli, tail("--filter-pattern", '"tail:"'), { encoding: "utf8", env: env() });
    assert.equal(status, 0, stderr);
    assert.deepEqual(stdout.trim().split("\n").map((line) => line.replace(/^\S+ /, "")), ["tail: one", "tail: two"]);
  });

  test("--follow goes on printing", async () => {
    const following = spawn(cli, tail("--follow", "--filter-pattern", '"follow:"'), { env: env(), stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    const wait = (words) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not printed: ${words}, but ${printed}`)), 60_000);
      const look = () => words.test(printed) && (clearTimeout(timer), resolve());
      following.stdout.on("data", (data) => (printed += data, look()));
      look();
    });
    try {
      await put(["follow: one"]);
      await wait(/follow: one/);
      await put(["follow: two"]);
      await wait(/follow: two/);
      assert.equal(printed.match(/follow: one/g).length, 1);
    } finally {
      following.kill("SIGINT");
    }
  });
});

describe("the aws CLI", { skip: spawnSync("aws", ["--version"]).status !== 0 && "it is not installed" }, () => {
  test("does it all", () => {
    const name = ["--log-group-name", "by-cli"];
    server.aws("logs", "create-log-group", ...name);
    server.aws("logs", "create-log-stream", ...name, "--log-stream-name", "s");
    server.aws("logs", "put-log-events", ...name, "--log-stream-name", "s", "--log-events", `timestamp=${Date.now()},message=hello`);
    assert.equal(server.aws("logs", "get-log-events", ...name, "--log-stream-name", "s").events[0].message, "hello");
    assert.equal(server.aws("logs", "filter-log-events", ...name, "--filter-pattern", "hell").events[0].logStreamName, "s");
    server.aws("logs", "put-retention-policy", ...name, "--retention-in-days", "7");
    assert.equal(server.aws("logs", "describe-log-groups", "--log-group-name-prefix", "by-").logGroups[0].retentionInDays, 7);
    server.aws("logs", "delete-retention-policy", ...name);
    assert.equal(server.aws("logs", "describe-log-streams", ...name).logStreams.length, 1);
    server.aws("logs", "delete-log-stream", ...name, "--log-stream-name", "s");
    server.aws("logs", "delete-log-group", ...name);
    assert.equal(server.aws("logs", "describe-log-groups", "--log-group-name-prefix", "by-").logGroups.length, 0);
  });
});
