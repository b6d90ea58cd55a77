// The renewal of what was exported, asked for and by itself, with and without permission.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { RenewCertificateCommand } from "@aws-sdk/client-acm";
import {
  day, exported, forbid, issued, notACertificate, look, newCa, permit, unknown,
} from "./acm.mjs";
import { Everseal, judge, refused, until } from "./harness.mjs";

describe("managed renewal", () => {
  let everseal, acm, pca, ca;
  before(async () => {
    everseal = await Everseal.start({ clock: "virtual" });
    [acm, pca] = [everseal.acm(), everseal.pca()];
    ca = await newCa(pca);
    await permit(pca, ca);
  });
  after(() => everseal?.stop());

  const renew = (CertificateArn) => acm.send(new RenewCertificateCommand({ CertificateArn }));
  const renewal = (arn, accept) =>
    until(() => look(acm, arn), (found) => found.RenewalSummary && accept(found.RenewalSummary), "a renewal");

  test("RenewCertificate makes another key and serial behind the same ARN", async () => {
    const arn = await issued(acm, ca);
    const first = await exported(acm, arn);
    const serial = (await look(acm, arn)).Serial;
    await renew(arn);
    const detail = await renewal(arn, (summary) => summary.RenewalStatus === "SUCCESS");
    assert.notEqual(detail.Serial, serial);
    assert.equal(detail.CertificateArn, arn);
    assert.equal(detail.RenewalEligibility, "INELIGIBLE");
    assert.deepEqual(detail.RenewalSummary.DomainValidationOptions, []);
    assert.equal(detail.RenewalSummary.RenewalStatusReason, undefined);
    const second = await exported(acm, arn);
    const publicKey = (pem) => judge("openssl", ["x509", "-in", "c.pem", "-noout", "-pubkey"], { "c.pem": pem });
    assert.notEqual(publicKey(first.Certificate), publicKey(second.Certificate));
    assert.match(judge("openssl", ["verify", "-partial_chain", "-no_check_time", "-CAfile", "root.pem", "leaf.pem"],
      { "root.pem": second.CertificateChain, "leaf.pem": second.Certificate }), /OK/);
  });

  test("RenewCertificate refuses what was not exported, is unknown or no certificate", async () => {
    const arn = await issued(acm, ca);
    await refused(renew(arn), "ValidationException",
      new RegExp(`^Certificate ARN ${arn} has not been exported so it is not eligible for the Renew Certificate API\\.$`));
    await refused(renew(unknown), "ResourceNotFoundException");
    await refused(renew(notACertificate), "InvalidArnException");
  });

  test("without permission it stays pending and says why; with it, it succeeds", async () => {
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    const { Serial } = await look(acm, arn);
    await forbid(pca, ca);
    await renew(arn);
    const denied = await renewal(arn, (summary) => summary.RenewalStatusReason);
    assert.equal(denied.RenewalSummary.RenewalStatus, "PENDING_AUTO_RENEWAL");
    assert.equal(denied.RenewalSummary.RenewalStatusReason, "PCA_ACCESS_DENIED");
    assert.equal(denied.Status, "ISSUED");
    assert.equal(denied.RenewalEligibility, "ELIGIBLE");
    assert.equal(denied.Serial, Serial);
    await permit(pca, ca);
    everseal.advance("1h");
    const done = await renewal(arn, (summary) => summary.RenewalStatus === "SUCCESS");
    assert.notEqual(done.Serial, Serial);
  });

  test("begins by itself sixty days before the end, for what was exported alone", async () => {
    const held = await issued(acm, ca);
    const forgotten = await issued(acm, ca);
    await exported(acm, held);
    const [before, other] = [await look(acm, held), await look(acm, forgotten)];
    const left = (before.NotAfter - before.IssuedAt) / day;
    everseal.advance(`${Math.floor(left - 61)}d`);
    assert.equal((await look(acm, held)).Serial, before.Serial);
    everseal.advance("2d");
    const after = await look(acm, held);
    assert.notEqual(after.Serial, before.Serial);
    assert.equal(after.RenewalSummary.RenewalStatus, "SUCCESS");
    assert.ok(Math.abs(before.NotAfter - after.IssuedAt - 60 * day) < 2000);
    assert.equal((await look(acm, forgotten)).Serial, other.Serial);
    everseal.advance("61d");
    assert.equal((await look(acm, forgotten)).Status, "EXPIRED");
    await refused(renew(forgotten), "ValidationException", /EXPIRED/);
  });

  test("fails for good when the end comes first", async () => {
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    await forbid(pca, ca);
    everseal.advance("400d");
    const detail = await look(acm, arn);
    assert.equal(detail.Status, "EXPIRED");
    assert.equal(detail.RenewalSummary.RenewalStatus, "FAILED");
    assert.equal(detail.RenewalSummary.RenewalStatusReason, "PCA_ACCESS_DENIED");
    await permit(pca, ca);
  });
});
