// The console over HTTP: what a browser gets, and what stays S3's.
import assert from "node:assert/strict";
import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";
import {
  CreateBucketCommand, DeletePublicAccessBlockCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { Everseal, region } from "./harness.mjs";

// As it is sent: fetch() would unpack, follow, and straighten the path.
function ask(server, path, { method = "GET", headers = {} } = {}) {
  const { hostname, port } = new URL(server.endpoint);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

// A bucket that is called as the console is, with an object that everybody may read.
const Bucket = "console", Key = "assets/own.txt";
async function fill(server) {
  const s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "of a bucket" }));
  return s3;
}

async function presigned(server, path) {
  const { hostname, port } = new URL(server.endpoint);
  const signer = new SignatureV4({ service: "s3", region, sha256: Sha256, uriEscapePath: false,
    credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const { query } = await signer.presign({ method: "GET", protocol: "http:", hostname, path,
    headers: { host: `${hostname}:${port}`, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } });
  return `${path}?${new URLSearchParams(query)}`;
}

// What a page or script names: files that it loads at once, and those that it imports when they are wanted.
function named({ path, body }) {
  const text = body.toString();
  const found = (pattern) => [...text.matchAll(pattern)].map(([, name]) => new URL(name, `http://any${path}`).pathname);
  if (path === "/console/") return found(/(?:src|href)="(?!data:)([^"]+)"/g);
  if (!path.endsWith(".js")) return [];
  return [...found(/(?:from|import|import\()\s*["'`](\.\/[^"'`]+)["'`]/g), ...found(/["'`](\/console\/assets\/[^"'`]+)["'`]/g)];
}

describe("The console", () => {
  let server, index;
  before(async () => {
    server = await Everseal.start();
    index = await ask(server, "/console/");
  });
  after(() => server.stop());

  test("is at /console/, where /console leads to", async () => {
    const moved = await ask(server, "/console");
    assert.equal(moved.status, 308);
    assert.equal(moved.headers.location, "/console/");
    assert.equal(index.status, 200);
    assert.equal(index.headers["content-type"], "text/html; charset=utf-8");
    assert.equal(index.headers["cache-control"], "no-cache");
    assert.match(index.body.toString(), /^<!doctype html>/i);
  });

  test("names files that are there, plain and compressed, and loads nothing from elsewhere", async () => {
    const page = index.body.toString();
    // It grows on the way.
    const names = new Set(named({ path: "/console/", body: index.body }));
    assert.ok([...names].some((name) => /^\/console\/assets\/[^/]+\.js$/.test(name)), page);
    for (const name of names) {
      const plain = await ask(server, name);
      assert.equal(plain.status, 200, name);
      assert.equal(plain.headers["content-encoding"], undefined);
      assert.equal(plain.headers["cache-control"], "public, max-age=31536000, immutable");
      const packed = await ask(server, name, { headers: { "accept-encoding": "gzip, deflate, br" } });
      assert.equal(packed.headers["content-encoding"], "gzip");
      assert.equal(Number(packed.headers["content-length"]), packed.body.length);
      assert.deepEqual(gunzipSync(packed.body), plain.body);
      assert.equal(packed.headers.etag, plain.headers.etag);
      const head = await ask(server, name, { method: "HEAD" });
      assert.equal(Number(head.headers["content-length"]), plain.body.length);
      assert.equal(head.body.length, 0);
      for (const further of named({ path: name, body: plain.body })) names.add(further);
    }
    // The SDK has parts that are loaded later.
    assert.ok([...names].filter((name) => name.endsWith(".js")).length > 1, [...names].join(" "));
    // What the policy would refuse.
    assert.doesNotMatch(page, /<script(?![^>]* src=)|<style|\son[a-z]+=|style="/i);
  });

  test("says under which licences it is", async () => {
    const { status, headers, body } = await ask(server, "/console/licenses.txt");
    assert.equal(status, 200);
    assert.equal(headers["content-type"], "text/plain; charset=utf-8");
    assert.equal(headers["cache-control"], "no-cache");
    const text = body.toString();
    for (const name of ["react", "react-dom", "@cloudscape-design/components", "@aws-sdk/client-sts", "@smithy/core"]) {
      assert.match(text, new RegExp(`^${name} \\d\\S* \\((MIT|Apache-2\\.0)\\)$`, "m"));
    }
    for (const words of ["Permission is hereby granted, free of charge", "Version 2.0, January 2004", "Facebook, Inc."]) {
      assert.ok(text.includes(words), words);
    }
    // What only builds it is not in it.
    assert.doesNotMatch(text, /^(typescript|rollup|@types\/react) \d/m);
  });

  test("is not sent to who has it", async () => {
    const again = await ask(server, "/console/", { headers: { "if-none-match": index.headers.etag } });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    assert.equal(again.headers.etag, index.headers.etag);
  });

  test("keeps the page to its own origin", async () => {
    for (const path of ["/console", "/console/", "/console/none", "/console/../health"]) {
      const { headers } = await ask(server, path);
      const policy = Object.fromEntries(headers["content-security-policy"].split("; ").map((rule) => {
        const [name, ...sources] = rule.split(" ");
        return [name, sources.join(" ")];
      }));
      assert.equal(policy["default-src"], "'none'", path);
      assert.equal(policy["script-src"], "'self'", path);
      assert.equal(policy["connect-src"], "'self'", path);
      assert.equal(policy["frame-ancestors"], "'none'", path);
      assert.equal(headers["x-content-type-options"], "nosniff", path);
      assert.equal(headers["referrer-policy"], "no-referrer", path);
      assert.equal(headers["cross-origin-opener-policy"], "same-origin", path);
    }
  });

  test("has nothing else", async () => {
    for (const path of ["/console/none", "/console/index.html", "/console//", "/console/../health", "/console/%2e%2e/health",
      "/console/assets/", "/console/assets/..%2f..%2fhealth"]) {
      const { status, body } = await ask(server, path);
      assert.equal(status, 404, path);
      assert.equal(body.toString(), "The console has no such page.\n");
    }
  });

  test("leaves a bucket of its name to those who sign, and to forms", async () => {
    const s3 = await fill(server);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    assert.equal(await Body.transformToString(), "of a bucket");
    const signed = await ask(server, await presigned(server, `/${Bucket}/${Key}`));
    assert.equal(signed.body.toString(), "of a bucket");
    const unsigned = await ask(server, `/${Bucket}/${Key}`);
    assert.equal(unsigned.body.toString(), "The console has no such page.\n");
    const form = await ask(server, `/${Bucket}`, { method: "POST" });
    assert.match(form.body.toString(), /<Code>/);
    // A script at that place could stand before the console.
    const worker = await ask(server, await presigned(server, `/${Bucket}/${Key}`), { headers: { "service-worker": "script" } });
    assert.equal(worker.status, 404);
  });
});

test("`console = false` leaves its place to buckets", async () => {
  const server = await Everseal.start({ config: "console = false\n" });
  try {
    const s3 = await fill(server);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }] }) }));
    const unsigned = await ask(server, `/${Bucket}/${Key}`);
    assert.equal(unsigned.body.toString(), "of a bucket");
    assert.equal((await ask(server, "/console/")).status, 403);
  } finally {
    await server.stop();
  }
});
