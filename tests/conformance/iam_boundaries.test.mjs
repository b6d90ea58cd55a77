// Permissions boundaries as the AWS SDK and the aws CLI see them: what they show, what they refuse,
// and what users and roles may within them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  AttachRolePolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreateRoleCommand, CreateUserCommand,
  DeletePolicyCommand, DeleteRolePermissionsBoundaryCommand, DeleteUserPermissionsBoundaryCommand, GetPolicyCommand,
  GetRoleCommand, GetUserCommand, ListPoliciesCommand, PutRolePermissionsBoundaryCommand,
  PutUserPermissionsBoundaryCommand, PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { Everseal, account, clis, refusedWith as refused } from "./harness.mjs";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const statements = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action, more = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const shown = (PermissionsBoundaryArn) => ({ PermissionsBoundaryType: "Policy", PermissionsBoundaryArn });

describe("a permissions boundary", () => {
  let server, root, acmOnly;
  let made = 0;
  before(async () => {
    server = await Everseal.start();
    root = server.iam();
    acmOnly = await policy(allow("acm:*"));
  });
  after(() => server?.stop());

  const policy = async (...says) => (await root.send(new CreatePolicyCommand({
    PolicyName: `policy-${++made}`, PolicyDocument: statements(...says) }))).Policy.Arn;
  async function user(options = {}) {
    const UserName = `user-${++made}`;
    await root.send(new CreateUserCommand({ UserName, ...options }));
    await root.send(new PutUserPolicyCommand({ UserName, PolicyName: "all", PolicyDocument: statements(allow("*")) }));
    const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
    return { UserName, credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } };
  }
  const certificates = (credentials) => server.acm({ credentials }).send(new ListCertificatesCommand({}));
  const buckets = (credentials) => server.s3({ credentials }).send(new ListBucketsCommand({}));
  const limit = (UserName, PermissionsBoundary) =>
    root.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary }));

  test("is shown, cuts what a user may at once, and is taken away again", async () => {
    const { UserName, credentials } = await user();
    const boundary = async () => (await root.send(new GetUserCommand({ UserName }))).User.PermissionsBoundary;
    assert.equal(await boundary(), undefined);
    await buckets(credentials);
    await limit(UserName, acmOnly);
    assert.deepEqual(await boundary(), shown(acmOnly));
    await certificates(credentials);
    await refused(buckets(credentials), "AccessDenied", 403, /because no permissions boundary allows the s3:ListAllMyBuckets action/);
    await root.send(new DeleteUserPermissionsBoundaryCommand({ UserName }));
    assert.equal(await boundary(), undefined);
    await buckets(credentials);
    await refused(root.send(new DeleteUserPermissionsBoundaryCommand({ UserName })), "NoSuchEntityException", 404);
  });

  test("is there from the beginning where the user is made with it", async () => {
    const { UserName, credentials } = await user({ PermissionsBoundary: acmOnly });
    assert.deepEqual((await root.send(new GetUserCommand({ UserName }))).User.PermissionsBoundary, shown(acmOnly));
    await certificates(credentials);
    await refused(buckets(credentials), "AccessDenied", 403);
  });

  test("cuts the sessions of a role", async () => {
    const RoleName = `role-${++made}`;
    const { Role } = await root.send(new CreateRoleCommand({ RoleName, PermissionsBoundary: acmOnly,
      AssumeRolePolicyDocument: statements({ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }) }));
    assert.deepEqual(Role.PermissionsBoundary, shown(acmOnly));
    await root.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: administrator }));
    const { credentials: own } = await user();
    const { Credentials } = await server.sts({ credentials: own }).send(
      new AssumeRoleCommand({ RoleArn: Role.Arn, RoleSessionName: "limited" }));
    const credentials = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken };
    await certificates(credentials);
    await refused(buckets(credentials), "AccessDenied", 403, /permissions boundary/);
    await root.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: administrator }));
    assert.deepEqual((await root.send(new GetRoleCommand({ RoleName }))).Role.PermissionsBoundary, shown(administrator));
    await buckets(credentials);
    await root.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    assert.equal((await root.send(new GetRoleCommand({ RoleName }))).Role.PermissionsBoundary, undefined);
    await refused(root.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })), "NoSuchEntityException", 404);
  });

  test("lets a user make others that may no more than it", async () => {
    const limits = await policy(allow(["acm:*", "iam:*", "s3:*"]));
    const { UserName, credentials } = await user();
    await root.send(new PutUserPolicyCommand({ UserName, PolicyName: "all", PolicyDocument: statements(
      allow(["iam:CreateUser", "iam:PutUserPolicy"], { Condition: { StringEquals: { "iam:PermissionsBoundary": limits } } })) }));
    const theirs = server.iam({ credentials });
    const other = `user-${++made}`;
    const document = { PolicyName: "all", PolicyDocument: statements(allow("*")) };
    await refused(theirs.send(new CreateUserCommand({ UserName: other })), "AccessDenied", 403, /iam:CreateUser/);
    await refused(theirs.send(new CreateUserCommand({ UserName: other, PermissionsBoundary: administrator })), "AccessDenied", 403);
    await theirs.send(new CreateUserCommand({ UserName: other, PermissionsBoundary: limits }));
    await theirs.send(new PutUserPolicyCommand({ UserName: other, ...document }));
    const { UserName: free } = await user();
    await refused(theirs.send(new PutUserPolicyCommand({ UserName: free, ...document })), "AccessDenied", 403, /iam:PutUserPolicy/);
  });

  test("is a policy that is there, and stays", async () => {
    const nothing = `arn:aws:iam::${account}:policy/nothing`;
    const { UserName } = await user();
    await refused(limit(UserName, nothing), "NoSuchEntityException", 404);
    await refused(limit("nobody", acmOnly), "NoSuchEntityException", 404);
    await refused(root.send(new CreateUserCommand({ UserName: "unlimited", PermissionsBoundary: nothing })),
      "NoSuchEntityException", 404);
    await refused(root.send(new GetUserCommand({ UserName: "unlimited" })), "NoSuchEntityException", 404);
    const limits = await policy(allow("acm:*"));
    await limit(UserName, limits);
    assert.equal((await root.send(new GetPolicyCommand({ PolicyArn: limits }))).Policy.PermissionsBoundaryUsageCount, 1);
    const { Policies } = await root.send(new ListPoliciesCommand({ PolicyUsageFilter: "PermissionsBoundary" }));
    assert.ok(Policies.some(({ Arn }) => Arn === limits));
    await refused(root.send(new DeletePolicyCommand({ PolicyArn: limits })), "DeleteConflictException", 409);
    await root.send(new DeleteUserPermissionsBoundaryCommand({ UserName }));
    await root.send(new DeletePolicyCommand({ PolicyArn: limits }));
  });

  for (const { program, version } of clis) {
    test(`is given, shown and taken away by ${version}`, async () => {
      const name = `cli-${++made}`;
      const iam = (...args) => server.awsOf(program, "iam", ...args);
      assert.deepEqual(iam("create-user", "--user-name", name, "--permissions-boundary", acmOnly).User.PermissionsBoundary, shown(acmOnly));
      iam("put-user-permissions-boundary", "--user-name", name, "--permissions-boundary", administrator);
      assert.deepEqual(iam("get-user", "--user-name", name).User.PermissionsBoundary, shown(administrator));
      iam("delete-user-permissions-boundary", "--user-name", name);
      assert.equal(iam("get-user", "--user-name", name).User.PermissionsBoundary, undefined);
      const trust = statements({ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" });
      iam("create-role", "--role-name", name, "--assume-role-policy-document", trust);
      iam("put-role-permissions-boundary", "--role-name", name, "--permissions-boundary", acmOnly);
      assert.deepEqual(iam("get-role", "--role-name", name).Role.PermissionsBoundary, shown(acmOnly));
      iam("delete-role-permissions-boundary", "--role-name", name);
      assert.equal(iam("get-role", "--role-name", name).Role.PermissionsBoundary, undefined);
    });
  }
});
