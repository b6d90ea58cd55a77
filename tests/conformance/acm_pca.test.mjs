// Private CA as the AWS SDK sees it: every operation, every modelled error that can be caused from
// outside, pages and waiters; and what it issues, as OpenSSL sees it.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, test } from "node:test";
import {
  CreateCertificateAuthorityCommand, CreatePermissionCommand, DeleteCertificateAuthorityCommand,
  DeletePermissionCommand, GetCertificateCommand, IssueCertificateCommand,
  ListCertificateAuthoritiesCommand, ListPermissionsCommand, ListTagsCommand,
  RestoreCertificateAuthorityCommand, TagCertificateAuthorityCommand,
  UntagCertificateAuthorityCommand, UpdateCertificateAuthorityCommand,
  paginateListCertificateAuthorities, paginateListPermissions, paginateListTags,
} from "@aws-sdk/client-acm-pca";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  activeRoot, activeSubordinate, certificateOf, configuration, create, csrFor, csrOf, day, days, hour,
  install, issue, look, order, template, text, unknown, verify,
} from "./acm_pca.mjs";
import { Everseal, account, judge, refused, region } from "./harness.mjs";

describe("Private CA", () => {
  let everseal, pca, root;
  const leaf = csrFor("/CN=app.corp.internal", ["subjectAltName=DNS:app.corp.internal"]);
  before(async () => {
    everseal = await Everseal.start();
    pca = everseal.pca();
    root = await activeRoot(pca);
  });
  after(() => everseal?.stop());
  // Disabled, then deleted, as a CA that was ACTIVE must be.
  async function erase(CertificateAuthorityArn) {
    await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, Status: "DISABLED" }));
    await pca.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn }));
  }

  describe("CreateCertificateAuthority", () => {
    test("answers an ARN of the account and region, and has a CSR that OpenSSL verifies", async () => {
      const arn = await create(pca, "SUBORDINATE", {
        CertificateAuthorityConfiguration: {
          ...configuration("Example CA"),
          Subject: { Country: "DE", Organization: "Example Corp", OrganizationalUnit: "PKI",
            State: "Berlin", CommonName: "Example CA", Locality: "Berlin" },
          CsrExtensions: { KeyUsage: { KeyCertSign: true, CRLSign: true } } } });
      assert.match(arn, new RegExp(`^arn:aws:acm-pca:${region}:${account}:certificate-authority/[0-9a-f-]{36}$`));
      const csr = judge("openssl", ["req", "-in", "csr.pem", "-noout", "-verify", "-text", "-nameopt", "RFC2253"],
        { "csr.pem": await csrOf(pca, arn) });
      assert.match(csr, /Subject: L=Berlin,CN=Example CA,ST=Berlin,OU=PKI,O=Example Corp,C=DE/);
      assert.match(csr, /X509v3 Basic Constraints: critical\s+CA:TRUE/);
      assert.match(csr, /Certificate Sign, CRL Sign/);
    });

    for (const [key, signing] of [["RSA_2048", "SHA256WITHRSA"], ["RSA_3072", "SHA384WITHRSA"],
      ["RSA_4096", "SHA512WITHRSA"], ["EC_secp384r1", "SHA384WITHECDSA"],
      ["EC_secp521r1", "SHA512WITHECDSA"]]) {
      test(`makes ${key} CAs that issue`, async () => {
        const ca = await activeRoot(pca, {
          CertificateAuthorityConfiguration: configuration("Other Root", key, signing) });
        const { Certificate, CertificateChain } = await issue(pca, ca, leaf, { SigningAlgorithm: signing });
        verify(Certificate, CertificateChain, (await certificateOf(pca, ca)).Certificate);
      });
    }

    test("returns the same CA for the same token", async () => {
      const options = { IdempotencyToken: "01234567" };
      assert.equal(await create(pca, "ROOT", options), await create(pca, "ROOT", options));
    });

    test("refuses algorithms of different families", () => refused(
      create(pca, "ROOT", { CertificateAuthorityConfiguration: configuration("x", "RSA_2048", "SHA256WITHECDSA") }),
      "InvalidArgsException"));

    test("refuses a CRL bucket that it cannot write to, in AWS's words", () => refused(
      create(pca, "ROOT", { RevocationConfiguration: { CrlConfiguration: {
        Enabled: true, ExpirationInDays: 7, S3BucketName: "example-crl-bucket" } } }),
      "ValidationException", /^Permission error with your S3 bucket 'example-crl-bucket'\./));

    test("refuses an OCSP name with a protocol in front", () => refused(
      create(pca, "ROOT", { RevocationConfiguration: { OcspConfiguration: {
        Enabled: true, OcspCustomCname: "http://ocsp.example" } } }),
      "InvalidArgsException", /OcspCustomCname must not begin with a protocol/));

    test("refuses tags that are reserved", () => refused(
      create(pca, "ROOT", { Tags: [{ Key: "aws:team", Value: "x" }] }), "InvalidTagException"));

    test("counts what breaks the model", () => refused(
      pca.send(new CreateCertificateAuthorityCommand({
        CertificateAuthorityType: "OTHER",
        CertificateAuthorityConfiguration: configuration("x", "RSA_512") })),
      "ValidationException", /^2 validation errors detected: .*keyAlgorithm.*; .*certificateAuthorityType/));
  });

  describe("DescribeCertificateAuthority", () => {
    test("repeats what it was told; validity is there once a certificate is", async () => {
      const pending = await look(pca, await create(pca, "SUBORDINATE"));
      assert.equal(pending.Status, "PENDING_CERTIFICATE");
      assert.equal(pending.OwnerAccount, account);
      assert.equal(pending.Type, "SUBORDINATE");
      assert.equal(pending.UsageMode, "GENERAL_PURPOSE");
      assert.equal(pending.KeyStorageSecurityStandard, "FIPS_140_2_LEVEL_3_OR_HIGHER");
      assert.deepEqual(pending.CertificateAuthorityConfiguration, configuration("Example SUBORDINATE"));
      assert.equal(pending.RevocationConfiguration.CrlConfiguration.Enabled, false);
      assert.equal(pending.RevocationConfiguration.OcspConfiguration.Enabled, false);
      for (const absent of ["Serial", "NotBefore", "NotAfter", "RestorableUntil", "FailureReason"]) {
        assert.equal(pending[absent], undefined);
      }
      const active = await look(pca, root);
      assert.equal(active.Status, "ACTIVE");
      assert.ok(active.NotAfter - active.NotBefore > 9 * 365 * day);
      assert.ok(active.CreatedAt instanceof Date && active.LastStateChangeAt >= active.CreatedAt);
      assert.match(text((await certificateOf(pca, root)).Certificate).replaceAll(/[\s:]/g, ""),
        new RegExp(active.Serial));
    });

    test("refuses ARNs that are none, and those of nobody", async () => {
      await refused(look(pca, unknown), "ResourceNotFoundException");
      await refused(look(pca, `${unknown}/certificate/0a`), "InvalidArnException", /^Not a valid arn\.$/);
      await refused(look(pca, unknown.replace(region, "us-east-1")), "InvalidArnException");
      await refused(look(pca, unknown.replace(account, "444455556666")), "AccessDeniedException",
        /because no resource-based policy allows/);
      await refused(look(pca, "nonsense"), "ValidationException", /Member must satisfy regular expression pattern/);
    });
  });

  describe("ListCertificateAuthorities", () => {
    test("pages through all in a region of its own", async () => {
      const elsewhere = everseal.pca({ region: "ap-south-1" });
      const created = [];
      for (let i = 0; i < 5; ++i) created.push(await create(elsewhere));
      await elsewhere.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn: created[1] }));
      const listed = [];
      for await (const page of paginateListCertificateAuthorities({ client: elsewhere, pageSize: 2 }, {})) {
        assert.ok(page.CertificateAuthorities.length <= 2);
        listed.push(...page.CertificateAuthorities);
      }
      assert.deepEqual(listed.map((ca) => ca.Arn), created);
      assert.equal(listed[1].Status, "DELETED");
    });

    test("knows no CA that others share", async () => {
      const { CertificateAuthorities } = await pca.send(
        new ListCertificateAuthoritiesCommand({ ResourceOwner: "OTHER_ACCOUNTS" }));
      assert.deepEqual(CertificateAuthorities, []);
    });

    test("refuses a token that is none", () => refused(
      pca.send(new ListCertificateAuthoritiesCommand({ NextToken: "nonsense" })), "InvalidNextTokenException"));
  });

  describe("IssueCertificate", () => {
    test("makes what the default template says, verified by OpenSSL", async () => {
      const before = Date.now();
      const { CertificateArn, Certificate, CertificateChain } = await issue(pca, root, leaf);
      const shown = text(Certificate);
      assert.match(shown, /Subject: CN ?= ?app\.corp\.internal/);
      assert.match(shown, /X509v3 Key Usage: critical\s+Digital Signature, Key Encipherment/);
      assert.match(shown, /TLS Web Server Authentication, TLS Web Client Authentication/);
      assert.match(shown, /DNS:app\.corp\.internal/);
      const order = [...shown.matchAll(/X509v3 ([A-Za-z ]+):/g)].map((match) => match[1])
        .filter((name) => name !== "Subject Alternative Name" && name !== "extensions");
      assert.deepEqual(order, ["Basic Constraints", "Authority Key Identifier", "Subject Key Identifier",
        "Key Usage", "Extended Key Usage"]);
      const [, start] = /Not Before: (.*)/.exec(shown);
      assert.ok(Math.abs(before - hour - Date.parse(start)) < 60 * 1000);
      assert.match(CertificateArn, /\/certificate\/[0-9a-f]{32}$/);
      verify(Certificate, CertificateChain, (await certificateOf(pca, root)).Certificate);
    });

    test("builds hierarchies of five levels", async () => {
      let parent = root;
      for (let pathLength = 3; pathLength >= 0; --pathLength) {
        parent = await activeSubordinate(pca, parent, pathLength, 1000 + 100 * pathLength);
      }
      const { Certificate, CertificateChain } = await issue(pca, parent, leaf);
      assert.equal(CertificateChain.match(/BEGIN CERTIFICATE/g).length, 5);
      verify(Certificate, CertificateChain, (await certificateOf(pca, root)).Certificate);
      const sixth = await create(pca, "SUBORDINATE");
      await refused(issue(pca, parent, await csrOf(pca, sixth), {
        TemplateArn: template("SubordinateCACertificate_PathLen0") }), "ValidationException");
    });

    test("puts the API above the CSR where the template lets it", async () => {
      const { Certificate } = await issue(pca, root, leaf, {
        TemplateArn: template("BlankEndEntityCertificate_APIPassthrough"),
        ApiPassthrough: {
          Subject: { CommonName: "api.corp.internal", Organization: "Example Corp" },
          Extensions: {
            SubjectAlternativeNames: [{ DnsName: "api.corp.internal" }, { IpAddress: "10.0.0.7" }],
            ExtendedKeyUsage: [{ ExtendedKeyUsageType: "SERVER_AUTH" }],
            KeyUsage: { DigitalSignature: true },
            CertificatePolicies: [{ CertPolicyId: "1.2.3.4.5", PolicyQualifiers: [
              { PolicyQualifierId: "CPS", Qualifier: { CpsUri: "http://cps.example/" } }] }],
            CustomExtensions: [{ ObjectIdentifier: "1.3.6.1.4.1.99999.1", Value: "BAVoZWxsbw==" }] } } });
      const shown = text(Certificate);
      assert.match(shown, /O ?= ?Example Corp, CN ?= ?api\.corp\.internal/);
      assert.match(shown, /DNS:api\.corp\.internal, IP Address:10\.0\.0\.7/);
      assert.match(shown, /CPS: http:\/\/cps\.example\//);
      assert.match(shown, /1\.3\.6\.1\.4\.1\.99999\.1/);
    });

    test("ignores the API where the template does not pass it on", async () => {
      const { Certificate } = await issue(pca, root, leaf, {
        TemplateArn: template("EndEntityClientAuthCertificate_APIPassthrough"),
        ApiPassthrough: { Extensions: { ExtendedKeyUsage: [{ ExtendedKeyUsageType: "CODE_SIGNING" }] } } });
      assert.match(text(Certificate), /Extended Key Usage:\s+TLS Web Client Authentication\n/);
    });

    test("returns one certificate for one token", async () => {
      const ask = () => pca.send(new IssueCertificateCommand(order(root, leaf, { IdempotencyToken: "1234" })));
      const [first, second] = await Promise.all([ask(), ask()]);
      assert.equal(first.CertificateArn, second.CertificateArn);
    });

    test("refuses what is not a CSR, and what nobody signed", async () => {
      await refused(issue(pca, root, "nonsense"), "MalformedCSRException");
      const lines = leaf.trim().split("\n");
      const middle = Math.floor(lines.length / 2);
      lines[middle] = lines[middle].replace(/[A-Z]/, (letter) => (letter === "A" ? "B" : "A"));
      await refused(issue(pca, root, lines.join("\n")), "MalformedCSRException");
    });

    test("refuses what contradicts itself or the CA", async () => {
      await refused(issue(pca, root, leaf, { SigningAlgorithm: "SHA256WITHRSA" }), "InvalidArgsException");
      await refused(issue(pca, root, leaf, { TemplateArn: template("NoSuchTemplate") }), "InvalidArgsException");
      await refused(issue(pca, root, leaf, { TemplateArn: unknown }), "InvalidArnException");
      await refused(issue(pca, root, leaf, { Validity: { Type: "YEARS", Value: 11 } }), "ValidationException",
        /exceeds the certificate authority validity/);
      await refused(issue(pca, root, leaf, {
        TemplateArn: template("BlankEndEntityCertificate_APIPassthrough"),
        ApiPassthrough: { Extensions: { SubjectAlternativeNames: [{ DnsName: "a.internal", IpAddress: "10.0.0.1" }] } } }),
        "InvalidArgsException");
      await refused(issue(pca, unknown, leaf), "ResourceNotFoundException");
    });

    test("refuses while the CA cannot, in AWS's words", async () => {
      const pending = await create(pca);
      await refused(issue(pca, pending, leaf), "InvalidStateException",
        /^The certificate authority is not in a valid state for issuing certificates$/);
    });

    test("keeps CAs for short-lived certificates to seven days", async () => {
      const ca = await activeRoot(pca, { UsageMode: "SHORT_LIVED_CERTIFICATE" });
      await issue(pca, ca, leaf, { Validity: days(7) });
      await refused(issue(pca, ca, leaf, { Validity: days(8) }), "ValidationException");
    });

    test("lets a policy choose the template", async () => {
      const iam = everseal.iam();
      const UserName = "issuer";
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "issue", PolicyDocument: JSON.stringify({
        Version: "2012-10-17", Statement: [
          { Effect: "Allow", Action: "acm-pca:GetCertificate", Resource: root },
          { Effect: "Allow", Action: "acm-pca:IssueCertificate", Resource: root,
            Condition: { StringLike: { "acm-pca:TemplateArn": template("EndEntityServerAuthCertificate") } } }] }) }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const user = everseal.pca({ credentials: {
        accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
      await issue(user, root, leaf, { TemplateArn: template("EndEntityServerAuthCertificate") });
      await refused(issue(user, root, leaf), "AccessDeniedException", /acm-pca:IssueCertificate on resource/);
    });
  });

  describe("GetCertificate", () => {
    const get = (CertificateAuthorityArn, CertificateArn) =>
      pca.send(new GetCertificateCommand({ CertificateAuthorityArn, CertificateArn }));
    const serial = "/certificate/00000000000000000000000000000001";

    test("has no chain for a root's own certificate", async () => {
      const own = await issue(pca, root, await csrOf(pca, root), { TemplateArn: template("RootCACertificate") });
      assert.equal(own.CertificateChain, undefined);
    });

    test("refuses what was never issued", async () => {
      await refused(get(root, root + serial), "ResourceNotFoundException");
      await refused(get(root, unknown + serial), "InvalidArnException");
      await refused(get(unknown, unknown + serial), "ResourceNotFoundException");
      const pending = await create(pca);
      await refused(get(pending, pending + serial), "InvalidStateException",
        /is not in the correct state to have issued certificates\.$/);
    });
  });

  describe("ImportCertificateAuthorityCertificate", () => {
    test("refuses what is no certificate, another key, and chains that do not fit", async () => {
      const ca = await create(pca, "SUBORDINATE");
      const own = await issue(pca, root, await csrOf(pca, ca), {
        TemplateArn: template("SubordinateCACertificate_PathLen0") });
      const other = await issue(pca, root, await csrOf(pca, await create(pca, "SUBORDINATE")), {
        TemplateArn: template("SubordinateCACertificate_PathLen0") });
      const stranger = (await certificateOf(pca, await activeRoot(pca))).Certificate;
      await refused(install(pca, ca, { ...own, Certificate: "nonsense" }), "MalformedCertificateException");
      await refused(install(pca, ca, { ...own, CertificateChain: "-----BEGIN CERTIFICATE-----" }),
        "MalformedCertificateException");
      await refused(install(pca, ca, other), "CertificateMismatchException");
      await refused(install(pca, ca, { ...own, CertificateChain: stranger }), "CertificateMismatchException");
      await refused(install(pca, ca, { Certificate: own.Certificate }), "InvalidRequestException");
      await refused(install(pca, unknown, own), "ResourceNotFoundException");
      assert.equal((await look(pca, ca)).Status, "PENDING_CERTIFICATE");
      await install(pca, ca, own);
      assert.equal((await look(pca, ca)).Status, "ACTIVE");
    });

    test("refuses what is no CA's certificate, and what a chain does not allow", async () => {
      const ca = await create(pca, "SUBORDINATE");
      const csr = await csrOf(pca, ca);
      await refused(install(pca, ca, await issue(pca, root, csr)), "ValidationException");
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const key = privateKey.export({ type: "pkcs8", format: "pem" });
      const outside = judge("openssl", ["req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=Outside Root",
        "-addext", "basicConstraints=critical,CA:TRUE,pathlen:0", "-days", "3650"], { "key.pem": key });
      const under = (extensions, root) => judge("openssl", ["x509", "-req", "-in", "csr.pem", "-CA", "root.pem",
        "-CAkey", "key.pem", "-set_serial", "4711", "-days", "365", "-extfile", "ca.ext"],
        { "key.pem": key, "csr.pem": csr, "root.pem": root, "ca.ext": extensions });
      const constraints = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";
      await refused(install(pca, ca, { Certificate: under(constraints, outside), CertificateChain: outside }),
        "ValidationException");
      const wide = judge("openssl", ["req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=Outside Root",
        "-days", "3650"], { "key.pem": key });
      const point = "crlDistributionPoints=critical,URI:http://crl.example/1.crl\n";
      await refused(install(pca, ca, { Certificate: under(constraints + point, wide), CertificateChain: wide }),
        "InvalidRequestException");
      await refused(install(pca, ca, { Certificate: under("basicConstraints=CA:TRUE\n", wide), CertificateChain: wide }),
        "ValidationException");
      assert.equal((await look(pca, ca)).Status, "PENDING_CERTIFICATE");
    });

    test("judges the state of the CA", async () => {
      const ca = await activeRoot(pca);
      const own = await issue(pca, ca, await csrOf(pca, ca), { TemplateArn: template("RootCACertificate") });
      await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, Status: "DISABLED" }));
      await refused(install(pca, ca, own), "InvalidStateException");
      await pca.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn: ca }));
      await refused(install(pca, ca, own), "InvalidStateException");
    });

    test("takes a certificate that OpenSSL made", async () => {
      const ca = await create(pca, "SUBORDINATE");
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const files = {
        "key.pem": privateKey.export({ type: "pkcs8", format: "pem" }), "csr.pem": await csrOf(pca, ca),
        "ca.ext": "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n" };
      const outside = judge("openssl", ["req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=Outside Root",
        "-addext", "keyUsage=critical,keyCertSign", "-days", "3650"], files);
      const Certificate = judge("openssl", ["x509", "-req", "-in", "csr.pem", "-CA", "root.pem", "-CAkey", "key.pem",
        "-set_serial", "4711", "-days", "365", "-extfile", "ca.ext"], { ...files, "root.pem": outside });
      await install(pca, ca, { Certificate, CertificateChain: outside });
      const issued = await issue(pca, ca, leaf);
      verify(issued.Certificate, issued.CertificateChain, outside);
    });
  });

  describe("GetCertificateAuthorityCertificate", () => {
    test("says misleadingly that there is no CSR as long as there is no certificate", async () => {
      await refused(certificateOf(pca, await create(pca)), "InvalidStateException",
        /is not in the correct state to have a certificate signing request\.$/);
      assert.equal((await certificateOf(pca, root)).CertificateChain, undefined);
    });
  });

  describe("UpdateCertificateAuthority, DeleteCertificateAuthority, RestoreCertificateAuthority", () => {
    const update = (CertificateAuthorityArn, options) =>
      pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, ...options }));
    const remove = (CertificateAuthorityArn, options) =>
      pca.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn, ...options }));
    const restore = (CertificateAuthorityArn) =>
      pca.send(new RestoreCertificateAuthorityCommand({ CertificateAuthorityArn }));

    test("lead a CA through its life", async () => {
      const ca = await activeRoot(pca);
      await refused(remove(ca), "InvalidStateException",
        /^The certificate authority is not in a valid state for deletion\.$/);
      await update(ca, { Status: "DISABLED" });
      await refused(issue(pca, ca, leaf), "InvalidStateException");
      await remove(ca, { PermanentDeletionTimeInDays: 7 });
      const deleted = await look(pca, ca);
      assert.equal(deleted.Status, "DELETED");
      assert.ok(Math.abs(deleted.RestorableUntil - Date.now() - 7 * day) < 60 * 1000);
      await refused(csrOf(pca, ca), "InvalidStateException");
      await restore(ca);
      assert.equal((await look(pca, ca)).Status, "DISABLED");
      await refused(restore(ca), "InvalidStateException");
      await update(ca, { Status: "ACTIVE" });
      await issue(pca, ca, leaf);
    });

    test("refuse other statuses and windows", async () => {
      await refused(update(root, { Status: "DELETED" }), "InvalidArgsException");
      await refused(update(await create(pca), { Status: "DISABLED" }), "InvalidStateException");
      await refused(remove(root, { PermanentDeletionTimeInDays: 6 }), "ValidationException",
        /Member must have value greater than or equal to 7/);
      await refused(update(unknown, {}), "ResourceNotFoundException");
      await refused(remove(unknown), "ResourceNotFoundException");
      await refused(restore(unknown), "ResourceNotFoundException");
    });
  });

  describe("CreatePermission, ListPermissions, DeletePermission", () => {
    const Principal = "acm.amazonaws.com";
    const Actions = ["IssueCertificate", "GetCertificate", "ListPermissions"];
    const create_ = (options) => pca.send(new CreatePermissionCommand({ Principal, Actions, ...options }));
    const list = (options) => pca.send(new ListPermissionsCommand(options));
    const remove = (options) => pca.send(new DeletePermissionCommand({ Principal, ...options }));

    test("grant ACM what it needs, page by page, and take it back", async () => {
      const CertificateAuthorityArn = await activeRoot(pca);
      const accounts = [account, "111122223333", "444455556666"];
      for (const SourceAccount of accounts) await create_({ CertificateAuthorityArn, SourceAccount });
      const found = [];
      for await (const page of paginateListPermissions({ client: pca, pageSize: 2 }, { CertificateAuthorityArn })) {
        found.push(...page.Permissions);
      }
      assert.deepEqual(found.map((permission) => permission.SourceAccount), accounts);
      assert.deepEqual(found[0].Actions, Actions);
      assert.equal(found[0].Principal, Principal);
      assert.equal(found[0].CertificateAuthorityArn, CertificateAuthorityArn);
      assert.ok(found[0].CreatedAt instanceof Date);
      await refused(create_({ CertificateAuthorityArn }), "PermissionAlreadyExistsException");
      await remove({ CertificateAuthorityArn });
      await refused(remove({ CertificateAuthorityArn }), "ResourceNotFoundException");
    });

    test("are refused once the CA is deleted", async () => {
      const CertificateAuthorityArn = await activeRoot(pca);
      await create_({ CertificateAuthorityArn });
      await erase(CertificateAuthorityArn);
      for (const call of [create_, list, remove]) {
        await refused(call({ CertificateAuthorityArn }), "InvalidStateException");
      }
    });

    test("refuse other principals, CAs that are not active and tokens that are none", async () => {
      await refused(create_({ CertificateAuthorityArn: root, Principal: "lambda.amazonaws.com" }),
        "ValidationException");
      await refused(create_({ CertificateAuthorityArn: await create(pca) }), "InvalidStateException");
      await refused(list({ CertificateAuthorityArn: root, NextToken: "nonsense" }), "InvalidNextTokenException");
      await refused(list({ CertificateAuthorityArn: unknown }), "ResourceNotFoundException");
    });
  });

  describe("TagCertificateAuthority, UntagCertificateAuthority, ListTags", () => {
    const tag = (CertificateAuthorityArn, Tags) =>
      pca.send(new TagCertificateAuthorityCommand({ CertificateAuthorityArn, Tags }));
    const untag = (CertificateAuthorityArn, Tags) =>
      pca.send(new UntagCertificateAuthorityCommand({ CertificateAuthorityArn, Tags }));
    const tags = async (CertificateAuthorityArn) =>
      (await pca.send(new ListTagsCommand({ CertificateAuthorityArn }))).Tags;

    test("keep one value a key, and compare values before they remove", async () => {
      const ca = await create(pca, "ROOT", { Tags: [{ Key: "team", Value: "web" }] });
      await tag(ca, [{ Key: "team", Value: "pki" }, { Key: "env", Value: "test" }]);
      await untag(ca, [{ Key: "team", Value: "web" }]);
      assert.deepEqual(await tags(ca), [{ Key: "env", Value: "test" }, { Key: "team", Value: "pki" }]);
      await untag(ca, [{ Key: "team" }, { Key: "env", Value: "test" }]);
      assert.deepEqual(await tags(ca), []);
    });

    test("page, and stop at fifty", async () => {
      const ca = await create(pca);
      const fifty = Array.from({ length: 50 }, (_, i) => ({ Key: `key${String(i).padStart(2, "0")}`, Value: "v" }));
      await tag(ca, fifty);
      await refused(tag(ca, [{ Key: "one-more", Value: "v" }]), "TooManyTagsException");
      const found = [];
      for await (const page of paginateListTags({ client: pca, pageSize: 20 }, { CertificateAuthorityArn: ca })) {
        found.push(...page.Tags);
      }
      assert.deepEqual(found, fifty);
    });

    test("are refused once the CA is deleted", async () => {
      const ca = await activeRoot(pca, { Tags: [{ Key: "team", Value: "web" }] });
      await erase(ca);
      await refused(tag(ca, [{ Key: "env", Value: "test" }]), "InvalidStateException");
      await refused(untag(ca, [{ Key: "team" }]), "InvalidStateException");
      await refused(tags(ca), "InvalidStateException");
    });

    test("refuse reserved keys", () => refused(tag(root, [{ Key: "aws:x", Value: "y" }]), "InvalidTagException"));
  });
});
