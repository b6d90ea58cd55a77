// Revocations under fire: the process is killed at any moment, the bucket goes away.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { DeleteBucketPolicyCommand } from "@aws-sdk/client-s3";
import {
  activeRoot, createBucket, crlIn, crlKeyOf, csrFor, describeCrl, issue, letPrivateCaWrite,
  readObject, revoke as revokeAt, serialOf,
} from "./acm_pca.mjs";
import { Everseal, binary, until } from "./harness.mjs";

const bucket = "crls-under-fire";
const rounds = 8, each = 24;

let everseal, ca;
before(async () => {
  everseal = await Everseal.start({ data: true });
  await createBucket(everseal.s3(), bucket);
  await allow();
  ca = await activeRoot(everseal.pca(), crlIn(bucket));
});
after(() => everseal.stop());

const allow = () => letPrivateCaWrite(everseal.s3(), bucket);
const revoke = (pca, serial) => revokeAt(pca, ca, serial, "UNSPECIFIED");

// What the bucket has: its number, and which serials it lists.
async function published() {
  const text = describeCrl(await readObject(everseal.s3(), bucket, crlKeyOf(ca)));
  return { number: BigInt(/CRL Number:\s+(\S+)/.exec(text)[1]),
    listed: new Set([...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial)) };
}

test("what was answered is on the next list, however often the process is killed", async () => {
  const answered = new Set();
  let last = 0n;
  for (let round = 0; round < rounds; ++round) {
    const serials = [];
    for (let i = 0; i < each; ++i) {
      serials.push(serialOf((await issue(everseal.pca(), ca, csrFor("/CN=victim.internal"))).Certificate));
    }
    const pca = everseal.pca();
    let left = 1 + Math.floor(Math.random() * each);  // answers until it is killed
    await Promise.all(serials.map((serial) => revoke(pca, serial).then(() => {
      answered.add(serial);
      if (--left === 0) everseal.process.kill("SIGKILL");
    }, () => {})));
    await everseal.restart();
    const now = await until(published, ({ listed }) => [...answered].every((serial) => listed.has(serial)),
      `round ${round}: the list`);
    assert.ok(now.number >= last, `number ${now.number} after ${last}`);
    last = now.number;
  }
  assert.ok(answered.size >= rounds);
  await everseal.end();
  assert.match(execFileSync(binary, ["log", "verify", "--data", everseal.data], { encoding: "utf8" }), /The issuance log is verified/);
  await everseal.launch();
});

test("a bucket that refuses is told in the log, and gets the list when it no longer does", async () => {
  const pca = everseal.pca();
  const serial = serialOf((await issue(pca, ca, csrFor("/CN=later.internal"))).Certificate);
  await everseal.s3().send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
  await revoke(pca, serial);
  await until(async () => everseal.log.find((line) => line.includes("crl.not_published")), Boolean, "the warning");
  assert.ok(!(await published()).listed.has(serial));
  await allow();
  await revoke(pca, serialOf((await issue(pca, ca, csrFor("/CN=another.internal"))).Certificate));
  await until(published, ({ listed }) => listed.has(serial), "the list");
});
