// What callers see of a database that lost a table: the error that the model of each service has for
// faults of its own, with nothing in it of what broke, which is in the log.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { GetAccountConfigurationCommand } from "@aws-sdk/client-acm";
import { ListTagsCommand } from "@aws-sdk/client-acm-pca";
import { CloudWatchClient, InternalServiceFault, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { InternalException, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { ListGroupsCommand, ListUsersCommand, ServiceFailureException } from "@aws-sdk/client-iam";
import { LambdaClient, ListFunctionsCommand, ServiceException } from "@aws-sdk/client-lambda";
import { create } from "./acm_pca.mjs";
import { Everseal, clis, damage, refusal, until } from "./harness.mjs";

describe("Data that lost a table", () => {
  const lost = ["acm_account", "acmpca_tag", "cloudwatch_series", "events_rule", "iam_group", "lambda_function"];
  let server, ca;
  before(async () => {
    server = await Everseal.start({ data: true });
    ca = await create(server.pca());
    await server.restart(() => damage(server, ...lost.map((table) => `ALTER TABLE ${table} RENAME TO lost_${table}`)));
  });
  after(() => server?.stop());

  for (const [service, ask, name, Modelled] of [
    ["ACM", () => server.acm().send(new GetAccountConfigurationCommand({})), "InternalFailure"],
    ["Private CA", () => server.pca().send(new ListTagsCommand({ CertificateAuthorityArn: ca })), "InternalFailure"],
    ["CloudWatch", () => server.client(CloudWatchClient).send(new ListMetricsCommand({})), "InternalServiceFault", InternalServiceFault],
    ["EventBridge", () => server.events().send(new ListRulesCommand({})), "InternalException", InternalException],
    ["IAM", () => server.iam().send(new ListGroupsCommand({})), "ServiceFailureException", ServiceFailureException],
    ["Lambda", () => server.client(LambdaClient).send(new ListFunctionsCommand({})), "ServiceException", ServiceException],
  ]) {
    test(`is ${name} to clients of ${service}`, async () => {
      const error = await refusal(ask());
      assert.equal(error.name, name, error.message);
      assert.equal(error.$metadata.httpStatusCode, 500);
      assert.equal(error.$fault, Modelled ? "server" : error.$fault);
      assert.ok(error instanceof (Modelled ?? Error));
      assert.doesNotMatch(error.message, /table|sql|[a-z]_[a-z]/i);
      await until(() => server.log, (lines) => lines.some((line) => line.includes(error.$metadata.requestId) &&
        /"level":"error".*"cause":"[^"]*no such table/.test(line)), "the cause in the log");
    });
  }

  for (const { program, version } of clis) {
    test(`is InternalServiceError to ${version} where it asks CloudWatch, and ServiceFailure where it asks IAM`, () => {
      assert.throws(() => server.awsOf(program, "cloudwatch", "list-metrics"), /\(InternalServiceError\)/);
      assert.throws(() => server.awsOf(program, "iam", "list-groups"), /\(ServiceFailure\)/);
    });
  }

  test("is whole for what it did not lose", () => server.iam().send(new ListUsersCommand({})));
});
