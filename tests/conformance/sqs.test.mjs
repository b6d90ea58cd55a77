// SQS in both of its protocols: JSON as the SDK speaks it, and query as older clients and the CLI of
// the distribution do.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { CreateQueueCommand, PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { Everseal, account, clis, region } from "./harness.mjs";

const md5 = (data) => createHash("md5").update(data).digest("hex");
const counted = (data) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(data));
  return Buffer.concat([length, Buffer.from(data)]);
};
// Of texts: name, type, and value, by name.
const md5OfAttributes = (attributes) => md5(Buffer.concat(Object.entries(attributes).sort().flatMap(([name, value]) =>
  [counted(name), counted("String"), Buffer.from([1]), counted(value)])));

let server, sqs;
before(async () => {
  server = await Everseal.start();
  sqs = server.sqs();
});
after(() => server?.stop());

// Signs and posts a form, or gets it; answers status and body.
async function query(parameters, { path = "/", method = "POST" } = {}) {
  const { hostname, port, host } = new URL(server.endpoint);
  const form = new URLSearchParams({ Version: "2012-11-05", ...parameters });
  const signer = new SignatureV4({ region, service: "sqs", sha256: Sha256,
    credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const request = await signer.sign({ method, protocol: "http:", hostname, port: Number(port), path,
    query: method === "GET" ? Object.fromEntries(form) : {},
    headers: { host, ...(method === "POST" && { "content-type": "application/x-www-form-urlencoded" }) },
    body: method === "POST" ? form.toString() : undefined });
  const { host: _, ...headers } = request.headers;
  const answer = await fetch(`${server.endpoint}${path}${method === "GET" ? `?${form}` : ""}`,
    { method, headers, body: request.body });
  return { status: answer.status, body: await answer.text() };
}
const element = (xml, name) => new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1];

describe("the query protocol", () => {
  test("makes a queue, sends to its address, and receives what JSON sent", async () => {
    const made = await query({ Action: "CreateQueue", QueueName: "plant",
      "Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "0" });
    assert.equal(made.status, 200, made.body);
    const url = element(made.body, "QueueUrl");
    const { pathname: path } = new URL(url);
    assert.equal(path, `/${account}/plant`);
    const sent = await query({ Action: "SendMessage", MessageBody: "one & two",
      "MessageAttribute.1.Name": "line", "MessageAttribute.1.Value.DataType": "String",
      "MessageAttribute.1.Value.StringValue": "4" }, { path });
    assert.equal(sent.status, 200, sent.body);
    assert.equal(element(sent.body, "MD5OfMessageBody"), md5("one & two"));
    assert.equal(element(sent.body, "MD5OfMessageAttributes"), md5OfAttributes({ line: "4" }));
    const got = await query({ Action: "ReceiveMessage", "AttributeName.1": "SenderId",
      "MessageAttributeName.1": "All" }, { path, method: "GET" });
    assert.equal(got.status, 200, got.body);
    assert.equal(element(got.body, "Body"), "one &amp; two");
    assert.match(got.body, /<Attribute><Name>SenderId<\/Name><Value>.+?<\/Value><\/Attribute>/);
    assert.match(got.body, /<MessageAttribute><Name>line<\/Name><Value><DataType>String<\/DataType><StringValue>4<\/StringValue><\/Value><\/MessageAttribute>/);
    assert.equal(element(got.body, "MD5OfMessageAttributes"), md5OfAttributes({ line: "4" }));
    const { Messages: [same] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    assert.equal(same.Body, "one & two");
    const deleted = await query({ Action: "DeleteMessage", QueueUrl: url, ReceiptHandle: same.ReceiptHandle });
    assert.equal(deleted.status, 200, deleted.body);
    assert.match(deleted.body, /^<DeleteMessageResponse .*<RequestId>/);
    assert.equal((await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }))).Messages, undefined);
  });

  test("names errors in its own words", async () => {
    const missing = await query({ Action: "PurgeQueue" }, { path: `/${account}/none` });
    assert.equal(missing.status, 400);
    assert.equal(element(missing.body, "Code"), "AWS.SimpleQueueService.NonExistentQueue");
    await query({ Action: "CreateQueue", QueueName: "twice" });
    const other = await query({ Action: "CreateQueue", QueueName: "twice",
      "Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "1" });
    assert.equal(element(other.body, "Code"), "QueueAlreadyExists");
    assert.equal(element((await query({ Action: "Nothing" })).body, "Code"), "InvalidAction");
    assert.equal(element((await query({}, { path: `/${account}/twice` })).body, "Code"), "MissingAction");
  });
});

describe("the SDK", () => {
  test("is told both names of an error", async () => {
    const error = await sqs.send(new PurgeQueueCommand({ QueueUrl: `${server.endpoint}/${account}/none` }))
      .then(() => assert.fail("accepted"), (refusal) => refusal);
    assert.equal(error.name, "QueueDoesNotExist");
    assert.equal(error.Code, "AWS.SimpleQueueService.NonExistentQueue");
  });

  test("finds the checksums that it expects", async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "checked" }));
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "é",
      MessageAttributes: { b: { DataType: "String", StringValue: "2" }, a: { DataType: "String", StringValue: "1" } } }));
    assert.equal(sent.MD5OfMessageBody, md5("é"));
    assert.equal(sent.MD5OfMessageAttributes, md5OfAttributes({ a: "1", b: "2" }));
    const { Messages: [got] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["b"] }));
    assert.equal(got.MD5OfMessageAttributes, md5OfAttributes({ b: "2" }));
  });
});

// The distribution's CLI (2.9) speaks query, that of newer packages JSON.
for (const { program, version } of clis) {
  describe(`${program} (${version})`, () => {
    const aws = (...args) => server.awsOf(program, "sqs", ...args);
    const name = `cli${clis.findIndex((cli) => cli.program === program)}`;

    test("does everything that is there", () => {
      const { QueueUrl } = aws("create-queue", "--queue-name", name, "--attributes", "VisibilityTimeout=0,MessageRetentionPeriod=60");
      const of = ["--queue-url", QueueUrl];
      assert.equal(aws("get-queue-url", "--queue-name", name).QueueUrl, QueueUrl);
      assert.deepEqual(aws("list-queues", "--queue-name-prefix", name).QueueUrls, [QueueUrl]);
      const sent = aws("send-message", ...of, "--message-body", "one",
        "--message-attributes", JSON.stringify({ kind: { DataType: "String", StringValue: "test" } }));
      assert.equal(sent.MD5OfMessageBody, md5("one"));
      const { Messages: [message] } = aws("receive-message", ...of, "--attribute-names", "All",
        "--message-attribute-names", "All");
      assert.equal(message.MessageId, sent.MessageId);
      assert.equal(message.Body, "one");
      assert.equal(message.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
      assert.equal(message.MessageAttributes.kind.StringValue, "test");
      assert.equal(message.Attributes.ApproximateReceiveCount, "1");
      assert.equal(aws("get-queue-attributes", ...of, "--attribute-names", "VisibilityTimeout", "QueueArn")
        .Attributes.QueueArn, `arn:aws:sqs:${region}:${account}:${name}`);
      aws("delete-message", ...of, "--receipt-handle", message.ReceiptHandle);
      assert.equal(aws("receive-message", ...of), undefined);
      aws("send-message", ...of, "--message-body", "two");
      aws("purge-queue", ...of);
      assert.equal(aws("get-queue-attributes", ...of, "--attribute-names", "All")
        .Attributes.ApproximateNumberOfMessages, "0");
      aws("delete-queue", ...of);
      assert.throws(() => aws("purge-queue", ...of), /AWS\.SimpleQueueService\.NonExistentQueue/);
    });
  });
}
