// Versions and aliases of functions, and who may invoke them, as the AWS SDK and the aws CLI see it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { AddPermissionCommand, CreateAliasCommand, CreateFunctionCommand, DeleteAliasCommand, DeleteFunctionCommand,
  GetAliasCommand, GetFunctionCommand, GetFunctionConfigurationCommand, GetPolicyCommand, InvokeCommand, LambdaClient,
  ListAliasesCommand, PublishVersionCommand, RemovePermissionCommand, UpdateAliasCommand, UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand, paginateListAliases, paginateListVersionsByFunction } from "@aws-sdk/client-lambda";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { Everseal, account, refusedWith as refused, region } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

const FunctionName = "demo";
const arn = `arn:aws:lambda:${region}:${account}:function:${FunctionName}`;
const code = (says) => zipOf("main.py", `
def handler(event, context):
    return [${JSON.stringify(says)}, context.function_version, context.invoked_function_arn]
`);
let server, lambda, folder;

before(async () => {
  server = await Everseal.start();
  folder = mkdtempSync(join(tmpdir(), "everseal-versions-"));
  lambda = server.client(LambdaClient);
  const Role = await roleForLambda(server, "versions");
  const made = await lambda.send(new CreateFunctionCommand({ FunctionName, Role, Runtime: "python3.11",
    Handler: "main.handler", Timeout: 60, MemorySize: 256, Code: { ZipFile: code("one") }, Publish: true,
    Description: "the first" }));
  assert.equal(made.Version, "1");
  assert.equal(made.FunctionArn, `${arn}:1`);
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const invoke = async (more) => {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, ...more }));
  return { said: JSON.parse(Buffer.from(answer.Payload)), ran: answer.ExecutedVersion };
};
const all = async (pages, of) => {
  const found = [];
  for await (const page of pages) found.push(...of(page));
  return found;
};

describe("a version", () => {
  test("stays as it was when the function changes", async () => {
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: code("two") }));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 300 }));
    assert.deepEqual(await invoke({ Qualifier: "1" }), { said: ["one", "1", `${arn}:1`], ran: "1" });
    assert.deepEqual(await invoke({}), { said: ["two", "$LATEST", arn], ran: "$LATEST" });
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: `${FunctionName}:1` }));
    assert.equal(Configuration.MemorySize, 256);
    assert.equal(Configuration.Description, "the first");
  });

  test("is published once of one state, and of the code that was meant", async () => {
    const { CodeSha256 } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    await refused(lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256: "AAAA" })),
      "InvalidParameterValueException", 400);
    const publish = () => lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256, Description: "the second" }));
    const second = await publish();
    assert.equal(second.$metadata.httpStatusCode, 201);
    assert.equal(second.Version, "2");
    assert.equal(second.Description, "the second");
    assert.equal((await publish()).Version, "2");
  });

  test("is listed in pages", async () => {
    const pages = paginateListVersionsByFunction({ client: lambda, pageSize: 2 }, { FunctionName });
    assert.deepEqual(await all(pages, ({ Versions }) => Versions.map(({ FunctionArn }) => FunctionArn)),
      [`${arn}:$LATEST`, `${arn}:1`, `${arn}:2`]);
  });

  test("that is not there is not found", async () => {
    await refused(invoke({ Qualifier: "9" }), "ResourceNotFoundException", 404);
    await refused(lambda.send(new UpdateFunctionCodeCommand({ FunctionName: `${FunctionName}:1`, ZipFile: code("x") })),
      "InvalidParameterValueException", 400);
  });
});

describe("an alias", () => {
  test("leads from one version to another", async () => {
    const made = await lambda.send(new CreateAliasCommand({ FunctionName, Name: "PROD", FunctionVersion: "1" }));
    assert.equal(made.$metadata.httpStatusCode, 201);
    assert.equal(made.AliasArn, `${arn}:PROD`);
    assert.deepEqual(await invoke({ Qualifier: "PROD" }), { said: ["one", "1", `${arn}:PROD`], ran: "1" });
    await refused(lambda.send(new UpdateAliasCommand({ FunctionName, Name: "PROD", FunctionVersion: "2",
      RevisionId: "00000000-0000-4000-8000-000000000000" })), "PreconditionFailedException", 412);
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: "PROD", FunctionVersion: "2",
      RevisionId: made.RevisionId }));
    assert.deepEqual(await invoke({ FunctionName: `${arn}:PROD` }), { said: ["two", "2", `${arn}:PROD`], ran: "2" });
    await refused(lambda.send(new CreateAliasCommand({ FunctionName, Name: "PROD", FunctionVersion: "1" })),
      "ResourceConflictException", 409);
    await refused(lambda.send(new CreateAliasCommand({ FunctionName, Name: "NONE", FunctionVersion: "9" })),
      "ResourceNotFoundException", 404);
    await refused(lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: "2" })),
      "ResourceConflictException", 409);
  });

  test("shares the invocations among two versions", async () => {
    const RoutingConfig = { AdditionalVersionWeights: { 2: 1 } };
    const { RoutingConfig: shown } = await lambda.send(new CreateAliasCommand({ FunctionName, Name: "MIX",
      FunctionVersion: "1", RoutingConfig }));
    assert.deepEqual(shown, RoutingConfig);
    assert.equal((await invoke({ Qualifier: "MIX" })).ran, "2");
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: "MIX", RoutingConfig: { AdditionalVersionWeights: {} } }));
    assert.equal((await lambda.send(new GetAliasCommand({ FunctionName, Name: "MIX" }))).RoutingConfig, undefined);
    assert.equal((await invoke({ Qualifier: "MIX" })).ran, "1");
  });

  test("is listed, and is gone when it was deleted", async () => {
    const pages = paginateListAliases({ client: lambda, pageSize: 1 }, { FunctionName });
    assert.deepEqual(await all(pages, ({ Aliases }) => Aliases.map(({ Name }) => Name)), ["MIX", "PROD"]);
    const { Aliases } = await lambda.send(new ListAliasesCommand({ FunctionName, FunctionVersion: "2" }));
    assert.deepEqual(Aliases.map(({ Name }) => Name), ["PROD"]);
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: "MIX" }));
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: "MIX" }));
    await refused(lambda.send(new GetAliasCommand({ FunctionName, Name: "MIX" })), "ResourceNotFoundException", 404);
  });
});

describe("a permission", () => {
  const permit = (more) => lambda.send(new AddPermissionCommand({ FunctionName, StatementId: "it",
    Action: "lambda:InvokeFunction", ...more }));

  test("is given by who has seen the policy as it is", async () => {
    for (const Qualifier of ["PROD", "1"]) {
      const Principal = "events.amazonaws.com";
      await permit({ Principal, Qualifier });
      const { RevisionId } = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier }));
      await permit({ Principal, Qualifier, RevisionId, StatementId: "second" });
      await refused(permit({ Principal, Qualifier, RevisionId, StatementId: "third" }), "PreconditionFailedException", 412);
      await refused(lambda.send(new RemovePermissionCommand({ FunctionName, Qualifier, RevisionId, StatementId: "it" })),
        "PreconditionFailedException", 412);
      for (const StatementId of ["it", "second"]) {
        await lambda.send(new RemovePermissionCommand({ FunctionName, Qualifier, StatementId }));
      }
    }
  });

  test("lets a user in for one alias, and no further", async () => {
    const { User } = await server.iam().send(new CreateUserCommand({ UserName: "caller" }));
    const { AccessKey } = await server.iam().send(new CreateAccessKeyCommand({ UserName: "caller" }));
    const theirs = server.client(LambdaClient, { credentials: {
      accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const tries = (Qualifier) => theirs.send(new InvokeCommand({ FunctionName, Qualifier }));
    await refused(tries("PROD"), "AccessDeniedException", 403);
    await permit({ Principal: User.Arn, Qualifier: "PROD" });
    assert.equal((await tries("PROD")).ExecutedVersion, "2");
    await refused(tries("2"), "AccessDeniedException", 403);
    await refused(tries(undefined), "AccessDeniedException", 403);
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: "PROD" }));
    assert.equal(JSON.parse(Policy).Statement[0].Resource, `${arn}:PROD`);
    await refused(lambda.send(new GetPolicyCommand({ FunctionName })), "ResourceNotFoundException", 404);
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: "it", Qualifier: "PROD" }));
    await refused(tries("PROD"), "AccessDeniedException", 403);
  });

  test("has the conditions that were asked for", async () => {
    const statement = async (more) => JSON.parse((await permit(more)).Statement);
    assert.deepEqual(await statement({ StatementId: "org", Principal: "*", PrincipalOrgID: "o-a1b2c3d4e5" }),
      { Sid: "org", Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: arn,
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } });
    assert.deepEqual(await statement({ StatementId: "partner", Principal: "444455556666" }),
      { Sid: "partner", Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" },
        Action: "lambda:InvokeFunction", Resource: arn });
    await refused(permit({ Principal: "s3.amazonaws.com", Qualifier: "$LATEST" }), "InvalidParameterValueException", 400);
  });
});

test("the aws CLI publishes, names and runs a version", () => {
  const cli = (...args) => server.aws("lambda", ...args, "--function-name", FunctionName);
  writeFileSync(join(folder, "three.zip"), code("three"));
  assert.equal(cli("update-function-code", "--zip-file", `fileb://${join(folder, "three.zip")}`, "--publish").Version, "3");
  assert.equal(cli("publish-version").Version, "3");
  cli("create-alias", "--name", "next", "--function-version", "3", "--routing-config", "AdditionalVersionWeights={1=0.25}");
  assert.deepEqual(cli("get-alias", "--name", "next").RoutingConfig, { AdditionalVersionWeights: { 1: 0.25 } });
  cli("update-alias", "--name", "next", "--routing-config", "AdditionalVersionWeights={}");
  const output = join(folder, "out.json");
  assert.equal(server.aws("lambda", "invoke", "--function-name", FunctionName, "--qualifier", "next", output).ExecutedVersion, "3");
  assert.deepEqual(JSON.parse(readFileSync(output)), ["three", "3", `${arn}:next`]);
  assert.equal(cli("list-versions-by-function").Versions.length, 4);
  assert.deepEqual(cli("list-aliases").Aliases.map(({ Name }) => Name), ["PROD", "next"]);
  cli("delete-alias", "--name", "next");
  cli("delete-function", "--qualifier", "3");
  assert.equal(cli("list-versions-by-function").Versions.length, 3);
});
