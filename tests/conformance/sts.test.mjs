// STS as the AWS SDK sees it: who calls, however little they may, and whose an access key is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CreateAccessKeyCommand, CreateUserCommand, DeleteAccessKeyCommand, DeleteUserCommand,
  ListUsersCommand, PutUserPolicyCommand, UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { Everseal, account, refusedWith as refused, region } from "./harness.mjs";

let server, userId, credentials;
before(async () => {
  server = await Everseal.start();
  const iam = server.iam();
  const { User } = await iam.send(new CreateUserCommand({ UserName: "ops", Path: "/plant/" }));
  userId = User.UserId;
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ops" }));
  credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
});
after(() => server.stop());

const say = (PolicyDocument) => server.iam().send(new PutUserPolicyCommand({
  UserName: "ops", PolicyName: "says", PolicyDocument: JSON.stringify(PolicyDocument) }));

describe("GetCallerIdentity", () => {
  const who = async (options) => {
    const { UserId, Account, Arn } = await server.sts(options).send(new GetCallerIdentityCommand({}));
    return { UserId, Account, Arn };
  };

  test("knows root", async () => {
    assert.deepEqual(await who(), { UserId: account, Account: account, Arn: `arn:aws:iam::${account}:root` });
  });

  test("knows a user, in every region", async () => {
    const ops = { UserId: userId, Account: account, Arn: `arn:aws:iam::${account}:user/plant/ops` };
    for (const region of ["us-east-1", "eu-west-1", "ap-southeast-2"]) {
      assert.deepEqual(await who({ credentials, region }), ops);
    }
  });

  test("cannot be denied", async () => {
    await say({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] });
    assert.equal((await who({ credentials })).UserId, userId);
  });

  test("refuses who is not who they say", async () => {
    const secretAccessKey = credentials.secretAccessKey.split("").reverse().join("");
    await refused(who({ credentials: { ...credentials, secretAccessKey } }), "SignatureDoesNotMatch", 403);
    await refused(who({ credentials: { ...credentials, accessKeyId: "AKIAUNKNOWNUNKNOWN00" } }),
      "InvalidClientTokenId", 403);
    await refused(who({ credentials: { ...credentials, sessionToken: "made up" } }),
      "InvalidClientTokenId", 403);
  });

  test("answers a presigned request, as clusters use them to prove who somebody is", async () => {
    const { hostname, port, host } = new URL(server.endpoint);
    const signer = new SignatureV4({ credentials, region, service: "sts", sha256: Sha256 });
    const { path, query } = await signer.presign({
      method: "GET", protocol: "http:", hostname, port: Number(port), path: "/",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      headers: { host, "x-k8s-aws-id": "plant" },
    }, { expiresIn: 60, unhoistableHeaders: new Set(["x-k8s-aws-id"]) });
    const url = `${server.endpoint}${path}?${new URLSearchParams(query)}`;
    const answer = await fetch(url, { headers: { "x-k8s-aws-id": "plant" } });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    assert.match(text, new RegExp(`<UserId>${userId}</UserId>`));
    const forged = await fetch(url, { headers: { "x-k8s-aws-id": "office" } });
    assert.equal(forged.status, 403);
    assert.match(await forged.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
  });
});

describe("GetAccessKeyInfo", () => {
  const whose = (AccessKeyId, options) =>
    server.sts(options).send(new GetAccessKeyInfoCommand({ AccessKeyId }));

  test("tells the account of a key", async () => {
    assert.equal((await whose(credentials.accessKeyId)).Account, account);
  });

  test("refuses keys that nobody holds, and what is none", async () => {
    await refused(whose("AKIAUNKNOWNUNKNOWN00"), "ValidationError", 400);
    await refused(whose("short"), "ValidationError", 400);
  });

  test("needs permission", async () => {
    await say({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }] });
    await refused(whose(credentials.accessKeyId, { credentials }), "AccessDenied", 403);
    await say({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:GetAccessKeyInfo", Resource: "*" }] });
    assert.equal((await whose(credentials.accessKeyId, { credentials })).Account, account);
  });
});

describe("GetSessionToken", () => {
  const session = async (input = {}, options) => {
    const { Credentials } = await server.sts(options).send(new GetSessionTokenCommand(input));
    return { ...Credentials, credentials: { accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken } };
  };
  const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const hours = ({ Expiration }) => Math.round((Expiration - Date.now()) / 360_000) / 10;

  test("gives credentials of the user, with the user's rights but for IAM and most of STS", async () => {
    await say(everything);
    const made = await session({}, { credentials });
    assert.match(made.AccessKeyId, /^ASIA/);
    assert.equal(hours(made), 12);
    const options = { credentials: made.credentials };
    const { UserId, Arn } = await server.sts(options).send(new GetCallerIdentityCommand({}));
    assert.deepEqual({ UserId, Arn }, { UserId: userId, Arn: `arn:aws:iam::${account}:user/plant/ops` });
    await server.s3(options).send(new ListBucketsCommand({}));
    await refused(server.iam(options).send(new ListUsersCommand({})), "AccessDenied", 403);
    await refused(session({}, options), "AccessDenied", 403);
    await refused(server.sts(options).send(new GetAccessKeyInfoCommand({ AccessKeyId: "AKIAUNKNOWNUNKNOWN00" })),
      "AccessDenied", 403);
    await say({ ...everything, Statement: [{ ...everything.Statement[0], Effect: "Deny" }] });
    await refused(server.s3(options).send(new ListBucketsCommand({})), "AccessDenied", 403);
    await say(everything);
  });

  test("lasts as long as asked for, and root's an hour at most", async () => {
    assert.equal(hours(await session({ DurationSeconds: 129600 }, { credentials })), 36);
    assert.equal(hours(await session({ DurationSeconds: 129600 })), 1);
    await refused(session({ DurationSeconds: 899 }), "ValidationError", 400);
    await refused(session({ TokenCode: "123456" }), "ValidationError", 400);
  });

  test("outlives the access key, but not the user", async () => {
    const iam = server.iam();
    await iam.send(new CreateUserCommand({ UserName: "guest" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "guest" }));
    const options = { credentials: (await session({}, { credentials: {
      accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } })).credentials };
    const ask = () => server.sts(options).send(new GetCallerIdentityCommand({}));
    const key = { UserName: "guest", AccessKeyId: AccessKey.AccessKeyId };
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: "Inactive" }));
    await ask();
    await iam.send(new DeleteAccessKeyCommand(key));
    await ask();
    await iam.send(new DeleteUserCommand({ UserName: "guest" }));
    await refused(ask(), "InvalidClientTokenId", 403);
    await iam.send(new CreateUserCommand({ UserName: "guest" }));
    await refused(ask(), "InvalidClientTokenId", 403);
  });

  test("serves the aws CLI", () => {
    const { Credentials } = server.aws("sts", "get-session-token", "--duration-seconds", "900");
    assert.match(Credentials.AccessKeyId, /^ASIA/);
    assert.ok(Credentials.SessionToken);
  });
});
