// What Everseal adds to revocation: everything that a CA issued at once, by `everseal revoke`, and
// the watchdog over what is published.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { after, before, describe, test } from "node:test";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { DeleteBucketPolicyCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  activeRoot, createBucket, crlIn, crlKeyOf, csrFor, describeCrl, issue, letPrivateCaWrite, readObject, revoke,
  serialOf, unknown,
} from "./acm_pca.mjs";
import { binary, Everseal, until } from "./harness.mjs";

const bucket = "example-care-bucket";
const run = promisify(execFile);

let everseal, pca, s3;
before(async () => {
  everseal = await Everseal.start({ clock: "virtual" });
  pca = everseal.pca();
  s3 = everseal.s3();
  await createBucket(s3, bucket);
  await letPrivateCaWrite(s3, bucket);
});
after(() => everseal.stop());

const read = (key) => readObject(s3, bucket, key);
// The program's own command; `key`: whose.
const revokeAll = (ca, { key = { AccessKeyId: "test", SecretAccessKey: "test" }, args = [] } = {}) =>
  run(binary, ["revoke", "--all-issued-by", ca, "--reason", "KEY_COMPROMISE", "--endpoint-url", everseal.endpoint, ...args],
    { env: { AWS_ACCESS_KEY_ID: key.AccessKeyId, AWS_SECRET_ACCESS_KEY: key.SecretAccessKey } });

describe("everseal revoke --all-issued-by", () => {
  test("revokes all that the CA issued, tells how far it is, and spares what comes later", async () => {
    const ca = await activeRoot(pca, crlIn(bucket));
    const [one, two] = [await issue(pca, ca, csrFor("/CN=one.internal")), await issue(pca, ca, csrFor("/CN=two.internal"))];
    await revoke(pca, ca, serialOf(one.Certificate), "SUPERSEDED");
    const { stdout, stderr } = await revokeAll(ca);
    const { EndedAt, StartedAt, ...told } = JSON.parse(stdout);
    assert.ok(EndedAt >= StartedAt);
    assert.deepEqual(told, { CertificateAuthorityArn: ca, RevocationReason: "KEY_COMPROMISE",
      RequestedBy: told.RequestedBy, Certificates: 3, LookedAt: 3, Revoked: 1, RevokedBefore: 1, Skipped: 1 });
    assert.match(stderr, /3 of 3 certificates, 1 revoked, 1 revoked before, 1 skipped/);
    const text = await until(async () => describeCrl(await read(crlKeyOf(ca))),
      (list) => list.split("Serial Number:").length === 3, "the CRL");
    assert.match(text, new RegExp(serialOf(two.Certificate)));
    const later = await issue(pca, ca, csrFor("/CN=later.internal"));
    assert.ok(!describeCrl(await read(crlKeyOf(ca))).includes(serialOf(later.Certificate)));
    const status = JSON.parse((await revokeAll(ca, { args: ["--status"] })).stdout);
    assert.equal(status.StartedAt, StartedAt);
    const again = JSON.parse((await revokeAll(ca)).stdout);
    assert.equal(again.Revoked, 1);
    assert.equal(again.RevokedBefore, 2);
  });

  test("needs the right to it, a CA and a reason", async () => {
    const ca = await activeRoot(pca);
    const iam = everseal.iam();
    await iam.send(new CreateUserCommand({ UserName: "operator" }));
    const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: "operator" }));
    const allow = (...Action) => iam.send(new PutUserPolicyCommand({ UserName: "operator", PolicyName: "p",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: ca }] }) }));
    await allow("acm-pca:*");
    await assert.rejects(revokeAll(ca, { key }), ({ stderr }) => /AccessDeniedException/.test(stderr));
    await allow("everseal:StartBulkRevocation");
    const begun = JSON.parse((await revokeAll(ca, { key, args: ["--detach"] })).stdout);
    assert.equal(begun.Certificates, 1);
    await assert.rejects(revokeAll(unknown), ({ stderr }) => /ResourceNotFoundException/.test(stderr));
    await assert.rejects(run(binary, ["revoke", "--all-issued-by", ca, "--reason", "BECAUSE"]), ({ code }) => code !== 0);
  });
});

describe("the watchdog", () => {
  const told = (event, ca) => everseal.log.map((line) => JSON.parse(line)).filter((line) => line.event === event && line.ca === ca);
  const alarms = async (event) => {
    const text = await (await fetch(`${everseal.endpoint}/metrics`)).text();
    return Number(new RegExp(`^everseal_revocation_alarms\\{alarm="${event}"\\} (\\d+)$`, "m").exec(text)?.[1]);
  };

  test("tells of a list that somebody replaced, and when that is over", async () => {
    const ca = await activeRoot(pca, crlIn(bucket));
    await until(() => read(crlKeyOf(ca)).catch(() => undefined), (der) => der, "the CRL");
    everseal.advance("24h");
    assert.equal(await alarms("revocation.crl_invalid"), 0);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: crlKeyOf(ca), Body: "nonsense" }));
    everseal.advance("24h");
    const [line] = await until(() => told("revocation.crl_invalid", ca), (lines) => lines.length > 0, "the event");
    assert.equal(line.level, "error");
    assert.equal(line.object, `${bucket}/${crlKeyOf(ca)}`);
    assert.equal(await alarms("revocation.crl_invalid"), 1);
    everseal.advance("60h");  // past the next refresh
    assert.equal(await alarms("revocation.crl_invalid"), 0);
    assert.equal(told("revocation.crl_invalid", ca).length, 1);
    await until(() => told("revocation.alarm_is_over", ca), (lines) => lines.length === 1, "its end");
  });

  test("tells of a list that is no longer refreshed before it ends", async () => {
    const closed = "example-closing-bucket";
    await createBucket(s3, closed);
    await letPrivateCaWrite(s3, closed);
    const ca = await activeRoot(pca, crlIn(closed));
    await until(() => readObject(s3, closed, crlKeyOf(ca)).catch(() => undefined), (der) => der, "the CRL");
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: closed }));
    everseal.advance("6d");
    const [line] = await until(() => told("revocation.crl_stale", ca), (lines) => lines.length > 0, "the event");
    assert.match(line.cause, /it ends at/);
  });
});
