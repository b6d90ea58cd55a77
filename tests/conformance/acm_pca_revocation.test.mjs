// A certificate is revoked, and what checks revocation knows: the CRL in the bucket and over HTTP,
// as OpenSSL and GnuTLS read it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { UpdateCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import {
  activeRoot, certificateOf, createBucket, crlIn, crlKeyOf, csrFor, describeCrl, idOf, issue,
  letPrivateCaWrite, readObject, revoke as revokeAt, serialOf, unknown, uuid,
} from "./acm_pca.mjs";
import { Everseal, judge, refused, region, until } from "./harness.mjs";

const bucket = "example-crl-bucket";

let everseal, pca, s3;
before(async () => {
  everseal = await Everseal.start();
  pca = everseal.pca();
  s3 = everseal.s3();
  await createBucket(s3, bucket);
});
after(() => everseal.stop());

const revoke = (...args) => revokeAt(pca, ...args);
const read = (key) => readObject(s3, bucket, key);

describe("RevokeCertificate", () => {
  let ca, root;
  before(async () => {
    await letPrivateCaWrite(s3, bucket);
    ca = await activeRoot(pca, crlIn(bucket));
    root = (await certificateOf(pca, ca)).Certificate;
  });
  // The list once it has so many entries.
  const listOf = (entries) => until(() => read(crlKeyOf(ca)).catch(() => undefined),
    (der) => der && describeCrl(der).split("Serial Number:").length - 1 === entries, "the CRL");

  test("puts the certificate on the CRL, which OpenSSL and GnuTLS accept", async () => {
    const good = await issue(pca, ca, csrFor("/CN=good.internal"));
    const bad = await issue(pca, ca, csrFor("/CN=bad.internal"));
    await revoke(ca, serialOf(bad.Certificate));
    const der = await listOf(1);
    const text = describeCrl(der);
    assert.match(text, new RegExp(`Serial Number: ${serialOf(bad.Certificate)}`));
    assert.match(text, /Key Compromise/);
    assert.match(text, /X509v3 Authority Key Identifier/);
    const files = { "crl.der": der, "root.pem": root, "good.pem": good.Certificate, "bad.pem": bad.Certificate };
    judge("openssl", ["crl", "-in", "crl.der", "-inform", "DER", "-CAfile", "root.pem", "-verify", "-noout"], files);
    const pem = judge("openssl", ["crl", "-in", "crl.der", "-inform", "DER"], files);
    assert.equal((await read(crlKeyOf(ca).replace(".crl", ".pem"))).toString(), pem);
    const check = (name) => judge("openssl", ["verify", "-crl_check_all", "-CAfile", "root.pem",
      "-CRLfile", "crl.pem", name], { ...files, "crl.pem": pem });
    assert.match(check("good.pem"), /OK/);
    assert.throws(() => check("bad.pem"), /certificate revoked/);
    assert.match(judge("certtool", ["--crl-info", "--inder", "--infile", "crl.der"], files), /Revoked certificates \(1\)/);
    assert.match(judge("certtool", ["--verify-crl", "--load-ca-certificate", "root.pem",
      "--infile", "crl.pem"], { ...files, "crl.pem": pem }), /Verification output: Verified/);
  });

  test("names the list in certificates", async () => {
    const leaf = await issue(pca, ca, csrFor("/CN=named.internal"));
    assert.match(judge("openssl", ["x509", "-in", "c.pem", "-noout", "-ext", "crlDistributionPoints"],
      { "c.pem": leaf.Certificate }),
      new RegExp(`URI:http://${bucket}\\.s3\\.${region}\\.amazonaws\\.com/${crlKeyOf(ca)}`));
  });

  test("is served over plain HTTP, to who asks again only if it changed", async () => {
    const der = await read(crlKeyOf(ca));
    const url = `${everseal.publication}/${crlKeyOf(ca)}`;
    const got = await fetch(url);
    assert.equal(got.status, 200);
    assert.equal(got.headers.get("content-type"), "application/pkix-crl");
    assert.deepEqual(Buffer.from(await got.arrayBuffer()), der);
    const again = await fetch(url, { headers: { "If-None-Match": got.headers.get("etag") } });
    assert.equal(again.status, 304);
    assert.equal((await fetch(`${everseal.publication}/${bucket}/${crlKeyOf(ca)}`)).status, 200);
    assert.match(await (await fetch(url.replace(".crl", ".pem"))).text(), /^-----BEGIN X509 CRL-----/);
    assert.equal((await fetch(`${everseal.publication}/crl/${uuid}.crl`)).status, 404);
    assert.equal((await fetch(url, { method: "PUT" })).status, 405);
  });

  test("takes a serial with colons and refuses it the second time", async () => {
    const leaf = await issue(pca, ca, csrFor("/CN=colons.internal"));
    const serial = serialOf(leaf.Certificate).toLowerCase().match(/../g).join(":");
    await revoke(ca, serial, "SUPERSEDED");
    await refused(revoke(ca, serial), "RequestAlreadyProcessedException");
  });

  test("refuses what it cannot revoke", async () => {
    await refused(revoke(ca, "c0ffee"), "ResourceNotFoundException");
    await refused(revoke(ca, "no serial"), "InvalidRequestException");
    await refused(revoke(unknown, "c0ffee"), "ResourceNotFoundException");
    await refused(revoke(unknown.replace(region, "us-east-2"), "c0ffee"), "InvalidArnException");
    await refused(revoke(ca, "c0ffee", "CERTIFICATE_HOLD"), "ValidationException");
    await refused(revoke(ca, serialOf(root)), "InvalidRequestException", /Self-signed certificate can not be revoked/);
  });
});

describe("CrlConfiguration", () => {
  const update = (CertificateAuthorityArn, options) =>
    pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, ...crlIn(bucket, options) }));

  test("is refused with the check that failed", async () => {
    const ca = await activeRoot(pca);
    await refused(update(ca, { S3BucketName: "no-such-bucket-here" }), "ValidationException",
      /Permission error with your S3 bucket 'no-such-bucket-here'/);
    const closed = "bucket-without-policy";
    await createBucket(s3, closed);
    await refused(update(ca, { S3BucketName: closed }), "ValidationException", /The cause is: .*policy/);
    await letPrivateCaWrite(s3, closed);
    await refused(update(ca, { S3BucketName: closed, S3ObjectAcl: "PUBLIC_READ" }), "ValidationException",
      /The cause is: .*(Block Public Access|ownership)/i);
    await update(ca, { S3BucketName: closed });
  });
});

describe("OCSP", () => {
  let ca, root;
  before(async () => {
    ca = await activeRoot(pca, { RevocationConfiguration: { OcspConfiguration: { Enabled: true, OcspCustomCname: "ocsp.example" } } });
    root = (await certificateOf(pca, ca)).Certificate;
  });
  // What OpenSSL makes of the answer, which it verifies, too.
  const ask = (pem, ...options) => judge("openssl", ["ocsp", ...options, "-issuer", "root.pem",
    "-cert", "leaf.pem", "-CAfile", "root.pem", "-url", everseal.publication], { "root.pem": root, "leaf.pem": pem });
  const ready = (pem) => until(async () => { try { return ask(pem); } catch { return ""; } },
    (answer) => /leaf.pem: good/.test(answer), "the responder");

  test("says good, and revoked at once", async () => {
    const leaf = (await issue(pca, ca, csrFor("/CN=asked.internal"))).Certificate;
    await ready(leaf);
    for (const options of [[], ["-no_nonce"], ["-sha256"]]) assert.match(ask(leaf, ...options), /leaf.pem: good/);
    await revoke(ca, serialOf(leaf), "AFFILIATION_CHANGED");
    for (const options of [[], ["-no_nonce"], ["-sha256"]]) {
      assert.match(ask(leaf, ...options), /leaf.pem: revoked[^]*Reason: affiliationChanged/);
    }
    const files = { "root.pem": root, "leaf.pem": leaf };
    assert.match(judge("ocsptool", [`--ask=${everseal.publication}`, "--load-issuer", "root.pem", "--load-cert", "leaf.pem",
      "--load-trust", "root.pem"], files), /Certificate Status: revoked/);
  });

  test("says unknown of what was never issued", async () => {
    assert.match(judge("openssl", ["ocsp", "-issuer", "root.pem", "-serial", "0xc0ffee", "-CAfile", "root.pem",
      "-url", everseal.publication], { "root.pem": root }), /0xc0ffee: unknown/);
  });

  test("is named in certificates", async () => {
    const leaf = (await issue(pca, ca, csrFor("/CN=named.internal"))).Certificate;
    assert.match(judge("openssl", ["x509", "-in", "c.pem", "-noout", "-ocsp_uri"], { "c.pem": leaf }),
      /^http:\/\/ocsp\.example$/m);
  });

  test("refuses other CAs and nonsense in OCSP's words", async () => {
    const other = await activeRoot(pca);
    const leaf = (await issue(pca, other, csrFor("/CN=other.internal"))).Certificate;
    const files = { "root.pem": (await certificateOf(pca, other)).Certificate, "leaf.pem": leaf };
    assert.throws(() => judge("openssl", ["ocsp", "-issuer", "root.pem", "-cert", "leaf.pem", "-CAfile", "root.pem",
      "-url", everseal.publication], files), ({ stdout, stderr }) => /unauthorized/.test(stdout + stderr));
    const answer = await fetch(everseal.publication, { method: "POST", body: "nonsense" });
    assert.deepEqual([...new Uint8Array(await answer.arrayBuffer())], [0x30, 3, 0x0a, 1, 1]);
    assert.equal((await fetch(everseal.publication, { method: "POST", body: "x".repeat(20000) })).status, 413);
  });
});

describe("the published commands", () => {
  test("revoke, list, copy, convert and upload again", async () => {
    await letPrivateCaWrite(s3, bucket);
    const ca = await activeRoot(pca, crlIn(bucket));
    const leaf = await issue(pca, ca, csrFor("/CN=client.internal"));
    everseal.aws("acm-pca", "revoke-certificate", "--certificate-authority-arn", ca,
      "--certificate-serial", serialOf(leaf.Certificate), "--revocation-reason", "KEY_COMPROMISE");
    await until(() => read(crlKeyOf(ca)).catch(() => undefined),
      (der) => der && /Serial Number/.test(describeCrl(der)), "the CRL");
    assert.match(everseal.awsText("s3", "ls", `s3://${bucket}/crl/`), new RegExp(`${idOf(ca)}\\.crl`));
    const folder = mkdtempSync(join(tmpdir(), "everseal-crl-"));
    try {
      const der = join(folder, "revoke_list.crl"), pem = join(folder, "revoke_list_in_pem.crl");
      everseal.awsText("s3", "cp", `s3://${bucket}/${crlKeyOf(ca)}`, der);
      judge("openssl", ["crl", "-in", der, "-inform", "DER", "-out", pem]);
      everseal.awsText("s3", "cp", pem, `s3://${bucket}/crl/revoked_list_in_pem.crl`);
      assert.equal((await read("crl/revoked_list_in_pem.crl")).toString(), readFileSync(pem, "utf8"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
