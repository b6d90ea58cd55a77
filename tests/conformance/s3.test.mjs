// Buckets and objects as the AWS SDK sees them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  CopyObjectCommand, CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand,
  GetBucketVersioningCommand, ListObjectVersionsCommand, PutBucketVersioningCommand,
  GetBucketCorsCommand, GetBucketLocationCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand,
  ListBucketsCommand, ListObjectsCommand, ListObjectsV2Command, PutBucketCorsCommand, PutObjectCommand,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { Everseal, account, refusedWith as refused, region } from "./harness.mjs";
import { bytesOf, md5, octets, stream } from "./s3.mjs";

let server, s3;
const Bucket = "plant-crl";
before(async () => {
  server = await Everseal.start();
  s3 = server.s3();
  await makeBucket(Bucket);
});
after(() => server.stop());

const makeBucket = (name, client = s3) => client.send(new CreateBucketCommand({
  Bucket: name, CreateBucketConfiguration: { LocationConstraint: region } }));
const put = (Key, Body, more) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Key, more) => s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
const head = (Key, more) => s3.send(new HeadObjectCommand({ Bucket, Key, ...more }));
const remove = (Key) => s3.send(new DeleteObjectCommand({ Bucket, Key }));
const text = async (Key, more) => (await get(Key, more)).Body.transformToString();

describe("Buckets", () => {
  test("are made, found, listed and removed", async () => {
    const made = await makeBucket("made-here");
    assert.equal(made.Location, "/made-here");
    const found = await s3.send(new HeadBucketCommand({ Bucket: "made-here" }));
    assert.equal(found.BucketRegion, region);
    const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket: "made-here" }));
    assert.equal(LocationConstraint, region);
    const { Buckets, Owner } = await s3.send(new ListBucketsCommand({}));
    assert.ok(Buckets.some(({ Name, CreationDate }) => Name === "made-here" && CreationDate instanceof Date));
    assert.equal(Owner.ID, account);
    await s3.send(new DeleteBucketCommand({ Bucket: "made-here" }));
    await refused(s3.send(new HeadBucketCommand({ Bucket: "made-here" })), "NotFound", 404);
    await refused(s3.send(new DeleteBucketCommand({ Bucket: "made-here" })), "NoSuchBucket", 404);
  });

  test("are listed in pages", async () => {
    for (const name of ["page-a", "page-b", "page-c"]) await makeBucket(name);
    const first = await s3.send(new ListBucketsCommand({ Prefix: "page-", MaxBuckets: 2 }));
    assert.deepEqual(first.Buckets.map(({ Name }) => Name), ["page-a", "page-b"]);
    const second = await s3.send(new ListBucketsCommand({
      Prefix: "page-", MaxBuckets: 2, ContinuationToken: first.ContinuationToken }));
    assert.deepEqual(second.Buckets.map(({ Name }) => Name), ["page-c"]);
    assert.equal(second.ContinuationToken, undefined);
  });

  test("have a name and a region of their own", async () => {
    await refused(makeBucket(Bucket), "BucketAlreadyOwnedByYou", 409);
    await refused(makeBucket("Upper"), "InvalidBucketName", 400);
    await refused(s3.send(new CreateBucketCommand({ Bucket: "elsewhere",
      CreateBucketConfiguration: { LocationConstraint: "ap-southeast-2" } })), "IllegalLocationConstraintException", 400);
    const first = server.s3({ region: "us-east-1" });
    await first.send(new CreateBucketCommand({ Bucket: "in-the-first" }));
    await first.send(new CreateBucketCommand({ Bucket: "in-the-first" }));
    const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket: "in-the-first" }));
    assert.ok(!LocationConstraint);
  });

  test("are removed only when they are empty", async () => {
    await makeBucket("full");
    await s3.send(new PutObjectCommand({ Bucket: "full", Key: "k", Body: "x" }));
    await refused(s3.send(new DeleteBucketCommand({ Bucket: "full" })), "BucketNotEmpty", 409);
    await s3.send(new DeleteObjectCommand({ Bucket: "full", Key: "k" }));
    await s3.send(new DeleteBucketCommand({ Bucket: "full" }));
  });

  test("say what was never set up, and what is not done here", async () => {
    await refused(s3.send(new GetBucketCorsCommand({ Bucket })), "NoSuchCORSConfiguration", 404);
    await refused(s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [
      { AllowedMethods: ["GET"], AllowedOrigins: ["*"] }] } })), "NotImplemented", 501);
  });
});

describe("Objects", () => {
  test("come back as they went, whatever their size", async () => {
    for (const size of [0, 1, 65_536, 65_537, 3_000_000]) {
      const data = octets(size);
      const { ETag } = await put(`size/${size}`, data);
      assert.equal(ETag, `"${md5(data)}"`);
      const answer = await get(`size/${size}`);
      assert.equal(answer.ContentLength, size);
      assert.equal(answer.ETag, ETag);
      assert.equal(answer.ContentType, "application/octet-stream");
      assert.ok(data.equals(await bytesOf(answer.Body)), `${size} octets`);
    }
  });

  test("keep their headers and metadata", async () => {
    const headers = { ContentType: "application/pkix-crl", CacheControl: "max-age=60", ContentLanguage: "de",
      ContentDisposition: "inline", ContentEncoding: "identity", Metadata: { issuer: "plant root", empty: "" } };
    await put("headers", "x", { ...headers, Expires: new Date("2030-01-01T00:00:00Z") });
    for (const answer of [await head("headers"), await get("headers")]) {
      for (const [name, value] of Object.entries(headers)) assert.deepEqual(answer[name], value, name);
      assert.equal(answer.ExpiresString, "Tue, 01 Jan 2030 00:00:00 GMT");
      assert.equal(answer.ServerSideEncryption, "AES256");
      assert.ok(Math.abs(answer.LastModified - Date.now()) < 60_000);
    }
    const changed = await get("headers", { ResponseContentType: "text/plain", ResponseCacheControl: "no-store" });
    assert.equal(changed.ContentType, "text/plain");
    assert.equal(changed.CacheControl, "no-store");
  });

  test("have any key, which never is a path", async () => {
    const keys = ["a b+c/é.txt", "../../etc/passwd", "/leading", "a//b", "a/./b", "trailing/", "%2e%2e", "~*'()!",
      "\u{1f511}", "<&>\"'", "..", "a\nb", "k".repeat(1024)];
    for (const Key of keys) await put(Key, Key);
    for (const Key of keys) assert.equal(await text(Key), Key);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "a//" }));
    assert.deepEqual(Contents.map(({ Key }) => Key), ["a//b"]);
    await refused(put("k".repeat(1025), "x"), "KeyTooLongError", 400);
    await refused(put("a\0b", "x"), "InvalidURI", 400);
    for (const Key of keys) await remove(Key);
  });

  test("are replaced and removed as a whole", async () => {
    await put("replaced", "old");
    await put("replaced", "new, and longer");
    assert.equal(await text("replaced"), "new, and longer");
    await remove("replaced");
    await refused(get("replaced"), "NoSuchKey", 404);
    await refused(head("replaced"), "NotFound", 404);
    await remove("replaced");
  });

  test("are read in ranges", async () => {
    const data = octets(200_000);
    await put("ranges", data);
    const range = async (Range) => {
      const answer = await get("ranges", { Range });
      return [answer.$metadata.httpStatusCode, answer.ContentRange, await bytesOf(answer.Body)];
    };
    assert.deepEqual(await range("bytes=0-9"), [206, "bytes 0-9/200000", data.subarray(0, 10)]);
    assert.deepEqual(await range("bytes=65530-131080"), [206, "bytes 65530-131080/200000", data.subarray(65530, 131081)]);
    assert.deepEqual(await range("bytes=199990-"), [206, "bytes 199990-199999/200000", data.subarray(199990)]);
    assert.deepEqual(await range("bytes=-5"), [206, "bytes 199995-199999/200000", data.subarray(199995)]);
    assert.equal((await range("bytes=0-1,5-6"))[0], 200);
    await refused(get("ranges", { Range: "bytes=200000-" }), "InvalidRange", 416);
    const ahead = await head("ranges", { Range: "bytes=0-9" });
    assert.equal(ahead.ContentLength, 10);
  });

  test("are read on conditions", async () => {
    const { ETag } = await put("conditions", "x");
    assert.equal(await text("conditions", { IfMatch: ETag }), "x");
    await refused(get("conditions", { IfMatch: '"other"' }), "PreconditionFailed", 412);
    const unchanged = await refused(get("conditions", { IfNoneMatch: ETag }), "Unknown", 304);
    assert.equal(unchanged.$response.headers.etag, ETag);
    await refused(get("conditions", { IfModifiedSince: new Date(Date.now() + 60_000) }), "Unknown", 304);
    await refused(get("conditions", { IfUnmodifiedSince: new Date(0) }), "PreconditionFailed", 412);
    await refused(head("conditions", { IfMatch: '"other"' }), "Unknown", 412);
  });

  test("are written on conditions", async () => {
    await remove("once");
    const { ETag } = await put("once", "first", { IfNoneMatch: "*" });
    await refused(put("once", "second", { IfNoneMatch: "*" }), "PreconditionFailed", 412);
    await refused(put("once", "second", { IfMatch: '"other"' }), "PreconditionFailed", 412);
    assert.equal(await text("once"), "first");
    await put("once", "second", { IfMatch: ETag });
    assert.equal(await text("once"), "second");
    await refused(put("never", "x", { IfMatch: ETag }), "NoSuchKey", 404);
  });

  test("of many writers are one of theirs, never a mixture", async () => {
    const bodies = [1, 2, 3, 4, 5, 6].map((seed) => octets(300_000, seed));
    await put("race", bodies[0]);
    const writers = bodies.map((body) => put("race", body));
    const readers = bodies.map(async () => bytesOf((await get("race")).Body));
    await Promise.all(writers);
    for (const read of await Promise.all(readers)) assert.ok(bodies.some((body) => body.equals(read)));
  });

  test("are not found in a bucket that is not there", async () => {
    await refused(s3.send(new PutObjectCommand({ Bucket: "nowhere", Key: "k", Body: "x" })), "NoSuchBucket", 404);
    await refused(s3.send(new GetObjectCommand({ Bucket: "nowhere", Key: "k" })), "NoSuchBucket", 404);
    await refused(s3.send(new ListObjectsV2Command({ Bucket: "nowhere" })), "NoSuchBucket", 404);
  });
});

describe("Checksums", () => {
  const algorithms = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];
  for (const ChecksumAlgorithm of algorithms) {
    test(`of ${ChecksumAlgorithm} are verified, kept and told`, async () => {
      const field = `Checksum${ChecksumAlgorithm}`;
      const data = octets(150_000);
      const sent = await put("sums", data, { ChecksumAlgorithm });
      const streamed = await put("sums/streamed", stream(data), { ChecksumAlgorithm, ContentLength: data.length });
      assert.ok(sent[field]);
      assert.equal(streamed[field], sent[field]);
      for (const Key of ["sums", "sums/streamed"]) {
        const answer = await get(Key, { ChecksumMode: "ENABLED" });
        assert.equal(answer[field], sent[field]);
        assert.equal(answer.ChecksumType, "FULL_OBJECT");
        assert.ok(data.equals(await bytesOf(answer.Body)));
      }
      const part = await get("sums", { ChecksumMode: "ENABLED", Range: "bytes=0-9" });
      assert.equal(part[field], undefined);
    });

    test(`of ${ChecksumAlgorithm} that are wrong are refused`, async () => {
      const wrong = Buffer.alloc({ CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 }[ChecksumAlgorithm], 7);
      await refused(put("wrong", "hello", { [`Checksum${ChecksumAlgorithm}`]: wrong.toString("base64") }), "BadDigest", 400);
      await refused(get("wrong"), "NoSuchKey", 404);
    });
  }

  test("by Content-MD5 are verified", async () => {
    await put("md5", "hello", { ContentMD5: md5("hello", "base64") });
    await refused(put("md5/wrong", "hello", { ContentMD5: md5("hullo", "base64") }), "BadDigest", 400);
    await refused(put("md5/wrong", "hello", { ContentMD5: "hello" }), "InvalidDigest", 400);
    await refused(get("md5/wrong"), "NoSuchKey", 404);
  });

  test("are CRC64NVME where the client sends none", async () => {
    const old = server.s3({ requestChecksumCalculation: "WHEN_REQUIRED" });
    await old.send(new PutObjectCommand({ Bucket, Key: "none", Body: "hello" }));
    assert.equal((await head("none", { ChecksumMode: "ENABLED" })).ChecksumCRC64NVME, "M3eFcAZSQlc=");
  });
});

describe("Listings", () => {
  const names = (list) => (list ?? []).map(({ Key, Prefix }) => Key ?? Prefix);
  before(async () => {
    await makeBucket("listed");
    for (const Key of ["a", "b/1", "b/2", "b/c/3", "b0", "d e/+", "é/ü"]) {
      await s3.send(new PutObjectCommand({ Bucket: "listed", Key, Body: Key }));
    }
  });
  const list = (more) => s3.send(new ListObjectsV2Command({ Bucket: "listed", ...more }));

  test("are in the order of octets and say what there is", async () => {
    const { Contents, KeyCount, IsTruncated, Name } = await list();
    assert.deepEqual(names(Contents), ["a", "b/1", "b/2", "b/c/3", "b0", "d e/+", "é/ü"]);
    assert.deepEqual([KeyCount, IsTruncated, Name], [7, false, "listed"]);
    assert.equal(Contents[1].Size, 3);
    assert.equal(Contents[1].ETag, `"${md5("b/1")}"`);
    assert.equal(Contents[1].StorageClass, "STANDARD");
    assert.equal(Contents[1].Owner, undefined);
    assert.equal((await list({ FetchOwner: true })).Contents[0].Owner.ID, account);
  });

  test("are folded at a delimiter", async () => {
    const top = await list({ Delimiter: "/" });
    assert.deepEqual(names(top.Contents), ["a", "b0"]);
    assert.deepEqual(names(top.CommonPrefixes), ["b/", "d e/", "é/"]);
    assert.equal(top.KeyCount, 5);
    const inside = await list({ Delimiter: "/", Prefix: "b/" });
    assert.deepEqual([names(inside.Contents), names(inside.CommonPrefixes)], [["b/1", "b/2"], ["b/c/"]]);
  });

  test("come in pages of any size", async () => {
    for (const MaxKeys of [1, 2, 3, 10]) {
      const all = [];
      for await (const page of paginateListObjectsV2({ client: s3, pageSize: MaxKeys }, { Bucket: "listed", Delimiter: "/" })) {
        assert.ok(page.KeyCount <= MaxKeys);
        all.push(...names(page.Contents), ...names(page.CommonPrefixes));
      }
      assert.deepEqual(all.sort(), ["a", "b/", "b0", "d e/", "é/"].sort());
    }
    assert.deepEqual(names((await list({ StartAfter: "b/2" })).Contents), ["b/c/3", "b0", "d e/+", "é/ü"]);
    await refused(list({ ContinuationToken: "made up" }), "InvalidArgument", 400);
  });

  test("spell keys for XML when asked to", async () => {
    const { Contents, EncodingType } = await list({ EncodingType: "url", Prefix: "d e" });
    assert.equal(EncodingType, "url");
    assert.deepEqual(names(Contents), ["d%20e/%2B"]);
  });

  test("of the first version go on behind a marker", async () => {
    const v1 = (more) => s3.send(new ListObjectsCommand({ Bucket: "listed", ...more }));
    const first = await v1({ MaxKeys: 2, Delimiter: "/" });
    assert.deepEqual([names(first.Contents), names(first.CommonPrefixes), first.NextMarker], [["a"], ["b/"], "b/"]);
    const second = await v1({ MaxKeys: 2, Delimiter: "/", Marker: first.NextMarker });
    assert.deepEqual([names(second.Contents), names(second.CommonPrefixes)], [["b0"], ["d e/"]]);
    assert.equal((await v1({ MaxKeys: 2 })).NextMarker, undefined);
  });
});

describe("Copies and removals", () => {
  test("copy an object with its headers, or with others", async () => {
    const data = octets(100_000);
    const { ETag } = await put("source é", data, { ContentType: "text/x", Metadata: { a: "1" } });
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({
      Bucket, Key: "copy", CopySource: `${Bucket}/${encodeURIComponent("source é")}` }));
    assert.equal(CopyObjectResult.ETag, ETag);
    const copy = await get("copy");
    assert.ok(data.equals(await bytesOf(copy.Body)));
    assert.deepEqual([copy.ContentType, copy.Metadata], ["text/x", { a: "1" }]);
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `/${Bucket}/copy`,
      MetadataDirective: "REPLACE", ContentType: "text/y" }));
    const changed = await head("copy");
    assert.deepEqual([changed.ContentType, changed.Metadata], ["text/y", {}]);
  });

  test("refuse what cannot be copied", async () => {
    const copy = (CopySource, more) => s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource, ...more }));
    await put("copy", "x");
    await refused(copy(`${Bucket}/copy`), "InvalidRequest", 400);
    await refused(copy(`${Bucket}/absent`), "NoSuchKey", 404);
    await refused(copy("nowhere/k"), "NoSuchBucket", 404);
    await refused(copy("nothing"), "InvalidArgument", 400);
    await put("other", "y");
    await refused(copy(`${Bucket}/other`, { CopySourceIfMatch: '"z"' }), "PreconditionFailed", 412);
    assert.equal(await text("copy"), "x");
  });

  test("remove many keys at once", async () => {
    for (const Key of ["m/1", "m/2", "m/<3>"]) await put(Key, "x");
    const all = (Keys, more) => s3.send(new DeleteObjectsCommand({ Bucket, Delete: {
      Objects: Keys.map((Key) => ({ Key })), ...more } }));
    const { Deleted, Errors } = await all(["m/1", "m/<3>", "m/absent"]);
    assert.deepEqual(Deleted.map(({ Key }) => Key), ["m/1", "m/<3>", "m/absent"]);
    assert.equal(Errors, undefined);
    assert.equal((await all(["m/2"], { Quiet: true })).Deleted, undefined);
    assert.equal((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "m/" }))).KeyCount, 0);
    await refused(all([]), "MalformedXML", 400);
  });
});

describe("Versions", () => {
  const Bucket = "versioned", Key = "ca.pem";
  const send = (Command, more) => s3.send(new Command({ Bucket, ...more }));
  const write = async (Body) => (await send(PutObjectCommand, { Key, Body })).VersionId;
  const read = async (VersionId) => (await send(GetObjectCommand, { Key, VersionId })).Body.transformToString();
  const set = (Status) => send(PutBucketVersioningCommand, { VersioningConfiguration: { Status } });
  before(() => makeBucket(Bucket));

  test("are kept from when they are switched on until they are removed one by one", async () => {
    assert.equal((await send(GetBucketVersioningCommand)).Status, undefined);
    assert.equal(await write("before"), undefined);
    await set("Enabled");
    assert.equal((await send(GetBucketVersioningCommand)).Status, "Enabled");
    const first = await write("first");
    const second = await write("second");
    assert.deepEqual([await read(), await read(first), await read("null")], ["second", "first", "before"]);
    const { DeleteMarker, VersionId } = await send(DeleteObjectCommand, { Key });
    assert.equal(DeleteMarker, true);
    await refused(read(), "NoSuchKey", 404);
    await refused(read(VersionId), "MethodNotAllowed", 405);
    await refused(read("made-up"), "NoSuchVersion", 404);
    assert.equal((await send(ListObjectsV2Command)).KeyCount, 0);
    const { Versions, DeleteMarkers } = await send(ListObjectVersionsCommand);
    assert.deepEqual(Versions.map((one) => [one.VersionId, one.IsLatest]), [[second, false], [first, false], ["null", false]]);
    assert.deepEqual(DeleteMarkers.map((one) => [one.VersionId, one.IsLatest]), [[VersionId, true]]);
    await refused(send(DeleteBucketCommand), "BucketNotEmpty", 409);
    await send(DeleteObjectCommand, { Key, VersionId });
    assert.equal(await read(), "second");
    await send(DeleteObjectCommand, { Key, VersionId: second });
    assert.equal(await read(), "first");
    await set("Suspended");
    await write("suspended");
    await refused(set("Paused"), "MalformedXML", 400);
    assert.deepEqual([await read(), await read("null"), await read(first)], ["suspended", "suspended", "first"]);
  });

  test("are listed in pages", async () => {
    await set("Enabled");
    for (const name of ["a/1", "a/2", "b"]) for (const Body of ["x", "y"]) await send(PutObjectCommand, { Key: `page/${name}`, Body });
    const all = async (more) => {
      const found = [];
      for (let KeyMarker, VersionIdMarker, more_ = true; more_;) {
        const page = await send(ListObjectVersionsCommand, { Prefix: "page/", KeyMarker, VersionIdMarker, ...more });
        found.push(...(page.Versions ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
        ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker, IsTruncated: more_ } = page);
      }
      return found;
    };
    const names = ["page/a/1", "page/a/1", "page/a/2", "page/a/2", "page/b", "page/b"];
    for (const MaxKeys of [1, 2, 5, 10]) {
      assert.deepEqual(await all({ MaxKeys }), names);
      assert.deepEqual((await all({ MaxKeys, Delimiter: "/" })).sort(), ["page/a/", "page/b", "page/b"]);
    }
  });
});

describe("Who may", () => {
  let reader;
  const allow = (...Statement) => server.iam().send(new PutUserPolicyCommand({ UserName: "reader", PolicyName: "says",
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }));
  before(async () => {
    await server.iam().send(new CreateUserCommand({ UserName: "reader" }));
    const { AccessKey } = await server.iam().send(new CreateAccessKeyCommand({ UserName: "reader" }));
    reader = server.s3({ credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    await put("crl/ca.pem", "x");
  });
  const read = (Key) => reader.send(new GetObjectCommand({ Bucket, Key }));

  test("is decided by key, and is not told which keys there are", async () => {
    await refused(read("crl/ca.pem"), "AccessDenied", 403);
    await allow({ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/crl/*` });
    assert.equal(await (await read("crl/ca.pem")).Body.transformToString(), "x");
    await refused(read("other"), "AccessDenied", 403);
    await refused(read("crl/absent"), "AccessDenied", 403);
    await refused(reader.send(new PutObjectCommand({ Bucket, Key: "crl/ca.pem", Body: "y" })), "AccessDenied", 403);
    await refused(reader.send(new ListObjectsV2Command({ Bucket })), "AccessDenied", 403);
    await allow({ Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "*" });
    await refused(read("crl/absent"), "NoSuchKey", 404);
  });

  test("remove many is decided for each key", async () => {
    await put("mine/1", "x");
    await put("yours/1", "x");
    await allow({ Effect: "Allow", Action: "s3:DeleteObject", Resource: `arn:aws:s3:::${Bucket}/mine/*` });
    const { Deleted, Errors } = await reader.send(new DeleteObjectsCommand({ Bucket, Delete: {
      Objects: [{ Key: "mine/1" }, { Key: "yours/1" }] } }));
    assert.deepEqual(Deleted.map(({ Key }) => Key), ["mine/1"]);
    assert.deepEqual(Errors.map(({ Key, Code }) => [Key, Code]), [["yours/1", "AccessDenied"]]);
    assert.equal(await text("yours/1"), "x");
  });

  test("copy needs both the source and the target", async () => {
    await allow({ Effect: "Allow", Action: "s3:PutObject", Resource: "*" });
    await refused(reader.send(new CopyObjectCommand({ Bucket, Key: "stolen", CopySource: `${Bucket}/crl/ca.pem` })),
      "AccessDenied", 403);
  });

  test("is nobody who does not say who they are", async () => {
    const answer = await fetch(`${server.endpoint}/${Bucket}/crl/ca.pem`);
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /<Code>AccessDenied<\/Code>/);
  });
});
