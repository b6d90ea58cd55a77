// What Private CA refuses, operation by operation, as the classes that the AWS SDK has for the errors
// of the model; also what no caller brings about: a CA whose key is still being made, a full one.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as sdk from "@aws-sdk/client-acm-pca";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { request, settled } from "./acm.mjs";
import {
  activeRoot, certificateOf, create, createBucket, crlIn, csrFor, csrOf, days, idOf, install, issue, letPrivateCaWrite,
  look, order, revoke, unknown, uuid,
} from "./acm_pca.mjs";
import { Everseal, account, damage, refused, refusedAs, region } from "./harness.mjs";

const { InvalidArnException, InvalidRequestException, InvalidStateException, InvalidTagException,
  LimitExceededException, MalformedCSRException, RequestInProgressException, ResourceNotFoundException } = sdk;
const Tags = [{ Key: "team", Value: "web" }];
const Principal = "acm.amazonaws.com";
const csr = csrFor("/CN=app.corp.internal");

// Each operation on a CA, with what it needs besides its ARN.
const onOne = {
  CreateCertificateAuthorityAuditReport: { S3BucketName: "a-bucket", AuditReportResponseFormat: "JSON" },
  CreatePermission: { Principal, Actions: ["IssueCertificate"] },
  DeleteCertificateAuthority: {},
  DeletePermission: { Principal },
  DescribeCertificateAuthority: {},
  DescribeCertificateAuthorityAuditReport: { AuditReportId: uuid },
  GetCertificate: { CertificateArn: `${unknown}/certificate/0a1b` },
  GetCertificateAuthorityCertificate: {},
  GetCertificateAuthorityCsr: {},
  ImportCertificateAuthorityCertificate: { Certificate: Buffer.from("x") },
  IssueCertificate: { Csr: Buffer.from(csr), SigningAlgorithm: "SHA256WITHECDSA", Validity: days(1) },
  ListPermissions: {},
  ListTags: {},
  RestoreCertificateAuthority: {},
  RevokeCertificate: { CertificateSerial: "0a1b", RevocationReason: "SUPERSEDED" },
  TagCertificateAuthority: { Tags },
  UntagCertificateAuthority: { Tags },
  UpdateCertificateAuthority: { Status: "DISABLED" },
};
const call = (client, operation, input) => client.send(new sdk[`${operation}Command`](input));

describe("Private CA", () => {
  let everseal, pca, root;
  before(async () => {
    everseal = await Everseal.start();
    pca = everseal.pca();
    root = await activeRoot(pca);
  });
  after(() => everseal?.stop());
  const is = (operation, input, Modelled, words) => refusedAs(call(pca, operation, input), Modelled, 400, words);

  for (const [operation, more] of Object.entries(onOne)) {
    test(`${operation} refuses what is not there, and what is no CA`, async () => {
      const of = (CertificateAuthorityArn) => ({ ...more, CertificateAuthorityArn });
      await is(operation, of(unknown), ResourceNotFoundException,
        new RegExp(`^Could not find certificate authority ${unknown}\\.$`));
      for (const arn of [`${unknown}/certificate/0a`, unknown.replace(region, "us-east-1")]) {
        await is(operation, of(arn), InvalidArnException, /^Not a valid arn\.$/);
      }
      await refused(call(pca, operation, of("nonsense")), "ValidationException",
        /'certificateAuthorityArn' failed to satisfy constraint/);
    });
  }

  test("refuses each operation to who may none", async () => {
    const iam = everseal.iam();
    await iam.send(new CreateUserCommand({ UserName: "nobody" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "nobody" }));
    const nobody = everseal.pca({ credentials: {
      accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const all = { ...onOne, ListCertificateAuthorities: {}, CreateCertificateAuthority: {
      CertificateAuthorityType: "ROOT",
      CertificateAuthorityConfiguration: (await look(pca, root)).CertificateAuthorityConfiguration } };
    for (const [operation, more] of Object.entries(all)) {
      await refused(call(nobody, operation, { ...more, CertificateAuthorityArn: root }), "AccessDeniedException",
        new RegExp(`^User: arn:aws:iam::${account}:user/nobody is not authorized to perform: acm-pca:${operation} on resource: `));
    }
  });

  test("revokes and issues nothing by a CA that waits for its certificate, or is deleted", async () => {
    const CertificateAuthorityArn = await create(pca);
    const refusedNow = async () => {
      await refusedAs(revoke(pca, CertificateAuthorityArn, "0a1b"), InvalidStateException, 400,
        /is not in the correct state to revoke certificates\.$/);
      await is("IssueCertificate", order(CertificateAuthorityArn, csr), InvalidStateException,
        /^The certificate authority is not in a valid state for issuing certificates$/);
    };
    await refusedNow();
    await is("GetCertificate", { CertificateAuthorityArn, CertificateArn: `${CertificateAuthorityArn}/certificate/0a1b` },
      InvalidStateException, /is not in the correct state to have issued certificates\.$/);
    await call(pca, "DeleteCertificateAuthority", { CertificateAuthorityArn });
    await refusedNow();
    await is("GetCertificateAuthorityCsr", { CertificateAuthorityArn }, InvalidStateException);
  });

  test("says of an ACTIVE CA what it cannot do with it", async () => {
    await is("DeleteCertificateAuthority", { CertificateAuthorityArn: root }, InvalidStateException,
      /^The certificate authority is not in a valid state for deletion\.$/);
    await is("RestoreCertificateAuthority", { CertificateAuthorityArn: root }, InvalidStateException,
      /is not in a valid state for restoration\.$/);
    await is("IssueCertificate", order(root, "-----BEGIN CERTIFICATE REQUEST-----\n"), MalformedCSRException);
    await refusedAs(revoke(pca, root, "no serial"), InvalidRequestException, 400);
  });

  test("refuses tags whose key is reserved or given twice", async () => {
    for (const Tags of [[{ Key: "aws:x" }], [{ Key: "team" }, { Key: "team" }]]) {
      for (const operation of ["TagCertificateAuthority", "UntagCertificateAuthority"]) {
        await is(operation, { CertificateAuthorityArn: root, Tags }, InvalidTagException);
      }
    }
  });
});

describe("Private CA, restarted with", () => {
  let everseal;
  before(async () => { everseal = await Everseal.start({ data: true }); });
  after(() => everseal?.stop());

  test("a CA whose key is being made, has no CSR yet and takes no certificate", async () => {
    let pca = everseal.pca();
    const CertificateAuthorityArn = await create(pca);
    const own = await certificateOf(pca, await activeRoot(pca));
    await everseal.restart(() => damage(everseal,
      `UPDATE acmpca_certificate_authority SET status = 'CREATING' WHERE arn = '${CertificateAuthorityArn}'`));
    pca = everseal.pca();
    assert.equal((await look(pca, CertificateAuthorityArn)).Status, "CREATING");
    const words = new RegExp(`^The request for ${CertificateAuthorityArn} is still being processed\\.$`);
    await refusedAs(csrOf(pca, CertificateAuthorityArn), RequestInProgressException, 400, words);
    await refusedAs(install(pca, CertificateAuthorityArn, own), RequestInProgressException, 400, words);
    const waited = await sdk.waitForCertificateAuthorityCSRCreated(
      { client: pca, maxWaitTime: 2, minDelay: 1, maxDelay: 1 }, { CertificateAuthorityArn });
    assert.equal(waited.state, "TIMEOUT");
    await call(pca, "DeleteCertificateAuthority", { CertificateAuthorityArn });
    await refusedAs(call(pca, "RestoreCertificateAuthority", { CertificateAuthorityArn }), InvalidStateException, 400);
  });

  test("a report that could not be written, ends the waiter", async () => {
    const CertificateAuthorityArn = await activeRoot(everseal.pca());
    await createBucket(everseal.s3(), "audit-reports");
    await letPrivateCaWrite(everseal.s3(), "audit-reports");
    const { AuditReportId } = await call(everseal.pca(), "CreateCertificateAuthorityAuditReport",
      { CertificateAuthorityArn, S3BucketName: "audit-reports", AuditReportResponseFormat: "JSON" });
    const end = (maxWaitTime) => sdk.waitForAuditReportCreated(
      { client: everseal.pca(), maxWaitTime, minDelay: 1, maxDelay: 1 }, { CertificateAuthorityArn, AuditReportId });
    assert.equal((await end(30)).state, "SUCCESS");
    for (const [status, wait, state] of [["CREATING", 2, "TIMEOUT"], ["FAILED", 30, "FAILURE"]]) {
      await everseal.restart(() => damage(everseal,
        `UPDATE acmpca_audit_report SET status = '${status}' WHERE id = '${AuditReportId}'`));
      assert.equal((await end(wait)).state, state);
    }
  });

  test("a CA that issued as many as its CRL has room for, issues none, also not by ACM", async () => {
    let pca = everseal.pca();
    await createBucket(everseal.s3(), "full-crls");
    await letPrivateCaWrite(everseal.s3(), "full-crls");
    const ca = await activeRoot(pca, crlIn("full-crls"));
    await issue(pca, ca, csr);
    await everseal.restart(() => damage(everseal, "UPDATE acmpca_crl SET certificates = 999999 WHERE ca = " +
      `(SELECT id FROM acmpca_certificate_authority WHERE arn LIKE '%${idOf(ca)}')`));
    pca = everseal.pca();
    await issue(pca, ca, csr);
    await refusedAs(call(pca, "IssueCertificate", order(ca, csr)), LimitExceededException, 400,
      /has issued as many certificates as it may with CRLs of this type\.$/);
    const acm = everseal.acm();
    const { Status, FailureReason } = await settled(acm, await request(acm, ca));
    assert.deepEqual({ Status, FailureReason }, { Status: "FAILED", FailureReason: "PCA_LIMIT_EXCEEDED" });
  });
});
