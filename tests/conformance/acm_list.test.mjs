// ListCertificates: its filters, its order and its pages.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ImportCertificateCommand, ListCertificatesCommand, paginateListCertificates } from "@aws-sdk/client-acm";
import { issued, newCa } from "./acm.mjs";
import { Everseal, judge, refused } from "./harness.mjs";

describe("ListCertificates", () => {
  let everseal, acm, arns;
  before(async () => {
    everseal = await Everseal.start();
    acm = everseal.acm();
    const curves = await newCa(everseal.pca());
    const rsa = await newCa(everseal.pca(), { curve: false });
    arns = [];
    for (let i = 0; i < 7; ++i) arns.push(await issued(acm, curves, { DomainName: `n${i}.corp.internal` }));
    arns.rsa = await issued(acm, rsa, { KeyAlgorithm: "RSA_2048" });
  });
  after(() => everseal?.stop());

  const list = async (options = {}) =>
    (await acm.send(new ListCertificatesCommand(options))).CertificateSummaryList;
  const Includes = { keyTypes: ["EC_prime256v1"] };

  test("shows RSA 2048 alone unless asked for more", async () => {
    assert.deepEqual((await list()).map((found) => found.CertificateArn), [arns.rsa]);
    assert.equal((await list({ Includes })).length, 7);
    assert.equal((await list({ Includes: { keyTypes: ["RSA_2048", "EC_prime256v1"] } })).length, 8);
  });

  test("shows what Describe tells", async () => {
    const [found] = await list();
    assert.equal(found.DomainName, "app.corp.internal");
    assert.equal(found.KeyAlgorithm, "RSA-2048");
    assert.equal(found.Status, "ISSUED");
    assert.equal(found.Type, "PRIVATE");
    assert.equal(found.Exported, false);
    assert.equal(found.InUse, false);
    assert.equal(found.ExportOption, "DISABLED");
    assert.equal(found.HasAdditionalSubjectAlternativeNames, false);
    assert.deepEqual(found.SubjectAlternativeNameSummaries, ["app.corp.internal"]);
    assert.deepEqual(found.KeyUsages, ["DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT"]);
  });

  test("pages hold each certificate once, in the order of creation either way", async () => {
    const pages = async (options) => {
      const seen = [];
      for await (const page of paginateListCertificates({ client: acm, pageSize: 3 }, { Includes, ...options })) {
        assert.ok(page.CertificateSummaryList.length <= 3);
        seen.push(...page.CertificateSummaryList.map((found) => found.CertificateArn));
      }
      return seen;
    };
    assert.deepEqual(await pages({ SortBy: "CREATED_AT", SortOrder: "ASCENDING" }), [...arns]);
    assert.deepEqual(await pages({ SortBy: "CREATED_AT", SortOrder: "DESCENDING" }), [...arns].reverse());
  });

  test("shows a hundred names, and says that there are more", async () => {
    const names = (count) => Array.from({ length: count }, (_, i) => `DNS:n${i}.many.internal`).join();
    // Nobody may ask for more than a hundred; who brings them may have them.
    const put = async (count) => {
      const [PrivateKey, Certificate] = judge("sh", ["-c",
        `exec 2>/dev/null
         openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout key.pem -days 30 -subj /CN=n0.many.internal -addext subjectAltName=${names(count)} -out one.pem
         cat key.pem; echo @@; cat one.pem`]).split("@@\n").map((pem) => Buffer.from(pem));
      return (await acm.send(new ImportCertificateCommand({ Certificate, PrivateKey }))).CertificateArn;
    };
    const [most, more] = [await put(100), await put(101)];
    const found = await list({ Includes: { keyTypes: ["EC_secp384r1"] } });
    const of = (arn) => found.find(({ CertificateArn }) => CertificateArn === arn);
    assert.equal(of(most).HasAdditionalSubjectAlternativeNames, false);
    assert.equal(of(more).HasAdditionalSubjectAlternativeNames, true);
    assert.equal(of(more).SubjectAlternativeNameSummaries.length, 100);
  });

  test("filters by status, usage and option", async () => {
    assert.equal((await list({ Includes, CertificateStatuses: ["ISSUED", "FAILED"] })).length, 7);
    assert.equal((await list({ Includes, CertificateStatuses: ["FAILED"] })).length, 0);
    assert.equal((await list({ Includes: { ...Includes, keyUsage: ["CRL_SIGNING"] } })).length, 0);
    assert.equal((await list({ Includes: { ...Includes, extendedKeyUsage: ["TLS_WEB_CLIENT_AUTHENTICATION"] } })).length, 7);
    assert.equal((await list({ Includes: { ...Includes, exportOption: "ENABLED" } })).length, 0);
  });

  test("refuses half an order, foreign tokens and unknown keys", async () => {
    await refused(list({ SortBy: "CREATED_AT" }), "ValidationException");
    await refused(list({ SortOrder: "ASCENDING" }), "ValidationException");
    await refused(list({ NextToken: "AAAA" }), "ValidationException");
    const ascending = { Includes, SortBy: "CREATED_AT", SortOrder: "ASCENDING", MaxItems: 2 };
    const { NextToken } = await acm.send(new ListCertificatesCommand(ascending));
    assert.equal((await list({ ...ascending, NextToken })).length, 2);
    await refused(list({ ...ascending, SortOrder: "DESCENDING", NextToken }), "ValidationException", /NextToken/);
    await refused(list({ MaxItems: 1001 }), "ValidationException", /maxItems/);
    await refused(list({ Includes: { keyTypes: ["blah"] } }), "ValidationException",
      /^1 validation error detected: Value '\[blah\]' at 'includes\.keyTypes' failed to satisfy constraint/);
  });
});
