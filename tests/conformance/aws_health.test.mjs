// What AWS Health tells of managed renewals, through 13 months of virtual time.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  DescribeAffectedEntitiesCommand, DescribeEntityAggregatesCommand, DescribeEventAggregatesCommand,
  DescribeEventDetailsCommand, DescribeEventsCommand, DescribeEventTypesCommand, HealthClient,
} from "@aws-sdk/client-health";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { exported, forbid, issued, look, newCa, permit } from "./acm.mjs";
import { account, Everseal, refused, region } from "./harness.mjs";

describe("AWS Health", () => {
  let everseal, acm, pca, health, ca;
  before(async () => {
    everseal = await Everseal.start({ clock: "virtual" });
    [acm, pca, health] = [everseal.acm(), everseal.pca(), everseal.client(HealthClient)];
    ca = await newCa(pca);
    await permit(pca, ca);
  });
  after(() => everseal?.stop());

  const eventsOf = async (arn, filter = {}) =>
    (await health.send(new DescribeEventsCommand({ filter: { entityValues: [arn], ...filter } }))).events;
  const textOf = async (eventArn, locale) => {
    const { successfulSet } = await health.send(new DescribeEventDetailsCommand({ eventArns: [eventArn], locale }));
    return successfulSet[0].eventDescription.latestDescription;
  };

  test("tells that a renewal is completed", async () => {
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    assert.deepEqual(await eventsOf(arn), []);
    everseal.advance("340d");
    const [event, ...others] = await eventsOf(arn);
    assert.deepEqual(others, []);
    assert.match(event.arn, new RegExp(`^arn:aws:health:${region}::event/ACM/AWS_ACM_RENEWAL_STATE_CHANGE/AWS_ACM_RENEWAL_STATE_CHANGE-`));
    assert.equal(event.service, "ACM");
    assert.equal(event.eventTypeCategory, "scheduledChange");
    assert.equal(event.region, region);
    assert.equal(event.statusCode, "closed");
    assert.equal(event.startTime.getTime(), event.endTime.getTime());
    assert.match(await textOf(event.arn), /completed the renewal/);
    assert.match(await textOf(event.arn, "fr"), /terminé le renouvellement/);
    assert.match(await textOf(event.arn, "ja"), /更新を完了/);
    await refused(textOf(event.arn, "de"), "UnsupportedLocale");
    const { entities } = await health.send(new DescribeAffectedEntitiesCommand({ filter: { eventArns: [event.arn] } }));
    assert.equal(entities.length, 1);
    assert.equal(entities[0].entityValue, arn);
    assert.equal(entities[0].awsAccountId, account);
    assert.equal(entities[0].statusCode, "RESOLVED");
    const { entityAggregates } = await health.send(new DescribeEntityAggregatesCommand({ eventArns: [event.arn] }));
    assert.deepEqual(entityAggregates.map(({ count, statuses }) => [count, statuses]), [[1, { RESOLVED: 1 }]]);
  });

  test("tells of a renewal that fails, until it succeeds, and how the days pass", async () => {
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    await forbid(pca, ca);
    everseal.advance("340d");
    const [failure] = await eventsOf(arn);
    assert.equal(failure.eventTypeCode, "AWS_ACM_RENEWAL_FAILURE");
    assert.equal(failure.statusCode, "open");
    assert.match(await textOf(failure.arn), /\nReason: PCA_ACCESS_DENIED\nACM has no permission .*\nAllow it: acm-pca create-permission/);
    assert.match(await textOf(failure.arn, "fr"), /\nMotif : PCA_ACCESS_DENIED\nACM n'a pas .*\nAccordez l'autorisation : acm-pca create-permission/);
    assert.match(await textOf(failure.arn, "ja"), /\n理由: PCA_ACCESS_DENIED\nACM に.*\nアクセス許可を付与してください: acm-pca create-permission/);
    const notices = [];
    for (let day = 0; day < 54; day += 1) {
      everseal.advance("1d");
      const [notice] = await eventsOf(arn, { eventTypeCodes: ["AWS_ACM_RENEWAL_STATE_CHANGE"] });
      const told = notice?.lastUpdatedTime.getTime();
      if (told && notices.at(-1)?.told !== told) {
        notices.push({ told, arn: notice.arn, days: Math.round(((await look(acm, arn)).NotAfter - told) / (24 * 3600e3)) });
      }
    }
    assert.deepEqual(notices.map(({ days }) => days), [45, 30, 15, 7, 3]);
    assert.equal(new Set(notices.map((notice) => notice.arn)).size, 1, "one event, updated");
    await permit(pca, ca);
    everseal.advance("1h");
    for (const event of await eventsOf(arn)) assert.equal(event.statusCode, "closed");
    assert.match(await textOf(notices[0].arn), /completed the renewal/);
    assert.doesNotMatch(await textOf(failure.arn), /completed the renewal/);
  });

  test("pages, counts, names its types and refuses what is wrong", async () => {
    const all = [];
    let nextToken;
    do {
      const page = await health.send(new DescribeEventsCommand({ maxResults: 2, nextToken }));
      assert.ok(page.events.length <= 2);
      all.push(...page.events.map(({ arn }) => arn));
      nextToken = page.nextToken;
    } while (nextToken);
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.length >= 3);
    const { eventAggregates } = await health.send(
      new DescribeEventAggregatesCommand({ aggregateField: "eventTypeCategory" }));
    assert.deepEqual(eventAggregates, [{ aggregateValue: "scheduledChange", count: all.length }]);
    const { eventTypes } = await health.send(new DescribeEventTypesCommand({ filter: { services: ["ACM"] } }));
    assert.deepEqual(eventTypes.map(({ code }) => code), ["AWS_ACM_RENEWAL_FAILURE", "AWS_ACM_RENEWAL_STATE_CHANGE"]);
    await refused(health.send(new DescribeEventsCommand({ nextToken: "nonsense" })), "InvalidPaginationToken");
    await refused(health.send(new DescribeEventsCommand({ maxResults: 101 })), "ValidationException", /maxResults/);
    const unknown = "arn:aws:health:eu-west-1::event/ACM/AWS_ACM_RENEWAL_FAILURE/none";
    const { successfulSet, failedSet } = await health.send(new DescribeEventDetailsCommand({ eventArns: [unknown] }));
    assert.deepEqual(successfulSet, []);
    assert.equal(failedSet[0].eventArn, unknown);
  });

  test("is for those who may", async () => {
    const [iam, UserName] = [everseal.iam(), "stranger"];
    await iam.send(new CreateUserCommand({ UserName }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
    const theirs = everseal.client(HealthClient, { credentials });
    await refused(theirs.send(new DescribeEventsCommand({})), "AccessDeniedException", /health:DescribeEvents/);
  });
});
