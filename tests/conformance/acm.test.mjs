// Certificate Manager as the AWS SDK sees it: every operation, and every modelled error that can be
// caused from outside.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  AddTagsToCertificateCommand, DeleteCertificateCommand, GetAccountConfigurationCommand,
  GetCertificateCommand, ImportCertificateCommand, ListTagsForCertificateCommand,
  PutAccountConfigurationCommand, RemoveTagsFromCertificateCommand, RenewCertificateCommand,
  UpdateCertificateOptionsCommand, waitUntilCertificateValidated,
} from "@aws-sdk/client-acm";
import { UpdateCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import {
  CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  exported, issued, notACertificate, look, newCa, request, settled, unknown,
} from "./acm.mjs";
import { Everseal, account, judge, refused, region } from "./harness.mjs";

describe("ACM", () => {
  let everseal, acm, pca, ca;
  before(async () => {
    everseal = await Everseal.start();
    [acm, pca] = [everseal.acm(), everseal.pca()];
    ca = await newCa(pca);
  });
  after(() => everseal?.stop());

  describe("RequestCertificate", () => {
    test("answers at once and issues soon", async () => {
      const arn = await request(acm, ca, { SubjectAlternativeNames: ["*.app.corp.internal"] });
      assert.match(arn, new RegExp(`^arn:aws:acm:${region}:${account}:certificate/[0-9a-f-]{36}$`));
      const detail = await settled(acm, arn);
      assert.equal(detail.Status, "ISSUED");
      assert.equal(detail.Type, "PRIVATE");
      assert.deepEqual(detail.SubjectAlternativeNames, ["app.corp.internal", "*.app.corp.internal"]);
    });

    test("makes RSA 2048 keys under an RSA CA unless told otherwise", async () => {
      const rsa = await newCa(pca, { curve: false });
      const arn = await issued(acm, rsa, { KeyAlgorithm: undefined });
      const detail = await look(acm, arn);
      assert.equal(detail.KeyAlgorithm, "RSA-2048");
      assert.equal(detail.SignatureAlgorithm, "SHA256WITHRSA");
    });

    test("says what Everseal is for when no CA is named", async () => {
      await refused(request(acm, undefined), "InvalidParameterException", /private certificate authority/);
    });

    test("returns the same certificate for the same token", async () => {
      const first = await request(acm, ca, { IdempotencyToken: "deploy42" });
      assert.equal(await request(acm, ca, { IdempotencyToken: "deploy42" }), first);
      assert.notEqual(await request(acm, ca, { IdempotencyToken: "deploy43" }), first);
    });

    test("refuses what breaks the model, and counts it", async () => {
      await refused(request(acm, ca, { DomainName: "localhost" }), "ValidationException", /domainName/);
      await refused(request(acm, ca, { DomainName: "x", IdempotencyToken: "a b" }),
        "ValidationException", /^2 validation errors detected/);
      await refused(request(acm, ca, { KeyAlgorithm: "RSA_512" }), "ValidationException", /RSA_1024/);
      await refused(request(acm, ca, { SubjectAlternativeNames: [] }), "ValidationException");
      await refused(request(acm, "arn:aws:acm-pca:nowhere"), "ValidationException", /certificateAuthorityArn/);
    });

    test("refuses names, keys, tags and ARNs that it cannot serve", async () => {
      await refused(request(acm, ca, { DomainName: "10.0.0.10" }), "InvalidParameterException");
      await refused(request(acm, ca, { DomainName: `${"a".repeat(60)}.corp.internal` }), "InvalidParameterException");
      await refused(request(acm, ca, { KeyAlgorithm: "RSA_4096" }), "InvalidParameterException");
      await refused(request(acm, ca, { Tags: [{ Key: "aws:x", Value: "y" }] }), "InvalidTagException");
      await refused(request(acm, `arn:aws:acm-pca:${region}:${account}:other/x`), "InvalidArnException");
    });

    test("turns FAILED when the CA is not ready, gone or of another family", async () => {
      const pending = await newCa(pca, { install: false });
      const failure = async (CaArn, options) =>
        (await settled(acm, await request(acm, CaArn, options))).FailureReason;
      assert.equal(await failure(pending), "PCA_INVALID_STATE");
      assert.equal(await failure(ca, { KeyAlgorithm: "RSA_2048" }), "PCA_INVALID_ARGS");
      assert.equal(
        await failure(`arn:aws:acm-pca:${region}:${account}:certificate-authority/11111111-2222-3333-4444-555555555555`),
        "PCA_RESOURCE_NOT_FOUND");
      const short = await newCa(pca, { years: 1 });
      assert.equal(await failure(short), "PCA_INVALID_DURATION");
      await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: short, Status: "DISABLED" }));
      assert.equal(await failure(short), "PCA_INVALID_STATE");
    });
  });

  describe("DescribeCertificate", () => {
    test("has every field of an issued certificate", async () => {
      const arn = await issued(acm, ca);
      const detail = await look(acm, arn);
      assert.match(detail.Serial, /^[0-9a-f]{2}(:[0-9a-f]{2})+$/);
      assert.equal(detail.Subject, "CN=app.corp.internal");
      assert.equal(detail.Issuer, "Example Corp");
      assert.equal(detail.KeyAlgorithm, "EC-prime256v1");
      assert.equal(detail.SignatureAlgorithm, "SHA256WITHECDSA");
      assert.deepEqual(detail.KeyUsages, [{ Name: "DIGITAL_SIGNATURE" }, { Name: "KEY_ENCIPHERMENT" }]);
      assert.deepEqual(detail.ExtendedKeyUsages, [
        { Name: "TLS_WEB_SERVER_AUTHENTICATION", OID: "1.3.6.1.5.5.7.3.1" },
        { Name: "TLS_WEB_CLIENT_AUTHENTICATION", OID: "1.3.6.1.5.5.7.3.2" }]);
      assert.equal(detail.CertificateAuthorityArn, ca);
      assert.equal(detail.RenewalEligibility, "INELIGIBLE");
      assert.equal(detail.RenewalSummary, undefined);
      assert.equal(detail.DomainValidationOptions, undefined);
      assert.deepEqual(detail.InUseBy, []);
      assert.deepEqual(detail.Options,
        { CertificateTransparencyLoggingPreference: "DISABLED", Export: "DISABLED" });
      assert.ok(Math.abs(detail.IssuedAt - detail.NotBefore - 3600_000) < 2000);
      const months = (detail.NotAfter.getUTCFullYear() - detail.IssuedAt.getUTCFullYear()) * 12 +
        detail.NotAfter.getUTCMonth() - detail.IssuedAt.getUTCMonth();
      assert.equal(months, 13);
    });

    test("refuses what it does not find and what is no certificate", async () => {
      await refused(look(acm, unknown), "ResourceNotFoundException",
        new RegExp(`^Could not find certificate ${unknown} in account ${account}\\.$`));
      await refused(look(acm, notACertificate), "InvalidArnException");
      await refused(look(acm, "arn:aws:acm:too:short"), "ValidationException");
    });

    test("knows the certificates of its own region only", async () => {
      const arn = await issued(acm, ca);
      await refused(look(everseal.acm({ region: "us-west-2" }), arn), "ResourceNotFoundException");
    });

    test("lets the waiter for failed requests end", async () => {
      const arn = await request(acm, ca, { KeyAlgorithm: "RSA_2048" });
      await settled(acm, arn);
      await assert.rejects(waitUntilCertificateValidated(
        { client: acm, minDelay: 1, maxDelay: 1, maxWaitTime: 10 }, { CertificateArn: arn }),
        /FAILURE|FAILED/);
    });
  });

  describe("GetCertificate", () => {
    test("gives a chain that OpenSSL verifies", async () => {
      const { Certificate, CertificateChain } =
        await acm.send(new GetCertificateCommand({ CertificateArn: await issued(acm, ca) }));
      assert.match(judge("openssl", ["verify", "-CAfile", "root.pem", "leaf.pem"],
        { "root.pem": CertificateChain, "leaf.pem": Certificate }), /OK/);
    });

    test("refuses what is unknown or failed", async () => {
      const get = (CertificateArn) => acm.send(new GetCertificateCommand({ CertificateArn }));
      await refused(get(unknown), "ResourceNotFoundException");
      await refused(get(notACertificate), "InvalidArnException");
      const failed = await request(acm, ca, { KeyAlgorithm: "RSA_2048" });
      await settled(acm, failed);
      await refused(get(failed), "ValidationException", /PCA_INVALID_ARGS/);
    });
  });

  describe("ExportCertificate", () => {
    const octets = (first, last) =>
      Buffer.from(Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((octet) => octet !== 10));
    for (const [what, passphrase] of [
      ["words", Buffer.from("correct horse")], ["a trailing newline", Buffer.from("secret\n")],
      ["signs that AWS refuses", Buffer.from("#$%^")], ["the longest", Buffer.alloc(128, "x")],
      ["UTF-8", Buffer.from("пароль")], ["octets 1 to 127 but LF", octets(1, 127)],
      ["octets 128 to 255", octets(128, 255)]]) {
      test(`encrypts the key under a passphrase of ${what}, and OpenSSL opens it`, async () => {
        const arn = await issued(acm, ca);
        const { Certificate, CertificateChain, PrivateKey } = await exported(acm, arn, passphrase);
        assert.match(PrivateKey, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
        assert.match(CertificateChain, /END CERTIFICATE-----\n$/);
        // What openssl reads from a file ends with its first line, so a newline is given by -passin env.
        const pass = passphrase.includes(10)
          ? ["-passin", `pass:${passphrase.toString()}`] : ["-passin", "file:pass"];
        const key = judge("openssl", ["pkey", "-in", "key.pem", "-pubout", ...pass],
          { "key.pem": PrivateKey, pass: passphrase });
        assert.equal(key, judge("openssl", ["x509", "-in", "leaf.pem", "-noout", "-pubkey"], { "leaf.pem": Certificate }));
      });
    }

    test("uses the parameters of AWS", async () => {
      const { PrivateKey } = await exported(acm, await issued(acm, ca));
      const parsed = judge("openssl", ["asn1parse", "-in", "key.pem"], { "key.pem": PrivateKey });
      for (const part of [/PBES2/, /PBKDF2/, /INTEGER\s+:0800/, /aes-256-cbc/]) assert.match(parsed, part);
      assert.match(parsed, /l=\s*20 prim: OCTET STRING/);
      assert.doesNotMatch(parsed, /hmac/i);
    });

    test("makes the certificate eligible for renewal", async () => {
      const arn = await issued(acm, ca);
      await exported(acm, arn);
      assert.equal((await look(acm, arn)).RenewalEligibility, "ELIGIBLE");
    });

    test("refuses passphrases that are too short or too long", async () => {
      const arn = await issued(acm, ca);
      await refused(exported(acm, arn, "abc"), "ValidationException", /passphrase/);
      const error = await refused(exported(acm, arn, "q".repeat(129)), "ValidationException", /passphrase/);
      assert.doesNotMatch(error.message, /qqq/);
      assert.doesNotMatch(error.message, new RegExp(Buffer.from("qqq").toString("base64")));
    });

    test("refuses what is unknown or no certificate", async () => {
      await refused(exported(acm, unknown), "ResourceNotFoundException");
      await refused(exported(acm, notACertificate), "InvalidArnException");
    });
  });

  describe("DeleteCertificate", () => {
    test("takes it away", async () => {
      const CertificateArn = await issued(acm, ca);
      await acm.send(new DeleteCertificateCommand({ CertificateArn }));
      await refused(look(acm, CertificateArn), "ResourceNotFoundException");
      await refused(acm.send(new DeleteCertificateCommand({ CertificateArn })), "ResourceNotFoundException");
      await refused(acm.send(new DeleteCertificateCommand({ CertificateArn: notACertificate })), "InvalidArnException");
    });
  });

  describe("tags", () => {
    const tags = async (CertificateArn) =>
      (await acm.send(new ListTagsForCertificateCommand({ CertificateArn }))).Tags
        .map(({ Key, Value }) => `${Key}=${Value}`).sort();

    test("come with the request, are added, overwritten and removed", async () => {
      const CertificateArn = await request(acm, ca, { Tags: [{ Key: "team", Value: "web" }] });
      assert.deepEqual(await tags(CertificateArn), ["team=web"]);
      await acm.send(new AddTagsToCertificateCommand({
        CertificateArn, Tags: [{ Key: "team", Value: "db" }, { Key: "stage", Value: "prod" }] }));
      assert.deepEqual(await tags(CertificateArn), ["stage=prod", "team=db"]);
      await acm.send(new RemoveTagsFromCertificateCommand({
        CertificateArn, Tags: [{ Key: "team", Value: "web" }, { Key: "stage" }] }));
      assert.deepEqual(await tags(CertificateArn), ["team=db"]);
    });

    test("are refused when reserved, too many, malformed or on nothing", async () => {
      const CertificateArn = await request(acm, ca);
      const add = (Tags, arn = CertificateArn) =>
        acm.send(new AddTagsToCertificateCommand({ CertificateArn: arn, Tags }));
      const many = (from) => Array.from({ length: 40 }, (_, i) => ({ Key: `k${from + i}`, Value: "v" }));
      await refused(add([{ Key: "aws:x" }]), "InvalidTagException");
      await add(many(0));
      await refused(add(many(40)), "TooManyTagsException");
      await refused(add([{ Key: "a<b" }]), "ValidationException");
      await refused(add([]), "ValidationException");
      await refused(add([{ Key: "x" }], unknown), "ResourceNotFoundException");
      await refused(add([{ Key: "x" }], notACertificate), "InvalidArnException");
      await refused(acm.send(new RemoveTagsFromCertificateCommand({
        CertificateArn: unknown, Tags: [{ Key: "x" }] })), "ResourceNotFoundException");
      await refused(tags(unknown), "ResourceNotFoundException");
    });
  });

  describe("account configuration", () => {
    const put = (DaysBeforeExpiry, IdempotencyToken) => acm.send(new PutAccountConfigurationCommand({
      ExpiryEvents: { DaysBeforeExpiry }, IdempotencyToken }));
    const days = async () =>
      (await acm.send(new GetAccountConfigurationCommand({}))).ExpiryEvents.DaysBeforeExpiry;

    test("is 45 days, and what somebody chose", async () => {
      assert.equal(await days(), 45);
      await put(30, "first");
      assert.equal(await days(), 30);
      await put(20, "first");
      assert.equal(await days(), 30);
      await refused(put(0, "second"), "ValidationException");
      await refused(put(10, "not a token"), "ValidationException");
    });
  });

  describe("UpdateCertificateOptions", () => {
    const update = (CertificateArn, Options) =>
      acm.send(new UpdateCertificateOptionsCommand({ CertificateArn, Options }));

    test("keeps the preference", async () => {
      const arn = await issued(acm, ca);
      await update(arn, { CertificateTransparencyLoggingPreference: "ENABLED" });
      assert.equal((await look(acm, arn)).Options.CertificateTransparencyLoggingPreference, "ENABLED");
      await refused(update(arn, { Export: "ENABLED" }), "ValidationException");
      await refused(update(unknown, {}), "ResourceNotFoundException");
      await refused(update(notACertificate, {}), "InvalidArnException");
      const failed = await request(acm, ca, { KeyAlgorithm: "RSA_2048" });
      await settled(acm, failed);
      await refused(update(failed, {}), "InvalidStateException");
    });
  });

  describe("ImportCertificate", () => {
    const files = judge("sh", ["-c",
      `exec 2>/dev/null
       openssl ecparam -name prime256v1 -genkey -out key.pem
       openssl req -x509 -new -key key.pem -days 30 -subj /CN=old.corp.internal -addext subjectAltName=DNS:old.corp.internal -out one.pem
       openssl ecparam -name prime256v1 -genkey -out key2.pem
       openssl req -x509 -new -key key2.pem -days 60 -subj /CN=old.corp.internal -addext subjectAltName=DNS:old.corp.internal,DNS:new.corp.internal -out two.pem
       openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa-key.pem -days 30 -subj /CN=old.corp.internal -out rsa.pem
       openssl x509 -in one.pem -outform DER | base64 -w0 > one.der
       for f in key one key2 two rsa-key rsa; do cat $f.pem; echo @@; done; cat one.der`]).split("@@\n");
    const [key, one, key2, two, rsaKey, rsa, der] = files;
    const put = (Certificate, PrivateKey, options = {}) => acm.send(new ImportCertificateCommand({
      Certificate: Buffer.from(Certificate), PrivateKey: Buffer.from(PrivateKey), ...options }))
      .then((answer) => answer.CertificateArn);

    test("takes what OpenSSL made, EC PARAMETERS and all, and its successor", async () => {
      assert.match(key, /EC PARAMETERS/);
      const arn = await put(one, key, { Tags: [{ Key: "team", Value: "web" }] });
      const before = await look(acm, arn);
      assert.equal(before.Type, "IMPORTED");
      assert.equal(before.Status, "ISSUED");
      assert.ok(before.ImportedAt instanceof Date);
      assert.equal(await put(two, key2, { CertificateArn: arn }), arn);
      const after = await look(acm, arn);
      assert.notEqual(after.Serial, before.Serial);
      assert.deepEqual(after.SubjectAlternativeNames, ["old.corp.internal", "new.corp.internal"]);
      await refused(put(rsa, rsaKey, { CertificateArn: arn }), "ValidationException", /type and size/);
      await refused(exported(acm, arn), "ValidationException", /imported/);
      await refused(acm.send(new RenewCertificateCommand({ CertificateArn: arn })), "ValidationException");
    });

    test("refuses what does not belong together", async () => {
      await refused(put(one, key2), "ValidationException", /does not match/);
      await refused(put(Buffer.from(der, "base64"), key), "ValidationException", /PEM/);
      await refused(put(one, key, { CertificateChain: Buffer.from(two) }), "ValidationException", /index/);
      await refused(put(one + two, key), "ValidationException", /more than one/);
      await refused(put(one, key, { CertificateArn: unknown }), "ResourceNotFoundException");
      await refused(put(one, key, { CertificateArn: notACertificate }), "InvalidArnException");
      await refused(put(one, key, { CertificateArn: unknown, Tags: [{ Key: "x" }] }), "InvalidParameterException");
      await refused(put(one, "x".repeat(5121)), "ValidationException", /privateKey/);
    });
  });

  describe("the rights of a user", () => {
    async function user(UserName, ...statements) {
      const iam = everseal.iam();
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: JSON.stringify({
        Version: "2012-10-17", Statement: statements.map((statement) => ({ Effect: "Allow", Resource: "*", ...statement })) }) }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      return everseal.acm({ credentials: {
        accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    }

    test("who may not export is told so", async () => {
      const arn = await issued(acm, ca);
      const reader = await user("reader", { Action: ["acm:Describe*", "acm:GetCertificate"] });
      assert.equal((await look(reader, arn)).Status, "ISSUED");
      await refused(exported(reader, arn), "AccessDeniedException", /acm:ExportCertificate/);
      assert.equal((await look(acm, arn)).RenewalEligibility, "INELIGIBLE");
    });

    test("who requests must be allowed to issue from the CA", async () => {
      const without = await user("without", { Action: "acm:*" });
      await refused(request(without, ca), "AccessDeniedException", /acm-pca:IssueCertificate/);
      const withRights = await user("with", { Action: "acm:*" },
        { Action: ["acm-pca:IssueCertificate", "acm-pca:GetCertificate"], Resource: ca });
      assert.equal((await settled(withRights, await request(withRights, ca))).Status, "ISSUED");
    });

    test("policies may look at names, keys and tags", async () => {
      const allowed = await user("names", { Action: "acm-pca:*" }, { Action: "acm:RequestCertificate", Condition: {
        "ForAllValues:StringLike": { "acm:DomainNames": ["*.web.internal"] },
        StringEquals: { "acm:KeyAlgorithm": "EC_prime256v1", "aws:RequestTag/team": "web" } } });
      const Tags = [{ Key: "team", Value: "web" }];
      assert.ok(await request(allowed, ca, { DomainName: "a.web.internal", Tags }));
      await refused(request(allowed, ca, { DomainName: "a.db.internal", Tags }), "AccessDeniedException");
      await refused(request(allowed, ca, { DomainName: "a.web.internal" }), "AccessDeniedException");
      const tagged = await issued(acm, ca, { Tags });
      const byTag = await user("tags", { Action: "acm:DescribeCertificate",
        Condition: { StringEquals: { "aws:ResourceTag/team": "web" } } });
      assert.equal((await look(byTag, tagged)).Status, "ISSUED");
      await refused(look(byTag, await issued(acm, ca)), "AccessDeniedException");
    });
  });
});
