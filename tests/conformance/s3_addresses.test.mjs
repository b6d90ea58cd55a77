// The ways to an object: the bucket in the path or in the host, and URLs that are signed in advance.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { after, before, describe, test } from "node:test";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { Everseal, refusedWith, region } from "./harness.mjs";

let server, s3, port;
const Bucket = "plant.crl", Key = "crl/a b+c é.crl";
const path = Key.split("/").map(encodeURIComponent).join("/");
before(async () => {
  server = await Everseal.start({ config: '[s3]\nhost_name = "s3.pki.example"\n' });
  port = new URL(server.endpoint).port;
  s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "revoked" }));
});
after(() => server.stop());

// A request to this server, whatever its host is called.
function ask(host, path, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers: { host, ...headers } }, (answer) => {
      let text = "";
      answer.on("data", (data) => (text += data));
      answer.on("end", () => resolve({ status: answer.statusCode, text, code: /<Code>(.*)<\/Code>/.exec(text)?.[1] }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("A bucket in the host", () => {
  // Names that nobody resolves in a test.
  const lookup = (host, options, done) =>
    (options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4));
  const named = (host) => server.s3({
    endpoint: `http://${host}:${port}`, forcePathStyle: false, requestHandler: { httpAgent: new Agent({ lookup }) } });

  test("is the bucket for an SDK that signs for that host", async () => {
    for (const host of ["s3.pki.example", "localhost"]) {
      const client = named(host);
      const object = { Bucket: "by-host", Key: `a/${host}` };
      if (host === "s3.pki.example") {
        await client.send(new CreateBucketCommand({ Bucket: "by-host", CreateBucketConfiguration: { LocationConstraint: region } }));
      }
      await client.send(new PutObjectCommand({ ...object, Body: host }));
      const { Body } = await client.send(new GetObjectCommand(object));
      assert.equal(await Body.transformToString(), host);
      const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: "by-host", Prefix: `a/${host}` }));
      assert.deepEqual(Contents.map((entry) => entry.Key), [`a/${host}`]);
      await refusedWith(client.send(new GetObjectCommand({ Bucket: "none-here", Key: "k" })), "NoSuchBucket", 404);
    }
  });

  test("is found under the names that S3 has at AWS", async () => {
    const answers = await Promise.all([`${Bucket}.s3.${region}.amazonaws.com`, `${Bucket}.s3.amazonaws.com`, `${Bucket}.localhost`]
      .map((host) => ask(host, `/${path}`)));
    assert.deepEqual(answers.map(({ code }) => code), ["AccessDenied", "AccessDenied", "AccessDenied"]);
    assert.equal((await ask("elsewhere.example", `/${Bucket}/${path}`)).code, "AccessDenied");
  });
});

describe("An URL that is signed in advance", () => {
  const presign = (method, target, { query = {}, headers = {}, expiresIn = 60, signingDate, host = `127.0.0.1:${port}` } = {}) =>
    new SignatureV4({ service: "s3", region, sha256: Sha256, uriEscapePath: false, applyChecksum: false,
      credentials: { accessKeyId: "test", secretAccessKey: "test" } }).presign(
      { method, protocol: "http:", hostname: "127.0.0.1", port: Number(port), path: target, query,
        headers: { host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", ...headers } }, { expiresIn, signingDate })
      .then(({ query: all }) => `${target}?${Object.entries(all).map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}`);
  const host = () => `127.0.0.1:${port}`;

  test("reads an object, as the URL says", async () => {
    const url = await presign("GET", `/${Bucket}/${path}`, { query: { "response-content-type": "text/crl" } });
    const answer = await fetch(`${server.endpoint}${url}`);
    assert.deepEqual([answer.status, await answer.text(), answer.headers.get("content-type")], [200, "revoked", "text/crl"]);
  });

  test("writes an object", async () => {
    const url = await presign("PUT", `/${Bucket}/dropped`);
    assert.equal((await ask(host(), url, { method: "PUT", body: "by URL", headers: { "content-length": 6 } })).status, 200);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "dropped" }));
    assert.equal(await Body.transformToString(), "by URL");
  });

  test("has the bucket in its host, where it was signed so", async () => {
    const named = `${Bucket}.s3.pki.example`;
    const url = await presign("GET", `/${path}`, { host: named });
    assert.equal((await ask(named, url)).text, "revoked");
  });

  test("is for that request only, until it expires", async () => {
    const url = await presign("GET", `/${Bucket}/${path}`);
    assert.equal((await ask(host(), url, { method: "DELETE" })).code, "SignatureDoesNotMatch");
    assert.equal((await ask(host(), url.replace(path, "other"))).code, "SignatureDoesNotMatch");
    const old = await presign("GET", `/${Bucket}/${path}`, { signingDate: new Date(Date.now() - 61_000) });
    const late = await ask(host(), old);
    assert.deepEqual([late.status, late.code], [403, "AccessDenied"]);
    assert.match(late.text, /<Message>Request has expired<\/Message>/);
  });

  // As CLI v1 and boto3 sign in older regions.
  test("may be signed with version 2", async () => {
    const signed = (method, expires, resource) => {
      const signature = createHmac("sha1", "test").update(`${method}\n\n\n${expires}\n${resource}`).digest("base64");
      return `AWSAccessKeyId=test&Signature=${encodeURIComponent(signature)}&Expires=${expires}`;
    };
    const soon = Math.floor(Date.now() / 1000) + 60;
    const resource = `/${Bucket}/${path}`;
    assert.equal((await ask(host(), `${resource}?${signed("GET", soon, resource)}`)).text, "revoked");
    assert.equal((await ask(`${Bucket}.s3.pki.example`, `/${path}?${signed("GET", soon, resource)}`)).text, "revoked");
    const other = await ask(host(), `/${Bucket}/dropped?${signed("GET", soon, resource)}`);
    assert.deepEqual([other.status, other.code], [403, "SignatureDoesNotMatch"]);
    const late = await ask(host(), `${resource}?${signed("GET", soon - 120, resource)}`);
    assert.deepEqual([late.status, late.code], [403, "AccessDenied"]);
  });
});
