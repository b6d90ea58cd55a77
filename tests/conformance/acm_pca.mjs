// What the tests of Private CA do again and again.
import { generateKeyPairSync } from "node:crypto";
import {
  CreateCertificateAuthorityCommand, DescribeCertificateAuthorityCommand,
  GetCertificateAuthorityCertificateCommand, GetCertificateAuthorityCsrCommand,
  GetCertificateCommand, ImportCertificateAuthorityCertificateCommand, IssueCertificateCommand,
  waitUntilCertificateAuthorityCSRCreated, waitUntilCertificateIssued,
} from "@aws-sdk/client-acm-pca";
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

// A CSR by OpenSSL.
export function csrFor(subject, extensions = []) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  return judge("openssl", ["req", "-new", "-key", "key.pem", "-subj", subject,
    ...extensions.flatMap((extension) => ["-addext", extension])], { "key.pem": key });
}
export const text = (pem) => judge("openssl", ["x509", "-in", "c.pem", "-noout", "-text"], { "c.pem": pem });
// Ends with an exception if OpenSSL does not accept the chain.
export const verify = (leaf, chain, root) => judge("openssl",
  ["verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "chain.pem", "leaf.pem"],
  { "leaf.pem": leaf, "chain.pem": chain, "root.pem": root });
