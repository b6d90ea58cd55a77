// Every template of Private CA, every way to say how long a certificate is valid: what is in the
// certificate, as OpenSSL and GnuTLS read it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { activeRoot, csrFor, csrOf, days, issue, template, text } from "./acm_pca.mjs";
import { Everseal, judge, refused } from "./harness.mjs";

const base = "";
const [fromCsr, fromApi, fromBoth] = ["_CSRPassthrough", "_APIPassthrough", "_APICSRPassthrough"];
const all = [base, fromCsr, fromApi, fromBoth];
const withoutBase = [fromCsr, fromApi, fromBoth];
const [server, client] = ["TLS Web Server Authentication", "TLS Web Client Authentication"];
const leaf = { ca: false };
const enciphers = "critical: Digital Signature, Key Encipherment";
const certifies = "critical: Digital Signature, Certificate Sign, CRL Sign";
// `usage` and `purpose` that a template leaves open come with the CSR or the API.
const families = {
  EndEntityCertificate: { variants: all, ...leaf, usage: enciphers, purpose: `${server}, ${client}` },
  EndEntityClientAuthCertificate: { variants: all, ...leaf, usage: enciphers, purpose: client },
  EndEntityServerAuthCertificate: { variants: all, ...leaf, usage: enciphers, purpose: server },
  CodeSigningCertificate: { variants: all, ...leaf, usage: "critical: Digital Signature", purpose: "critical: Code Signing" },
  OCSPSigningCertificate: { variants: all, ...leaf, usage: "critical: Digital Signature", purpose: "critical: OCSP Signing" },
  RootCACertificate: { variants: [base, fromApi], ca: true, usage: certifies, purpose: null },
  BlankEndEntityCertificate: { variants: withoutBase, ...leaf },
  BlankEndEntityCertificate_CriticalBasicConstraints: { variants: withoutBase, ...leaf, critical: true },
};
for (const pathLength of [0, 1, 2, 3]) {
  families[`SubordinateCACertificate_PathLen${pathLength}`] =
    { variants: all, ca: true, pathLength, usage: certifies, purpose: null };
  families[`BlankSubordinateCACertificate_PathLen${pathLength}`] =
    { variants: withoutBase, ca: true, pathLength, purpose: null };
}
const templates = Object.entries(families).flatMap(
  ([family, { variants, ...rest }]) => variants.map((variant) => ({ name: family + variant, family, variant, ...rest })));

// What a CSR and a call ask for; the numbers in the private extensions tell where they came from.
const [ofCsr, ofApi] = ["1.3.6.1.4.1.99999.1", "1.3.6.1.4.1.99999.2"];
const asked = {
  leaf: { csr: "Non Repudiation", csrNames: "nonRepudiation", api: "Digital Signature, Key Agreement",
    flags: { DigitalSignature: true, KeyAgreement: true } },
  ca: { csr: "Certificate Sign", csrNames: "keyCertSign", api: "Certificate Sign, CRL Sign",
    flags: { KeyCertSign: true, CRLSign: true } },
};

// "critical: CA:TRUE, pathlen:0", or null if the extension is not there.
function extension(pem, name) {
  const shown = judge("openssl", ["x509", "-in", "c.pem", "-noout", "-ext", name], { "c.pem": pem });
  const found = /^X509v3 [A-Za-z ]+:( critical)?\s*\n\s+(.*?)\s*$/s.exec(shown);
  return found && (found[1] ? "critical: " : "") + found[2];
}

function expectedConstraints({ ca, pathLength, critical }) {
  const told = (ca ? "CA:TRUE" : "CA:FALSE") + (pathLength === undefined ? "" : `, pathlen:${pathLength}`);
  return ca || critical ? `critical: ${told}` : told;
}
const fromOutside = (variant, { csr, api }) => (variant === fromCsr ? csr : api);

describe("the templates of Private CA", () => {
  let everseal, pca, root, csrs;
  before(async () => {
    everseal = await Everseal.start();
    pca = everseal.pca();
    root = await activeRoot(pca);
    const csr = (kind, ...more) => csrFor("/CN=app.corp.internal", [
      `keyUsage=critical,${asked[kind].csrNames}`, `${ofCsr}=ASN1:UTF8String:csr`, ...more]);
    csrs = { leaf: csr("leaf", "extendedKeyUsage=emailProtection"), ca: csr("ca"), root: await csrOf(pca, root) };
  });
  after(() => everseal?.stop());

  const passthrough = (kind) => ({ Extensions: {
    KeyUsage: asked[kind].flags,
    ...(kind === "leaf" && { ExtendedKeyUsage: [{ ExtendedKeyUsageType: "CODE_SIGNING" }] }),
    CustomExtensions: [{ ObjectIdentifier: ofApi, Value: Buffer.from("\x0c\x03api").toString("base64") }] } });

  test("are 56", () => assert.equal(new Set(templates.map(({ name }) => name)).size, 56));

  for (const mould of templates) {
    test(`${mould.name} makes what the table says`, async () => {
      const kind = mould.ca ? "ca" : "leaf";
      const isRoot = mould.family === "RootCACertificate";
      const takesApi = [fromApi, fromBoth].includes(mould.variant);
      const takesCsr = [fromCsr, fromBoth].includes(mould.variant);
      // Every template is sent everything; it takes what is open to it.
      const { Certificate } = await issue(pca, root, csrs[isRoot ? "root" : kind], {
        TemplateArn: template(mould.name), ApiPassthrough: passthrough(kind) });

      assert.equal(extension(Certificate, "basicConstraints"), expectedConstraints(mould));
      const usage = extension(Certificate, "keyUsage");
      assert.equal(usage, mould.usage ?? `critical: ${fromOutside(mould.variant, asked[kind])}`);
      const purposes = { csr: "E-mail Protection", api: "Code Signing" };
      const purpose = mould.purpose === undefined ? fromOutside(mould.variant, purposes) : mould.purpose;
      assert.equal(extension(Certificate, "extendedKeyUsage"), purpose);
      const shown = text(Certificate);
      assert.equal(shown.includes(ofCsr), takesCsr, "the extension of the CSR");
      assert.equal(shown.includes(ofApi), takesApi, "the extension of the API");
      assert.equal(shown.includes("Authority Key Identifier"), !isRoot);
      assert.ok(shown.includes("Subject Key Identifier"));

      const gnutls = judge("certtool", ["--certificate-info", "--infile", "c.pem"], { "c.pem": Certificate });
      assert.match(gnutls, new RegExp(`Basic Constraints \\((not )?critical\\):\\s+Certificate Authority \\(CA\\): ${mould.ca ? "TRUE" : "FALSE"}`));
      assert.equal(/Basic Constraints \(critical\)/.test(gnutls), Boolean(mould.ca || mould.critical));
      assert.equal(/Path Length Constraint: (\d)/.exec(gnutls)?.[1], mould.pathLength?.toString());
    });
  }
});

describe("the validity of a certificate", () => {
  let everseal, pca, root;
  const csr = csrFor("/CN=app.corp.internal");
  before(async () => {
    everseal = await Everseal.start();
    pca = everseal.pca();
    root = await activeRoot(pca);
  });
  after(() => everseal?.stop());

  // In milliseconds since 1970, as OpenSSL reads them.
  function period(pem) {
    const shown = judge("openssl", ["x509", "-in", "c.pem", "-noout", "-dates"], { "c.pem": pem });
    const [start, end] = ["Before", "After"].map((name) => Date.parse(new RegExp(`not${name}=(.*)`).exec(shown)[1]));
    return { start, end };
  }
  const issuedFor = async (Type, Value, options) =>
    period((await issue(pca, root, csr, { Validity: { Type, Value }, ...options })).Certificate);
  const close = (actual, expected) =>
    assert.ok(Math.abs(actual - expected) < 60_000, `${new Date(actual).toISOString()} is not about ${new Date(expected).toISOString()}`);
  // A calendar month or year later; the last day of a month that has not that many.
  function later({ months = 0, years = 0 }) {
    const now = new Date();
    const day = now.getUTCDate();
    const then = new Date(now);
    then.setUTCDate(1);
    then.setUTCMonth(then.getUTCMonth() + months + 12 * years);
    const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
    then.setUTCDate(Math.min(day, last));
    return then.getTime();
  }

  test("counts days, months and years from the moment of issue, and begins an hour before", async () => {
    const { start, end } = await issuedFor("DAYS", 90);
    close(start, Date.now() - 3600_000);
    close(end, Date.now() + 90 * 24 * 3600_000);
    close((await issuedFor("MONTHS", 1)).end, later({ months: 1 }));
    close((await issuedFor("MONTHS", 25)).end, later({ months: 25 }));
    close((await issuedFor("YEARS", 2)).end, later({ years: 2 }));
  });

  test("ends at a date in the digits of UTCTime and GeneralizedTime, and at a second", async () => {
    const end = Date.UTC(2033, 11, 31, 23, 59, 59);
    assert.equal((await issuedFor("END_DATE", 331231235959)).end, end);
    assert.equal((await issuedFor("END_DATE", 20331231235959)).end, end);
    assert.equal((await issuedFor("ABSOLUTE", end / 1000)).end, end);
    const soon = Math.floor(Date.now() / 1000) + 600;
    assert.equal((await issuedFor("ABSOLUTE", soon)).end, soon * 1000);
  });

  test("begins when ValidityNotBefore says, which does not move its end", async () => {
    const start = Date.UTC(2026, 0, 1);
    const found = await issuedFor("DAYS", 30, { ValidityNotBefore: { Type: "ABSOLUTE", Value: start / 1000 } });
    assert.equal(found.start, start);
    close(found.end, Date.now() + 30 * 24 * 3600_000);
  });

  test("is refused where it is no time, is over, or outlives the CA", async () => {
    const refuse = (Type, Value, options) =>
      refused(issue(pca, root, csr, { Validity: { Type, Value }, ...options }), "ValidationException");
    await refuse("END_DATE", 331331235959);
    await refuse("END_DATE", 1);
    await refuse("END_DATE", 20200101000000);
    await refuse("ABSOLUTE", 1577836800);
    await refuse("ABSOLUTE", Math.floor(later({ years: 11 }) / 1000));
    await refuse("END_DATE", 20491231235959);
    await refuse("MONTHS", 121);
    await refuse("YEARS", 11);
    await refuse("DAYS", 0);
    await refuse("DAYS", 30, { ValidityNotBefore: days(1) });
  });
});
