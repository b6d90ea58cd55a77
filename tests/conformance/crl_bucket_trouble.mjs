// What tests/fault/crl_bucket_trouble.sh does once it may mount.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteBucketCommand, DeleteBucketPolicyCommand, DeleteObjectCommand, ListObjectsV2Command, PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { UpdateCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import {
  activeRoot, createBucket, crlIn, crlKeyOf, csrFor, days, describeCrl, issue, letPrivateCaWrite, readObject, revoke, serialOf,
} from "./acm_pca.mjs";
import { Everseal, binary, until } from "./harness.mjs";

const bucket = "crls";
const everseal = await Everseal.start({ data: true, clock: "virtual" });
const objects = join(everseal.data, "objects");

let ca, last = 0n, heard = 0;
const revoked = new Set();
// Of a certificate that lives longer than all of this: ended ones are no longer listed.
const newSerial = async () => serialOf((await issue(everseal.pca(), ca, csrFor("/CN=trouble.internal"),
  { Validity: days(1000) })).Certificate);
const revokeThat = (serial) => revoke(everseal.pca(), ca, serial).then(() => revoked.add(serial));
const revokeOne = async () => revokeThat(await newSerial());

async function published() {
  const text = describeCrl(await readObject(everseal.s3(), bucket, crlKeyOf(ca)));
  const number = BigInt(/CRL Number:\s+(\S+)/.exec(text)[1]);
  assert.ok(number >= last, `the list ${number} lies over ${last}`);
  return { text, number, listed: new Set([...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial)) };
}
// The list comes that has all of them, and a greater number than the one before.
async function complete(when) {
  const list = await until(() => published().catch((error) => {
    if (error.name === "NoSuchKey") return undefined;
    throw error;
  }), (now) => now && now.number > last && [...revoked].every((serial) => now.listed.has(serial)), when);
  last = list.number;
  console.log(`ok: ${when}`);
  return list.text;
}
// A warning is newer than the last that was heard.
async function warned(cause) {
  const warnings = () => everseal.log.filter((line) => line.includes("crl.not_published"));
  await until(async () => warnings().slice(heard).find((line) => cause.test(line)), Boolean, `a warning of ${cause}`);
  heard = warnings().length;
  assert.equal((await published().catch(() => ({ number: last }))).number, last, "the list changed");
}
const later = () => everseal.advance("61s");

try {
  await everseal.restart(() => execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", objects]));
  await createBucket(everseal.s3(), bucket);
  await letPrivateCaWrite(everseal.s3(), bucket);
  ca = await activeRoot(everseal.pca(), crlIn(bucket));
  await revokeOne();
  await complete("published");

  await everseal.s3().send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [
    { Effect: "Allow", Principal: { Service: "acm-pca.amazonaws.com" }, Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Action: "s3:*" },
    { Effect: "Deny", Principal: "*", Resource: `arn:aws:s3:::${bucket}/*`, Action: "s3:PutObject" }] }) }));
  await revokeOne();
  await warned(/denies acm-pca.amazonaws.com the action s3:PutObject/);
  await letPrivateCaWrite(everseal.s3(), bucket);
  later();
  await complete("published when a read-only bucket may be written to again");

  for (const { Key } of (await everseal.s3().send(new ListObjectsV2Command({ Bucket: bucket }))).Contents) {
    await everseal.s3().send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  }
  await everseal.s3().send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
  await everseal.s3().send(new DeleteBucketCommand({ Bucket: bucket }));
  await revokeOne();
  await warned(/does not exist/);
  await createBucket(everseal.s3(), bucket);
  await letPrivateCaWrite(everseal.s3(), bucket);
  later();
  await complete("published when a bucket is back that was gone");

  const filler = join(objects, "filler");
  assert.throws(() => writeFileSync(filler, Buffer.alloc(4 << 20)), /ENOSPC/);
  await revokeOne();
  await warned(/full|No space left/i);
  rmSync(filler);
  later();
  await complete("published when a full disk has space again");

  // Past the end of the list, and of three more.
  everseal.advance("30d");
  const text = await complete("published after a jump past its end");
  const ends = Date.parse(/Next Update: (.*)/.exec(text)[1]);
  assert.ok(ends > Date.now() + 30 * 24 * 3600 * 1000, "the list ended before the clock that it was made by");

  // Each of these promises a publication while others run.
  const serials = [];
  for (let i = 0; i < 24; ++i) serials.push(await newSerial());
  await Promise.all(serials.map(async (serial, at) => {
    await revokeThat(serial);
    if (at % 4 !== 0) return;
    await everseal.pca().send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn(bucket) }))
      .catch((error) => assert.equal(error.name, "ConcurrentModificationException"));
  }));
  await complete("published what 24 revocations at a time made of it");

  await everseal.end();
  assert.match(execFileSync(binary, ["log", "verify", "--data", everseal.data], { encoding: "utf8" }), /The issuance log is verified/);
} finally {
  await everseal.end();
  execFileSync("umount", ["-l", objects]);
  await everseal.stop();
}
