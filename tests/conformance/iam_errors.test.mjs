// What IAM refuses, operation by operation, as the classes that the AWS SDK has for the errors of the
// model.
import { after, before, describe, test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { Everseal, account, damage, refusedAs, refusedWith } from "./harness.mjs";

const { InvalidInputException, LimitExceededException, MalformedPolicyDocumentException, NoSuchEntityException } = sdk;
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const says = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const PolicyDocument = says({ Effect: "Allow", Action: "acm:*", Resource: "*" });
const trust = says({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
// A policy, or a trust policy, of more than so many characters.
const longer = (size) => says({ Effect: "Allow", Action: Array(Math.ceil(size / 8)).fill("acm:Get*"), Resource: "*" });
const longTrust = says({ Effect: "Allow", Principal: { Service: Array(100).fill("lambda.amazonaws.com") }, Action: "sts:AssumeRole" });

const AccessKeyId = "AKIAUNKNOWNUNKNOWN00";
const PolicyName = "says";
const PolicyArn = administrator;
const Tags = [{ Key: "team", Value: "pki" }];
const TagKeys = ["team"];
const nowhere = `arn:aws:iam::${account}:policy/nowhere`;

// Each operation on one user, role, group or managed policy, with what it needs besides its name.
const onUser = {
  AttachUserPolicy: { PolicyArn }, CreateAccessKey: {}, DeleteAccessKey: { AccessKeyId }, DeleteUser: {},
  DeleteUserPermissionsBoundary: {}, DeleteUserPolicy: { PolicyName }, DetachUserPolicy: { PolicyArn }, GetUser: {},
  GetUserPolicy: { PolicyName }, ListAccessKeys: {}, ListAttachedUserPolicies: {}, ListGroupsForUser: {},
  ListUserPolicies: {}, ListUserTags: {}, PutUserPermissionsBoundary: { PermissionsBoundary: PolicyArn },
  PutUserPolicy: { PolicyName, PolicyDocument }, TagUser: { Tags }, UntagUser: { TagKeys },
  UpdateAccessKey: { AccessKeyId, Status: "Inactive" },
};
const onRole = {
  AttachRolePolicy: { PolicyArn }, DeleteRole: {}, DeleteRolePermissionsBoundary: {}, DeleteRolePolicy: { PolicyName },
  DetachRolePolicy: { PolicyArn }, GetRole: {}, GetRolePolicy: { PolicyName }, ListAttachedRolePolicies: {},
  ListInstanceProfilesForRole: {}, ListRolePolicies: {}, ListRoleTags: {},
  PutRolePermissionsBoundary: { PermissionsBoundary: PolicyArn }, PutRolePolicy: { PolicyName, PolicyDocument },
  TagRole: { Tags }, UntagRole: { TagKeys }, UpdateAssumeRolePolicy: { PolicyDocument: trust }, UpdateRole: {},
};
const onGroup = {
  AddUserToGroup: { UserName: "somebody" }, AttachGroupPolicy: { PolicyArn }, DeleteGroup: {},
  DeleteGroupPolicy: { PolicyName }, DetachGroupPolicy: { PolicyArn }, GetGroup: {}, GetGroupPolicy: { PolicyName },
  ListAttachedGroupPolicies: {}, ListGroupPolicies: {}, PutGroupPolicy: { PolicyName, PolicyDocument },
  RemoveUserFromGroup: { UserName: "somebody" },
};
const onPolicy = {
  CreatePolicyVersion: { PolicyDocument }, DeletePolicy: {}, DeletePolicyVersion: { VersionId: "v1" }, GetPolicy: {},
  GetPolicyVersion: { VersionId: "v1" }, ListPolicyTags: {}, ListPolicyVersions: {},
  SetDefaultPolicyVersion: { VersionId: "v1" }, TagPolicy: { Tags }, UntagPolicy: { TagKeys },
};
const others = {
  CreateGroup: { GroupName: "g" }, CreatePolicy: { PolicyName, PolicyDocument },
  CreateRole: { RoleName: "r", AssumeRolePolicyDocument: trust }, CreateUser: { UserName: "u" }, ListGroups: {},
  ListPolicies: {}, ListRoles: {}, ListUsers: {},
};

let server, root, ownPolicy;
const send = (operation, input, client = root) => client.send(new sdk[`${operation}Command`](input));
const missing = (operation, input, words) => refusedAs(send(operation, input), NoSuchEntityException, 404, words);
const overQuota = (operation, input, words) => refusedAs(send(operation, input), LimitExceededException, 409, words);
const malformed = (operation, input, words) =>
  refusedAs(send(operation, input), MalformedPolicyDocumentException, 400, words);
const UserName = "somebody", RoleName = "some-role", GroupName = "some-group";

before(async () => {
  server = await Everseal.start({ data: true });
  root = server.iam();
  await send("CreateUser", { UserName });
  await send("CreateRole", { RoleName, AssumeRolePolicyDocument: trust });
  await send("CreateGroup", { GroupName });
  ownPolicy = (await send("CreatePolicy", { PolicyName: "own", PolicyDocument })).Policy.Arn;
});
after(() => server?.stop());

describe("An operation on what is not there", () => {
  for (const [kind, operations] of Object.entries({ user: onUser, role: onRole, group: onGroup })) {
    const name = { user: "UserName", role: "RoleName", group: "GroupName" }[kind];
    for (const [operation, more] of Object.entries(operations)) {
      test(`is refused by ${operation}`, () => missing(operation, { ...more, [name]: "nobody" },
        new RegExp(`^The ${kind} with name nobody cannot be found\\.$`)));
    }
  }
  for (const [operation, more] of Object.entries(onPolicy)) {
    test(`is refused by ${operation}`, () => missing(operation, { ...more, PolicyArn: nowhere },
      new RegExp(`^Policy ${nowhere} does not exist or is not attachable\\.$`)));
  }

  test("is refused where what is there does not have it", async () => {
    const policy = (kind) => new RegExp(`^The ${kind} policy with name says cannot be found\\.$`);
    for (const [kind, name] of [["User", { UserName }], ["Role", { RoleName }], ["Group", { GroupName }]]) {
      for (const operation of [`Get${kind}Policy`, `Delete${kind}Policy`]) {
        await missing(operation, { ...name, PolicyName }, policy(kind.toLowerCase()));
      }
      await missing(`Detach${kind}Policy`, { ...name, PolicyArn }, new RegExp(`^Policy ${PolicyArn} was not found\\.$`));
      await missing(`Attach${kind}Policy`, { ...name, PolicyArn: nowhere }, /does not exist or is not attachable\.$/);
      if (kind === "Group") continue;
      await missing(`Put${kind}PermissionsBoundary`, { ...name, PermissionsBoundary: nowhere });
      await missing(`Delete${kind}PermissionsBoundary`, name, / has no permissions boundary\.$/);
    }
    for (const [operation, more] of [["DeleteAccessKey", {}], ["UpdateAccessKey", { Status: "Inactive" }]]) {
      await missing(operation, { UserName, AccessKeyId, ...more }, /^The Access Key with id AKIAUNKNOWNUNKNOWN00 cannot be found\.$/);
    }
    for (const operation of ["GetPolicyVersion", "DeletePolicyVersion", "SetDefaultPolicyVersion"]) {
      await missing(operation, { PolicyArn: ownPolicy, VersionId: "v9" }, /^Policy version v9 does not exist\.$/);
    }
    await missing("AddUserToGroup", { GroupName, UserName: "nobody" }, /^The user with name nobody cannot be found\.$/);
    await missing("RemoveUserFromGroup", { GroupName, UserName }, /is not in the group/);
    await missing("CreateUser", { UserName: "bounded", PermissionsBoundary: nowhere });
    await missing("CreateRole", { RoleName: "bounded", AssumeRolePolicyDocument: trust, PermissionsBoundary: nowhere });
  });
});

test("Each operation is for those who may", async () => {
  await send("CreateUser", { UserName: "without" });
  const { AccessKey } = await send("CreateAccessKey", { UserName: "without" });
  const without = server.iam({ credentials: {
    accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
  const all = [[onUser, { UserName }], [onRole, { RoleName }], [onGroup, { GroupName }],
    [onPolicy, { PolicyArn: ownPolicy }], [others, {}]];
  for (const [operations, name] of all) {
    for (const [operation, more] of Object.entries(operations)) {
      await refusedWith(send(operation, { ...more, ...name }, without), "AccessDenied", 403, new RegExp(
        `^User: arn:aws:iam::${account}:user/without is not authorized to perform: iam:${operation} on resource: `));
    }
  }
});

test("Lists refuse markers that are none of theirs", async () => {
  const Marker = "nonsense";
  const wrong = (operation, input = {}) => refusedWith(send(operation, { ...input, Marker }), "ValidationError", 400,
    /^The marker is not one of this list\.$/);
  for (const operation of Object.keys(others).filter((name) => name.startsWith("List"))) await wrong(operation);
  for (const operation of Object.keys(onUser).filter((name) => name.startsWith("List"))) await wrong(operation, { UserName });
  for (const operation of ["ListAttachedRolePolicies", "ListRolePolicies", "ListRoleTags"]) await wrong(operation, { RoleName });
  for (const operation of ["GetGroup", "ListAttachedGroupPolicies", "ListGroupPolicies"]) await wrong(operation, { GroupName });
  for (const operation of ["ListPolicyTags", "ListPolicyVersions"]) await wrong(operation, { PolicyArn: ownPolicy });
});

test("Policies of AWS cannot be changed", async () => {
  for (const operation of Object.keys(onPolicy).filter((name) => !/^(Get|List)/.test(name))) {
    await refusedWith(send(operation, { ...onPolicy[operation], PolicyArn: administrator }), "AccessDenied", 403,
      /^Policies of AWS cannot be changed or deleted\.$/);
  }
});

describe("A policy document", () => {
  test("must be one", async () => {
    const given = [["PutUserPolicy", { UserName, PolicyName }], ["PutRolePolicy", { RoleName, PolicyName }],
      ["PutGroupPolicy", { GroupName, PolicyName }], ["CreatePolicy", { PolicyName: "malformed" }],
      ["CreatePolicyVersion", { PolicyArn: ownPolicy }], ["UpdateAssumeRolePolicy", { RoleName }]];
    for (const [operation, input] of given) {
      await malformed(operation, { ...input, PolicyDocument: "{" }, /contains invalid Json/);
    }
    await malformed("CreateRole", { RoleName: "malformed", AssumeRolePolicyDocument: "{" }, /contains invalid Json/);
    await malformed("UpdateAssumeRolePolicy", { RoleName, PolicyDocument });
    await malformed("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: says({ Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:user/nobody` }, Action: "sts:AssumeRole" }) }, /Invalid principal in policy/);
  });

  test("has a length", async () => {
    for (const [operation, input, most] of [
      ["PutUserPolicy", { UserName, PolicyName }, 2048], ["PutGroupPolicy", { GroupName, PolicyName }, 5120],
      ["PutRolePolicy", { RoleName, PolicyName }, 10240]]) {
      await overQuota(operation, { ...input, PolicyDocument: longer(most) },
        new RegExp(`^Maximum policy size of ${most} bytes exceeded for (user|group|role) `));
    }
    for (const [operation, input] of [["CreatePolicy", { PolicyName: "long" }], ["CreatePolicyVersion", { PolicyArn: ownPolicy }]]) {
      await overQuota(operation, { ...input, PolicyDocument: longer(6144) }, /^Cannot exceed quota for PolicySize: 6144$/);
    }
    await overQuota("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: longTrust }, /^Cannot exceed quota for ACLSizePerRole: 2048$/);
    await overQuota("CreateRole", { RoleName: "long", AssumeRolePolicyDocument: longTrust }, /ACLSizePerRole/);
  });
});

test("Tags are refused where a key is given twice, is reserved or is one too many", async () => {
  const tagging = { TagUser: { UserName }, TagRole: { RoleName }, TagPolicy: { PolicyArn: ownPolicy } };
  const making = { CreateUser: { UserName: "tagged" }, CreatePolicy: { PolicyName: "tagged", PolicyDocument },
    CreateRole: { RoleName: "tagged", AssumeRolePolicyDocument: trust } };
  for (const [operation, input] of Object.entries({ ...tagging, ...making })) {
    await refusedAs(send(operation, { ...input, Tags: [...Tags, { Key: "Team", Value: "web" }] }), InvalidInputException, 400,
      /^Duplicate tag keys found\. Please note that Tag keys are case insensitive\.$/);
    await refusedAs(send(operation, { ...input, Tags: [{ Key: "aws:team", Value: "x" }] }), InvalidInputException, 400,
      /reserved/);
  }
  const fifty = Array.from({ length: 50 }, (_, i) => ({ Key: `key${i}`, Value: "v" }));
  for (const [operation, input] of Object.entries(tagging)) {
    await send(operation, { ...input, Tags: fifty });
    await overQuota(operation, { ...input, Tags }, /^Cannot exceed quota for \w+: 50$/);
  }
});

describe("Quotas", () => {
  test("leave room for ten policies attached to each, and ten groups of a user", async () => {
    for (let i = 0; i < 10; ++i) {
      const { Policy: { Arn } } = await send("CreatePolicy", { PolicyName: `one-of-many-${i}`, PolicyDocument });
      await send("CreateGroup", { GroupName: `one-of-many-${i}` });
      await send("AddUserToGroup", { GroupName: `one-of-many-${i}`, UserName });
      for (const [kind, name] of [["User", { UserName }], ["Role", { RoleName }], ["Group", { GroupName }]]) {
        await send(`Attach${kind}Policy`, { ...name, PolicyArn: Arn });
      }
    }
    for (const [kind, name] of [["User", { UserName }], ["Role", { RoleName }], ["Group", { GroupName }]]) {
      await overQuota(`Attach${kind}Policy`, { ...name, PolicyArn },
        new RegExp(`^Cannot exceed quota for PoliciesPer${kind}: 10$`));
    }
    await overQuota("AddUserToGroup", { GroupName, UserName }, /^Cannot exceed quota for GroupsPerUser: 10$/);
  });

  test("leave room for five versions of a policy, and two keys of a user", async () => {
    for (let i = 0; i < 4; ++i) await send("CreatePolicyVersion", { PolicyArn: ownPolicy, PolicyDocument });
    await overQuota("CreatePolicyVersion", { PolicyArn: ownPolicy, PolicyDocument }, /^Cannot exceed quota for VersionsPerPolicy: 5$/);
    for (let i = 0; i < 2; ++i) await send("CreateAccessKey", { UserName });
    await overQuota("CreateAccessKey", { UserName }, /^Cannot exceed quota for AccessKeysPerUser: 2$/);
  });

  // Put into the database, as to make them all takes its time.
  test("leave room for 5000 users, 1000 roles, 300 groups and 1500 policies of an account", async () => {
    const fill = (table, most, columns) => {
      const [names, values] = [Object.keys(columns), Object.values(columns)];
      return `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most} - (SELECT COUNT(*) FROM ${table}` +
        ` WHERE account = '${account}') - 1) INSERT INTO ${table} (account, name, folded_name, path, created_at, ${names})` +
        ` SELECT '${account}', 'filler-' || i, 'filler-' || i, '/', 0, ${values} FROM n`;
    };
    const id = "'FILLER' || i";
    await server.restart(() => damage(server, fill("iam_user", 5000, { id }), fill("iam_group", 300, { id }),
      fill("iam_role", 1000, { id, trust_policy: `'${trust}'`, longest_session: 3600 }),
      fill("iam_policy", 1500, { arn: id, id, default_version: 1, updated_at: 0 })));
    root = server.iam();
    for (const [kind, most] of [["User", 5000], ["Role", 1000], ["Group", 300], ["Policy", 1500]]) {
      const make = (word) => ({ [`${kind}Name`]: word, AssumeRolePolicyDocument: trust, PolicyDocument });
      await send(`Create${kind}`, make("the-last"));
      await overQuota(`Create${kind}`, make("one-too-many"),
        new RegExp(`^Cannot exceed quota for ${kind === "Policy" ? "Policie" : kind}sPerAccount: ${most}$`));
    }
  });
});
