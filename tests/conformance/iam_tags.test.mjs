// The tags of users and managed policies as the AWS SDK and the aws CLI see them, and what conditions
// make of them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CreateAccessKeyCommand, CreatePolicyCommand, CreateUserCommand, GetPolicyCommand, GetUserCommand,
  ListPolicyTagsCommand, ListUserTagsCommand, PutUserPolicyCommand, TagPolicyCommand, TagUserCommand,
  UntagPolicyCommand, UntagUserCommand,
} from "@aws-sdk/client-iam";
import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import { Everseal, account, clis, refused as refused400, refusedWith as refused } from "./harness.mjs";

const statements = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("tags", () => {
  let server, root;
  let made = 0;
  before(async () => {
    server = await Everseal.start();
    root = server.iam();
  });
  after(() => server?.stop());

  const user = async () => {
    const UserName = `user-${++made}`;
    await root.send(new CreateUserCommand({ UserName }));
    return UserName;
  };
  const policy = async () => (await root.send(new CreatePolicyCommand({ PolicyName: `policy-${++made}`,
    PolicyDocument: statements({ Effect: "Allow", Action: "*", Resource: "*" }) }))).Policy.Arn;
  const tag = (Key, Value) => ({ Key, Value });

  test("of a user are put, listed in pages and taken away", async () => {
    const UserName = await user();
    await root.send(new TagUserCommand({ UserName, Tags: [tag("team", "pki"), tag("Site", "north")] }));
    await root.send(new TagUserCommand({ UserName, Tags: [tag("Team", "ops")] }));
    const first = await root.send(new ListUserTagsCommand({ UserName, MaxItems: 1 }));
    assert.deepEqual([first.Tags, first.IsTruncated], [[tag("Site", "north")], true]);
    const { Tags } = await root.send(new ListUserTagsCommand({ UserName, Marker: first.Marker }));
    assert.deepEqual(Tags, [tag("Team", "ops")]);
    await root.send(new UntagUserCommand({ UserName, TagKeys: ["TEAM"] }));
    assert.deepEqual((await root.send(new GetUserCommand({ UserName }))).User.Tags, [tag("Site", "north")]);
    await refused(root.send(new TagUserCommand({ UserName: "nobody", Tags: [] })), "NoSuchEntityException", 404);
    await refused400(root.send(new TagUserCommand({ UserName, Tags: [tag("a", "1"), tag("A", "2")] })), "InvalidInputException");
    await refused(root.send(new TagUserCommand({ UserName,
      Tags: Array.from({ length: 50 }, (_, i) => tag(`k${i}`, "v")) })), "LimitExceededException", 409);
  });

  test("of a user count in conditions from the answer on", async () => {
    const UserName = await user();
    await root.send(new PutUserPolicyCommand({ UserName, PolicyName: "tagged", PolicyDocument: statements({
      Effect: "Allow", Action: "acm:*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/team": "pki" } } }) }));
    const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
    const acm = server.acm({ credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const list = () => acm.send(new ListCertificatesCommand({}));
    await refused400(list(), "AccessDeniedException");
    await root.send(new TagUserCommand({ UserName, Tags: [tag("team", "pki")] }));
    await list();
    await root.send(new UntagUserCommand({ UserName, TagKeys: ["team"] }));
    await refused400(list(), "AccessDeniedException");
  });

  test("of a managed policy are put, listed and taken away, those of AWS only listed", async () => {
    const PolicyArn = await policy();
    await root.send(new TagPolicyCommand({ PolicyArn, Tags: [tag("team", "pki"), tag("site", "north")] }));
    assert.equal((await root.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags.length, 2);
    await root.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ["site"] }));
    assert.deepEqual((await root.send(new GetPolicyCommand({ PolicyArn }))).Policy.Tags, [tag("team", "pki")]);
    await refused(root.send(new TagPolicyCommand({ PolicyArn: `arn:aws:iam::${account}:policy/none`, Tags: [tag("a", "1")] })),
      "NoSuchEntityException", 404);
    await refused(root.send(new TagPolicyCommand({ PolicyArn: administrator, Tags: [tag("a", "1")] })), "AccessDenied", 403);
    assert.deepEqual((await root.send(new ListPolicyTagsCommand({ PolicyArn: administrator }))).Tags, []);
  });

  for (const { program, version } of clis) {
    test(`are put, listed and taken away by ${version}`, async () => {
      const iam = (...args) => server.awsOf(program, "iam", ...args);
      const [name, arn] = [await user(), await policy()];
      iam("tag-user", "--user-name", name, "--tags", "Key=team,Value=pki");
      assert.deepEqual(iam("list-user-tags", "--user-name", name).Tags, [tag("team", "pki")]);
      iam("untag-user", "--user-name", name, "--tag-keys", "team");
      assert.deepEqual(iam("list-user-tags", "--user-name", name).Tags, []);
      iam("tag-policy", "--policy-arn", arn, "--tags", "Key=team,Value=pki");
      assert.deepEqual(iam("list-policy-tags", "--policy-arn", arn).Tags, [tag("team", "pki")]);
      iam("untag-policy", "--policy-arn", arn, "--tag-keys", "team");
      assert.deepEqual(iam("list-policy-tags", "--policy-arn", arn).Tags, []);
    });
  }
});
