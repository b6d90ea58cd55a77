// What ACM refuses, operation by operation, as the classes that the AWS SDK has for the errors of the
// model; and RevokeCertificate.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as sdk from "@aws-sdk/client-acm";
import { DeleteCertificateAuthorityCommand, UpdateCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { exported, issued, look, newCa, notACertificate, request, settled, unknown } from "./acm.mjs";
import { Everseal, account, judge, refusedAs } from "./harness.mjs";

const { AccessDeniedException, ConflictException, InvalidArnException, InvalidParameterException, InvalidStateException,
  InvalidTagException, ResourceNotFoundException, TooManyTagsException, ValidationException } = sdk;
const Tags = [{ Key: "team", Value: "web" }];

let everseal, acm, pca, ca;
before(async () => {
  everseal = await Everseal.start();
  [acm, pca] = [everseal.acm(), everseal.pca()];
  ca = await newCa(pca);
});
after(() => everseal?.stop());

const send = (operation, input, client = acm) => client.send(new sdk[`${operation}Command`](input));
const is = (operation, input, Modelled, words) => refusedAs(send(operation, input), Modelled, 400, words);

// Each operation on a certificate, with what it needs besides its ARN.
const onOne = {
  AddTagsToCertificate: { Tags },
  DeleteCertificate: {},
  DescribeCertificate: {},
  ExportCertificate: { Passphrase: Buffer.from("correct horse") },
  GetCertificate: {},
  ListTagsForCertificate: {},
  RemoveTagsFromCertificate: { Tags },
  RenewCertificate: {},
  RevokeCertificate: { RevocationReason: "SUPERSEDED" },
  UpdateCertificateOptions: { Options: {} },
};

describe("Each operation on a certificate", () => {
  for (const [operation, more] of Object.entries(onOne)) {
    test(`${operation} refuses what is not there, and what is none`, async () => {
      await is(operation, { ...more, CertificateArn: unknown }, ResourceNotFoundException,
        new RegExp(`^Could not find certificate ${unknown} in account ${account}\\.$`));
      await is(operation, { ...more, CertificateArn: notACertificate }, InvalidArnException);
      await is(operation, { ...more, CertificateArn: "arn:aws:acm:too:short" }, ValidationException,
        /^1 validation error detected: Value '.*' at 'certificateArn' failed to satisfy constraint/);
    });
  }
});

test("The waiter for validated certificates ends where there is none", async () => {
  const { state, reason } = await sdk.waitForCertificateValidated(
    { client: acm, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { CertificateArn: unknown });
  assert.deepEqual([state, reason.name], ["FAILURE", "ResourceNotFoundException"]);
});

test("Each operation is for those who may", async () => {
  const iam = everseal.iam();
  await iam.send(new CreateUserCommand({ UserName: "nobody" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "nobody" }));
  const nobody = everseal.acm({ credentials: {
    accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
  const CertificateArn = await issued(acm, ca);
  const all = { ...Object.fromEntries(Object.entries(onOne).map(([name, more]) => [name, { ...more, CertificateArn }])),
    GetAccountConfiguration: {}, ListCertificates: {},
    ImportCertificate: { Certificate: Buffer.from("x"), PrivateKey: Buffer.from("x") },
    PutAccountConfiguration: { IdempotencyToken: "t" },
    RequestCertificate: { DomainName: "app.corp.internal", CertificateAuthorityArn: ca } };
  for (const [operation, input] of Object.entries(all)) {
    await refusedAs(send(operation, input, nobody), AccessDeniedException, 400, new RegExp(
      `^User: arn:aws:iam::${account}:user/nobody is not authorized to perform: acm:${operation} on resource: `));
  }
  assert.equal((await look(acm, CertificateArn)).Status, "ISSUED");
});

test("A certificate whose request failed has no options, and nothing that could be revoked", async () => {
  const pending = await newCa(pca, { install: false });
  const CertificateArn = await request(acm, pending);
  await settled(acm, CertificateArn);
  await is("UpdateCertificateOptions", { CertificateArn, Options: {} }, InvalidStateException);
  await is("RevokeCertificate", { CertificateArn, RevocationReason: "SUPERSEDED" }, ValidationException, /is FAILED/);
});

describe("Tags", () => {
  test("are refused where they are reserved, given twice or too many", async () => {
    const CertificateArn = await issued(acm, ca);
    const reserved = [{ Key: "aws:x", Value: "y" }];
    const twice = [{ Key: "team" }, { Key: "Team" }];
    for (const Tags of [reserved, twice]) {
      await is("AddTagsToCertificate", { CertificateArn, Tags }, InvalidTagException);
      await is("RequestCertificate", { DomainName: "app.corp.internal", CertificateAuthorityArn: ca, Tags }, InvalidTagException);
    }
    await send("AddTagsToCertificate", { CertificateArn, Tags: Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}` })) });
    await is("AddTagsToCertificate", { CertificateArn, Tags }, TooManyTagsException, /at most 50 tags/);
  });

  test("come with an imported certificate only when it is new", async () => {
    const [Certificate, PrivateKey] = judge("sh", ["-c", `exec 2>/dev/null
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -days 30 \\
        -subj /CN=old.corp.internal -addext subjectAltName=DNS:old.corp.internal -out one.pem
      cat one.pem; echo @@; cat key.pem`]).split("@@\n").map((pem) => Buffer.from(pem));
    const pair = { Certificate, PrivateKey };
    await is("ImportCertificate", { ...pair, Tags: [{ Key: "aws:x" }] }, InvalidTagException, /reserved/);
    const { CertificateArn } = await send("ImportCertificate", { ...pair, Tags });
    await is("ImportCertificate", { ...pair, Tags, CertificateArn }, InvalidParameterException);
    await is("RevokeCertificate", { CertificateArn, RevocationReason: "SUPERSEDED" }, ValidationException, /was imported/);
  });
});

describe("RevokeCertificate", () => {
  const revoke = (CertificateArn, RevocationReason = "KEY_COMPROMISE") =>
    send("RevokeCertificate", { CertificateArn, RevocationReason });
  const handedOut = async (authority) => {
    const arn = await issued(acm, authority);
    await exported(acm, arn);
    return arn;
  };

  test("ends a certificate that was exported, once", async () => {
    const arn = await handedOut(ca);
    assert.equal((await revoke(arn, "SUPERSEDED")).CertificateArn, arn);
    const { Status, RevokedAt, RevocationReason, RenewalEligibility } = await look(acm, arn);
    assert.deepEqual({ Status, RevocationReason, RenewalEligibility },
      { Status: "REVOKED", RevocationReason: "SUPERSEDED", RenewalEligibility: "INELIGIBLE" });
    assert.ok(RevokedAt instanceof Date);
    await refusedAs(revoke(arn), ConflictException, 400, new RegExp(`^Certificate ${arn} is revoked\\.$`));
    await is("RenewCertificate", { CertificateArn: arn }, ValidationException);
  });

  test("refuses reasons that are not for good, and certificates that nobody else has", async () => {
    const arn = await handedOut(ca);
    for (const reason of ["CERTIFICATE_HOLD", "REMOVE_FROM_CRL"]) {
      await refusedAs(revoke(arn, reason), ValidationException, 400, new RegExp(`^${reason} is not a reason`));
    }
    await refusedAs(revoke(arn, "BOREDOM"), ValidationException, 400, /'revocationReason'/);
    await refusedAs(revoke(await issued(acm, ca)), ValidationException, 400, /has not been exported/);
    assert.equal((await look(acm, arn)).Status, "ISSUED");
  });

  test("is in conflict with a CA that does not revoke any more", async () => {
    const CertificateAuthorityArn = await newCa(pca);
    const [first, second] = [await handedOut(CertificateAuthorityArn), await handedOut(CertificateAuthorityArn)];
    await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, Status: "DISABLED" }));
    await revoke(first);
    await pca.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn }));
    await refusedAs(revoke(second), ConflictException, 400,
      /^The certificate authority cannot revoke certificates now\.$/);
    assert.equal((await look(acm, second)).Status, "ISSUED");
  });
});
