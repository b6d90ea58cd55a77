// Objects of buckets are pages of the console's own origin. What one of them may try, in a browser, to
// act as the console, or to be run by it.
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { chromium } from "playwright-core";
import { createBucket } from "./acm_pca.mjs";
import { Everseal, region } from "./harness.mjs";

let everseal, browser, context, page, script, host, signer;

before(async () => {
  everseal = await Everseal.start();
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  host = new URL(everseal.endpoint).host;
  signer = new SignatureV4({ service: "s3", region, sha256: Sha256, uriEscapePath: false,
    credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const index = await (await fetch(`${everseal.endpoint}/console/`)).text();
  [, script] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(index);
  const s3 = everseal.s3();
  const put = (Bucket, Key, ContentType, Body, more = {}) =>
    s3.send(new PutObjectCommand({ Bucket, Key, ContentType, Body, ...more }));
  for (const bucket of ["console", "site"]) await createBucket(s3, bucket);
  await put("console", script.slice("/console/".length), "text/javascript", "document.title = 'not the console'",
    { CacheControl: "public, max-age=31536000, immutable" });
  await put("site", "page.html", "text/html", "<!doctype html><title>an object</title><script>document.title = 'it runs'</script>");
  await put("site", "console/index.html", "text/html", "<!doctype html><title>an object</title><script>document.title = 'it runs there'</script>");
});
after(async () => {
  await browser?.close();
  await everseal?.stop();
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(() => context.close());

async function presigned(path, at = host) {
  const [hostname, port] = at.split(":");
  const { query } = await signer.presign({ method: "GET", protocol: "http:", hostname, path,
    headers: { host: `${hostname}:${port}`, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } });
  return `http://${at}${path}?${new URLSearchParams(query)}`;
}
async function signed(path) {
  const [hostname] = host.split(":");
  const { headers } = await signer.sign({ method: "GET", protocol: "http:", hostname, path, query: {},
    headers: { host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } });
  delete headers.host;
  return headers;
}
// The title is the console's own once it runs.
const consoleRuns = async () => {
  await page.goto(`${everseal.endpoint}/console/`);
  await page.waitForFunction(() => document.title === "Sign in – Everseal");
};

test("The page of an object is shown, but none of its scripts runs, and it has an origin of its own", async () => {
  await page.goto(await presigned("/site/page.html"));
  assert.equal(await page.title(), "an object");
  assert.equal(await page.evaluate(() => window.origin), "null");
});

test("It cannot put a script of its own in the place of the console's", async () => {
  await consoleRuns();
  await page.goto(await presigned("/site/page.html"));
  await assert.rejects(page.evaluate(([path, headers]) => fetch(path, { headers, cache: "reload" }),
    [script, await signed(script)]), /Failed to fetch/);
  await consoleRuns();
});

test("Nor can whoever runs a script at that origin in another way", async () => {
  await page.goto(`${everseal.endpoint}/health`);
  const [status, kept] = await page.evaluate(async ([path, headers]) => {
    const answer = await fetch(path, { headers, cache: "reload" });
    return [answer.status, answer.headers.get("cache-control")];
  }, [script, await signed(script)]);
  assert.deepEqual([status, kept], [200, "no-store"]);
  await consoleRuns();
});

test("Where the host is a bucket's, there is no console that an object could stand before", async () => {
  const [, port] = host.split(":");
  const answer = await page.goto(await presigned("/console/index.html", `site.localhost:${port}`));
  assert.equal(await page.title(), "it runs there");
  assert.equal(answer.headers()["content-security-policy"], undefined);
  assert.equal((await page.goto(`http://site.localhost:${port}/console/`)).status(), 403);
});

test("SDKs read such an object as any other", async () => {
  const { Body, ContentType } = await everseal.s3().send(new GetObjectCommand({ Bucket: "site", Key: "page.html" }));
  assert.equal(ContentType, "text/html");
  assert.match(await Body.transformToString(), /an object/);
});
