// Audit reports: what a CA issued, as JSON and CSV in a bucket, by the SDK with its waiter and by
// the aws CLI.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  CreateCertificateAuthorityAuditReportCommand, DescribeCertificateAuthorityAuditReportCommand,
  waitUntilAuditReportCreated,
} from "@aws-sdk/client-acm-pca";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import {
  activeRoot, create, createBucket, csrFor, idOf, issue, letPrivateCaWrite, readObject, revoke,
  serialOf, unknown, uuid,
} from "./acm_pca.mjs";
import { account, Everseal, refused, until } from "./harness.mjs";

const bucket = "example-audit-bucket";
const header = "awsAccountId,requestedByServicePrincipal,certificateArn,serial,subject,notBefore,notAfter,"
  + "issuedAt,revokedAt,revocationReason,templateArn";
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/;
const colons = (serial) => serial.toLowerCase().match(/../g).join(":");

let everseal, pca, s3;
before(async () => {
  everseal = await Everseal.start({ clock: "virtual" });
  pca = everseal.pca();
  s3 = everseal.s3();
  await createBucket(s3, bucket);
  await letPrivateCaWrite(s3, bucket);
});
after(() => everseal.stop());

const ask = (CertificateAuthorityArn, AuditReportResponseFormat = "JSON", S3BucketName = bucket) =>
  pca.send(new CreateCertificateAuthorityAuditReportCommand({
    CertificateAuthorityArn, S3BucketName, AuditReportResponseFormat }));
const look = (CertificateAuthorityArn, AuditReportId) =>
  pca.send(new DescribeCertificateAuthorityAuditReportCommand({ CertificateAuthorityArn, AuditReportId }));
const made = (CertificateAuthorityArn, AuditReportId) => waitUntilAuditReportCreated(
  { client: pca, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { CertificateAuthorityArn, AuditReportId });
const read = async (key) => (await readObject(s3, bucket, key)).toString();

describe("CreateCertificateAuthorityAuditReport", () => {
  test("puts what became of each certificate into the bucket, as JSON and then as CSV", async () => {
    const ca = await activeRoot(pca);
    const good = await issue(pca, ca, csrFor("/C=US/O=Example, Corp/CN=good.internal"));
    const bad = await issue(pca, ca, csrFor("/CN=bad.internal"));
    await revoke(pca, ca, serialOf(bad.Certificate), "SUPERSEDED");

    const asked = await ask(ca);
    assert.equal(asked.S3Key, `audit-report/${idOf(ca)}/${asked.AuditReportId}.json`);
    assert.equal((await made(ca, asked.AuditReportId)).state, "SUCCESS");
    const described = await look(ca, asked.AuditReportId);
    assert.equal(described.AuditReportStatus, "SUCCESS");
    assert.equal(described.S3BucketName, bucket);
    assert.equal(described.S3Key, asked.S3Key);
    assert.ok(described.CreatedAt instanceof Date);
    assert.equal((await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: asked.S3Key }))).ContentType, "application/json");

    const report = JSON.parse(await read(asked.S3Key));
    assert.equal(report.length, 3);
    const entry = (issued) => report.find(({ certificateArn }) => certificateArn === issued.CertificateArn);
    const { notBefore, notAfter, issuedAt, revokedAt, ...rest } = entry(bad);
    for (const time of [notBefore, notAfter, issuedAt, revokedAt]) assert.match(time, moment);
    assert.deepEqual(rest, { awsAccountId: account, certificateArn: bad.CertificateArn,
      serial: colons(serialOf(bad.Certificate)), subject: "CN=bad.internal", revocationReason: "SUPERSEDED",
      templateArn: "arn:aws:acm-pca:::template/EndEntityCertificate/V1" });
    assert.equal(entry(good).subject, "CN=good.internal,O=Example\\, Corp,C=US");
    assert.ok(!("revokedAt" in entry(good)) && !("revocationReason" in entry(good)));
    assert.ok(report.some(({ templateArn }) => templateArn.endsWith("RootCACertificate/V1")));

    await refused(ask(ca, "CSV"), "RequestInProgressException");
    everseal.advance("30m");
    const csv = await ask(ca, "CSV");
    assert.match(csv.S3Key, /\.csv$/);
    await made(ca, csv.AuditReportId);
    const lines = (await read(csv.S3Key)).split("\n");
    assert.equal(lines[0], header);
    assert.equal(lines.length, 5);
    assert.ok(lines.includes([account, "", bad.CertificateArn, rest.serial, '"CN=bad.internal"', notBefore, notAfter,
      issuedAt, revokedAt, "SUPERSEDED", rest.templateArn].join(",")));
  });

  test("shows certificates that ACM has renewed as the service's", async () => {
    const ca = await activeRoot(pca);
    everseal.aws("acm-pca", "create-permission", "--certificate-authority-arn", ca, "--principal", "acm.amazonaws.com",
      "--actions", "IssueCertificate", "GetCertificate", "ListPermissions");
    const { CertificateArn } = await everseal.acm().send(new RequestCertificateCommand({
      DomainName: "app.corp.internal", CertificateAuthorityArn: ca, KeyAlgorithm: "EC_prime256v1" }));
    const describeIt = () => everseal.aws("acm", "describe-certificate", "--certificate-arn", CertificateArn).Certificate;
    await until(async () => describeIt().Status, (status) => status === "ISSUED", "the certificate");
    everseal.aws("acm", "export-certificate", "--certificate-arn", CertificateArn, "--passphrase", "c2VjcmV0");
    everseal.advance("345d");
    const asked = await ask(ca);
    await made(ca, asked.AuditReportId);
    const report = JSON.parse(await read(asked.S3Key));
    const renewed = report.filter((entry) => entry.requestedByServicePrincipal === "acm.amazonaws.com");
    assert.ok(renewed.length >= 1, JSON.stringify(report));
    for (const entry of renewed) assert.equal(entry.awsAccountId, account);
  });

  test("works by the aws CLI and its waiter", async () => {
    const ca = await activeRoot(pca);
    const { AuditReportId, S3Key } = everseal.aws("acm-pca", "create-certificate-authority-audit-report",
      "--certificate-authority-arn", ca, "--s3-bucket-name", bucket, "--audit-report-response-format", "JSON");
    everseal.aws("acm-pca", "wait", "audit-report-created", "--certificate-authority-arn", ca,
      "--audit-report-id", AuditReportId);
    assert.equal(everseal.aws("acm-pca", "describe-certificate-authority-audit-report",
      "--certificate-authority-arn", ca, "--audit-report-id", AuditReportId).AuditReportStatus, "SUCCESS");
    assert.equal(JSON.parse(everseal.awsText("s3", "cp", `s3://${bucket}/${S3Key}`, "-")).length, 1);
  });

  test("refuses what cannot become a report", async () => {
    const ca = await activeRoot(pca);
    await refused(ask(unknown), "ResourceNotFoundException");
    await refused(ask(unknown.replace(":certificate-authority/", ":certificate/")), "InvalidArnException");
    await refused(ask(await create(pca)), "InvalidStateException");
    await refused(ask(ca, "JSON", "no-such-bucket-anywhere"), "ResourceNotFoundException");
    await refused(ask(ca, "PDF"), "ValidationException");
    const closed = "audit-bucket-without-policy";
    await createBucket(s3, closed);
    await refused(ask(ca, "JSON", closed), "InvalidArgsException", /The cause is: .*policy/);
    await ask(ca);
  });

  test("needs the caller's right to it, on this CA, and to the bucket", async () => {
    const ca = await activeRoot(pca);
    const iam = everseal.iam();
    const auditor = async (UserName, Action, ...more) => {
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "audit", PolicyDocument: JSON.stringify({
        Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: ca }, ...more] }) }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      return everseal.pca({ credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    };
    const creating = new CreateCertificateAuthorityAuditReportCommand({
      CertificateAuthorityArn: ca, S3BucketName: bucket, AuditReportResponseFormat: "JSON" });
    const reader = await auditor("reader", "acm-pca:DescribeCertificateAuthorityAuditReport");
    const create = "acm-pca:CreateCertificateAuthorityAuditReport";
    const outsider = await auditor("outsider", create);
    const writer = await auditor("writer", create,
      { Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/*` });
    await refused(reader.send(creating), "AccessDeniedException");
    await refused(outsider.send(creating), "InvalidArgsException");
    const { AuditReportId } = await writer.send(creating);
    const describing = new DescribeCertificateAuthorityAuditReportCommand({ CertificateAuthorityArn: ca, AuditReportId });
    await refused(writer.send(describing), "AccessDeniedException");
    assert.ok((await reader.send(describing)).AuditReportStatus);
  });
});

describe("DescribeCertificateAuthorityAuditReport", () => {
  test("knows the reports of this CA only", async () => {
    const ca = await activeRoot(pca), other = await activeRoot(pca);
    const { AuditReportId } = await ask(ca);
    await look(ca, AuditReportId);
    await refused(look(other, AuditReportId), "ResourceNotFoundException");
    await refused(look(ca, uuid), "ResourceNotFoundException");
    await refused(look(ca, "nonsense"), "ValidationException");
    await refused(look(unknown, AuditReportId), "ResourceNotFoundException");
  });
});
