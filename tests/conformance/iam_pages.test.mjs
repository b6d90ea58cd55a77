// IAM's lists page by page, as the AWS SDK's paginators ask for them, and its waiters.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { Everseal } from "./harness.mjs";

const says = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const PolicyDocument = says({ Effect: "Allow", Action: "acm:*", Resource: "*" });
const trust = says({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
const UserName = "paged-0", RoleName = "paged-0", GroupName = "paged-0";
const Tags = [0, 1, 2, 3, 4].map((number) => ({ Key: `key-${number}`, Value: "v" }));

let server, root, PolicyArn;
const send = (operation, input) => root.send(new sdk[`${operation}Command`](input));

// Five of each; the first user, role, group and policy have five of whatever they can have.
before(async () => {
  server = await Everseal.start();
  root = server.iam();
  const policies = [];
  for (const number of [0, 1, 2, 3, 4]) {
    const name = `paged-${number}`;
    await send("CreateUser", { UserName: name });
    await send("CreateRole", { RoleName: name, AssumeRolePolicyDocument: trust });
    await send("CreateGroup", { GroupName: name });
    policies.push((await send("CreatePolicy", { PolicyName: name, PolicyDocument })).Policy.Arn);
  }
  PolicyArn = policies[0];
  for (const number of [0, 1, 2, 3, 4]) {
    for (const [kind, holder] of [["User", { UserName }], ["Role", { RoleName }], ["Group", { GroupName }]]) {
      await send(`Put${kind}Policy`, { ...holder, PolicyName: `inline-${number}`, PolicyDocument });
      await send(`Attach${kind}Policy`, { ...holder, PolicyArn: policies[number] });
    }
    await send("AddUserToGroup", { UserName, GroupName: `paged-${number}` });
    if (number > 0) await send("AddUserToGroup", { UserName: `paged-${number}`, GroupName });
    if (number > 0) await send("CreatePolicyVersion", { PolicyArn, PolicyDocument });
  }
  for (const operation of ["TagUser", "TagRole", "TagPolicy"]) await send(operation, { UserName, RoleName, PolicyArn, Tags });
  for (let i = 0; i < 2; ++i) await send("CreateAccessKey", { UserName });
});
after(() => server?.stop());

describe("A list comes in pages", () => {
  for (const [operation, member, of, size = 5] of [
    ["GetGroup", "Users", () => ({ GroupName })],
    ["ListAccessKeys", "AccessKeyMetadata", () => ({ UserName }), 2],
    ["ListAttachedGroupPolicies", "AttachedPolicies", () => ({ GroupName })],
    ["ListAttachedRolePolicies", "AttachedPolicies", () => ({ RoleName })],
    ["ListAttachedUserPolicies", "AttachedPolicies", () => ({ UserName })],
    ["ListGroupPolicies", "PolicyNames", () => ({ GroupName })],
    ["ListGroups", "Groups", () => ({})],
    ["ListGroupsForUser", "Groups", () => ({ UserName })],
    ["ListPolicies", "Policies", () => ({ Scope: "Local" })],
    ["ListPolicyTags", "Tags", () => ({ PolicyArn })],
    ["ListPolicyVersions", "Versions", () => ({ PolicyArn })],
    ["ListRolePolicies", "PolicyNames", () => ({ RoleName })],
    ["ListRoleTags", "Tags", () => ({ RoleName })],
    ["ListRoles", "Roles", () => ({})],
    ["ListUserPolicies", "PolicyNames", () => ({ UserName })],
    ["ListUserTags", "Tags", () => ({ UserName })],
    ["ListUsers", "Users", () => ({})],
  ]) {
    test(`from ${operation}`, async () => {
      const whole = await send(operation, of());
      assert.equal(whole[member].length, size);
      assert.equal(whole.IsTruncated, false);
      assert.equal(whole.Marker, undefined);
      for (const pageSize of [1, 2, size]) {
        const pages = [];
        for await (const page of sdk[`paginate${operation}`]({ client: root, pageSize }, of())) pages.push(page);
        assert.deepEqual(pages.flatMap((page) => page[member]), whole[member]);
        assert.equal(pages.length, Math.ceil(size / pageSize));
        pages.forEach((page, number) => assert.equal(page.IsTruncated, number + 1 < pages.length));
      }
    });
  }

  test("from ListInstanceProfilesForRole, which is empty", async () => {
    const { InstanceProfiles, IsTruncated } = await send("ListInstanceProfilesForRole", { RoleName });
    assert.deepEqual([InstanceProfiles, IsTruncated], [[], false]);
  });
});

test("The waiters end once a user, a role or a policy is there, and not before", async () => {
  const options = { client: root, maxWaitTime: 2, minDelay: 1, maxDelay: 1 };
  const nowhere = PolicyArn.replace(/[^/]*$/, "nowhere");
  const states = (...waiting) => Promise.all(waiting).then((all) => all.map(({ state }) => state));
  const those = (UserName, RoleName, PolicyArn) => states(sdk.waitForUserExists(options, { UserName }),
    sdk.waitForRoleExists(options, { RoleName }), sdk.waitForPolicyExists(options, { PolicyArn }));
  assert.deepEqual(await those(UserName, RoleName, PolicyArn), ["SUCCESS", "SUCCESS", "SUCCESS"]);
  assert.deepEqual(await those("nobody", "nobody", nowhere), ["TIMEOUT", "TIMEOUT", "TIMEOUT"]);
});
