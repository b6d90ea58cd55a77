// Objects that are uploaded in parts.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateBucketCommand,
  CreateMultipartUploadCommand, GetObjectCommand, ListMultipartUploadsCommand, ListPartsCommand,
  PutObjectCommand, UploadPartCommand, UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Everseal, refusedWith as refused, region } from "./harness.mjs";
import { bytesOf, md5, octets, stream } from "./s3.mjs";

let server, s3;
const Bucket = "in-parts";
before(async () => {
  server = await Everseal.start();
  s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
});
after(() => server.stop());

const put = (Key, Body, more) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Key, more) => s3.send(new GetObjectCommand({ Bucket, Key, ...more }));

describe("Uploads in parts", () => {
  const size = 5 * 1024 * 1024;
  const parts = [octets(size, 1), octets(size, 2), octets(1000, 3)];
  const whole = Buffer.concat(parts);
  const begin = async (Key, more) =>
    (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId;
  const add = async (Key, UploadId, PartNumber, Body, more) => {
    const answer = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }));
    return { ...answer, PartNumber };
  };
  const complete = (Key, UploadId, Parts, more) => s3.send(new CompleteMultipartUploadCommand({
    Bucket, Key, UploadId, MultipartUpload: { Parts: Parts.map(({ PartNumber, ETag, ChecksumSHA256 }) =>
      ({ PartNumber, ETag, ChecksumSHA256 })) }, ...more }));

  test("become one object, in the order of their numbers", async () => {
    const id = await begin("parted", { ContentType: "text/parts", ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const third = await add("parted", id, 30, parts[2], { ChecksumAlgorithm: "CRC32" });
    const first = await add("parted", id, 1, parts[0], { ChecksumAlgorithm: "CRC32" });
    await add("parted", id, 2, parts[2], { ChecksumAlgorithm: "CRC32" });
    const second = await add("parted", id, 2, parts[1], { ChecksumAlgorithm: "CRC32" });
    await refused(get("parted"), "NoSuchKey", 404);
    const done = await complete("parted", id, [first, second, third]);
    const etag = md5(Buffer.concat(parts.map((part) => Buffer.from(md5(part), "hex"))));
    assert.equal(done.ETag, `"${etag}-3"`);
    const answer = await get("parted", { ChecksumMode: "ENABLED" });
    assert.equal(answer.ContentType, "text/parts");
    assert.ok(whole.equals(await bytesOf(answer.Body)));
    const sent = await put("whole", whole, { ChecksumAlgorithm: "CRC32" });
    assert.equal(answer.ChecksumCRC32, sent.ChecksumCRC32);
    assert.equal(answer.ChecksumType, "FULL_OBJECT");
    const across = await get("parted", { Range: `bytes=${size - 5}-${size + 4}` });
    assert.ok(whole.subarray(size - 5, size + 5).equals(await bytesOf(across.Body)));
    const part = await get("parted", { PartNumber: 2 });
    assert.equal(part.PartsCount, 3);
    assert.ok(parts[1].equals(await bytesOf(part.Body)));
  });

  test("have a checksum of checksums where the client wants that", async () => {
    const id = await begin("composite", { ChecksumAlgorithm: "SHA256" });
    const sent = [await add("composite", id, 1, stream(parts[0]), { ChecksumAlgorithm: "SHA256", ContentLength: size }),
      await add("composite", id, 2, parts[2], { ChecksumAlgorithm: "SHA256" })];
    const done = await complete("composite", id, sent);
    assert.match(done.ChecksumSHA256, /^[A-Za-z0-9+/]{43}=-2$/);
    assert.equal(done.ChecksumType, "COMPOSITE");
    assert.ok(Buffer.concat([parts[0], parts[2]]).equals(await bytesOf((await get("composite")).Body)));
  });

  test("may be copies of objects", async () => {
    await put("source", whole);
    const id = await begin("from copies");
    const copy = async (PartNumber, CopySourceRange) => ({ PartNumber, ETag: (await s3.send(new UploadPartCopyCommand({
      Bucket, Key: "from copies", UploadId: id, PartNumber, CopySource: `${Bucket}/source`, CopySourceRange }))).CopyPartResult.ETag });
    const all = [await copy(1, `bytes=0-${size - 1}`), await copy(2, `bytes=${size}-${whole.length - 1}`)];
    await refused(copy(3, `bytes=0-${whole.length}`), "InvalidArgument", 400);
    await complete("from copies", id, all);
    assert.ok(whole.equals(await bytesOf((await get("from copies")).Body)));
  });

  test("are refused when they do not fit together", async () => {
    const id = await begin("refused");
    const small = await add("refused", id, 1, parts[2]);
    const second = await add("refused", id, 2, parts[2]);
    await refused(complete("refused", id, [small, second]), "EntityTooSmall", 400);
    await refused(complete("refused", id, [second, small]), "InvalidPartOrder", 400);
    await refused(complete("refused", id, [{ ...small, ETag: '"other"' }]), "InvalidPart", 400);
    await refused(complete("refused", id, [{ ...small, PartNumber: 3 }]), "InvalidPart", 400);
    await refused(complete("refused", "made-up", [small]), "NoSuchUpload", 404);
    await refused(complete("another key", id, [small]), "NoSuchUpload", 404);
    await refused(get("refused"), "NoSuchKey", 404);
  });

  test("are forgotten when they are aborted", async () => {
    const id = await begin("aborted");
    await add("aborted", id, 1, parts[2]);
    const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: "aborted" }));
    assert.deepEqual(Uploads.map(({ Key, UploadId }) => [Key, UploadId]), [["aborted", id]]);
    const { Parts } = await s3.send(new ListPartsCommand({ Bucket, Key: "aborted", UploadId: id }));
    assert.deepEqual(Parts.map(({ PartNumber, Size }) => [PartNumber, Size]), [[1, 1000]]);
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "aborted", UploadId: id }));
    await refused(add("aborted", id, 2, parts[2]), "NoSuchUpload", 404);
    await refused(s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "aborted", UploadId: id })), "NoSuchUpload", 404);
  });
});
