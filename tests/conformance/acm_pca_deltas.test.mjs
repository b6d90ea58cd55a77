// Delta CRLs, an option: a revocation writes what was revoked since the complete CRL, beside it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  activeRoot, certificateOf, createBucket, crlIn, crlKeyOf, csrFor, describeCrl, idOf, issue,
  letPrivateCaWrite, readObject, revoke, serialOf,
} from "./acm_pca.mjs";
import { Everseal, judge, region, until } from "./harness.mjs";

const bucket = "delta-crls";
let everseal, pca, s3, ca, root;
before(async () => {
  everseal = await Everseal.start({ config: "[publication]\ndeltas = true\n" });
  pca = everseal.pca();
  s3 = everseal.s3();
  await createBucket(s3, bucket);
  await letPrivateCaWrite(s3, bucket);
  ca = await activeRoot(pca, crlIn(bucket));
  root = (await certificateOf(pca, ca)).Certificate;
});
after(() => everseal.stop());

const deltaKey = () => crlKeyOf(ca).replace(".crl", "-delta.crl");
const read = (key) => until(() => readObject(s3, bucket, key).catch(() => undefined), Boolean, key);
const pemOf = (der) => judge("openssl", ["crl", "-in", "c", "-inform", "DER"], { c: der });

test("a revocation is on the delta CRL, which OpenSSL takes with its base", async () => {
  const good = (await issue(pca, ca, csrFor("/CN=good.internal"))).Certificate;
  const bad = (await issue(pca, ca, csrFor("/CN=bad.internal"))).Certificate;
  const complete = await read(crlKeyOf(ca));
  const number = /CRL Number:\s+(\S+)/.exec(describeCrl(complete))[1];
  assert.match(describeCrl(complete), new RegExp(`X509v3 Freshest CRL:\\s+Full Name:\\s+` +
    `URI:http://${bucket}\\.s3\\.${region}\\.amazonaws\\.com/${deltaKey()}`));
  await revoke(pca, ca, serialOf(bad));
  const delta = await read(deltaKey());
  assert.deepEqual(await read(crlKeyOf(ca)), complete);
  assert.match(describeCrl(delta), new RegExp(`Delta CRL Indicator: critical\\s+${number}\\b`));
  assert.match(describeCrl(delta), new RegExp(`Serial Number: ${serialOf(bad)}`));

  const files = { "root.pem": root, "good.pem": good, "bad.pem": bad, "base.pem": pemOf(complete),
    "both.pem": pemOf(complete) + pemOf(delta) };
  const check = (crls, name, ...options) => judge("openssl", ["verify", "-crl_check", ...options,
    "-CAfile", "root.pem", "-CRLfile", crls, name], files);
  for (const options of [["-use_deltas"], ["-use_deltas", "-extended_crl"]]) {
    assert.match(check("both.pem", "good.pem", ...options), /OK/);
    assert.throws(() => check("both.pem", "bad.pem", ...options), /certificate revoked/);
  }
  assert.match(check("base.pem", "bad.pem"), /OK/);  // so long it is the delta that knows
});

test("is served beside the complete one, as DER and PEM", async () => {
  const url = (suffix) => `${everseal.publication}/crl/${idOf(ca)}${suffix}`;
  const got = await fetch(url("-delta.crl"));
  assert.equal(got.headers.get("content-type"), "application/pkix-crl");
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), await read(deltaKey()));
  assert.match(await (await fetch(url("-delta.pem"))).text(), /^-----BEGIN X509 CRL-----/);
});
