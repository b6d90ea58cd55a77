// What Everseal tells and AWS does not, as a rule delivers it, in virtual time: a CA's certificate is
// spoken of before it ends, and what the watchdog finds is an alarm.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import {
  activeRoot, create, createBucket, crlIn, crlKeyOf, csrFor, csrOf, day, days, install, issue, letPrivateCaWrite, look, readObject, template,
} from "./acm_pca.mjs";
import { account, Everseal, region, until } from "./harness.mjs";

// The pattern of docs/operations/events.md.
const somebodyActs = { $or: [
  { source: ["everseal.acm-pca"] },
  { source: ["aws.health"], detail: { eventTypeCode: ["AWS_ACM_RENEWAL_FAILURE"] } },
  { source: ["aws.acm"], "detail-type": ["ACM Certificate Renewal Action Required", "ACM Certificate Expired"] },
  { source: ["aws.acm-pca"], detail: { result: ["failure"] } }] };

describe("events that AWS lacks", () => {
  let everseal, pca, logs;
  before(async () => {
    everseal = await Everseal.start({ clock: "virtual" });
    pca = everseal.pca();
    logs = everseal.logs();
    const bridge = everseal.events();
    await bridge.send(new PutRuleCommand({ Name: "own", EventPattern: JSON.stringify(somebodyActs) }));
    const Arn = `arn:aws:logs:${region}:${account}:log-group:own`;
    await bridge.send(new PutTargetsCommand({ Rule: "own", Targets: [{ Id: "log", Arn }] }));
  });
  after(() => everseal?.stop());

  const about = (ca) => async () => {
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: "own" })).catch(() => ({ events: [] }));
    return events.map(({ message }) => JSON.parse(message))
      .filter(({ source, resources }) => source === "everseal.acm-pca" && resources[0] === ca);
  };
  const heard = (ca, count, what) => until(about(ca), (events) => events.length >= count, what);
  const metric = async (name) =>
    Number(new RegExp(`^${name} (\\S+)$`, "m").exec(await (await fetch(`${everseal.endpoint}/metrics`)).text())?.[1]);

  test("the end of a CA's certificate is told day by day, with what to do, and no more once it is replaced", async () => {
    const root = await activeRoot(pca);
    const ca = await create(pca, "SUBORDINATE");
    const renew = async () => install(pca, ca, await issue(pca, root, await csrOf(pca, ca), {
      TemplateArn: template("SubordinateCACertificate_PathLen0"), Validity: days(100) }));
    await renew();
    const end = (await look(pca, ca)).NotAfter.getTime();
    assert.ok(Math.abs(await metric("everseal_ca_certificate_days_to_expiry") - 100) < 1);
    everseal.advance("93d");
    const first = await heard(ca, 4, "notices of 45, 30, 15 and 7 days");
    assert.deepEqual(first.map(({ detail }) => detail.daysToExpiry), [45, 30, 15, 7]);
    for (const event of first) {
      assert.equal(event["detail-type"], "Everseal CA Certificate Approaching Expiration");
      assert.equal(event.source, "everseal.acm-pca");
      assert.deepEqual(event.resources, [ca]);
      assert.deepEqual(Object.keys(event.detail), ["daysToExpiry", "subject", "serial", "notAfter", "remedy"]);
      assert.equal(Date.parse(event.time), end - event.detail.daysToExpiry * day);
      assert.equal(Date.parse(event.detail.notAfter), end);
      assert.equal(event.detail.subject, "CN=Example SUBORDINATE,O=Example Corp");
      assert.match(event.detail.serial, /^[0-9a-f]{2}(:[0-9a-f]{2})+$/);
      assert.match(event.detail.remedy, /parent CA.*GetCertificateAuthorityCsr.*ImportCertificateAuthorityCertificate/);
    }
    await renew();
    everseal.advance("101d");
    const all = await heard(ca, 10, "the notices of the next certificate");
    assert.deepEqual(all.slice(4).map(({ detail }) => detail.daysToExpiry), [45, 30, 15, 7, 3, 1, 0]);
    assert.equal(all.at(-1)["detail-type"], "Everseal CA Certificate Expired");
    assert.equal((await look(pca, ca)).Status, "EXPIRED");
    assert.ok(await metric("everseal_ca_certificate_days_to_expiry") < 0);
  });

  const alarm = (ca, name) => until(about(ca), (events) => events.some(({ detail }) => detail.alarm === name), name)
    .then((events) => events.filter(({ detail }) => detail.alarm === name));

  test("a list that is gone is an alarm, told once", async () => {
    const s3 = everseal.s3(), bucket = "example-watched-bucket";
    await createBucket(s3, bucket);
    await letPrivateCaWrite(s3, bucket);
    const ca = await activeRoot(pca, crlIn(bucket));
    await until(() => readObject(s3, bucket, crlKeyOf(ca)).catch(() => undefined), (der) => der, "the CRL");
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: crlKeyOf(ca) }));
    everseal.advance("24h");
    const [event, ...more] = await alarm(ca, "revocation.crl_unreachable");
    assert.deepEqual(more, []);
    assert.equal(event["detail-type"], "Everseal Revocation Alarm");
    assert.equal(event.source, "everseal.acm-pca");
    assert.equal(event.account, account);
    assert.equal(event.region, region);
    assert.deepEqual(event.resources, [ca]);
    assert.deepEqual(Object.keys(event.detail), ["alarm", "object", "cause"]);
    assert.equal(event.detail.object, `${bucket}/${crlKeyOf(ca)}`);
  });

  // A responder's certificate does not outlive its CA: the last one of a CA is not renewed.
  test("a responder whose certificate is not renewed is an alarm while a quarter of its life is left", async () => {
    const root = await activeRoot(pca);
    const ca = await create(pca, "SUBORDINATE", { RevocationConfiguration: { OcspConfiguration: { Enabled: true } } });
    await install(pca, ca, await issue(pca, root, await csrOf(pca, ca), {
      TemplateArn: template("SubordinateCACertificate_PathLen0"), Validity: days(20) }));
    const end = (await look(pca, ca)).NotAfter.getTime();
    await issue(pca, ca, csrFor("/CN=one.internal"), { Validity: days(10) });  // whom to ask about
    everseal.advance("19d");
    const [event, ...more] = await alarm(ca, "revocation.ocsp_responder_ends");
    assert.deepEqual(more, []);
    assert.equal(event["detail-type"], "Everseal Revocation Alarm");
    assert.deepEqual(event.resources, [ca]);
    assert.equal(event.detail.object, "ocsp");
    assert.match(event.detail.cause, /^the responder's certificate ends at \d{4}-/);
    const left = (end - Date.parse(event.time)) / day;
    assert.ok(left > 4 && left <= 5.1, `told ${left} days before the end`);
  });
});
