// API destinations as the AWS SDK and the CLI see them: what is put on a bus reaches a system outside as an HTTP
// request with the authorization of its connection, whose secrets are never seen again.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import {
  CreateApiDestinationCommand, CreateConnectionCommand, DeauthorizeConnectionCommand, DeleteApiDestinationCommand,
  DeleteConnectionCommand, DescribeApiDestinationCommand, DescribeConnectionCommand, ListApiDestinationsCommand,
  ListConnectionsCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand, UpdateApiDestinationCommand,
  UpdateConnectionCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateUserCommand, CreateAccessKeyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { Everseal, account, binary, refused, region, until } from "./harness.mjs";

const installed = spawnSync("aws", ["--version"]).status === 0;
const secret = "s3cret-that-nobody-sees";
const basic = { AuthorizationType: "BASIC", AuthParameters: { BasicAuthParameters: { Username: "ada", Password: secret } } };
const certificate = `arn:aws:acm:${region}:${account}:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`;

// A system on this machine: keeps what it was sent, and answers as the test says.
class System {
  taken = [];
  answer = () => ({ status: 200 });

  async start() {
    this.server = createServer(async (request, response) => {
      let body = "";
      for await (const piece of request) body += piece;
      const taken = { method: request.method, url: request.url, headers: request.headers, body };
      const { status, headers = {}, text = "" } = this.answer(taken, this.taken.length);
      this.taken.push(taken);
      if (status === 0) return response.destroy();
      response.writeHead(status, headers).end(text);
    });
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }
  received(count) {
    return until(async () => this.taken, (all) => all.length >= count, `${count} requests`);
  }
  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

async function open(options) {
  const server = await Everseal.start({ config: "[destinations]\nloopback = true\n", ...options });
  const events = server.events();
  const send = (command) => events.send(command);
  return {
    server, send,
    connect: async (Name, parameters = basic) =>
      (await send(new CreateConnectionCommand({ Name, ...parameters }))).ConnectionArn,
    // A rule of that name whose target is a destination of the same name.
    wire: async (Name, ConnectionArn, InvocationEndpoint, { target = {}, ...more } = {}) => {
      const { ApiDestinationArn } = await send(new CreateApiDestinationCommand({
        Name, ConnectionArn, InvocationEndpoint, HttpMethod: "POST", ...more }));
      await send(new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: [Name] }) }));
      await send(new PutTargetsCommand({ Rule: Name, Targets: [{
        Id: "1", Arn: ApiDestinationArn, RoleArn: `arn:aws:iam::${account}:role/events`, ...target }] }));
      return ApiDestinationArn;
    },
    put: async (Source, detail = {}, more = {}) => (await send(new PutEventsCommand({ Entries: [
      { Source, DetailType: "Press", Detail: JSON.stringify(detail), ...more }] }))).Entries[0].EventId,
    // As the harness does it, but while this process goes on answering.
    advance: (duration) => promisify(execFile)(binary,
      ["clock", "advance", duration, "--endpoint-url", server.endpoint, "--region", region],
      { env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" } }),
    states: async (Name) => (await send(new DescribeConnectionCommand({ Name }))).ConnectionState,
  };
}

describe("a connection", () => {
  let world;
  before(async () => { world = await open(); });
  after(() => world.server.stop());

  test("shows all but its secrets, in every answer and in the log", async () => {
    const hidden = { Key: "X-Token", Value: secret, IsValueSecret: true };
    const made = await world.send(new CreateConnectionCommand({
      Name: "tickets", Description: "The help desk", AuthorizationType: "API_KEY",
      AuthParameters: {
        ApiKeyAuthParameters: { ApiKeyName: "X-Key", ApiKeyValue: secret },
        InvocationHttpParameters: {
          HeaderParameters: [{ Key: "X-Team", Value: "pki", IsValueSecret: false }, hidden],
          QueryStringParameters: [hidden], BodyParameters: [hidden] } } }));
    assert.match(made.ConnectionArn,
      new RegExp(`^arn:aws:events:${region}:${account}:connection/tickets/[0-9a-f]{8}-[0-9a-f-]{27}$`));
    assert.equal(made.ConnectionState, "AUTHORIZED");
    const shown = await world.send(new DescribeConnectionCommand({ Name: "tickets" }));
    assert.equal(shown.Description, "The help desk");
    assert.deepEqual(shown.AuthParameters.ApiKeyAuthParameters, { ApiKeyName: "X-Key" });
    assert.deepEqual(shown.AuthParameters.InvocationHttpParameters, {
      HeaderParameters: [{ Key: "X-Team", Value: "pki", IsValueSecret: false }, { Key: "X-Token", IsValueSecret: true }],
      QueryStringParameters: [{ Key: "X-Token", IsValueSecret: true }],
      BodyParameters: [{ Key: "X-Token", IsValueSecret: true }] });
    assert.ok(shown.LastAuthorizedTime instanceof Date);
    const all = await world.send(new ListConnectionsCommand({ NamePrefix: "tick", ConnectionState: "AUTHORIZED" }));
    assert.deepEqual(all.Connections.map(({ Name, AuthorizationType }) => [Name, AuthorizationType]), [["tickets", "API_KEY"]]);
    assert.ok(!JSON.stringify([shown, all]).includes(secret));
    assert.ok(!world.server.log.join().includes(secret));
  });

  test("is refused in the words of the model, without its secrets", async () => {
    const make = (more) => world.send(new CreateConnectionCommand({ Name: "bad", ...basic, ...more }));
    const message = async (promise) => promise.then(() => assert.fail("no error"), (error) => error.message);
    await refused(make({ AuthorizationType: "API_KEY" }), "ValidationException", /ApiKeyAuthParameters/);
    await refused(make({ Name: "a b" }), "ValidationException", /name/);
    const told = await message(make({ AuthParameters: { BasicAuthParameters: { Username: "ada", Password: `${secret}:` } } }));
    assert.ok(!told.includes(secret), told);
    await world.connect("twice");
    await refused(world.connect("twice"), "ResourceAlreadyExistsException", /twice/);
    for (const command of [DescribeConnectionCommand, DeauthorizeConnectionCommand, DeleteConnectionCommand, UpdateConnectionCommand])
      await refused(world.send(new command({ Name: "none" })), "ResourceNotFoundException", /'none' does not exist/);
  });

  test("is changed, deauthorized and deleted; its destinations follow", async () => {
    const ConnectionArn = await world.connect("chat");
    await world.send(new CreateApiDestinationCommand({
      Name: "room", ConnectionArn, InvocationEndpoint: "https://chat.example/", HttpMethod: "POST" }));
    const state = async () => (await world.send(new DescribeApiDestinationCommand({ Name: "room" }))).ApiDestinationState;
    assert.equal(await state(), "ACTIVE");
    const gone = await world.send(new DeauthorizeConnectionCommand({ Name: "chat" }));
    assert.equal(gone.ConnectionState, "DEAUTHORIZED");
    assert.equal(await state(), "INACTIVE");
    await world.send(new UpdateConnectionCommand({ Name: "chat", ...basic }));
    assert.equal(await state(), "ACTIVE");
    const deleted = await world.send(new DeleteConnectionCommand({ Name: "chat" }));
    assert.equal(deleted.ConnectionState, "DELETING");
    assert.equal(await state(), "INACTIVE");
  });

  test("needs the right to its ARN", async () => {
    const iam = world.server.iam();
    await iam.send(new CreateUserCommand({ UserName: "ops" }));
    await iam.send(new PutUserPolicyCommand({ UserName: "ops", PolicyName: "p", PolicyDocument: JSON.stringify({
      Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "events:*Connection",
        Resource: `arn:aws:events:*:*:connection/mine*` }] }) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ops" }));
    const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
    const ops = world.server.events({ credentials });
    await ops.send(new CreateConnectionCommand({ Name: "mine", ...basic }));
    await ops.send(new DescribeConnectionCommand({ Name: "mine" }));
    await refused(ops.send(new CreateConnectionCommand({ Name: "yours", ...basic })), "AccessDeniedException", /not authorized/);
  });
});

describe("an API destination", () => {
  let world, system;
  before(async () => { [world, system] = [await open({ clock: "virtual" }), await new System().start()]; });
  after(async () => { await world.server.stop(); await system.stop(); });
  const fresh = () => { system.taken.length = 0; system.answer = () => ({ status: 200 }); };

  test("is made, listed, changed and deleted", async () => {
    const ConnectionArn = await world.connect("plain");
    for (const Name of ["a", "b", "c"])
      await world.send(new CreateApiDestinationCommand({ Name, ConnectionArn, InvocationEndpoint: "https://chat.example/*", HttpMethod: "PUT" }));
    const first = await world.send(new ListApiDestinationsCommand({ ConnectionArn, Limit: 2 }));
    const rest = await world.send(new ListApiDestinationsCommand({ ConnectionArn, NextToken: first.NextToken }));
    assert.deepEqual([...first.ApiDestinations, ...rest.ApiDestinations].map(({ Name }) => Name), ["a", "b", "c"]);
    await world.send(new UpdateApiDestinationCommand({ Name: "a", InvocationRateLimitPerSecond: 5 }));
    const shown = await world.send(new DescribeApiDestinationCommand({ Name: "a" }));
    assert.equal(shown.InvocationRateLimitPerSecond, 5);
    assert.equal(shown.HttpMethod, "PUT");
    assert.match(shown.ApiDestinationArn, /:api-destination\/a\/[0-9a-f-]{36}$/);
    await world.send(new DeleteApiDestinationCommand({ Name: "a" }));
    await refused(world.send(new DescribeApiDestinationCommand({ Name: "a" })), "ResourceNotFoundException", /'a'/);
    await refused(world.send(new CreateApiDestinationCommand({ Name: "d", ConnectionArn, InvocationEndpoint: "http://chat.example/", HttpMethod: "POST" })),
      "ValidationException", /https/);
  });

  test("gets the event, with what the rule and the connection add", async () => {
    fresh();
    const connection = await world.connect("basic");
    await world.wire("whole", connection, `${system.url}/rooms/*`, { target: { HttpParameters: {
      PathParameterValues: ["$.detail.room"], QueryStringParameters: { from: "pki" }, HeaderParameters: { "X-Rule": "whole" } } } });
    const id = await world.put("whole", { room: "a/b" });
    const [{ method, url, headers, body }] = await system.received(1);
    assert.equal(`${method} ${url}`, "POST /rooms/a%2Fb?from=pki");
    assert.equal(headers.authorization, `Basic ${Buffer.from(`ada:${secret}`).toString("base64")}`);
    assert.equal(headers["x-rule"], "whole");
    assert.equal(headers["user-agent"], "Amazon/EventBridge/ApiDestinations");
    assert.equal(JSON.parse(body).id, id);
  });

  test("is authorized by OAuth, with a new token once the old one is refused", async () => {
    fresh();
    const login = await new System().start();
    login.answer = (_, count) => ({ status: 200, text: JSON.stringify({ access_token: `t${count}`, expires_in: 3600 }) });
    const connection = await world.connect("oauth", { AuthorizationType: "OAUTH_CLIENT_CREDENTIALS", AuthParameters: {
      OAuthParameters: { AuthorizationEndpoint: `${login.url}/token`, HttpMethod: "POST",
        ClientParameters: { ClientID: "everseal", ClientSecret: secret },
        OAuthHttpParameters: { BodyParameters: [{ Key: "scope", Value: "chat", IsValueSecret: false }] } } } });
    await until(() => world.states("oauth"), (state) => state === "AUTHORIZED", "authorization");
    assert.equal(login.taken[0].body,
      `grant_type=client_credentials&client_id=everseal&client_secret=${secret}&scope=chat`);
    system.answer = ({ headers }) => ({ status: headers.authorization === "Bearer t1" ? 200 : 401 });
    await world.wire("oauth", connection, `${system.url}/`);
    await world.put("oauth");
    await system.received(1);
    await world.advance("2s");
    const [first, second] = await system.received(2);
    assert.equal(first.headers.authorization, "Bearer t0");
    assert.equal(second.headers.authorization, "Bearer t1");
    assert.equal(first.body, second.body);
    await login.stop();
  });

  test("that is down for an hour gets all events in order", async () => {
    fresh();
    system.answer = () => ({ status: 0 });  // ends every connection
    await world.wire("down", await world.connect("down"), `${system.url}/`);
    const ids = [];
    for (let i = 0; i < 6; ++i) {
      ids.push(await world.put("down", { i }, { Resources: [certificate] }));
      await world.advance("10m");
    }
    assert.deepEqual(new Set(system.taken.map(({ body }) => JSON.parse(body).id)), new Set([ids[0]]));
    fresh();
    await world.advance("10m");
    await system.received(6);
    assert.deepEqual(system.taken.map(({ body }) => JSON.parse(body).id), ids);
  });

  test("is left alone while it asks for it, and what it refuses is a dead letter", async () => {
    fresh();
    const sqs = world.server.sqs();
    await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
    const DeadLetterConfig = { Arn: `arn:aws:sqs:${region}:${account}:dead` };
    system.answer = (_, count) => (count === 0 ? { status: 429, headers: { "Retry-After": "300" } } : { status: 422 });
    await world.wire("refusing", await world.connect("refusing"), `${system.url}/`, { target: { DeadLetterConfig } });
    const id = await world.put("refusing");
    await system.received(1);
    await world.advance("299s");
    assert.equal(system.taken.length, 1);
    await world.advance("2s");
    await system.received(2);
    const letters = await until(async () => (await sqs.send(new ReceiveMessageCommand({
      QueueUrl: `${world.server.endpoint}/${account}/dead`, MessageAttributeNames: ["All"] }))).Messages ?? [],
      (all) => all.length > 0, "a dead letter");
    assert.equal(JSON.parse(letters[0].Body).id, id);
    assert.equal(letters[0].MessageAttributes.ERROR_CODE.StringValue, "SDK_CLIENT_ERROR");
    assert.match(letters[0].MessageAttributes.ERROR_MESSAGE.StringValue, /status 422/);
  });

  test("works with the aws CLI", { skip: !installed }, async () => {
    fresh();
    const aws = (...args) => world.server.aws("events", ...args);
    const { ConnectionArn } = aws("create-connection", "--name", "cli", "--authorization-type", "API_KEY",
      "--auth-parameters", `ApiKeyAuthParameters={ApiKeyName=X-Key,ApiKeyValue=${secret}}`);
    const { ApiDestinationArn } = aws("create-api-destination", "--cli-input-json", JSON.stringify({  // version 1 would fetch a URL
      Name: "cli", ConnectionArn, InvocationEndpoint: "https://chat.example/hook", HttpMethod: "POST" }));
    assert.equal(aws("describe-api-destination", "--name", "cli").ApiDestinationArn, ApiDestinationArn);
    assert.equal(aws("describe-connection", "--name", "cli").AuthParameters.ApiKeyAuthParameters.ApiKeyName, "X-Key");
    assert.ok(aws("list-connections").Connections.some(({ Name }) => Name === "cli"));
    assert.equal(aws("deauthorize-connection", "--name", "cli").ConnectionState, "DEAUTHORIZED");
  });
});

test("without the setting nothing on this machine is reached", async () => {
  const server = await Everseal.start();
  const events = server.events();
  const { ConnectionArn } = await events.send(new CreateConnectionCommand({ Name: "chat", ...basic }));
  await refused(events.send(new CreateApiDestinationCommand({
    Name: "room", ConnectionArn, InvocationEndpoint: "http://localhost:9/", HttpMethod: "POST" })), "ValidationException", /https/);
  await server.stop();
});
