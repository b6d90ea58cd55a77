// Who may do what with a bucket: its policy, Block Public Access, ACLs, and nobody at all.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  CopyObjectCommand, CreateBucketCommand, DeleteBucketPolicyCommand, DeletePublicAccessBlockCommand,
  GetBucketOwnershipControlsCommand, GetBucketPolicyCommand, GetBucketPolicyStatusCommand,
  GetObjectCommand, GetPublicAccessBlockCommand, ListObjectsV2Command, PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand, PutObjectCommand, PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { Everseal, account, refusedWith, region } from "./harness.mjs";

let server, s3, ops, other;
const Bucket = "plant-crl";
const crl = { Bucket, Key: "crl/ca.crl" };

async function user(UserName, policy) {
  const iam = server.iam();
  await iam.send(new CreateUserCommand({ UserName }));
  if (policy) {
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "own", PolicyDocument: JSON.stringify(policy) }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return server.s3({ credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
}

before(async () => {
  server = await Everseal.start();
  s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ ...crl, Body: "revoked", ContentType: "application/pkix-crl" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "private/report", Body: "secret" }));
  ops = await user("ops");
  other = await user("other", { Version: "2012-10-17", Statement: [
    { Effect: "Allow", Action: "s3:*", Resource: "*" }] });
});
after(() => server.stop());

const everything = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const nothing = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false };
const block = (some) => s3.send(new PutPublicAccessBlockCommand({
  Bucket, PublicAccessBlockConfiguration: { ...nothing, ...some } }));
const statement = (Principal, more) => ({ Effect: "Allow", Principal, Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${Bucket}/crl/*`, ...more });
const putPolicy = (...Statement) => s3.send(new PutBucketPolicyCommand({
  Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
const read = (client, what = crl) => client.send(new GetObjectCommand(what)).then(({ Body }) => Body.transformToString());
const denied = (promise, words) => refusedWith(promise, "AccessDenied", 403, words);
// Without a signature.
const fetched = async (path, options) => {
  const answer = await fetch(`${server.endpoint}${path}`, options);
  const body = await answer.text();
  return { status: answer.status, body, code: /<Code>(.*)<\/Code>/.exec(body)?.[1], headers: answer.headers };
};

beforeEach(async () => {
  await block(everything);
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
});

describe("A bucket policy", () => {
  test("is kept as it was put, until it is deleted", async () => {
    await refusedWith(s3.send(new GetBucketPolicyCommand({ Bucket })), "NoSuchBucketPolicy", 404);
    const Policy = JSON.stringify({ Statement: [statement({ AWS: account })] }, null, 2);
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    assert.equal((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy, Policy);
    const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    assert.equal(PolicyStatus.IsPublic, false);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await refusedWith(s3.send(new GetBucketPolicyStatusCommand({ Bucket })), "NoSuchBucketPolicy", 404);
  });

  test("is refused when it is not one, or is about something else", async () => {
    const put = (Policy) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    await refusedWith(put("{"), "MalformedPolicy", 400);
    await refusedWith(putPolicy(statement({ AWS: account }, { Resource: "arn:aws:s3:::another/*" })),
      "MalformedPolicy", 400, /invalid resource/);
    await refusedWith(s3.send(new PutBucketPolicyCommand({ Bucket: "nowhere", Policy: JSON.stringify({
      Statement: [statement({ AWS: account }, { Resource: "arn:aws:s3:::nowhere" })] }) })), "NoSuchBucket", 404);
  });

  test("lets a user in who has no policy of their own", async () => {
    await denied(read(ops), /no identity-based policy allows the s3:GetObject action/);
    await putPolicy(statement({ AWS: `arn:aws:iam::${account}:user/ops` }));
    assert.equal(await read(ops), "revoked");
    await denied(read(ops, { Bucket, Key: "private/report" }));
    await denied(ops.send(new ListObjectsV2Command({ Bucket })));
  });

  test("denies what the user's own policy allows, and is never a lock without a key", async () => {
    assert.equal(await read(other), "revoked");
    await putPolicy(statement("*", { Effect: "Deny", Action: "s3:*",
      Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`] }));
    await denied(read(other), /explicit deny in a resource-based policy/);
    await denied(read(s3));
    await denied(other.send(new DeleteBucketPolicyCommand({ Bucket })));
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    assert.equal(await read(s3), "revoked");
  });

  test("hides which keys there are not from whoever may not list", async () => {
    await putPolicy(statement({ AWS: `arn:aws:iam::${account}:user/ops` }));
    await denied(read(ops, { Bucket, Key: "crl/none" }));
    await refusedWith(read(s3, { Bucket, Key: "crl/none" }), "NoSuchKey", 404);
  });
});

describe("Whoever does not sign", () => {
  test("is let in by a policy that is for everybody, and nowhere else", async () => {
    assert.deepEqual((({ status, code }) => [status, code])(await fetched(`/${Bucket}/crl/ca.crl`)), [403, "AccessDenied"]);
    await block({});
    await putPolicy(statement("*"));
    const answer = await fetched(`/${Bucket}/crl/ca.crl`);
    assert.deepEqual([answer.status, answer.body], [200, "revoked"]);
    assert.equal(answer.headers.get("content-type"), "application/pkix-crl");
    assert.equal((await fetched(`/${Bucket}/crl/ca.crl`, { method: "HEAD" })).status, 200);
    assert.equal((await fetched(`/${Bucket}/crl/none`)).code, "AccessDenied");
    assert.equal((await fetched(`/${Bucket}/private/report`)).code, "AccessDenied");
    assert.equal((await fetched(`/${Bucket}?list-type=2`)).code, "AccessDenied");
    assert.equal((await fetched("/")).code, "AccessDenied");
    assert.equal((await fetched(`/${Bucket}?policy`)).code, "AccessDenied");
    for (const method of ["PUT", "DELETE"]) {
      const { status, code } = await fetched(`/${Bucket}/crl/ca.crl`, { method, body: method === "PUT" ? "x" : undefined });
      assert.deepEqual([status, code], [403, "AccessDenied"], method);
    }
    assert.equal(await read(s3), "revoked");
  });

  test("may write where the policy says so", async () => {
    await block({});
    await putPolicy(statement("*", { Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/drop/*` }));
    assert.equal((await fetched(`/${Bucket}/drop/a`, { method: "PUT", body: "dropped" })).status, 200);
    assert.equal(await read(s3, { Bucket, Key: "drop/a" }), "dropped");
    assert.equal((await fetched("/made-by-nobody", { method: "PUT" })).code, "AccessDenied");
  });

  test("is known to other services as somebody who did not sign", async () => {
    const answer = await fetched("/", { method: "POST", headers: { "X-Amz-Target": "CertificateManager.ListCertificates" }, body: "{}" });
    assert.equal(JSON.parse(answer.body).__type, "MissingAuthenticationTokenException");
  });
});

describe("Block Public Access", () => {
  test("is all on in new buckets, can be changed, and deleted", async () => {
    const name = "new-bucket";
    await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: region } }));
    const get = async () => (await s3.send(new GetPublicAccessBlockCommand({ Bucket: name }))).PublicAccessBlockConfiguration;
    assert.deepEqual(await get(), everything);
    const some = { ...nothing, IgnorePublicAcls: true };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket: name, PublicAccessBlockConfiguration: some }));
    assert.deepEqual(await get(), some);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: name }));
    await refusedWith(get(), "NoSuchPublicAccessBlockConfiguration", 404);
  });

  test("refuses a policy that opens the bucket, and no other", async () => {
    await denied(putPolicy(statement("*")), /BlockPublicPolicy/);
    await putPolicy(statement("*", { Condition: { IpAddress: { "aws:SourceIp": "127.0.0.0/8" } } }));
    assert.equal((await fetched(`/${Bucket}/crl/ca.crl`)).status, 200);
    await putPolicy(statement("*", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }));
    assert.equal((await fetched(`/${Bucket}/crl/ca.crl`)).status, 403);
  });

  test("keeps an open bucket for its own account", async () => {
    await block({});
    await putPolicy(statement("*"));
    assert.equal((await fetched(`/${Bucket}/crl/ca.crl`)).status, 200);
    assert.equal((await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus.IsPublic, true);
    await block({ RestrictPublicBuckets: true });
    assert.equal((await fetched(`/${Bucket}/crl/ca.crl`)).code, "AccessDenied");
    assert.equal(await read(ops), "revoked");
  });
});

describe("An ACL", () => {
  const put = (Key, ACL) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key, ACL }));
  const ownership = (ObjectOwnership) => s3.send(new PutBucketOwnershipControlsCommand({
    Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } }));

  test("does not count in new buckets", async () => {
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    assert.deepEqual(OwnershipControls.Rules, [{ ObjectOwnership: "BucketOwnerEnforced" }]);
    await refusedWith(put("acl/a", "public-read"), "AccessControlListNotSupported", 400);
    await put("acl/a", "bucket-owner-full-control");
    await refusedWith(ownership("Nobody"), "MalformedXML", 400);
  });

  test("opens an object where it counts and is not blocked", async () => {
    await ownership("BucketOwnerPreferred");
    await denied(put("acl/open", "public-read"), /BlockPublicAcls/);
    await block({});
    await put("acl/open", "public-read");
    await put("acl/closed");
    assert.equal((await fetched(`/${Bucket}/acl/open`)).body, "acl/open");
    assert.equal((await fetched(`/${Bucket}/acl/closed`)).code, "AccessDenied");
    assert.equal((await fetched(`/${Bucket}/acl/open`, { method: "DELETE" })).code, "AccessDenied");
    await s3.send(new CopyObjectCommand({ Bucket, Key: "acl/copy", CopySource: `${Bucket}/acl/open` }));
    assert.equal((await fetched(`/${Bucket}/acl/copy`)).code, "AccessDenied");
    await block({ IgnorePublicAcls: true });
    assert.equal((await fetched(`/${Bucket}/acl/open`)).code, "AccessDenied");
    await block({});
    await ownership("BucketOwnerEnforced");
    assert.equal((await fetched(`/${Bucket}/acl/open`)).code, "AccessDenied");
  });

  test("wants a right of its own", async () => {
    await ownership("ObjectWriter");
    await block({});
    await putPolicy(statement({ AWS: `arn:aws:iam::${account}:user/ops` }, { Action: "s3:PutObject" }));
    const put = (ACL) => ops.send(new PutObjectCommand({ Bucket, Key: "crl/by-ops", Body: "x", ACL }));
    await put();
    await denied(put("public-read"), /s3:PutObjectAcl/);
    await ownership("BucketOwnerEnforced");
  });
});
