// Roles as the AWS SDK and the aws CLI see them: how they are kept, who becomes one, and what its
// sessions may do and for how long.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import {
  AttachRolePolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreatePolicyVersionCommand,
  CreateRoleCommand, CreateUserCommand, DeletePolicyCommand, DeletePolicyVersionCommand,
  DeleteRoleCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand, GetPolicyCommand,
  GetPolicyVersionCommand, GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand, ListPoliciesCommand, ListRolePoliciesCommand, ListRolesCommand, ListRoleTagsCommand,
  PutRolePolicyCommand, PutUserPolicyCommand, SetDefaultPolicyVersionCommand, TagRoleCommand,
  UntagRoleCommand, UpdateAssumeRolePolicyCommand, UpdateRoleCommand, paginateListRoles,
  waitUntilRoleExists,
} from "@aws-sdk/client-iam";
import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, PackedPolicyTooLargeException } from "@aws-sdk/client-sts";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { Everseal, account, refusedAs, refusedWith as refused, region } from "./harness.mjs";

const basicExecution = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const says = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action, Resource = "*", more = {}) => ({ Effect: "Allow", Action, Resource, ...more });
const trusts = (Principal, more = {}) =>
  says({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more });
const lambda = { Service: "lambda.amazonaws.com" };

let server, root;
before(async () => {
  server = await Everseal.start({ clock: "virtual" });
  root = server.iam();
});
after(() => server.stop());

let made = 0;
const fresh = (word) => `${word}-${++made}`;
const missing = (promise, words) => refused(promise, "NoSuchEntityException", 404, words);
const malformed = (promise, words) => refused(promise, "MalformedPolicyDocumentException", 400, words);

async function role(trust = trusts(lambda), options = {}) {
  const RoleName = fresh("role");
  const { Role } = await root.send(new CreateRoleCommand({
    RoleName, AssumeRolePolicyDocument: trust, ...options }));
  return Role;
}
async function user(...statements) {
  const UserName = fresh("user");
  const { User } = await root.send(new CreateUserCommand({ UserName }));
  if (statements.length > 0) {
    await root.send(new PutUserPolicyCommand({
      UserName, PolicyName: "says", PolicyDocument: says(...statements) }));
  }
  const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
  return { Arn: User.Arn, UserName,
    credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } };
}
const put = (RoleName, ...statements) => root.send(new PutRolePolicyCommand({
  RoleName, PolicyName: "says", PolicyDocument: says(...statements) }));

async function assume(credentials, RoleArn, options = {}) {
  const { Credentials, ...rest } = await server.sts({ credentials }).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "run1", ...options }));
  return { ...rest, expiration: Credentials.Expiration, credentials: {
    accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken } };
}
const who = async (credentials) => {
  const { UserId, Account, Arn } =
    await server.sts({ credentials }).send(new GetCallerIdentityCommand({}));
  return { UserId, Account, Arn };
};
// A user, and a role that trusts it.
async function pair(statements = [], options = {}) {
  const ops = await user();
  const Role = await role(trusts({ AWS: ops.Arn }), options);
  if (statements.length > 0) await put(Role.RoleName, ...statements);
  return { ops, Role };
}

describe("roles", () => {
  test("are made with an id, an ARN and a trust policy, and found again", async () => {
    const RoleName = fresh("role");
    const trust = trusts(lambda);
    const { Role } = await root.send(new CreateRoleCommand({
      RoleName, Path: "/service-role/", AssumeRolePolicyDocument: trust, Description: "renews",
      MaxSessionDuration: 7200, Tags: [{ Key: "team", Value: "pki" }] }));
    assert.match(Role.RoleId, /^AROA[A-Z2-7]{17}$/);
    assert.equal(Role.Arn, `arn:aws:iam::${account}:role/service-role/${RoleName}`);
    await waitUntilRoleExists({ client: root, maxWaitTime: 10 }, { RoleName });
    const found = (await root.send(new GetRoleCommand({ RoleName }))).Role;
    assert.deepEqual(found, Role);
    assert.equal(decodeURIComponent(found.AssumeRolePolicyDocument), trust);
    assert.equal(found.MaxSessionDuration, 7200);
    await refused(root.send(new CreateRoleCommand({
      RoleName: RoleName.toUpperCase(), AssumeRolePolicyDocument: trust })),
    "EntityAlreadyExistsException", 409, /^Role with name ROLE-\d+ already exists.$/);
  });

  test("are listed in pages, below a path", async () => {
    const Path = `/${fresh("path")}/`;
    const names = [];
    for (let i = 0; i < 3; ++i) names.push((await role(trusts(lambda), { Path })).RoleName);
    const found = [];
    for await (const page of paginateListRoles({ client: root, pageSize: 2 }, { PathPrefix: Path })) {
      found.push(...page.Roles.map((each) => each.RoleName));
    }
    assert.deepEqual(found, names.sort());
    assert.deepEqual((await root.send(new ListRolesCommand({ PathPrefix: "/none/" }))).Roles ?? [], []);
  });

  test("are refused what is no trust policy", async () => {
    await malformed(role("{"), /contains invalid Json/);
    await malformed(role(says(allow("sts:AssumeRole"))), /prohibited field Resource|required field Principal/);
    await malformed(role(says({ Effect: "Allow", Principal: lambda, Action: "iam:GetRole" })),
      /^AssumeRole policy may only specify STS AssumeRole actions.$/);
    await malformed(role(trusts({ AWS: `arn:aws:iam::${account}:user/nobody` })),
      /^Invalid principal in policy: "AWS":"arn:aws:iam::\d+:user\/nobody"$/);
    await refused(role(trusts(lambda), { MaxSessionDuration: 3599 }), "ValidationError", 400,
      /greater than or equal to 3600/);
  });

  test("change", async () => {
    const { RoleName } = await role();
    await root.send(new UpdateRoleCommand({ RoleName, Description: "more", MaxSessionDuration: 43200 }));
    await root.send(new UpdateAssumeRolePolicyCommand({
      RoleName, PolicyDocument: trusts({ Service: "events.amazonaws.com" }) }));
    await root.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "a", Value: "1" }, { Key: "b", Value: "" }] }));
    await root.send(new UntagRoleCommand({ RoleName, TagKeys: ["a"] }));
    const { Role } = await root.send(new GetRoleCommand({ RoleName }));
    assert.equal(Role.Description, "more");
    assert.equal(Role.MaxSessionDuration, 43200);
    assert.match(decodeURIComponent(Role.AssumeRolePolicyDocument), /events.amazonaws.com/);
    assert.deepEqual((await root.send(new ListRoleTagsCommand({ RoleName }))).Tags, [{ Key: "b", Value: "" }]);
  });

  test("have policies, and go without", async () => {
    const { RoleName } = await role();
    await put(RoleName, allow("acm:*"));
    await root.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: basicExecution }));
    assert.deepEqual((await root.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames, ["says"]);
    const inline = await root.send(new GetRolePolicyCommand({ RoleName, PolicyName: "says" }));
    assert.equal(decodeURIComponent(inline.PolicyDocument), says(allow("acm:*")));
    assert.deepEqual((await root.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies,
      [{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: basicExecution }]);
    const profiles = await root.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    assert.deepEqual(profiles.InstanceProfiles ?? [], []);
    const remove = () => root.send(new DeleteRoleCommand({ RoleName }));
    const conflict = (words) => refused(remove(), "DeleteConflictException", 409, words);
    await conflict(/must delete policies first/);
    await root.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "says" }));
    await conflict(/must detach all policies first/);
    await root.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: basicExecution }));
    await remove();
    await missing(root.send(new GetRoleCommand({ RoleName })),
      new RegExp(`^The role with name ${RoleName} cannot be found.$`));
    await missing(remove());
  });

  test("of functions find what AWS gives them", async () => {
    const { Policy } = await root.send(new GetPolicyCommand({ PolicyArn: basicExecution }));
    assert.equal(Policy.Path, "/service-role/");
    const { PolicyVersion } = await root.send(new GetPolicyVersionCommand({
      PolicyArn: basicExecution, VersionId: Policy.DefaultVersionId }));
    assert.deepEqual(JSON.parse(decodeURIComponent(PolicyVersion.Document)).Statement[0].Action,
      ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]);
    const { Policies } = await root.send(new ListPoliciesCommand({ Scope: "AWS", PathPrefix: "/service-role/" }));
    assert.ok(Policies.some((each) => each.Arn === basicExecution));
  });
});

test("managed policies have versions", async () => {
  const { Policy } = await root.send(new CreatePolicyCommand({
    PolicyName: fresh("policy"), PolicyDocument: says(allow("acm:ListCertificates")) }));
  const PolicyArn = Policy.Arn;
  const add = (...statements) => root.send(new CreatePolicyVersionCommand({
    PolicyArn, PolicyDocument: says(...statements), SetAsDefault: true }));
  const { ops, Role } = await pair();
  await root.send(new AttachRolePolicyCommand({ RoleName: Role.RoleName, PolicyArn }));
  const { credentials } = await assume(ops.credentials, Role.Arn);
  const list = () => server.acm({ credentials }).send(new ListCertificatesCommand({}));
  await list();
  assert.equal((await add(allow("acm:GetCertificate"))).PolicyVersion.VersionId, "v2");
  await refused(list(), "AccessDeniedException", 400);
  await root.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
  await list();
  await refused(root.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" })),
    "DeleteConflictException", 409);
  await root.send(new DetachRolePolicyCommand({ RoleName: Role.RoleName, PolicyArn }));
  await refused(root.send(new DeletePolicyCommand({ PolicyArn })), "DeleteConflictException", 409);
  await root.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" }));
  await root.send(new DeletePolicyCommand({ PolicyArn }));
});

describe("becoming a role", () => {
  test("gives credentials that are the role's", async () => {
    const { ops, Role } = await pair();
    const session = await assume(ops.credentials, Role.Arn, { DurationSeconds: 900 });
    assert.match(session.credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.match(session.credentials.secretAccessKey, /^[A-Za-z0-9+/]{40}$/);
    const Arn = `arn:aws:sts::${account}:assumed-role/${Role.RoleName}/run1`;
    assert.deepEqual(session.AssumedRoleUser, { AssumedRoleId: `${Role.RoleId}:run1`, Arn });
    assert.deepEqual(await who(session.credentials), { UserId: `${Role.RoleId}:run1`, Account: account, Arn });
  });

  const refusedBy = (promise) => refused(promise, "AccessDenied", 403, /is not authorized to perform: sts:AssumeRole on resource: /);

  test("is for whom the trust policy names", async () => {
    const { Role } = await pair();
    await refusedBy(assume((await user()).credentials, Role.Arn));
    await refusedBy(assume((await user(allow("*"))).credentials, Role.Arn));
    await refusedBy(assume((await user(allow("*"))).credentials, `arn:aws:iam::${account}:role/missing`));
  });

  test("needs a right of one's own where the trust policy names the account", async () => {
    const Role = await role(trusts({ AWS: `arn:aws:iam::${account}:root` }));
    await refusedBy(assume((await user()).credentials, Role.Arn));
    await assume((await user(allow("sts:AssumeRole", Role.Arn))).credentials, Role.Arn);
    await refused(assume(undefined, Role.Arn), "AccessDenied", 403, /^Roles may not be assumed by root accounts.$/);
  });

  test("may need an external id", async () => {
    const ops = await user();
    const Role = await role(trusts({ AWS: ops.Arn }, { Condition: { StringEquals: { "sts:ExternalId": "4711" } } }));
    await refusedBy(assume(ops.credentials, Role.Arn));
    await refusedBy(assume(ops.credentials, Role.Arn, { ExternalId: "4712" }));
    await assume(ops.credentials, Role.Arn, { ExternalId: "4711" });
  });

  test("with tags needs the right to tag the session", async () => {
    const ops = await user();
    const Tags = [{ Key: "team", Value: "pki" }];
    const Role = await role(trusts({ AWS: ops.Arn }));
    await put(Role.RoleName, allow("acm:ListCertificates", "*",
      { Condition: { StringEquals: { "aws:PrincipalTag/team": "pki" } } }));
    await refused(assume(ops.credentials, Role.Arn, { Tags }), "AccessDenied", 403, /sts:TagSession/);
    await root.send(new UpdateAssumeRolePolicyCommand({ RoleName: Role.RoleName,
      PolicyDocument: says({ Effect: "Allow", Principal: { AWS: ops.Arn },
        Action: ["sts:AssumeRole", "sts:TagSession"] }) }));
    const list = async (session) =>
      server.acm({ credentials: session.credentials }).send(new ListCertificatesCommand({}));
    await list(await assume(ops.credentials, Role.Arn, { Tags }));
    await refused(list(await assume(ops.credentials, Role.Arn)), "AccessDeniedException", 400);
  });

  test("lasts as long as the role allows, and an hour from one role to the next", async () => {
    const { ops, Role } = await pair([allow("sts:AssumeRole")], { MaxSessionDuration: 7200 });
    const first = await assume(ops.credentials, Role.Arn, { DurationSeconds: 7200 });
    await refused(assume(ops.credentials, Role.Arn, { DurationSeconds: 7201 }), "ValidationError", 400,
      /exceeds the MaxSessionDuration set for this role/);
    await refused(assume(ops.credentials, Role.Arn, { DurationSeconds: 899 }), "ValidationError", 400);
    const next = await role(trusts({ AWS: Role.Arn }), { MaxSessionDuration: 7200 });
    const second = await assume(first.credentials, next.Arn, { DurationSeconds: 3600 });
    assert.match((await who(second.credentials)).Arn, new RegExp(`/${next.RoleName}/run1$`));
    await refused(assume(first.credentials, next.Arn, { DurationSeconds: 3601 }), "ValidationError", 400,
      /1 hour session limit for roles assumed by role chaining/);
  });

  test("is refused in the words of the model", async () => {
    const { ops, Role } = await pair();
    const wrong = (options, code, words) =>
      refused(assume(ops.credentials, Role.Arn, options), code, 400, words);
    await wrong({ RoleSessionName: "a b" }, "ValidationError", /roleSessionName/);
    await wrong({ Policy: "{" }, "MalformedPolicyDocumentException", /invalid Json/);
    await wrong({ PolicyArns: [{ arn: "arn:aws:iam::aws:policy/Missing" }] }, "ValidationError", /does not exist/);
    await wrong({ SerialNumber: "GAHT12345678", TokenCode: "123456" }, "ValidationError", /is not supported by Everseal\.$/);
    await wrong({ TransitiveTagKeys: ["team"] }, "ValidationError",
      /^The specified transitive tag key team must be included in the requested tags\.$/);
  });

  test("is refused tags that are given twice or inherited, and more than a session can carry", async () => {
    const ops = await user();
    const may = { Action: ["sts:AssumeRole", "sts:TagSession"] };
    const Role = await role(trusts({ AWS: ops.Arn }, may));
    const wrong = (Tags, words) =>
      refused(assume(ops.credentials, Role.Arn, { Tags }), "ValidationError", 400, words);
    await wrong([{ Key: "team", Value: "a" }, { Key: "Team", Value: "b" }], /^Duplicate tag keys found\./);
    const Tags = Array.from({ length: 50 }, (_, i) => ({ Key: `key${i}`, Value: "v".repeat(256) }));
    await refusedAs(assume(ops.credentials, Role.Arn, { Tags }), PackedPolicyTooLargeException, 400,
      /^Packed size of session policies and tags exceeds the limit of 8192 octets\.$/);
    await put(Role.RoleName, allow(may.Action));
    const session = await assume(ops.credentials, Role.Arn, {
      Tags: [{ Key: "team", Value: "a" }], TransitiveTagKeys: ["team"] });
    const next = await role(trusts({ AWS: Role.Arn }, may));
    await refused(assume(session.credentials, next.Arn, { Tags: [{ Key: "team", Value: "b" }] }), "ValidationError", 400,
      /^The tag key team can't be set because it conflicts with a transitive tag key from the calling session\.$/);
  });
});

describe("a session of a role", () => {
  test("may what the role may, no more than its own policies, and nothing once the role is gone", async () => {
    const { ops, Role } = await pair([allow("acm:*")]);
    const list = (session) =>
      server.acm({ credentials: session.credentials }).send(new ListCertificatesCommand({}));
    const free = await assume(ops.credentials, Role.Arn);
    await list(free);
    const limited = await assume(ops.credentials, Role.Arn, { Policy: says(allow("acm:GetCertificate")) });
    assert.equal(limited.PackedPolicySize, 2);
    await refused(list(limited), "AccessDeniedException", 400, /because no session policy allows the acm:ListCertificates action/);
    const managed = await assume(ops.credentials, Role.Arn,
      { PolicyArns: [{ arn: "arn:aws:iam::aws:policy/AWSCertificateManagerReadOnly" }] });
    await list(managed);
    await root.send(new DeleteRolePolicyCommand({ RoleName: Role.RoleName, PolicyName: "says" }));
    await refused(list(free), "AccessDeniedException", 400, /because no identity-based policy allows/);
    await root.send(new DeleteRoleCommand({ RoleName: Role.RoleName }));
    await refused(list(free), "UnrecognizedClientException", 400);
    await refused(who(free.credentials), "InvalidClientTokenId", 403);
  });

  test("is let in by a bucket that names it or its role, which its own policy may cut", async () => {
    const { ops, Role } = await pair();
    const Bucket = `${fresh("bucket")}-of-roles`;
    const s3 = server.s3();
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello" }));
    const naming = (AWS) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: says({
      Effect: "Allow", Principal: { AWS }, Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }) }));
    const free = await assume(ops.credentials, Role.Arn);
    const limited = await assume(ops.credentials, Role.Arn, { Policy: says(allow("acm:*")) });
    const get = async (session) => {
      const { Body } = await server.s3({ credentials: session.credentials })
        .send(new GetObjectCommand({ Bucket, Key: "a" }));
      return Body.transformToString();
    };
    await refused(get(free), "AccessDenied", 403);
    await naming(Role.Arn);
    assert.equal(await get(free), "hello");
    await refused(get(limited), "AccessDenied", 403);
    await naming(`arn:aws:sts::${account}:assumed-role/${Role.RoleName}/run1`);
    assert.equal(await get(limited), "hello");
    await naming(`arn:aws:sts::${account}:assumed-role/${Role.RoleName}/run2`);
    await refused(get(free), "AccessDenied", 403);
  });

  test("signs URLs in advance, with its token in them", async () => {
    const { ops, Role } = await pair();
    const { credentials } = await assume(ops.credentials, Role.Arn);
    const { hostname, port, host } = new URL(server.endpoint);
    const signer = new SignatureV4({ credentials, region, service: "sts", sha256: Sha256 });
    const { path, query } = await signer.presign({
      method: "GET", protocol: "http:", hostname, port: Number(port), path: "/",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" }, headers: { host },
    }, { expiresIn: 60 });
    const ask = (changes) =>
      fetch(`${server.endpoint}${path}?${new URLSearchParams({ ...query, ...changes })}`);
    const answer = await ask({});
    assert.match(await answer.text(), new RegExp(`assumed-role/${Role.RoleName}/run1`));
    const other = await assume(ops.credentials, Role.Arn);
    const forged = await ask({ "X-Amz-Security-Token": other.credentials.sessionToken });
    assert.equal(forged.status, 403);
    assert.match(await forged.text(), /<Code>InvalidClientTokenId<\/Code>/);
  });

  test("needs its own token, and is refused in the words of each protocol", async () => {
    const { ops, Role } = await pair();
    const session = await assume(ops.credentials, Role.Arn);
    const other = await assume(ops.credentials, Role.Arn);
    const { sessionToken, ...bare } = session.credentials;
    const wrong = { ...bare, sessionToken: other.credentials.sessionToken };
    const object = new GetObjectCommand({ Bucket: "any-bucket", Key: "a" });
    for (const [credentials, s3Code, s3Status] of
      [[bare, "InvalidAccessKeyId", 403], [wrong, "InvalidToken", 400]]) {
      await refused(who(credentials), "InvalidClientTokenId", 403);
      await refused(server.acm({ credentials }).send(new ListCertificatesCommand({})),
        "UnrecognizedClientException", 400);
      await refused(server.s3({ credentials }).send(object), s3Code, s3Status);
    }
  });

  test("ends at its time on the clock of the server", async () => {
    const { ops, Role } = await pair([allow("acm:*")]);
    const session = await assume(ops.credentials, Role.Arn, { DurationSeconds: 900 });
    const { credentials } = session;
    await who(credentials);
    server.advance("10m");
    await who(credentials);
    server.advance("6m");
    await refused(who(credentials), "ExpiredToken", 403, /is expired$/);
    await refused(server.acm({ credentials }).send(new ListCertificatesCommand({})), "ExpiredTokenException", 400);
    await refused(server.s3({ credentials }).send(new GetObjectCommand({ Bucket: "any-bucket", Key: "a" })),
      "ExpiredToken", 400);
    const again = await assume(ops.credentials, Role.Arn, { DurationSeconds: 900 });
    assert.ok(again.expiration - session.expiration >= 16 * 60_000);
    await who(again.credentials);
  });
});

test("the aws CLI becomes a role and acts as it", async () => {
  const ops = await user();
  const as = (credentials, ...args) => {
    const others = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
    const output = execFileSync("aws", ["--endpoint-url", server.endpoint, "--output", "json", ...args], {
      encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: {
        ...Object.fromEntries(others), AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey, AWS_DEFAULT_REGION: region,
        ...(credentials.sessionToken ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
        AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_PAGER: "",
        AWS_EC2_METADATA_DISABLED: "true" } });
    return output.trim() === "" ? undefined : JSON.parse(output);
  };
  const RoleName = fresh("role");
  const { Role } = server.aws("iam", "create-role", "--role-name", RoleName,
    "--assume-role-policy-document", trusts({ AWS: ops.Arn }));
  assert.equal(Role.AssumeRolePolicyDocument.Statement[0].Principal.AWS, ops.Arn);
  server.aws("iam", "put-role-policy", "--role-name", RoleName, "--policy-name", "says",
    "--policy-document", says(allow("acm:ListCertificates")));
  server.aws("iam", "attach-role-policy", "--role-name", RoleName, "--policy-arn", basicExecution);
  const { Credentials } = as(ops.credentials, "sts", "assume-role", "--role-arn", Role.Arn,
    "--role-session-name", "from-the-cli");
  const session = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken };
  assert.equal(as(session, "sts", "get-caller-identity").Arn,
    `arn:aws:sts::${account}:assumed-role/${RoleName}/from-the-cli`);
  assert.ok(Array.isArray(as(session, "acm", "list-certificates").CertificateSummaryList));
  assert.throws(() => as(session, "iam", "list-users"), /AccessDenied/);
});
