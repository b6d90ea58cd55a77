// What becomes of requests that Private CA refuses or cannot serve, by way of the real Private CA:
// the reasons of a failed request, and what ACM answers while an issuance does not come to an end.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { GetCertificateCommand, RenewCertificateCommand } from "@aws-sdk/client-acm";
import { exported, issued, look, newCa, permit, request, settled } from "./acm.mjs";
import { create, csrOf, install } from "./acm_pca.mjs";
import { Everseal, judge, refused, until } from "./harness.mjs";

describe("ACM and a Private CA that refuses", () => {
  let everseal, acm, pca;
  before(async () => {
    everseal = await Everseal.start();
    [acm, pca] = [everseal.acm(), everseal.pca()];
  });
  after(() => everseal?.stop());

  // A subordinate CA whose certificate, by OpenSSL, permits names below corp.internal only.
  async function constrainedCa() {
    const ca = await create(pca, "SUBORDINATE");
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const files = {
      "key.pem": privateKey.export({ type: "pkcs8", format: "pem" }), "csr.pem": await csrOf(pca, ca),
      "ca.ext": "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n" +
        "nameConstraints=critical,permitted;DNS:corp.internal,excluded;DNS:secret.corp.internal\n" };
    const CertificateChain = judge("openssl", ["req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=Outside Root",
      "-addext", "keyUsage=critical,keyCertSign", "-days", "3650"], files);
    const Certificate = judge("openssl", ["x509", "-req", "-in", "csr.pem", "-CA", "root.pem", "-CAkey", "key.pem",
      "-set_serial", "4711", "-days", "1000", "-extfile", "ca.ext"], { ...files, "root.pem": CertificateChain });
    await install(pca, ca, { Certificate, CertificateChain });
    return ca;
  }

  test("turns FAILED when the CA's name constraints do not allow a name", async () => {
    const ca = await constrainedCa();
    const end = async (options) => settled(acm, await request(acm, ca, options));
    assert.equal((await end({ DomainName: "app.corp.internal" })).Status, "ISSUED");
    for (const options of [{ DomainName: "app.other.internal" }, { DomainName: "x.secret.corp.internal" },
      { DomainName: "app.corp.internal", SubjectAlternativeNames: ["app.other.internal"] }]) {
      const failed = await end(options);
      assert.equal(failed.Status, "FAILED");
      assert.equal(failed.FailureReason, "PCA_NAME_CONSTRAINTS_VALIDATION");
    }
  });

  test("turns FAILED when the CA is one of another region", async () => {
    const elsewhere = await newCa(everseal.pca({ region: "us-east-1" }));
    const failed = await settled(acm, await request(acm, elsewhere));
    assert.equal(failed.FailureReason, "PCA_INVALID_ARN");
    assert.equal((await settled(everseal.acm({ region: "us-east-1" }),
      await request(everseal.acm({ region: "us-east-1" }), elsewhere))).Status, "ISSUED");
  });

  test("refuses more than a hundred names", async () => {
    const ca = await newCa(pca);
    const names = (count) => Array.from({ length: count }, (_, i) => `n${i}.corp.internal`);
    await refused(request(acm, ca, { SubjectAlternativeNames: names(100) }), "LimitExceededException", /100/);
    const detail = await settled(acm, await request(acm, ca, { SubjectAlternativeNames: names(99) }));
    assert.equal(detail.Status, "ISSUED");
    assert.equal(detail.SubjectAlternativeNames.length, 100);
  });
});

describe("ACM and a Private CA that cannot sign", () => {
  let everseal, acm, pca, ca, broken, exportedBefore;
  // The key of one CA is damaged in the database: everything that needs it fails below the API.
  before(async () => {
    everseal = await Everseal.start({ data: true });
    [acm, pca] = [everseal.acm(), everseal.pca()];
    [broken, ca] = [await newCa(pca), await newCa(pca)];
    for (const arn of [broken, ca]) await permit(pca, arn);
    exportedBefore = await issued(acm, broken);
    await exported(acm, exportedBefore);
    await everseal.restart(() => execFileSync("python3", ["-c", `
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    assert database.execute("UPDATE acmpca_certificate_authority SET key_handle = CAST(substr(key_handle, 1, 20) AS BLOB)"
                            " WHERE arn = ?", [sys.argv[2]]).rowcount == 1`, join(everseal.data, "everseal.db"), broken]));
    [acm, pca] = [everseal.acm(), everseal.pca()];
  });
  after(() => everseal?.stop());
  const renew = (CertificateArn) => acm.send(new RenewCertificateCommand({ CertificateArn }));

  test("a request stays pending, as that may pass, and all who come too early are told so", async () => {
    const CertificateArn = await request(acm, broken);
    await refused(acm.send(new GetCertificateCommand({ CertificateArn })), "RequestInProgressException");
    await refused(exported(acm, CertificateArn), "RequestInProgressException");
    await refused(renew(CertificateArn), "RequestInProgressException");
    await until(() => everseal.log, (lines) => lines.some((line) => line.includes("certificate.issuance_failed") &&
      line.includes(CertificateArn) && line.includes("PCA_REQUEST_FAILED")), "a first attempt");
    assert.equal((await look(acm, CertificateArn)).Status, "PENDING_VALIDATION");
  });

  test("a renewal says that the CA failed, and leaves the certificate as it is", async () => {
    const { Serial } = await look(acm, exportedBefore);
    await renew(exportedBefore);
    const found = await until(() => look(acm, exportedBefore),
      ({ RenewalSummary }) => RenewalSummary?.RenewalStatusReason, "a reason");
    assert.equal(found.RenewalSummary.RenewalStatusReason, "PCA_REQUEST_FAILED");
    assert.equal(found.RenewalSummary.RenewalStatus, "PENDING_AUTO_RENEWAL");
    assert.equal(found.Status, "ISSUED");
    assert.equal(found.Serial, Serial);
  });

  test("other CAs go on, and a renewal that runs is not begun twice", async () => {
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    const before = (await look(acm, arn)).Serial;
    // Of many at once one begins it; the others meet a renewal that runs, or its result.
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => renew(arn)));
    assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
    for (const { reason } of answers.filter(({ status }) => status === "rejected")) {
      assert.ok(["RequestInProgressException", "ValidationException"].includes(reason.name), reason.name);
    }
    await until(() => look(acm, arn), (found) => found.Serial !== before, "a renewal");
  });
});
