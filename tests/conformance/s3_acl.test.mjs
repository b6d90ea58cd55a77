// ACLs where they count and where they do not, and what is told of an object's attributes.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import {
  CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeletePublicAccessBlockCommand,
  GetBucketAclCommand, GetObjectAclCommand, GetObjectAttributesCommand, GetObjectCommand, PutBucketAclCommand,
  PutBucketOwnershipControlsCommand, PutBucketVersioningCommand, PutObjectAclCommand, PutObjectCommand,
  PutPublicAccessBlockCommand, UploadPartCommand,
} from "@aws-sdk/client-s3";
import { Everseal, account, refusedWith, region } from "./harness.mjs";
import { md5, octets } from "./s3.mjs";

let server, s3;
const Bucket = "acl-bucket", Key = "crl/ca.crl";
const group = "http://acs.amazonaws.com/groups/global/AllUsers";
const own = { Grantee: { Type: "CanonicalUser", ID: account }, Permission: "FULL_CONTROL" };
const open = { Grantee: { Type: "Group", URI: group }, Permission: "READ" };

before(async () => {
  server = await Everseal.start();
  s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "revoked" }));
});
after(() => server.stop());

const ownership = (ObjectOwnership) => s3.send(new PutBucketOwnershipControlsCommand({
  Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } }));
const objectAcl = async (client = s3) => (await client.send(new GetObjectAclCommand({ Bucket, Key }))).Grants;
const bucketAcl = async () => (await s3.send(new GetBucketAclCommand({ Bucket }))).Grants;
const status = async (path) => (await fetch(`${server.endpoint}/${Bucket}${path}`)).status;
const denied = (promise, words) => refusedWith(promise, "AccessDenied", 403, words);

describe("Where ACLs are disabled", () => {
  test("they can be read and not be set", async () => {
    assert.deepEqual(await bucketAcl(), [own]);
    const { Owner, Grants } = await s3.send(new GetObjectAclCommand({ Bucket, Key }));
    assert.deepEqual([Owner, Grants], [{ ID: account }, [own]]);
    for (const ACL of ["private", "public-read"]) {
      await refusedWith(s3.send(new PutObjectAclCommand({ Bucket, Key, ACL })), "AccessControlListNotSupported", 400);
      await refusedWith(s3.send(new PutBucketAclCommand({ Bucket, ACL })), "AccessControlListNotSupported", 400);
    }
  });
});

describe("Where ACLs count", () => {
  beforeEach(async () => {
    await ownership("ObjectWriter");
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await s3.send(new PutBucketAclCommand({ Bucket, ACL: "private" }));
    await s3.send(new PutObjectAclCommand({ Bucket, Key, ACL: "private" }));
  });

  test("an object is opened and closed again", async () => {
    assert.equal(await status(`/${Key}`), 403);
    await s3.send(new PutObjectAclCommand({ Bucket, Key, ACL: "public-read" }));
    assert.equal(await status(`/${Key}`), 200);
    assert.deepEqual(await objectAcl(), [own, open]);
    await s3.send(new PutObjectAclCommand({ Bucket, Key, ACL: "bucket-owner-full-control" }));
    assert.equal(await status(`/${Key}`), 403);
    assert.deepEqual(await objectAcl(), [own]);
  });

  test("grants do the same, in headers and in a body", async () => {
    await s3.send(new PutObjectAclCommand({ Bucket, Key, GrantRead: `uri="${group}"` }));
    assert.deepEqual(await objectAcl(), [own, open]);
    await s3.send(new PutObjectAclCommand({ Bucket, Key, AccessControlPolicy: { Owner: { ID: account }, Grants: [own] } }));
    assert.deepEqual(await objectAcl(), [own]);
    await s3.send(new PutObjectAclCommand({ Bucket, Key, AccessControlPolicy: { Owner: { ID: account }, Grants: [own, open] } }));
    assert.equal(await status(`/${Key}`), 200);
    await s3.send(new PutObjectCommand({ Bucket, Key: "granted", Body: "x", GrantRead: `uri="${group}"` }));
    assert.equal(await status("/granted"), 200);
  });

  test("a bucket is opened for listing", async () => {
    assert.equal(await status("?list-type=2"), 403);
    await s3.send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
    assert.equal(await status("?list-type=2"), 200);
    assert.equal(await status(`/${Key}`), 403);
    assert.deepEqual(await bucketAcl(), [own, open]);
    await refusedWith(ownership("BucketOwnerEnforced"), "InvalidBucketAclWithObjectOwnership", 400);
    await s3.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy: { Owner: { ID: account }, Grants: [own] } }));
    assert.equal(await status("?list-type=2"), 403);
  });

  test("Block Public Access refuses them, or ignores them", async () => {
    const block = (some) => s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: some }));
    await block({ BlockPublicAcls: true });
    await denied(s3.send(new PutObjectAclCommand({ Bucket, Key, ACL: "public-read" })), /BlockPublicAcls/);
    await denied(s3.send(new PutBucketAclCommand({ Bucket, ACL: "public-read" })), /BlockPublicAcls/);
    await block({});
    await s3.send(new PutObjectAclCommand({ Bucket, Key, ACL: "public-read" }));
    await block({ IgnorePublicAcls: true });
    assert.equal(await status(`/${Key}`), 403);
    assert.deepEqual(await objectAcl(), [own, open]);
  });

  test("what cannot be kept is refused, and nothing changes", async () => {
    const put = (more) => s3.send(new PutObjectAclCommand({ Bucket, Key, ...more }));
    const policy = (...Grants) => put({ AccessControlPolicy: { Owner: { ID: account }, Grants } });
    await refusedWith(put({ ACL: "authenticated-read" }), "NotImplemented", 501, /are kept here/);
    await refusedWith(put({ ACL: "loud" }), "InvalidArgument", 400, /.*/);
    await refusedWith(policy(own, { ...open, Permission: "WRITE_ACP" }), "NotImplemented", 501);
    await refusedWith(policy({ ...own, Grantee: { Type: "CanonicalUser", ID: "444455556666" } }), "InvalidArgument", 400);
    await refusedWith(policy({ ...own, Permission: "EVERYTHING" }), "MalformedACLError", 400);
    await refusedWith(put({ ACL: "private", GrantRead: `uri="${group}"` }), "InvalidRequest", 400);
    await refusedWith(put({}), "MissingSecurityHeader", 400);
    await refusedWith(put({ Key: "none", ACL: "private" }), "NoSuchKey", 404);
    await refusedWith(s3.send(new GetObjectAclCommand({ Bucket, Key: "none" })), "NoSuchKey", 404);
    await refusedWith(s3.send(new GetBucketAclCommand({ Bucket: "nowhere" })), "NoSuchBucket", 404);
    assert.deepEqual(await objectAcl(), [own]);
  });

  test("aws s3api reads and sets them", () => {
    server.aws("s3api", "put-object-acl", "--bucket", Bucket, "--key", Key, "--acl", "public-read");
    assert.deepEqual(server.aws("s3api", "get-object-acl", "--bucket", Bucket, "--key", Key).Grants, [own, open]);
    server.aws("s3api", "put-bucket-acl", "--bucket", Bucket, "--grant-read", `uri=${group}`);
    assert.deepEqual(server.aws("s3api", "get-bucket-acl", "--bucket", Bucket).Grants, [own, open]);
  });
});

describe("GetObjectAttributes", () => {
  const attributes = (more) => s3.send(new GetObjectAttributesCommand({ Bucket, Key,
    ObjectAttributes: ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"], ...more }));

  test("tells what was asked for, and no more", async () => {
    const all = await attributes();
    assert.equal(all.ETag, md5("revoked"));
    assert.equal(all.ObjectSize, 7);
    assert.equal(all.StorageClass, "STANDARD");
    assert.equal(all.Checksum.ChecksumType, "FULL_OBJECT");
    assert.match(all.Checksum.ChecksumCRC32, /^[\w+/]{6}==$/);
    assert.equal(all.ObjectParts, undefined);
    assert.ok(all.LastModified instanceof Date);
    const some = await attributes({ ObjectAttributes: ["ObjectSize"] });
    assert.deepEqual([some.ObjectSize, some.ETag, some.Checksum], [7, undefined, undefined]);
    assert.equal(server.aws("s3api", "get-object-attributes", "--bucket", Bucket, "--key", Key,
      "--object-attributes", "ETag", "ObjectSize").ETag, md5("revoked"));
  });

  test("tells the parts of what was uploaded in parts, by page", async () => {
    const what = { Bucket, Key: "parted" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...what, ChecksumAlgorithm: "SHA256" }));
    const Parts = [];
    for (const [at, size] of [5 << 20, 5 << 20, 10].entries()) {
      const { ETag, ChecksumSHA256 } = await s3.send(new UploadPartCommand({ ...what, UploadId, PartNumber: at + 1,
        Body: octets(size, at + 1), ChecksumAlgorithm: "SHA256" }));
      Parts.push({ PartNumber: at + 1, ETag, ChecksumSHA256 });
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...what, UploadId, MultipartUpload: { Parts } }));
    const told = (await attributes({ ...what })).ObjectParts;
    assert.equal(told.TotalPartsCount, 3);
    assert.deepEqual(told.Parts.map(({ PartNumber, Size, ChecksumSHA256 }) => [PartNumber, Size, ChecksumSHA256]),
      [5 << 20, 5 << 20, 10].map((size, at) => [at + 1, size, Parts[at].ChecksumSHA256]));
    const page = (await attributes({ ...what, MaxParts: 1, PartNumberMarker: 1 })).ObjectParts;
    assert.deepEqual([page.IsTruncated, page.NextPartNumberMarker, page.Parts.map(({ PartNumber }) => PartNumber)],
      [true, "2", [2]]);
  });

  test("tells of a version", async () => {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "twice", Body: "1" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "twice", Body: "22" }));
    assert.equal((await attributes({ Key: "twice", VersionId })).ObjectSize, 1);
    assert.equal((await attributes({ Key: "twice" })).ObjectSize, 2);
  });

  test("refuses what is not there", async () => {
    await refusedWith(attributes({ Key: "none" }), "NoSuchKey", 404);
    await refusedWith(attributes({ ObjectAttributes: ["Colour"] }), "InvalidArgument", 400);
  });
});
