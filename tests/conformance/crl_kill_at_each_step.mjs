// What tests/fault/crl_kill_at_each_step.sh does once the server can be killed at a step. STEPS: how many lie
// between two kills.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  activeRoot, createBucket, crlIn, crlKeyOf, csrFor, describeCrl, issue, letPrivateCaWrite, readObject, revoke, serialOf,
} from "./acm_pca.mjs";
import { Everseal, binary, judge, until } from "./harness.mjs";
import { arm } from "./kill_at.mjs";

const bucket = "crls", stride = Number(process.env.STEPS ?? 1);
const everseal = await Everseal.start({ data: true });

const numbers = new Map();  // of a list: its digest
let last = 0n;

// What the bucket has, each time as it must be.
async function published() {
  const der = await readObject(everseal.s3(), bucket, crlKeyOf(ca));
  const text = describeCrl(der);
  const number = BigInt(/CRL Number:\s+(\S+)/.exec(text)[1]);
  const digest = createHash("sha256").update(der).digest("hex");
  assert.ok(number >= last, `the list ${number} lies over ${last}`);
  assert.equal(numbers.get(number) ?? digest, digest, `the number ${number} was given twice`);
  numbers.set(number, digest);
  last = number;
  return { number, listed: new Set([...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial)) };
}

// The two files are one list, unless the next one came between.
async function bothEncodings() {
  const read = () => readObject(everseal.s3(), bucket, crlKeyOf(ca));
  for (;;) {
    const der = await read();
    const pem = await readObject(everseal.s3(), bucket, crlKeyOf(ca).replace(".crl", ".pem"));
    if (!der.equals(await read())) continue;
    assert.equal(pem.toString(), judge("openssl", ["crl", "-inform", "DER", "-in", "a.crl"], { "a.crl": der }));
    return;
  }
}

let ca;
try {
  await createBucket(everseal.s3(), bucket);
  await letPrivateCaWrite(everseal.s3(), bucket);
  ca = await activeRoot(everseal.pca(), crlIn(bucket));
  await until(() => published().catch(({ name }) => name === "NoSuchKey" ? undefined : assert.fail()), Boolean, "the first list");

  const answered = new Set();
  let kills = 0, afterAnswer = 0, step = 1;
  for (; ; step += stride) {
    const serial = serialOf((await issue(everseal.pca(), ca, csrFor("/CN=victim.internal"))).Certificate);
    const ended = new Promise((resolve) => everseal.process.once("exit", resolve));
    arm(step);
    const told = await revoke(everseal.pca(), ca, serial).then(() => true, () => false);
    if (told) answered.add(serial);
    // Either it is killed, or all has been done.
    const isListed = async () => (await published()).listed.has(serial);
    let alive = true;
    ended.then(() => { alive = false; });
    while (alive && !(told && await isListed().catch((error) => {
      if (error.code === "ERR_ASSERTION") throw error;
      return false;  // it was killed while it answered
    }))) await new Promise((resolve) => setTimeout(resolve, 5));
    arm(0);
    if (alive) break;
    kills += 1;
    afterAnswer += told ? 1 : 0;
    await everseal.end();
    await everseal.launch();
    await until(published, ({ listed }) => [...answered].every((one) => listed.has(one)), `step ${step}: the list`);
    await bothEncodings();
  }
  assert.ok(kills >= 20 / stride, `only ${kills} steps`);
  assert.ok(afterAnswer >= 10 / stride, `only ${afterAnswer} steps of a publication`);
  await everseal.end();
  assert.match(execFileSync(binary, ["log", "verify", "--data", everseal.data], { encoding: "utf8" }), /The issuance log is verified/);
  console.log(`ok: killed at ${kills} steps, ${afterAnswer} of them after the answer; ${answered.size} revocations were answered, all are listed`);
} finally {
  arm(0);
  await everseal.stop();
}
