// AWS/Lambda in CloudWatch, as the SDK and the aws CLI read it: what functions did, by function, by
// what was asked for and over all.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CloudWatchClient, GetMetricDataCommand, paginateListMetrics } from "@aws-sdk/client-cloudwatch";
import {
  CreateAliasCommand, CreateFunctionCommand, InvokeCommand, LambdaClient, PublishVersionCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { Everseal, refusedWith } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

describe("the metrics of functions", () => {
  let server, lambda, metrics, Role;
  before(async () => {
    server = await Everseal.start();
    [lambda, metrics] = [server.client(LambdaClient), server.client(CloudWatchClient)];
    Role = await roleForLambda(server, "runs");
  });
  after(() => server?.stop());

  const create = (FunctionName) => lambda.send(new CreateFunctionCommand({ FunctionName, Role, Runtime: "python3.11",
    Handler: "main.handler", Timeout: 60, Code: { ZipFile: zipOf("main.py", `
import time
def handler(event, context):
    time.sleep(event.get("seconds", 0))
    return event["answer"]
`) } }));
  const invoke = (FunctionName, payload, more = {}) =>
    lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), ...more }));
  const span = () => ({ StartTime: new Date(Date.now() - 3600_000), EndTime: new Date(Date.now() + 3600_000) });
  const figure = async (MetricName, Stat, dimensions = {}) => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const { MetricDataResults: [{ Values }] } = await metrics.send(new GetMetricDataCommand({ ...span(),
      MetricDataQueries: [{ Id: "m", MetricStat: { Period: 86400, Stat,
        Metric: { Namespace: "AWS/Lambda", MetricName, Dimensions } } }] }));
    assert.ok(Values.length <= 2);  // two, if a day ended meanwhile
    return Stat === "Maximum" ? Math.max(...Values) : Values.reduce((sum, value) => sum + value, 0);
  };

  test("count invocations, errors, and how long they took", async () => {
    await create("counted");
    await invoke("counted", { answer: 1 });
    await invoke("counted", { answer: 1, seconds: 0.2 });
    assert.equal((await invoke("counted", {})).FunctionError, "Unhandled");
    await invoke("counted", {}, { InvocationType: "DryRun" });
    const of = { FunctionName: "counted" };
    assert.equal(await figure("Invocations", "Sum", of), 3);
    assert.equal(await figure("Errors", "Sum", of), 1);
    assert.equal(await figure("Errors", "SampleCount", of), 3);
    assert.equal(await figure("Throttles", "Sum", of), 0);
    assert.equal(await figure("Duration", "SampleCount", of), 3);
    const longest = await figure("Duration", "Maximum", of);
    assert.ok(longest >= 200 && longest < 60_000, `${longest} ms`);
    assert.equal(await figure("ConcurrentExecutions", "Maximum", of), 1);
    assert.equal(await figure("Invocations", "Sum", { ...of, Resource: "counted" }), 3);
    assert.equal(await figure("Invocations", "Sum"), 3);
  });

  test("count what is throttled, which is no invocation", async () => {
    await create("throttled");
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "throttled", ReservedConcurrentExecutions: 0 }));
    await refusedWith(invoke("throttled", { answer: 1 }), "TooManyRequestsException", 429);
    assert.equal(await figure("Throttles", "Sum", { FunctionName: "throttled" }), 1);
    assert.equal(await figure("Invocations", "Sum", { FunctionName: "throttled" }), 0);
  });

  test("count how many run at once", async () => {
    await create("together");
    await Promise.all([1, 2, 3].map(() => invoke("together", { answer: 1, seconds: 2 })));
    const most = await figure("ConcurrentExecutions", "Maximum", { FunctionName: "together" });
    assert.equal(most, 3);
    assert.equal(await figure("ConcurrentExecutions", "Maximum"), 3);
  });

  test("tell an alias and the version that it led to apart", async () => {
    await create("versioned");
    await lambda.send(new PublishVersionCommand({ FunctionName: "versioned" }));
    await lambda.send(new CreateAliasCommand({ FunctionName: "versioned", Name: "LIVE", FunctionVersion: "1" }));
    await invoke("versioned", { answer: 1 });
    await invoke("versioned", { answer: 1 }, { Qualifier: "LIVE" });
    await invoke("versioned", { answer: 1 }, { Qualifier: "1" });
    const of = { FunctionName: "versioned" };
    assert.equal(await figure("Invocations", "Sum", of), 3);
    assert.equal(await figure("Invocations", "Sum", { ...of, Resource: "versioned:LIVE" }), 1);
    assert.equal(await figure("Invocations", "Sum", { ...of, Resource: "versioned:1" }), 1);
    assert.equal(await figure("Invocations", "Sum", { ...of, Resource: "versioned:LIVE", ExecutedVersion: "1" }), 1);
  });

  test("are listed, also by the aws CLI", async () => {
    const listed = [];
    for await (const page of paginateListMetrics({ client: metrics }, { Namespace: "AWS/Lambda",
      Dimensions: [{ Name: "FunctionName", Value: "counted" }] })) {
      for (const { MetricName, Dimensions } of page.Metrics) if (Dimensions.length === 1) listed.push(MetricName);
    }
    assert.deepEqual(listed.sort(), ["ConcurrentExecutions", "Duration", "Errors", "Invocations", "Throttles"]);
    const { Metrics } = server.aws("cloudwatch", "list-metrics", "--namespace", "AWS/Lambda", "--metric-name", "Throttles",
      "--dimensions", "Name=FunctionName,Value=throttled");
    assert.ok(Metrics.some(({ Dimensions }) => Dimensions.length === 1));
    const { Datapoints } = server.aws("cloudwatch", "get-metric-statistics", "--namespace", "AWS/Lambda",
      "--metric-name", "Duration", "--dimensions", "Name=FunctionName,Value=counted", "--statistics", "SampleCount",
      "--period", "86400", "--start-time", span().StartTime.toISOString(), "--end-time", span().EndTime.toISOString());
    assert.equal(Datapoints.reduce((sum, { SampleCount }) => sum + SampleCount, 0), 3);
    assert.equal(Datapoints[0].Unit, "Milliseconds");
  });
});
