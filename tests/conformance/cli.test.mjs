// The aws CLI against the running server: every operation of ACM and Private CA once, in the order
// in which somebody would come to them, with the waiters that can end; and the published way to try
// a managed renewal by hand.
import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Everseal, account, judge, region, until } from "./harness.mjs";

const installed = spawnSync("aws", ["--version"]).status === 0;
const rights = ["IssueCertificate", "GetCertificate", "ListPermissions"];

describe("the aws CLI", { skip: !installed && "it is not installed" }, () => {
  let everseal, folder, ca;  // ca: for ACM
  const acm = (...args) => everseal.aws("acm", ...args);
  const pca = (...args) => everseal.aws("acm-pca", ...args);
  // What the CLI reads as octets.
  const file = (name, content) => {
    writeFileSync(join(folder, name), content);
    return `fileb://${join(folder, name)}`;
  };
  const refused = (call, words) => assert.throws(call, (error) => words.test(error.stderr));
  before(async () => {
    everseal = await Everseal.start();
    folder = mkdtempSync(join(tmpdir(), "everseal-cli-"));
    [, ca] = rootCa("ACM Root");
  });
  after(async () => {
    await everseal?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // "--certificate-authority-arn ARN" of a root CA that signed itself.
  function rootCa(name) {
    const { CertificateAuthorityArn } = pca("create-certificate-authority", "--certificate-authority-type", "ROOT",
      "--certificate-authority-configuration",
      `KeyAlgorithm=EC_prime256v1,SigningAlgorithm=SHA256WITHECDSA,Subject={Country=DE,Organization=Example Corp,CommonName=${name}}`,
      "--tags", "Key=team,Value=pki", "--idempotency-token", name.replace(" ", "-"));
    const ca = ["--certificate-authority-arn", CertificateAuthorityArn];
    pca("wait", "certificate-authority-csr-created", ...ca);
    const { Csr } = pca("get-certificate-authority-csr", ...ca);
    const own = issue(ca, Csr, "RootCACertificate/V1", "Value=10,Type=YEARS");
    pca("import-certificate-authority-certificate", ...ca, "--certificate", file("root.pem", own.Certificate));
    return ca;
  }
  function issue(ca, csr, name, validity) {
    const { CertificateArn } = pca("issue-certificate", ...ca, "--csr", file("csr.pem", csr),
      "--signing-algorithm", "SHA256WITHECDSA", "--template-arn", `arn:aws:acm-pca:::template/${name}`,
      "--validity", validity);
    const certificate = [...ca, "--certificate-arn", CertificateArn];
    pca("wait", "certificate-issued", ...certificate);
    return pca("get-certificate", ...certificate);
  }

  // The waiter certificate-validated asks for validated domains, which private certificates do not
  // have: it ends with the failed ones only.
  const issued = (certificate) => until(() => acm("describe-certificate", ...certificate),
    (answer) => answer.Certificate.Status === "ISSUED", "the certificate");

  test("leads a private CA from its making to its end", () => {
    const ca = rootCa("Example Root");
    const [, arn] = ca;
    const { CertificateAuthority } = pca("describe-certificate-authority", ...ca);
    assert.equal(CertificateAuthority.Status, "ACTIVE");
    assert.equal(CertificateAuthority.Arn, arn);
    const root = pca("get-certificate-authority-certificate", ...ca);
    assert.match(root.Certificate, /BEGIN CERTIFICATE/);
    assert.equal(root.CertificateChain, undefined);

    judge("openssl", ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=app.corp.internal",
      "-keyout", join(folder, "app.key"), "-out", join(folder, "app.csr")]);
    const csr = judge("cat", [join(folder, "app.csr")]);
    const leaf = issue(ca, csr, "EndEntityServerAuthCertificate/V1", "Value=30,Type=DAYS");
    assert.match(judge("openssl", ["verify", "-CAfile", "root.pem", "leaf.pem"],
      { "root.pem": root.Certificate, "leaf.pem": leaf.Certificate }), /OK/);
    assert.equal(leaf.CertificateChain.trim(), root.Certificate.trim());
    const passed = pca("issue-certificate", ...ca, "--csr", `fileb://${join(folder, "app.csr")}`,
      "--signing-algorithm", "SHA256WITHECDSA", "--validity", "Value=30,Type=DAYS",
      "--template-arn", "arn:aws:acm-pca:::template/BlankEndEntityCertificate_APIPassthrough/V1",
      "--api-passthrough", JSON.stringify({ Extensions: { KeyUsage: { DigitalSignature: true },
        SubjectAlternativeNames: [{ DnsName: "api.corp.internal" }] }, Subject: { CommonName: "api.corp.internal" } }));
    const { Certificate } = pca("get-certificate", ...ca, "--certificate-arn", passed.CertificateArn);
    assert.match(judge("openssl", ["x509", "-in", "c.pem", "-noout", "-subject"], { "c.pem": Certificate }), /api\.corp\.internal/);

    const permission = [...ca, "--principal", "acm.amazonaws.com"];
    pca("create-permission", ...permission, "--actions", ...rights);
    const { Permissions } = pca("list-permissions", ...ca);
    assert.deepEqual(Permissions.map(({ Principal, Actions }) => [Principal, Actions]), [["acm.amazonaws.com", rights]]);
    pca("delete-permission", ...permission);
    assert.deepEqual(pca("list-permissions", ...ca).Permissions, []);

    pca("tag-certificate-authority", ...ca, "--tags", "Key=stage,Value=test");
    pca("untag-certificate-authority", ...ca, "--tags", "Key=team,Value=pki");
    assert.deepEqual(pca("list-tags", ...ca).Tags, [{ Key: "stage", Value: "test" }]);

    refused(() => pca("delete-certificate-authority", ...ca), /InvalidStateException/);
    pca("update-certificate-authority", ...ca, "--status", "DISABLED");
    pca("delete-certificate-authority", ...ca, "--permanent-deletion-time-in-days", "7");
    pca("restore-certificate-authority", ...ca);
    pca("update-certificate-authority", ...ca, "--status", "ACTIVE");
    const { CertificateAuthorities } = pca("list-certificate-authorities", "--page-size", "1");
    assert.equal(CertificateAuthorities.find((found) => found.Arn === arn).Status, "ACTIVE");
    refused(() => pca("describe-certificate-authority", "--certificate-authority-arn", `${arn.slice(0, -1)}x`),
      /InvalidArnException|ValidationException/);
  });

  test("leads a managed certificate from its request to its end", async () => {
    const { CertificateArn } = acm("request-certificate", "--domain-name", "app.corp.internal",
      "--subject-alternative-names", "www.corp.internal", "--certificate-authority-arn", ca,
      "--key-algorithm", "EC_prime256v1", "--idempotency-token", "cli1", "--tags", "Key=team,Value=web");
    assert.match(CertificateArn, new RegExp(`^arn:aws:acm:${region}:${account}:certificate/`));
    const certificate = ["--certificate-arn", CertificateArn];
    await issued(certificate);
    const got = acm("get-certificate", ...certificate);
    assert.match(judge("openssl", ["verify", "-CAfile", "root.pem", "leaf.pem"],
      { "root.pem": got.CertificateChain, "leaf.pem": got.Certificate }), /OK/);

    const list = (...args) => acm("list-certificates", ...args).CertificateSummaryList.map((each) => each.CertificateArn);
    assert.deepEqual(list(), []);
    assert.deepEqual(list("--includes", "keyTypes=EC_prime256v1,RSA_2048"), [CertificateArn]);
    assert.deepEqual(list("--includes", "keyTypes=EC_prime256v1,keyUsage=DIGITAL_SIGNATURE,extendedKeyUsage=TLS_WEB_CLIENT_AUTHENTICATION",
      "--certificate-statuses", "ISSUED", "--max-items", "5", "--page-size", "1"), [CertificateArn]);
    assert.deepEqual(list("--includes", "keyTypes=EC_prime256v1", "--certificate-statuses", "FAILED"), []);

    acm("add-tags-to-certificate", ...certificate, "--tags", "Key=stage,Value=test");
    acm("remove-tags-from-certificate", ...certificate, "--tags", "Key=team");
    assert.deepEqual(acm("list-tags-for-certificate", ...certificate).Tags, [{ Key: "stage", Value: "test" }]);
    acm("update-certificate-options", ...certificate, "--options", "CertificateTransparencyLoggingPreference=ENABLED");
    acm("put-account-configuration", "--expiry-events", "DaysBeforeExpiry=30", "--idempotency-token", "cli2");
    assert.equal(acm("get-account-configuration").ExpiryEvents.DaysBeforeExpiry, 30);
    acm("delete-certificate", ...certificate);
    refused(() => acm("describe-certificate", ...certificate), /ResourceNotFoundException/);

    const failed = acm("request-certificate", "--domain-name", "app.corp.internal", "--certificate-authority-arn", ca,
      "--key-algorithm", "RSA_2048");
    await until(() => acm("describe-certificate", "--certificate-arn", failed.CertificateArn),
      (answer) => answer.Certificate.FailureReason === "PCA_INVALID_ARGS", "the end of the request");
    refused(() => acm("wait", "certificate-validated", "--certificate-arn", failed.CertificateArn), /terminal failure state/);

    judge("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
      "-subj", "/CN=old.corp.internal", "-keyout", join(folder, "old.key"), "-out", join(folder, "old.pem")]);
    const imported = acm("import-certificate", "--certificate", `fileb://${join(folder, "old.pem")}`,
      "--private-key", `fileb://${join(folder, "old.key")}`);
    assert.equal(acm("describe-certificate", "--certificate-arn", imported.CertificateArn).Certificate.Type, "IMPORTED");
  });

  // The permission first, as the published page demands; then its two commands, one after the other.
  test("tries a managed renewal by hand, as it is published", async () => {
    pca("create-permission", "--certificate-authority-arn", ca, "--actions", ...rights, "--principal", "acm.amazonaws.com");
    const { CertificateArn } = acm("request-certificate", "--domain-name", "app.corp.internal",
      "--certificate-authority-arn", ca, "--key-algorithm", "EC_prime256v1");
    const certificate = ["--certificate-arn", CertificateArn];
    await issued(certificate);
    refused(() => acm("renew-certificate", ...certificate), /has not been exported so it is not eligible/);
    // The passphrase of the published function: octets that no keyboard has.
    const passphrase = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
    const take = () => {
      const { Certificate, PrivateKey } = acm("export-certificate", ...certificate, "--passphrase", file("passphrase", passphrase));
      const parsed = new X509Certificate(Certificate);
      assert.ok(parsed.checkPrivateKey(createPrivateKey({ key: PrivateKey, passphrase })), "the key is not the certificate's");
      return parsed;
    };
    const first = take();
    acm("renew-certificate", ...certificate);
    const { Certificate } = await until(() => acm("describe-certificate", ...certificate),
      (answer) => answer.Certificate.RenewalSummary?.RenewalStatus === "SUCCESS", "a renewal");
    assert.equal(Certificate.CertificateArn, CertificateArn);
    assert.deepEqual(Certificate.RenewalSummary.DomainValidationOptions, []);
    assert.equal(Certificate.RenewalEligibility, "INELIGIBLE");
    const second = take();
    assert.notEqual(second.serialNumber, first.serialNumber);
    assert.notDeepEqual(second.publicKey.export({ type: "spki", format: "der" }), first.publicKey.export({ type: "spki", format: "der" }));
    // An older edition of the page writes the ARN as if it were one of Private CA.
    refused(() => acm("renew-certificate", "--certificate-arn",
      `arn:aws:acm:${region}:${account}:certificate-authority/11111111-2222-3333-4444-555555555555/certificate/66666666-7777-8888-9999-000000000000`),
      /InvalidArnException/);
  });
});
