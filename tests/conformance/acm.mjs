// What the tests of ACM do again and again.
import assert from "node:assert/strict";
import {
  DescribeCertificateCommand, ExportCertificateCommand, RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import {
  CreateCertificateAuthorityCommand, CreatePermissionCommand, DeletePermissionCommand,
  GetCertificateAuthorityCsrCommand, GetCertificateCommand as GetIssuedCommand,
  ImportCertificateAuthorityCertificateCommand, IssueCertificateCommand,
} from "@aws-sdk/client-acm-pca";
import { account, region, until } from "./harness.mjs";

export const unknown = `arn:aws:acm:${region}:${account}:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`;
export const notACertificate = `arn:aws:acm:${region}:${account}:something-else/x`;
export const day = 24 * 3600 * 1000;

// A root CA; ACTIVE unless `install` is false.
export async function newCa(pca, { curve = true, years = 10, install = true } = {}) {
  const SigningAlgorithm = curve ? "SHA256WITHECDSA" : "SHA256WITHRSA";
  const { CertificateAuthorityArn } = await pca.send(new CreateCertificateAuthorityCommand({
    CertificateAuthorityType: "ROOT",
    CertificateAuthorityConfiguration: {
      KeyAlgorithm: curve ? "EC_prime256v1" : "RSA_2048", SigningAlgorithm,
      Subject: { Organization: "Example Corp", CommonName: "Example Root" } } }));
  if (!install) return CertificateAuthorityArn;
  const Csr = await until(
    () => pca.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn }))
      .then((answer) => answer.Csr, () => undefined),
    Boolean, "a CSR");
  const { CertificateArn } = await pca.send(new IssueCertificateCommand({
    CertificateAuthorityArn, Csr: Buffer.from(Csr), SigningAlgorithm,
    TemplateArn: "arn:aws:acm-pca:::template/RootCACertificate/V1",
    Validity: { Type: "YEARS", Value: years } }));
  const Certificate = await until(
    () => pca.send(new GetIssuedCommand({ CertificateAuthorityArn, CertificateArn }))
      .then((answer) => answer.Certificate, () => undefined),
    Boolean, "the root's certificate");
  await pca.send(new ImportCertificateAuthorityCertificateCommand({
    CertificateAuthorityArn, Certificate: Buffer.from(Certificate) }));
  return CertificateAuthorityArn;
}

const permission = (CertificateAuthorityArn) => ({
  CertificateAuthorityArn, Principal: "acm.amazonaws.com" });
export const permit = (pca, ca) => pca.send(new CreatePermissionCommand({
  ...permission(ca), Actions: ["IssueCertificate", "GetCertificate", "ListPermissions"] }));
export const forbid = (pca, ca) => pca.send(new DeletePermissionCommand(permission(ca)));

export const look = async (acm, CertificateArn) =>
  (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
export const settled = (acm, arn) =>
  until(() => look(acm, arn), (found) => found.Status !== "PENDING_VALIDATION", "an end of the request");

export async function request(acm, CertificateAuthorityArn, options = {}) {
  const { CertificateArn } = await acm.send(new RequestCertificateCommand({
    DomainName: "app.corp.internal", KeyAlgorithm: "EC_prime256v1", CertificateAuthorityArn, ...options }));
  return CertificateArn;
}
export async function issued(acm, ca, options) {
  const arn = await request(acm, ca, options);
  assert.equal((await settled(acm, arn)).Status, "ISSUED");
  return arn;
}
export const exported = (acm, CertificateArn, passphrase = "correct horse") =>
  acm.send(new ExportCertificateCommand({ CertificateArn, Passphrase: Buffer.from(passphrase) }));
