// IAM as the AWS SDK sees it: every operation, every modelled error that can be caused from outside,
// pages and waiters; and what users may do once their policies say so.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import {
  AttachUserPolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreateUserCommand,
  DeleteAccessKeyCommand, DeletePolicyCommand, DeleteUserCommand, DeleteUserPolicyCommand,
  DetachUserPolicyCommand, GetPolicyCommand, GetPolicyVersionCommand, GetUserCommand,
  GetUserPolicyCommand, ListAccessKeysCommand, ListAttachedUserPoliciesCommand,
  ListPoliciesCommand, ListPolicyVersionsCommand, ListUserPoliciesCommand, ListUsersCommand,
  PutUserPolicyCommand, UpdateAccessKeyCommand, paginateListAttachedUserPolicies,
  paginateListPolicies, paginateListUsers, waitUntilPolicyExists, waitUntilUserExists,
} from "@aws-sdk/client-iam";
import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import { TagCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { newCa, request } from "./acm.mjs";
import { Everseal, account, refusedWith as refused, region } from "./harness.mjs";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const statements = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action, Resource = "*", more = {}) => ({ Effect: "Allow", Action, Resource, ...more });
const deny = (Action, Resource = "*", more = {}) => ({ Effect: "Deny", Action, Resource, ...more });

let server, root;
before(async () => {
  server = await Everseal.start();
  root = server.iam();
});
after(() => server.stop());

let made = 0;
const fresh = (word) => `${word}-${++made}`;

async function user(options = {}) {
  const UserName = fresh("user");
  await root.send(new CreateUserCommand({ UserName, ...options }));
  return UserName;
}
async function credentials(UserName) {
  const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}
const put = (UserName, ...says) => root.send(new PutUserPolicyCommand({
  UserName, PolicyName: "says", PolicyDocument: statements(...says) }));
async function policy(...says) {
  const { Policy } = await root.send(new CreatePolicyCommand({
    PolicyName: fresh("policy"), PolicyDocument: statements(...says) }));
  return Policy;
}
const missing = (promise, words) => refused(promise, "NoSuchEntityException", 404, words);

describe("users", () => {
  test("are made with an id, an ARN and a path, and found again", async () => {
    const UserName = fresh("user");
    const { User } = await root.send(new CreateUserCommand({
      UserName, Path: "/plant/north/", Tags: [{ Key: "team", Value: "pki" }] }));
    assert.match(User.UserId, /^AIDA[A-Z2-7]{17}$/);
    assert.equal(User.Arn, `arn:aws:iam::${account}:user/plant/north/${UserName}`);
    assert.ok(Math.abs(User.CreateDate.getTime() - Date.now()) < 60_000);
    await waitUntilUserExists({ client: root, maxWaitTime: 10 }, { UserName });
    const found = (await root.send(new GetUserCommand({ UserName }))).User;
    assert.deepEqual(found, User);
    assert.deepEqual(found.Tags, [{ Key: "team", Value: "pki" }]);
  });

  test("are the caller where no name is given, also root", async () => {
    const { User } = await root.send(new GetUserCommand({}));
    assert.equal(User.Arn, `arn:aws:iam::${account}:root`);
    assert.equal(User.UserId, account);
    const UserName = await user();
    await put(UserName, allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}"));
    const own = server.iam({ credentials: await credentials(UserName) });
    assert.equal((await own.send(new GetUserCommand({}))).User.UserName, UserName);
    await refused(own.send(new GetUserCommand({ UserName: await user() })), "AccessDenied", 403);
  });

  test("differ in more than case", async () => {
    const UserName = await user();
    await refused(root.send(new CreateUserCommand({ UserName: UserName.toUpperCase() })),
      "EntityAlreadyExistsException", 409,
      new RegExp(`^User with name ${UserName.toUpperCase()} already exists.$`));
  });

  test("are listed in pages, below a path", async () => {
    const Path = `/${fresh("path")}/`;
    const names = [];
    for (let i = 0; i < 5; ++i) names.push(await user({ Path }));
    const found = [];
    let pages = 0;
    for await (const page of paginateListUsers({ client: root, pageSize: 2 }, { PathPrefix: Path })) {
      ++pages;
      found.push(...page.Users.map((each) => each.UserName));
    }
    assert.equal(pages, 3);
    assert.deepEqual(found, names.sort());
    const none = await root.send(new ListUsersCommand({ PathPrefix: "/nobody/" }));
    assert.deepEqual(none.Users ?? [], []);
    assert.equal(none.IsTruncated, false);
  });

  test("are refused in the words of the model", async () => {
    await refused(root.send(new CreateUserCommand({ UserName: "a b", Path: "north" })),
      "ValidationError", 400, /^2 validation errors detected: (?=.*'userName')(?=.*'path')/);
    await refused(root.send(new ListUsersCommand({ MaxItems: 1001 })), "ValidationError", 400,
      /less than or equal to 1000/);
    await refused(root.send(new ListUsersCommand({ Marker: "nonsense" })), "ValidationError", 400);
    await refused(root.send(new CreateUserCommand({
      UserName: fresh("user"), Tags: [{ Key: "a", Value: "1" }, { Key: "A", Value: "2" }] })),
    "InvalidInputException", 400, /Duplicate tag keys/);
  });

  test("are deleted once they hold nothing", async () => {
    const UserName = await user();
    const { accessKeyId: AccessKeyId } = await credentials(UserName);
    await put(UserName, allow("*"));
    await root.send(new AttachUserPolicyCommand({ UserName, PolicyArn: administrator }));
    const remove = () => root.send(new DeleteUserCommand({ UserName }));
    const conflict = (words) => refused(remove(), "DeleteConflictException", 409, words);
    await conflict(/must delete access keys first/);
    await root.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    await conflict(/must delete policies first/);
    await root.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "says" }));
    await conflict(/must detach all policies first/);
    await root.send(new DetachUserPolicyCommand({ UserName, PolicyArn: administrator }));
    await remove();
    await missing(root.send(new GetUserCommand({ UserName })),
      new RegExp(`^The user with name ${UserName} cannot be found.$`));
    await missing(remove());
  });
});

describe("access keys", () => {
  test("show their secret once", async () => {
    const UserName = await user();
    const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
    assert.match(AccessKey.AccessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.match(AccessKey.SecretAccessKey, /^[A-Za-z0-9+/]{40}$/);
    assert.equal(AccessKey.Status, "Active");
    const { AccessKeyMetadata } = await root.send(new ListAccessKeysCommand({ UserName }));
    assert.deepEqual(AccessKeyMetadata, [{
      UserName, AccessKeyId: AccessKey.AccessKeyId, Status: "Active",
      CreateDate: AccessKey.CreateDate }]);
  });

  test("are two at most, listed in pages", async () => {
    const UserName = await user();
    await credentials(UserName);
    await credentials(UserName);
    await refused(credentials(UserName), "LimitExceededException", 409,
      /^Cannot exceed quota for AccessKeysPerUser: 2$/);
    const first = await root.send(new ListAccessKeysCommand({ UserName, MaxItems: 1 }));
    assert.equal(first.IsTruncated, true);
    const second = await root.send(
      new ListAccessKeysCommand({ UserName, MaxItems: 1, Marker: first.Marker }));
    assert.equal(second.IsTruncated, false);
    assert.notEqual(first.AccessKeyMetadata[0].AccessKeyId, second.AccessKeyMetadata[0].AccessKeyId);
  });

  test("sign while they are active, and not a request longer", async () => {
    const UserName = await user();
    const key = await credentials(UserName);
    const caller = server.sts({ credentials: key });
    const who = () => caller.send(new GetCallerIdentityCommand({}));
    const set = (Status) => root.send(
      new UpdateAccessKeyCommand({ UserName, AccessKeyId: key.accessKeyId, Status }));
    assert.equal((await who()).Arn, `arn:aws:iam::${account}:user/${UserName}`);
    await set("Inactive");
    await refused(who(), "InvalidClientTokenId", 403);
    await set("Active");
    await who();
    await root.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: key.accessKeyId }));
    await refused(who(), "InvalidClientTokenId", 403);
    await missing(set("Active"), new RegExp(`^The Access Key with id ${key.accessKeyId} cannot be found.$`));
  });

  test("belong to one user", async () => {
    const { accessKeyId: AccessKeyId } = await credentials(await user());
    const UserName = await user();
    await missing(root.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })));
    await missing(root.send(new CreateAccessKeyCommand({ UserName: fresh("nobody") })));
  });
});

describe("inline policies", () => {
  test("come back as they were given, percent-encoded", async () => {
    const UserName = await user();
    const PolicyDocument = `{"Version":"2012-10-17",\n "Statement": [${JSON.stringify(allow("acm:*", "*"))}]}`;
    const named = { UserName, PolicyName: "says" };
    await root.send(new PutUserPolicyCommand({ ...named, PolicyDocument }));
    const found = await root.send(new GetUserPolicyCommand(named));
    assert.doesNotMatch(found.PolicyDocument, /[{" ]/);
    assert.equal(decodeURIComponent(found.PolicyDocument), PolicyDocument);
    assert.deepEqual((await root.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames, ["says"]);
    await root.send(new DeleteUserPolicyCommand(named));
    await missing(root.send(new GetUserPolicyCommand(named)), /^The user policy with name says cannot be found.$/);
    await missing(root.send(new DeleteUserPolicyCommand(named)));
  });

  test("are listed in pages", async () => {
    const UserName = await user();
    for (const PolicyName of ["b", "a", "c"]) {
      await root.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: statements(allow("acm:*")) }));
    }
    const first = await root.send(new ListUserPoliciesCommand({ UserName, MaxItems: 2 }));
    assert.deepEqual(first.PolicyNames, ["a", "b"]);
    const second = await root.send(new ListUserPoliciesCommand({ UserName, MaxItems: 2, Marker: first.Marker }));
    assert.deepEqual(second.PolicyNames, ["c"]);
    assert.equal(second.IsTruncated, false);
  });

  test("must be policies, and short", async () => {
    const UserName = await user();
    const say = (PolicyDocument) =>
      root.send(new PutUserPolicyCommand({ UserName, PolicyName: "says", PolicyDocument }));
    for (const [document, words] of [
      ["{", /contains invalid Json/],
      [statements({ Effect: "Allow", Action: "acm:*" }), /must contain resources/],
      [statements(allow("list")), /must be prefaced by a vendor/],
      [statements(allow("acm:*", "certificate")), /must be in ARN format/],
      [statements(allow("acm:*", "*", { Principal: "*" })), /should not specify a principal/],
    ]) {
      await refused(say(document), "MalformedPolicyDocumentException", 400, words);
    }
    await refused(say(statements(allow(Array(200).fill("acm:GetCertificate")))), "LimitExceededException",
      409, /^Maximum policy size of 2048 bytes exceeded for user /);
    await missing(root.send(new PutUserPolicyCommand({
      UserName: fresh("nobody"), PolicyName: "says", PolicyDocument: statements(allow("acm:*")) })));
  });
});

describe("managed policies", () => {
  test("are made, described and deleted", async () => {
    const PolicyName = fresh("policy");
    const PolicyDocument = statements(allow("acm:*"));
    const { Policy } = await root.send(new CreatePolicyCommand({
      PolicyName, Path: "/plant/", PolicyDocument, Description: "All of ACM",
      Tags: [{ Key: "team", Value: "pki" }] }));
    const PolicyArn = Policy.Arn;
    assert.equal(PolicyArn, `arn:aws:iam::${account}:policy/plant/${PolicyName}`);
    assert.match(Policy.PolicyId, /^ANPA[A-Z2-7]{17}$/);
    assert.equal(Policy.DefaultVersionId, "v1");
    await waitUntilPolicyExists({ client: root, maxWaitTime: 10 }, { PolicyArn });
    const found = (await root.send(new GetPolicyCommand({ PolicyArn }))).Policy;
    assert.equal(found.Description, "All of ACM");
    assert.equal(found.IsAttachable, true);
    assert.equal(found.AttachmentCount, 0);
    assert.deepEqual(found.Tags, [{ Key: "team", Value: "pki" }]);
    const { PolicyVersion } = await root.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    assert.equal(decodeURIComponent(PolicyVersion.Document), PolicyDocument);
    assert.equal(PolicyVersion.IsDefaultVersion, true);
    const { Versions } = await root.send(new ListPolicyVersionsCommand({ PolicyArn }));
    assert.deepEqual(Versions.map((each) => each.VersionId), ["v1"]);
    await missing(root.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v2" })));
    await refused(root.send(new CreatePolicyCommand({ PolicyName: PolicyName.toUpperCase(), PolicyDocument })),
      "EntityAlreadyExistsException", 409, /Duplicate names are not allowed/);
    await root.send(new DeletePolicyCommand({ PolicyArn }));
    await missing(root.send(new GetPolicyCommand({ PolicyArn })));
    await missing(root.send(new DeletePolicyCommand({ PolicyArn })));
  });

  test("are refused if malformed or too long", async () => {
    const make = (PolicyDocument) =>
      root.send(new CreatePolicyCommand({ PolicyName: fresh("policy"), PolicyDocument }));
    await refused(make("[]"), "MalformedPolicyDocumentException", 400);
    await refused(make(statements(allow(Array(400).fill("acm:GetCertificate")))),
      "LimitExceededException", 409, /^Cannot exceed quota for PolicySize: 6144$/);
  });

  test("are attached, listed and detached", async () => {
    const UserName = await user();
    const one = await policy(allow("acm:*"));
    const attach = (PolicyArn) => root.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await attach(one.Arn);
    await attach(one.Arn);
    await attach(administrator);
    const arns = [];
    for await (const page of paginateListAttachedUserPolicies({ client: root, pageSize: 1 }, { UserName })) {
      arns.push(...page.AttachedPolicies.map((each) => each.PolicyArn));
    }
    assert.deepEqual(arns.sort(), [one.Arn, administrator].sort());
    assert.equal((await root.send(new GetPolicyCommand({ PolicyArn: one.Arn }))).Policy.AttachmentCount, 1);
    await refused(root.send(new DeletePolicyCommand({ PolicyArn: one.Arn })), "DeleteConflictException", 409);
    const detach = () => root.send(new DetachUserPolicyCommand({ UserName, PolicyArn: one.Arn }));
    await detach();
    await missing(detach());
    const left = await root.send(new ListAttachedUserPoliciesCommand({ UserName }));
    assert.deepEqual(left.AttachedPolicies, [{ PolicyName: "AdministratorAccess", PolicyArn: administrator }]);
    await missing(attach(`arn:aws:iam::${account}:policy/nothing`), /does not exist or is not attachable/);
  });

  test("are ten at most for a user", async () => {
    const UserName = await user();
    for (let i = 0; i < 10; ++i) {
      const { Arn } = await policy(allow("acm:*"));
      await root.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Arn }));
    }
    await refused(root.send(new AttachUserPolicyCommand({ UserName, PolicyArn: administrator })),
      "LimitExceededException", 409, /^Cannot exceed quota for PoliciesPerUser: 10$/);
  });

  test("are listed by scope, in pages", async () => {
    const mine = await policy(allow("acm:*"));
    const names = async (Scope) => {
      const found = [];
      for await (const page of paginateListPolicies({ client: root, pageSize: 3 }, { Scope })) {
        found.push(...page.Policies.map((each) => each.Arn));
      }
      assert.equal(new Set(found).size, found.length);
      return found;
    };
    const local = await names("Local"), ofAws = await names("AWS"), all = await names("All");
    assert.ok(local.includes(mine.Arn) && !local.includes(administrator));
    assert.ok(ofAws.includes(administrator) && !ofAws.includes(mine.Arn));
    assert.deepEqual([...local, ...ofAws].sort(), [...all].sort());
    const attached = await root.send(new ListPoliciesCommand({ Scope: "Local", OnlyAttached: true }));
    assert.ok(!attached.Policies.some((each) => each.Arn === mine.Arn));
  });

  test("of AWS cannot be deleted", async () => {
    await refused(root.send(new DeletePolicyCommand({ PolicyArn: administrator })), "AccessDenied", 403);
  });
});

describe("what users may", () => {
  const list = (credentials, options) =>
    server.iam({ credentials, ...options }).send(new ListUsersCommand({}));

  test("is nothing without policies", async () => {
    const UserName = await user();
    await refused(list(await credentials(UserName)), "AccessDenied", 403, new RegExp(
      `^User: arn:aws:iam::${account}:user/${UserName} is not authorized to perform: iam:ListUsers ` +
      "on resource: .* because no identity-based policy allows the iam:ListUsers action$"));
  });

  test("follows inline and attached policies from the next request on", async () => {
    const UserName = await user();
    const key = await credentials(UserName);
    await put(UserName, allow("iam:List*"));
    await list(key);
    await root.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "says" }));
    await refused(list(key), "AccessDenied", 403);
    const { Arn: PolicyArn } = await policy(allow(["iam:listusers"]));
    await root.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await list(key);
    await root.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    await refused(list(key), "AccessDenied", 403);
  });

  test("is cut by an explicit deny", async () => {
    const UserName = await user();
    const key = await credentials(UserName);
    await root.send(new AttachUserPolicyCommand({ UserName, PolicyArn: administrator }));
    await put(UserName, deny("iam:ListUsers"));
    await refused(list(key), "AccessDenied", 403, /with an explicit deny in an identity-based policy$/);
    await server.iam({ credentials: key }).send(new GetUserCommand({ UserName }));
  });

  test("depends on conditions", async () => {
    const UserName = await user();
    const key = await credentials(UserName);
    await put(UserName, allow("iam:*", "*", { Condition: { IpAddress: { "aws:SourceIp": "127.0.0.0/8" } } }));
    await list(key);
    await put(UserName, allow("iam:*", "*", { Condition: { Bool: { "aws:SecureTransport": "true" } } }));
    await refused(list(key), "AccessDenied", 403);
    await put(UserName, allow("iam:*", "*", { Condition: { StringEquals: { "aws:ResourceTag/team": "pki" } } }));
    const ours = await user({ Tags: [{ Key: "team", Value: "pki" }] });
    const own = server.iam({ credentials: key });
    await own.send(new GetUserCommand({ UserName: ours }));
    await refused(own.send(new GetUserCommand({ UserName: await user() })), "AccessDenied", 403);
  });

  test("is limited to the resources that are named", async () => {
    const UserName = await user();
    await put(UserName, allow("iam:*", `arn:aws:iam::${account}:user/plant/*`));
    const own = server.iam({ credentials: await credentials(UserName) });
    const inside = await user({ Path: "/plant/" });
    await own.send(new GetUserCommand({ UserName: inside }));
    await own.send(new CreateUserCommand({ UserName: fresh("user"), Path: "/plant/" }));
    await refused(own.send(new CreateUserCommand({ UserName: fresh("user") })), "AccessDenied", 403);
    await refused(own.send(new GetUserCommand({ UserName })), "AccessDenied", 403);
  });

  test("is the same whatever region IAM is signed for", async () => {
    const UserName = await user();
    const key = await credentials(UserName);
    await put(UserName, allow("iam:ListUsers"));
    for (const region of ["us-east-1", "eu-central-1"]) await list(key, { region });
  });

  test("holds for other services, in the words of their protocols", async () => {
    const UserName = await user();
    const own = server.acm({ credentials: await credentials(UserName) });
    await refused(own.send(new ListCertificatesCommand({})), "AccessDeniedException", 400,
      /is not authorized to perform: acm:ListCertificates on resource/);
    await root.send(new AttachUserPolicyCommand({
      UserName, PolicyArn: "arn:aws:iam::aws:policy/AWSCertificateManagerReadOnly" }));
    await own.send(new ListCertificatesCommand({}));
  });

  test("looks at the tags of a CA, also where ACM asks it for a certificate", async () => {
    const pca = server.pca();
    const ca = await newCa(pca);
    await pca.send(new TagCertificateAuthorityCommand({
      CertificateAuthorityArn: ca, Tags: [{ Key: "env", Value: "prod" }] }));
    const UserName = await user();
    const own = server.acm({ credentials: await credentials(UserName) });
    const tagged = (value) => ({ Condition: { StringEquals: { "aws:ResourceTag/env": value } } });
    await put(UserName, allow("*"), deny("acm-pca:IssueCertificate", "*", tagged("prod")));
    await refused(request(own, ca), "AccessDeniedException", 400,
      /acm-pca:IssueCertificate on resource: .* with an explicit deny/);
    await put(UserName, allow("acm:*"), allow("acm-pca:*", "*", tagged("prod")));
    await request(own, ca);
    await put(UserName, allow("acm:*"), allow("acm-pca:*", "*", tagged("test")));
    await refused(request(own, ca), "AccessDeniedException", 400);
  });
});

const cli = spawnSync("aws", ["--version"]).status === 0;

describe("the aws CLI", { skip: !cli && "it is not installed" }, () => {
  const aws = (...args) => server.aws(...args);

  test("sets up a user and takes it down again", () => {
    const name = fresh("cli");
    assert.equal(aws("sts", "get-caller-identity").Arn, `arn:aws:iam::${account}:root`);
    assert.equal(aws("iam", "create-user", "--user-name", name).User.UserName, name);
    aws("iam", "wait", "user-exists", "--user-name", name);
    const key = aws("iam", "create-access-key", "--user-name", name).AccessKey.AccessKeyId;
    aws("iam", "put-user-policy", "--user-name", name, "--policy-name", "says",
      "--policy-document", statements(allow("acm:*")));
    const found = aws("iam", "get-user-policy", "--user-name", name, "--policy-name", "says");
    assert.deepEqual(found.PolicyDocument, JSON.parse(statements(allow("acm:*"))));
    aws("iam", "attach-user-policy", "--user-name", name, "--policy-arn", administrator);
    assert.equal(aws("iam", "list-attached-user-policies", "--user-name", name).AttachedPolicies.length, 1);
    assert.ok(aws("iam", "list-users", "--page-size", "2").Users.some((each) => each.UserName === name));
    aws("iam", "detach-user-policy", "--user-name", name, "--policy-arn", administrator);
    aws("iam", "delete-user-policy", "--user-name", name, "--policy-name", "says");
    aws("iam", "delete-access-key", "--user-name", name, "--access-key-id", key);
    aws("iam", "delete-user", "--user-name", name);
    assert.throws(() => aws("iam", "get-user", "--user-name", name), /NoSuchEntity/);
  });
});
