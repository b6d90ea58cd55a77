// CloudWatch's metrics as the SDK (JSON 1.0) and the aws CLI see them: those of CAs, certificates and
// rules, and one's own.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { IssueCertificateCommand, UpdateCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import {
  CloudWatchClient, GetMetricDataCommand, GetMetricStatisticsCommand, ListMetricsCommand,
  InvalidNextToken, InvalidParameterCombinationException, InvalidParameterValueException,
  MissingRequiredParameterException, PutMetricDataCommand, paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteBucketPolicyCommand } from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { issued, newCa, permit } from "./acm.mjs";
import { createBucket, crlIn, csrFor, days, letPrivateCaWrite, order } from "./acm_pca.mjs";
import { Everseal, account, clis, refusal, refusedAs, region, until } from "./harness.mjs";

const day = 24 * 3600 * 1000;
let server, metrics, pca, ca;
before(async () => {
  server = await Everseal.start({ clock: "virtual" });
  metrics = server.client(CloudWatchClient);
  pca = server.pca();
  ca = await newCa(pca);
});
after(() => server?.stop());

// Whatever the virtual clock says now, and however far it is moved below.
const span = () => ({ StartTime: new Date(Date.now() - day), EndTime: new Date(Date.now() + 50 * day) });
const ofCa = (Operation) => [{ Name: "PrivateCAArn", Value: ca }, ...(Operation ? [{ Name: "Operation", Value: Operation }] : [])];
const total = async (Namespace, MetricName, Dimensions, Stat = "Sum") => {
  const { MetricDataResults: [{ Values }] } = await metrics.send(new GetMetricDataCommand({ ...span(),
    MetricDataQueries: [{ Id: "m", MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 86400, Stat } }] }));
  return Values.reduce((sum, value) => sum + value, 0);
};

describe("the metrics of a CA", () => {
  const csr = csrFor("/CN=line4.plant.example");
  const issue = (options) => pca.send(new IssueCertificateCommand(order(ca, csr, options)));
  const figure = (name, stat) => total("AWS/ACMPrivateCA", name, ofCa("IssueCertificate"), stat);

  test("count what it issues, what it does not, and how long that takes", async () => {
    const [successes, failures, times] = await Promise.all([
      figure("Success"), figure("Failure"), figure("Time", "SampleCount")]);
    assert.equal(successes, 1);  // its own certificate
    await issue();
    await issue();
    await refusal(issue({ Validity: days(36500) }));
    assert.equal(await figure("Success"), 3);
    assert.equal(await figure("Failure"), failures + 1);
    assert.equal(await figure("Time", "SampleCount"), times + 3);
    assert.ok(await figure("Time", "Maximum") > 0);
  });

  test("count its CRLs, and the times that its bucket was not to be written to", async () => {
    const ofCrls = (name) => total("AWS/ACMPrivateCA", name, ofCa());
    const s3 = server.s3();
    await createBucket(s3, "metric-crls");
    await letPrivateCaWrite(s3, "metric-crls");
    await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn("metric-crls") }));
    await until(() => ofCrls("CRLGenerated"), (count) => count === 1, "a CRL");
    assert.equal(await ofCrls("MisconfiguredCRLBucket"), 0);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: "metric-crls" }));
    server.advance("5d");
    await until(() => ofCrls("MisconfiguredCRLBucket"), (count) => count >= 1, "a bucket that refuses");
    assert.equal(await ofCrls("CRLGenerated"), 1);
  });

  test("are listed", async () => {
    const { Metrics } = await metrics.send(new ListMetricsCommand({ Namespace: "AWS/ACMPrivateCA",
      Dimensions: [{ Name: "PrivateCAArn" }] }));
    assert.ok(Metrics.some(({ MetricName, Dimensions }) => MetricName === "Success" &&
      Dimensions.find(({ Name }) => Name === "PrivateCAArn").Value === ca));
    const { Metrics: none } = await metrics.send(new ListMetricsCommand({ Dimensions: [{ Name: "PrivateCAArn", Value: "x" }] }));
    assert.deepEqual(none, []);
  });
});

describe("the usage of Private CA", () => {
  const Namespace = "AWS/Usage";
  const used = async (MetricName, Resource) => {
    const Dimensions = Object.entries({ Service: "ACMPrivateCA", Type: "Resource", Class: "None", Resource })
      .map(([Name, Value]) => ({ Name, Value }));
    const { MetricDataResults: [{ Values }] } = await metrics.send(new GetMetricDataCommand({ ...span(),
      ScanBy: "TimestampAscending", MetricDataQueries: [{ Id: "u", MetricStat: { Metric: { Namespace, MetricName, Dimensions },
        Period: 300, Stat: "Maximum" } }] }));
    return Values;
  };

  test("is what there is now, and for the past what there was", async () => {
    const figures = () => Promise.all([used("CertificateAuthority", "CertificateAuthority"), used("CertificatesPerCA", ca)]);
    const then = await figures();
    server.advance("10m");
    const another = await newCa(pca);
    await pca.send(new IssueCertificateCommand(order(ca, csrFor("/CN=line5.plant.example"))));
    const now = await figures();
    for (const figure of [0, 1]) {
      assert.equal(now[figure].at(-1), then[figure].at(-1) + 1);
      assert.deepEqual(now[figure].slice(0, then[figure].length), then[figure]);
    }
    assert.deepEqual(await used("CertificatesPerCA", another), [1]);  // its own certificate
    assert.deepEqual(await used("CertificatesPerCA", `${another}x`), []);
  });

  test("is listed", async () => {
    const { Metrics: all } = await metrics.send(new ListMetricsCommand({ Namespace, MetricName: "CertificateAuthority" }));
    assert.deepEqual(all.map(({ Dimensions }) => Dimensions.find(({ Name }) => Name === "Resource").Value), ["CertificateAuthority"]);
    const { Metrics: of } = await metrics.send(new ListMetricsCommand({ Namespace, Dimensions: [{ Name: "Resource", Value: ca }] }));
    assert.deepEqual(of.map(({ MetricName }) => MetricName), ["CertificatesPerCA"]);
  });
});

describe("DaysToExpiry", () => {
  test("goes down by one a day", async () => {
    await permit(pca, ca);
    const arn = await issued(server.acm(), ca);
    server.advance("72h");
    const { Label, Datapoints } = await metrics.send(new GetMetricStatisticsCommand({ ...span(),
      Namespace: "AWS/CertificateManager", MetricName: "DaysToExpiry", Period: 86400, Statistics: ["Minimum", "SampleCount"],
      Dimensions: [{ Name: "CertificateArn", Value: arn }] }));
    assert.equal(Label, "DaysToExpiry");
    const whole = Datapoints.filter(({ SampleCount }) => SampleCount === 2).map(({ Minimum }) => Minimum);
    assert.ok(whole.length >= 2, JSON.stringify(Datapoints));
    assert.equal(whole[0] - whole[1], 1);
    assert.ok(whole[0] > 380 && whole[0] < 400);
    const found = [];
    for await (const { Metrics } of paginateListMetrics({ client: metrics }, { Namespace: "AWS/CertificateManager" })) {
      found.push(...Metrics.map(({ Dimensions: [{ Value }] }) => Value));
    }
    assert.ok(found.includes(arn));
  });
});

describe("the metrics of a rule", () => {
  test("count what its targets took", async () => {
    const [events, sqs] = [server.events(), server.sqs()];
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "plant" }));
    await events.send(new PutRuleCommand({ Name: "plant", EventPattern: JSON.stringify({ source: ["plant"] }) }));
    await events.send(new PutTargetsCommand({ Rule: "plant", Targets: [{ Id: "1", Arn: `arn:aws:sqs:${region}:${account}:plant` }] }));
    await events.send(new PutEventsCommand({ Entries: [{ Source: "plant", DetailType: "x", Detail: "{}" }] }));
    await until(() => sqs.send(new ReceiveMessageCommand({ QueueUrl })), ({ Messages }) => Messages, "the event");
    const invocations = () => total("AWS/Events", "Invocations", [{ Name: "RuleName", Value: "plant" }]);
    assert.equal(await until(invocations, (count) => count > 0, "the count"), 1);
  });
});

describe("one's own metrics", () => {
  const Dimensions = [{ Name: "Line", Value: "4" }];
  const put = (MetricData, Namespace = "Plant") => metrics.send(new PutMetricDataCommand({ Namespace, MetricData }));

  test("are there at once", async () => {
    await put([{ MetricName: "Parts", Dimensions, Unit: "Count", Value: 3 },
      { MetricName: "Parts", Dimensions, Unit: "Count", Values: [1, 10], Counts: [2, 1] }]);
    const { Datapoints: [point] } = await metrics.send(new GetMetricStatisticsCommand({ ...span(), Namespace: "Plant",
      MetricName: "Parts", Dimensions, Period: 86400 * 60, Statistics: ["Sum", "Average", "Minimum", "Maximum", "SampleCount"] }));
    assert.deepEqual({ ...point, Timestamp: undefined }, { Timestamp: undefined, Sum: 15, Average: 3.75, Minimum: 1,
      Maximum: 10, SampleCount: 4, Unit: "Count" });
    assert.ok(point.Timestamp instanceof Date);
  });

  test("come in pages", async () => {
    const at = Math.floor(Date.now() / 60000) * 60000 + 3 * day;
    await put([0, 1, 2].map((minute) => ({ MetricName: "Paged", Value: minute, Timestamp: new Date(at + minute * 60000) })));
    const asking = { StartTime: new Date(at), EndTime: new Date(at + 180000), ScanBy: "TimestampAscending", MaxDatapoints: 2,
      MetricDataQueries: [{ Id: "p", MetricStat: { Metric: { Namespace: "Plant", MetricName: "Paged" }, Period: 60, Stat: "Sum" } }] };
    const first = await metrics.send(new GetMetricDataCommand(asking));
    assert.deepEqual(first.MetricDataResults[0].Values, [0, 1]);
    assert.equal(first.MetricDataResults[0].StatusCode, "PartialData");
    const second = await metrics.send(new GetMetricDataCommand({ ...asking, NextToken: first.NextToken }));
    assert.deepEqual(second.MetricDataResults[0].Values, [2]);
    assert.equal(second.NextToken, undefined);
  });

  test("are refused where they are AWS's", async () => {
    const error = await refusal(put([{ MetricName: "x", Value: 1 }], "AWS/Lambda"));
    assert.equal(error.name, "InvalidParameterValueException");
    assert.equal(error.Code, "InvalidParameterValue");
  });
});

describe("what is asked for wrongly", () => {
  const MetricName = "Parts";
  const wrong = async (Command, input, Modelled, code, words) => {
    const asked = metrics.send(new Command({ Namespace: "Plant", ...input }));
    await refusedAs(asked, Modelled, 400, words);
    assert.equal((await refusal(asked)).Code, code);
  };
  const measured = (input, ...how) => wrong(PutMetricDataCommand, { MetricData: [{ MetricName, ...input }] }, ...how);
  const combination = [InvalidParameterCombinationException, "InvalidParameterCombination"];
  const value = [InvalidParameterValueException, "InvalidParameterValue"];
  const parameter = [MissingRequiredParameterException, "MissingParameter"];

  test("is refused by PutMetricData", async () => {
    const oneOf = /^The metric Parts needs one of Value, Values and StatisticValues\.$/;
    await measured({}, ...combination, oneOf);
    await measured({ Value: 1, Values: [1] }, ...combination, oneOf);
    await measured({ Values: [1, 2], Counts: [1] }, ...combination, /^Values and Counts must have the same length\.$/);
    await measured({ Value: 1, Timestamp: new Date(0) }, ...value, /within the past two weeks/);
    await measured({ Value: 1, Dimensions: [{ Name: "a", Value: "1" }, { Name: "a", Value: "2" }] }, ...value, /twice/);
    await measured({ StatisticValues: { SampleCount: 0, Sum: 1, Minimum: 1, Maximum: 1 } }, ...value, /not consistent/);
  });

  test("is refused by GetMetricStatistics", async () => {
    const asked = (input, ...how) => wrong(GetMetricStatisticsCommand,
      { MetricName, ...span(), Period: 86400, Statistics: ["Sum"], ...input }, ...how);
    await asked({ Statistics: undefined }, ...parameter, /^Must specify either Statistics or ExtendedStatistics$/);
    await asked({ Period: 60 }, ...combination,
      /^You have requested up to 73,?44\d datapoints, which exceeds the limit of 1,440\. You may reduce the datapoints/);
    await asked({ Period: 7 }, ...value);
    await asked({ EndTime: new Date(0) }, ...value);
  });

  test("is refused by GetMetricData and ListMetrics", async () => {
    const asked = (input, ...how) => wrong(GetMetricDataCommand, { ...span(), MetricDataQueries: [{ Id: "m",
      MetricStat: { Metric: { Namespace: "Plant", MetricName }, Period: 86400, Stat: "Sum" } }], ...input }, ...how);
    await asked({ MetricDataQueries: [{ Id: "m" }] }, ...parameter, /^Either MetricStat or Expression must be specified for m$/);
    await asked({ NextToken: "nonsense" }, InvalidNextToken, "InvalidNextToken", /^The next token specified is invalid\.$/);
    await wrong(ListMetricsCommand, { NextToken: "nonsense" }, ...value);
  });
});

test("metric math and percentiles are refused", async () => {
  const asked = (query) => refusal(metrics.send(new GetMetricDataCommand({ ...span(), MetricDataQueries: [query] })));
  const math = await asked({ Id: "m", Expression: "SUM(METRICS())" });
  assert.equal(math.name, "InvalidParameterValueException");
  assert.match(math.message, /not supported/);
  assert.match((await asked({ Id: "p", MetricStat: { Metric: { Namespace: "Plant", MetricName: "Parts" }, Period: 60,
    Stat: "p99" } })).message, /p99 is not supported/);
});

// That of the distribution speaks query.
for (const { program, version } of clis) {
  describe(`${program} (${version})`, () => {
    const aws = (...args) => server.awsOf(program, "cloudwatch", ...args);
    const name = `cli${clis.findIndex((cli) => cli.program === program)}`;
    const between = ["--start-time", new Date(Date.now() - day).toISOString(), "--end-time", new Date(Date.now() + 50 * day).toISOString()];

    test("puts, lists and gets", () => {
      aws("put-metric-data", "--namespace", "Plant", "--metric-name", name, "--value", "2.5", "--dimensions", "Line=4,Site=north");
      assert.deepEqual(aws("list-metrics", "--namespace", "Plant", "--metric-name", name).Metrics, [{ Namespace: "Plant",
        MetricName: name, Dimensions: [{ Name: "Line", Value: "4" }, { Name: "Site", Value: "north" }] }]);
      const { Datapoints: [{ Sum, Unit }] } = aws("get-metric-statistics", "--namespace", "Plant", "--metric-name", name,
        "--dimensions", "Name=Site,Value=north", "Name=Line,Value=4", ...between, "--period", "86400", "--statistics", "Sum");
      assert.deepEqual({ Sum, Unit }, { Sum: 2.5, Unit: "None" });
      const { MetricDataResults: [{ Id, Values, StatusCode }] } = aws("get-metric-data", ...between, "--metric-data-queries",
        JSON.stringify([{ Id: "m", MetricStat: { Metric: { Namespace: "Plant", MetricName: name, Dimensions:
          [{ Name: "Line", Value: "4" }, { Name: "Site", Value: "north" }] }, Period: 86400, Stat: "Maximum" } }]));
      assert.deepEqual({ Id, Values, StatusCode }, { Id: "m", Values: [2.5], StatusCode: "Complete" });
      assert.throws(() => aws("put-metric-data", "--namespace", "AWS/x", "--metric-name", "x", "--value", "1"),
        /\(InvalidParameterValue\)/);
    });
  });
}
