// What happens to certificates and CAs, as rules deliver it: into a log group, in virtual time.
import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { ImportCertificateCommand, RevokeCertificateCommand } from "@aws-sdk/client-acm";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { RenewCertificateCommand } from "@aws-sdk/client-acm";
import { exported, forbid, issued, look, newCa, permit } from "./acm.mjs";
import { createBucket, crlIn, letPrivateCaWrite } from "./acm_pca.mjs";
import { UpdateCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import { account, Everseal, region, until } from "./harness.mjs";

describe("events of certificates and CAs", () => {
  let everseal, acm, pca, logs, bridge, ca;
  before(async () => {
    everseal = await Everseal.start({ clock: "virtual" });
    [acm, pca] = [everseal.acm(), everseal.pca()];
    logs = everseal.client(CloudWatchLogsClient);
    bridge = everseal.client(EventBridgeClient);
    await watch("everything", { source: [{ prefix: "aws." }] });
    ca = await newCa(pca);
    await permit(pca, ca);
  });
  after(() => everseal?.stop());

  const groupOf = (rule) => `/aws/events/${rule}`;
  async function watch(Name, pattern) {
    await bridge.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
    const Arn = `arn:aws:logs:${region}:${account}:log-group:${groupOf(Name)}`;
    const { FailedEntryCount } = await bridge.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "log", Arn }] }));
    assert.equal(FailedEntryCount, 0);
  }
  // All that a rule has delivered, once each, in the order of their times.
  async function delivered(rule) {
    const all = new Map();
    let nextToken;
    do {
      const page = await logs.send(new FilterLogEventsCommand({ logGroupName: groupOf(rule), nextToken }));
      for (const { message } of page.events) all.set(JSON.parse(message).id, JSON.parse(message));
      nextToken = page.nextToken;
    } while (nextToken);
    return [...all.values()];
  }
  const about = (arn, type) => async () =>
    (await delivered("everything")).filter((event) => event.resources.includes(arn) && (!type || event["detail-type"] === type));
  const heard = (arn, type, count = 1) =>
    until(about(arn, type), (events) => events.length >= count, `${count} of ${type}`);

  test("a CA and its certificates are announced with their resources", async () => {
    const [created] = await heard(ca, "ACM Private CA Creation");
    assert.deepEqual(Object.keys(created), ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"]);
    assert.equal(created.version, "0");
    assert.equal(created.source, "aws.acm-pca");
    assert.equal(created.account, account);
    assert.equal(created.region, region);
    assert.match(created.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.deepEqual(created.resources, [ca]);
    assert.deepEqual(created.detail, { result: "success" });
    const [first] = await heard(ca, "ACM Private CA Certificate Issuance");
    assert.equal(first.resources.length, 2);
    assert.match(first.resources[1], new RegExp(`^${ca}/certificate/[0-9a-f]{32}$`));
  });

  test("an issued certificate is available, a renewed one again, with AWS Health's event", async () => {
    const arn = await issued(acm, ca, { DomainName: "events.corp.internal" });
    const [available] = await heard(arn, "ACM Certificate Available");
    assert.equal(available.detail.Action, "ISSUANCE");
    assert.equal(available.detail.CommonName, "events.corp.internal");
    assert.equal(available.detail.CertificateType, "PRIVATE");
    await exported(acm, arn);
    await acm.send(new RenewCertificateCommand({ CertificateArn: arn }));
    const [, renewed] = await heard(arn, "ACM Certificate Available", 2);
    assert.equal(renewed.detail.Action, "RENEWAL");
    assert.equal(renewed.detail.Exported, true);
    const [health] = await heard(arn, "AWS Health Event");
    assert.equal(health.source, "aws.health");
    assert.deepEqual(health.resources, [arn]);
    assert.equal(health.detail.eventTypeCode, "AWS_ACM_RENEWAL_STATE_CHANGE");
    assert.equal(health.detail.statusCode, "closed");
    assert.match(health.detail.eventDescription[0].latestDescription, /completed the renewal.*\\n\\nAWS account ID: /);
  });

  test("a revocation and its CRL are announced", async () => {
    await createBucket(everseal.s3(), "event-crls");
    await letPrivateCaWrite(everseal.s3(), "event-crls");
    await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn("event-crls") }));
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    await acm.send(new RevokeCertificateCommand({ CertificateArn: arn, RevocationReason: "KEY_COMPROMISE" }));
    const [revoked] = await heard(arn, "ACM Certificate Revoked");
    assert.equal(revoked.detail.Exportable, true);
    const [inPrivateCa] = await heard(ca, "ACM Private CA Certificate Revocation");
    assert.deepEqual(inPrivateCa.detail, { result: "success" });
    const [crl] = await heard(ca, "ACM Private CA CRL Generation");
    assert.deepEqual(crl.resources, [ca]);
    assert.deepEqual(crl.detail, { result: "success" });
  });

  test("what is imported is available, again with each import, and approaches its end, which nobody renews", async () => {
    const made = await issued(acm, ca);
    const { Certificate, CertificateChain, PrivateKey } = await exported(acm, made);
    const [own, chain] = [Certificate, CertificateChain].map((pem) => Buffer.from(pem));
    const key = createPrivateKey({ key: PrivateKey, passphrase: "correct horse" }).export({ type: "pkcs8", format: "pem" });
    const parts = { Certificate: own, CertificateChain: chain, PrivateKey: Buffer.from(key) };
    const { CertificateArn: arn } = await acm.send(new ImportCertificateCommand(parts));
    const [available] = await heard(arn, "ACM Certificate Available");
    assert.equal(available.detail.Action, "IMPORT");
    assert.equal(available.detail.CertificateType, "IMPORTED");
    await acm.send(new ImportCertificateCommand({ CertificateArn: arn, ...parts }));
    const [, again] = await heard(arn, "ACM Certificate Available", 2);
    assert.equal(again.detail.Action, "REIMPORT");
    everseal.advance("397d");
    const daily = await heard(arn, "ACM Certificate Approaching Expiration", 45);
    assert.deepEqual(daily.map(({ detail }) => detail.DaysToExpiry), Array.from({ length: 45 }, (_, i) => 45 - i));
    const types = new Set((await about(arn)()).map((event) => event["detail-type"]));
    assert.deepEqual([...types].filter((type) => type.startsWith("ACM")).sort(),
      ["ACM Certificate Approaching Expiration", "ACM Certificate Available"]);
  });

  test("thirteen months: daily from 45 days before the end, and what failed at 45, 30, 15, 3 and 1", async () => {
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    await forbid(pca, ca);
    const end = (await look(acm, arn)).NotAfter;
    everseal.advance("397d");
    const daily = await heard(arn, "ACM Certificate Approaching Expiration", 45);
    assert.deepEqual(daily.map(({ detail }) => detail.DaysToExpiry), Array.from({ length: 45 }, (_, i) => 45 - i));
    const asked = await heard(arn, "ACM Certificate Renewal Action Required", 5 * 24);
    assert.deepEqual([...new Set(asked.map(({ detail }) => detail.DaysToExpiry))], [45, 30, 15, 3, 1]);
    assert.ok(asked.every(({ detail }) => detail.RenewalStatusReason === "PCA_ACCESS_DENIED"));
    const health = await heard(arn, "AWS Health Event", 8);
    const days = (event) => Math.ceil((end - new Date(event.time)) / (24 * 3600e3));
    const notices = health.filter(({ detail }) => detail.eventTypeCode === "AWS_ACM_RENEWAL_STATE_CHANGE");
    assert.deepEqual(notices.map(days), [45, 30, 15, 7, 3, 1, 0]);
    assert.equal(new Set(notices.map(({ detail }) => detail.eventArn)).size, 1);
    assert.ok(notices.every(({ detail }) => !/completed the renewal/.test(detail.eventDescription[0].latestDescription)));
    assert.equal((await heard(arn, "ACM Certificate Expired")).length, 1);
  });
});
