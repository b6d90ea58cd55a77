// Groups of users as the AWS SDK and the aws CLI see them: every operation, the errors, pages, and what
// users may because of the groups they are in.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  AddUserToGroupCommand, AttachGroupPolicyCommand, CreateAccessKeyCommand, CreateGroupCommand, CreatePolicyCommand,
  CreateUserCommand, DeleteGroupCommand, DeleteGroupPolicyCommand, DeleteUserCommand, DetachGroupPolicyCommand,
  GetGroupCommand, GetGroupPolicyCommand, ListAttachedGroupPoliciesCommand, ListGroupPoliciesCommand,
  PutGroupPolicyCommand, RemoveUserFromGroupCommand, paginateGetGroup, paginateListGroups, paginateListGroupsForUser,
} from "@aws-sdk/client-iam";
import { Everseal, account, clis, refused as refused400, refusedWith as refused } from "./harness.mjs";

const statements = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const ofAcm = statements({ Effect: "Allow", Action: "acm:*", Resource: "*" });

describe("groups", () => {
  let server, root;
  let made = 0;
  before(async () => {
    server = await Everseal.start();
    root = server.iam();
  });
  after(() => server?.stop());

  const fresh = (word) => `${word}-${++made}`;
  const group = async (options = {}) => {
    const GroupName = fresh("group");
    await root.send(new CreateGroupCommand({ GroupName, ...options }));
    return GroupName;
  };
  const user = async () => {
    const UserName = fresh("user");
    await root.send(new CreateUserCommand({ UserName }));
    return UserName;
  };
  const add = (GroupName, UserName) => root.send(new AddUserToGroupCommand({ GroupName, UserName }));
  const remove = (GroupName, UserName) => root.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
  const missing = (promise) => refused(promise, "NoSuchEntityException", 404);
  const all = async (pages, member) => {
    const found = [];
    for await (const page of pages) found.push(...page[member]);
    return found;
  };

  test("are made with an id, an ARN and a path, once", async () => {
    const GroupName = fresh("Group");
    const { Group } = await root.send(new CreateGroupCommand({ GroupName, Path: "/plant/" }));
    assert.match(Group.GroupId, /^AGPA[A-Z2-7]{17}$/);
    assert.equal(Group.Arn, `arn:aws:iam::${account}:group/plant/${GroupName}`);
    assert.ok(Math.abs(Group.CreateDate.getTime() - Date.now()) < 60_000);
    const found = await root.send(new GetGroupCommand({ GroupName }));
    assert.deepEqual([found.Group, found.Users], [Group, []]);
    await refused(root.send(new CreateGroupCommand({ GroupName: GroupName.toLowerCase() })), "EntityAlreadyExistsException", 409);
    await missing(root.send(new GetGroupCommand({ GroupName: "nothing" })));
  });

  test("give their users what their policies say, while they are in them", async () => {
    const [GroupName, UserName] = [await group(), await user()];
    const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
    const acm = server.acm({ credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const list = () => acm.send(new ListCertificatesCommand({}));
    await add(GroupName, UserName);
    await refused400(list(), "AccessDeniedException");
    await root.send(new PutGroupPolicyCommand({ GroupName, PolicyName: "says", PolicyDocument: ofAcm }));
    await list();
    const { PolicyDocument } = await root.send(new GetGroupPolicyCommand({ GroupName, PolicyName: "says" }));
    assert.equal(decodeURIComponent(PolicyDocument), ofAcm);
    assert.deepEqual((await root.send(new ListGroupPoliciesCommand({ GroupName }))).PolicyNames, ["says"]);
    await remove(GroupName, UserName);
    await refused400(list(), "AccessDeniedException");
    await add(GroupName, UserName);
    await list();
    await root.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName: "says" }));
    await refused400(list(), "AccessDeniedException");
    const { Policy: { Arn: PolicyArn, PolicyName } } = await root.send(
      new CreatePolicyCommand({ PolicyName: fresh("policy"), PolicyDocument: ofAcm }));
    await root.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
    await list();
    assert.deepEqual((await root.send(new ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies,
      [{ PolicyName, PolicyArn }]);
    await root.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
    await refused400(list(), "AccessDeniedException");
    await missing(root.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })));
  });

  test("are listed by name, with their users, and those of a user, in pages", async () => {
    const path = `/${fresh("path")}/`;
    const groups = [await group({ Path: path }), await group({ Path: path }), await group({ Path: path })];
    const users = [await user(), await user(), await user()];
    for (const name of users) await add(groups[0], name);
    for (const name of groups) await add(name, users[0]);
    const client = root;
    assert.deepEqual((await all(paginateListGroups({ client, pageSize: 2 }, { PathPrefix: path }), "Groups"))
      .map(({ GroupName }) => GroupName), [...groups].sort());
    assert.deepEqual((await all(paginateGetGroup({ client, pageSize: 2 }, { GroupName: groups[0] }), "Users"))
      .map(({ UserName }) => UserName), [...users].sort());
    assert.deepEqual((await all(paginateListGroupsForUser({ client, pageSize: 2 }, { UserName: users[0] }), "Groups"))
      .map(({ GroupName }) => GroupName), [...groups].sort());
  });

  test("and their users are deleted once nothing holds them", async () => {
    const [GroupName, UserName] = [await group(), await user()];
    await add(GroupName, UserName);
    await refused(root.send(new DeleteUserCommand({ UserName })), "DeleteConflictException", 409);
    await refused(root.send(new DeleteGroupCommand({ GroupName })), "DeleteConflictException", 409);
    await remove(GroupName, UserName);
    await missing(remove(GroupName, UserName));
    await root.send(new DeleteGroupCommand({ GroupName }));
    await missing(root.send(new DeleteGroupCommand({ GroupName })));
    await missing(add(GroupName, UserName));
    await root.send(new DeleteUserCommand({ UserName }));
  });

  for (const { program, version } of clis) {
    test(`are made, filled, emptied and deleted by ${version}`, async () => {
      const [name, member] = [fresh("cli"), await user()];
      const iam = (...args) => server.awsOf(program, "iam", ...args);
      iam("create-group", "--group-name", name);
      iam("add-user-to-group", "--group-name", name, "--user-name", member);
      assert.equal(iam("get-group", "--group-name", name).Users[0].UserName, member);
      assert.equal(iam("list-groups-for-user", "--user-name", member).Groups[0].GroupName, name);
      iam("put-group-policy", "--group-name", name, "--policy-name", "says", "--policy-document", ofAcm);
      assert.deepEqual(iam("get-group-policy", "--group-name", name, "--policy-name", "says").PolicyDocument, JSON.parse(ofAcm));
      iam("delete-group-policy", "--group-name", name, "--policy-name", "says");
      iam("remove-user-from-group", "--group-name", name, "--user-name", member);
      iam("delete-group", "--group-name", name);
      assert.ok(!iam("list-groups").Groups.some(({ GroupName }) => GroupName === name));
    });
  }
});
