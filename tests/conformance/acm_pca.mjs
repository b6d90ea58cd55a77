// What the tests of Private CA do again and again.
import { generateKeyPairSync } from "node:crypto";
import {
  CreateCertificateAuthorityCommand, DescribeCertificateAuthorityCommand,
  GetCertificateAuthorityCertificateCommand, GetCertificateAuthorityCsrCommand,
  GetCertificateCommand, ImportCertificateAuthorityCertificateCommand, IssueCertificateCommand,
  RevokeCertificateCommand,
  waitUntilCertificateAuthorityCSRCreated, waitUntilCertificateIssued,
} from "@aws-sdk/client-acm-pca";
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { account, judge, region } from "./harness.mjs";

export const uuid = "11111111-2222-3333-4444-555555555555";
export const unknown = `arn:aws:acm-pca:${region}:${account}:certificate-authority/${uuid}`;
export const template = (name) => `arn:aws:acm-pca:::template/${name}/V1`;
export const days = (Value) => ({ Type: "DAYS", Value });
export const hour = 3600 * 1000;
export const day = 24 * hour;

export const configuration = (CommonName, KeyAlgorithm = "EC_prime256v1", SigningAlgorithm = "SHA256WITHECDSA") =>
  ({ KeyAlgorithm, SigningAlgorithm, Subject: { Organization: "Example Corp", CommonName } });

// A CA that waits for its certificate.
export async function create(pca, type = "ROOT", options = {}) {
  const { CertificateAuthorityArn } = await pca.send(new CreateCertificateAuthorityCommand({
    CertificateAuthorityType: type, CertificateAuthorityConfiguration: configuration(`Example ${type}`),
    ...options }));
  await waitUntilCertificateAuthorityCSRCreated(
    { client: pca, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { CertificateAuthorityArn });
  return CertificateAuthorityArn;
}

export const csrOf = async (pca, CertificateAuthorityArn) =>
  (await pca.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn }))).Csr;
export const look = async (pca, CertificateAuthorityArn) =>
  (await pca.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn })))
    .CertificateAuthority;
export const certificateOf = (pca, CertificateAuthorityArn) =>
  pca.send(new GetCertificateAuthorityCertificateCommand({ CertificateAuthorityArn }));

// What GetCertificate answers for a new certificate.
export async function issue(pca, CertificateAuthorityArn, csr, options = {}) {
  const { CertificateArn } = await pca.send(new IssueCertificateCommand(
    order(CertificateAuthorityArn, csr, options)));
  await waitUntilCertificateIssued(
    { client: pca, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { CertificateAuthorityArn, CertificateArn });
  const got = await pca.send(new GetCertificateCommand({ CertificateAuthorityArn, CertificateArn }));
  return { CertificateArn, ...got };
}
export const order = (CertificateAuthorityArn, csr, options = {}) => ({
  CertificateAuthorityArn, Csr: Buffer.from(csr), SigningAlgorithm: "SHA256WITHECDSA",
  Validity: days(30), ...options });

export const install = (pca, CertificateAuthorityArn, { Certificate, CertificateChain }) =>
  pca.send(new ImportCertificateAuthorityCertificateCommand({
    CertificateAuthorityArn, Certificate: Buffer.from(Certificate),
    CertificateChain: CertificateChain && Buffer.from(CertificateChain) }));

export async function activeRoot(pca, options) {
  const arn = await create(pca, "ROOT", options);
  const SigningAlgorithm = (await look(pca, arn)).CertificateAuthorityConfiguration.SigningAlgorithm;
  await install(pca, arn, await issue(pca, arn, await csrOf(pca, arn), {
    SigningAlgorithm, TemplateArn: template("RootCACertificate"), Validity: { Type: "YEARS", Value: 10 } }));
  return arn;
}
export async function activeSubordinate(pca, parent, pathLength, validity) {
  const arn = await create(pca, "SUBORDINATE", {
    CertificateAuthorityConfiguration: configuration(`Example PathLen${pathLength}`) });
  await install(pca, arn, await issue(pca, parent, await csrOf(pca, arn), {
    TemplateArn: template(`SubordinateCACertificate_PathLen${pathLength}`), Validity: days(validity) }));
  return arn;
}

// A new key, and a CSR by OpenSSL.
export function keyAndCsr(subject, extensions = []) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  return { key, csr: judge("openssl", ["req", "-new", "-key", "key.pem", "-subj", subject,
    ...extensions.flatMap((extension) => ["-addext", extension])], { "key.pem": key }) };
}
export const csrFor = (subject, extensions) => keyAndCsr(subject, extensions).csr;
export const text = (pem) => judge("openssl", ["x509", "-in", "c.pem", "-noout", "-text"], { "c.pem": pem });
// Ends with an exception if OpenSSL does not accept the chain.
export const verify = (leaf, chain, root) => judge("openssl",
  ["verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "chain.pem", "leaf.pem"],
  { "leaf.pem": leaf, "chain.pem": chain, "root.pem": root });

// Revocation.
export const revoke = (pca, CertificateAuthorityArn, CertificateSerial, RevocationReason = "KEY_COMPROMISE") =>
  pca.send(new RevokeCertificateCommand({ CertificateAuthorityArn, CertificateSerial, RevocationReason }));
export const serialOf = (pem) => judge("openssl", ["x509", "-in", "c.pem", "-noout", "-serial"], { "c.pem": pem })
  .trim().replace("serial=", "");
export const describeCrl = (der) => judge("openssl", ["crl", "-in", "c.crl", "-inform", "DER", "-noout", "-text"],
  { "c.crl": der });
export const idOf = (arn) => arn.split("/")[1];
export const crlKeyOf = (arn) => `crl/${idOf(arn)}.crl`;

// A bucket, and the policy that Private CA's guide has users attach to one.
export const createBucket = (s3, Bucket) => s3.send(new CreateBucketCommand({
  Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
export const letPrivateCaWrite = (s3, Bucket) => s3.send(new PutBucketPolicyCommand({
  Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{
    Effect: "Allow", Principal: { Service: "acm-pca.amazonaws.com" },
    Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:GetBucketAcl", "s3:GetBucketLocation"],
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    Condition: { StringEquals: { "aws:SourceAccount": account } } }] }) }));
export const crlIn = (S3BucketName, options = {}) => ({ RevocationConfiguration: { CrlConfiguration: {
  Enabled: true, ExpirationInDays: 7, S3BucketName, S3ObjectAcl: "BUCKET_OWNER_FULL_CONTROL", ...options } } });
export async function readObject(s3, Bucket, Key) {
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from(await got.Body.transformToByteArray());
}
