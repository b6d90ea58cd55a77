// What SDKs never send: bodies that lie, are cut short, or come in chunks that were signed.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { Everseal, region } from "./harness.mjs";
import { Signed, octets, raw } from "./s3.mjs";

let server, s3;
const Bucket = "wire";
before(async () => {
  server = await Everseal.start();
  s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
});
after(() => server.stop());

const keys = async () => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);
const text = async (Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString();
const put = (path, options) => new Signed(server.endpoint, "PUT", `/${Bucket}/${path}`, options);
async function refused(answer, code, status) {
  assert.deepEqual([answer.code, answer.status], [code, status], answer.answer);
  assert.deepEqual(await keys(), []);
}

describe("A body that is not what was signed", () => {
  test("is not stored", async () => {
    await refused(await put("k", { body: "hello" }).send("hullo"), "XAmzContentSHA256Mismatch", 400);
  });

  test("that ends early is not stored", async () => {
    const cut = await put("k", { body: "hello" }).send("hel", { length: 5, end: true });
    assert.ok(Number.isNaN(cut.status) || cut.status === 400, cut.answer);
    assert.deepEqual(await keys(), []);
  });

  test("is refused before it is sent when it is too large", async () => {
    const huge = put("k", { hash: "UNSIGNED-PAYLOAD" });
    await refused(await huge.send("", { length: 6 * 2 ** 30 }), "EntityTooLarge", 400);
  });
});

describe("A body in signed chunks", () => {
  const hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  const headers = (length, more) => ({ "x-amz-decoded-content-length": String(length), "content-encoding": "aws-chunked", ...more });

  test("is stored without its framing", async () => {
    const pieces = [octets(8192).toString("hex"), octets(100).toString("hex")];
    const length = pieces.join("").length;
    const request = put("chunked", { hash, headers: headers(length) });
    assert.equal((await request.send(request.chunked(pieces))).status, 200);
    assert.equal(await text("chunked"), pieces.join(""));
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: "chunked" }));
    assert.equal(answer.ContentEncoding, undefined);
    await new Signed(server.endpoint, "DELETE", `/${Bucket}/chunked`).send();
  });

  test("may have a signed trailer", async () => {
    const request = put("trailer", { hash: `${hash}-TRAILER`, headers: headers(5, { "x-amz-trailer": "x-amz-checksum-crc32" }) });
    assert.equal((await request.send(request.chunked(["hello"], "x-amz-checksum-crc32:NhCmhg=="))).status, 200);
    assert.equal(await text("trailer"), "hello");
    await new Signed(server.endpoint, "DELETE", `/${Bucket}/trailer`).send();
  });

  test("is refused when a chunk or the trailer was changed", async () => {
    const plain = put("k", { hash, headers: headers(5) });
    await refused(await plain.send(plain.chunked(["hello"]).replace("hello", "hullo")), "SignatureDoesNotMatch", 403);
    const trailing = put("k", { hash: `${hash}-TRAILER`, headers: headers(5, { "x-amz-trailer": "x-amz-checksum-crc32" }) });
    const body = trailing.chunked(["hello"], "x-amz-checksum-crc32:NhCmhg==");
    await refused(await trailing.send(body.replace("NhCmhg", "MhCmhg")), "SignatureDoesNotMatch", 403);
    await refused(await trailing.send(trailing.chunked(["hello"], "x-amz-checksum-crc32:AAAAAA==")), "BadDigest", 400);
  });

  test("is refused when it is not framed as it says", async () => {
    const request = put("k", { hash, headers: headers(5) });
    await refused(await request.send("hello"), "IncompleteBody", 400);
    await refused(await request.send(request.chunked(["hello"]).slice(0, -90)), "IncompleteBody", 400);
    await refused(await request.send(request.chunked(["hello", "x"])), "IncompleteBody", 400);
    const silent = put("k", { hash });
    await refused(await silent.send(silent.chunked(["hello"])), "MissingContentLength", 411);
    const other = put("k", { hash: "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", headers: headers(5) });
    await refused(await other.send("hello"), "NotImplemented", 501);
  });
});

describe("A path", () => {
  test("with encoded slashes, dots or NUL stays a key or is refused", async () => {
    const canonical = `/${Bucket}/..%2F..%2Fetc%2Fpasswd`;
    const spelt = (method, body) => new Signed(server.endpoint, method, `/${Bucket}/%2E%2E%2F%2E%2E%2Fetc%2Fpasswd`, { body, canonical });
    assert.equal((await spelt("PUT", "x").send()).status, 200);
    assert.deepEqual(await keys(), ["../../etc/passwd"]);
    assert.equal((await spelt("DELETE").send()).status, 204);
    await refused(await put("a%00b", { body: "x" }).send(), "InvalidURI", 400);
    await refused(await put("a%FFb", { body: "x" }).send(), "InvalidURI", 400);
    await refused(await put("a%zzb", { body: "x" }).send(), "InvalidURI", 400);
  });
});

test("A reader that goes away in the middle costs nothing", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "large", Body: octets(8_000_000) }));
  for (let i = 0; i < 20; ++i) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "large" }));
    Body.destroy();
  }
  assert.equal((await raw(server.endpoint, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n")).status, 200);
  assert.equal((await s3.send(new GetObjectCommand({ Bucket, Key: "large", Range: "bytes=0-0" }))).ContentLength, 1);
});
