// What tests/fault/renewal_kill_at_each_step.sh does once the server can be killed at a step. STEPS: how many lie
// between two kills.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RenewCertificateCommand } from "@aws-sdk/client-acm";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { exported, issued, look, newCa, permit } from "./acm.mjs";
import { Everseal, account, region, until } from "./harness.mjs";
import { arm } from "./kill_at.mjs";

const queue = "renewed", stride = Number(process.env.STEPS ?? 1);
const everseal = await Everseal.start({ data: true });
let acm, sqs;
const connect = () => { [acm, sqs] = [everseal.acm(), everseal.sqs()]; };

const heard = new Map();  // of an event's id: the event, as it came
async function listen() {
  const QueueUrl = `${everseal.endpoint}/${account}/${queue}`;
  // Not hidden from the next look: a kill may come between taking a message and answering with it.
  const wish = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(wish));
  for (const { Body, ReceiptHandle } of Messages) {
    const { id } = JSON.parse(Body);
    assert.equal(heard.get(id) ?? Body, Body, `the event ${id} came twice, and differs`);
    heard.set(id, Body);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}
const aboutIt = (arn) => (event) => event.source === "aws.health" && event.resources[0] === arn;
const told = (arn) => [...heard.values()].map((body) => JSON.parse(body)).filter(aboutIt(arn));

// The bodies of AWS Health's events about it that wait in the database of a server that is dead.
const query = `import json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT body FROM events_event ORDER BY seq")
print(json.dumps([row[0] for row in rows]))`;
function waiting(arn) {
  const copy = mkdtempSync(join(tmpdir(), "everseal-dead-"));
  try {
    for (const end of ["", "-wal"]) cpSync(join(everseal.data, `everseal.db${end}`), join(copy, `copy.db${end}`));
    const bodies = JSON.parse(execFileSync("python3", ["-c", query, join(copy, "copy.db")], { encoding: "utf8" }));
    return bodies.filter((body) => aboutIt(arn)(JSON.parse(body)));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const renew = (CertificateArn) => acm.send(new RenewCertificateCommand({ CertificateArn }));

try {
  connect();
  await sqs.send(new CreateQueueCommand({ QueueName: queue }));
  const events = everseal.events();
  await events.send(new PutRuleCommand({ Name: queue, EventPattern: JSON.stringify({
    source: ["aws.health"], detail: { eventTypeCode: ["AWS_ACM_RENEWAL_STATE_CHANGE"] } }) }));
  await events.send(new PutTargetsCommand({ Rule: queue, Targets: [{ Id: "1", Arn: `arn:aws:sqs:${region}:${account}:${queue}` }] }));
  const pca = everseal.pca();
  const ca = await newCa(pca);
  await permit(pca, ca);

  let kills = 0, between = 0, step = 1;
  for (; ; step += stride) {
    const arn = await issued(acm, ca);
    await exported(acm, arn);
    const { Serial } = await look(acm, arn);
    let alive = true;
    everseal.process.once("exit", () => { alive = false; });
    arm(step);
    const answered = await renew(arn).then(() => true, () => false);
    // Either it is killed, or all has been done.
    while (alive && told(arn).length === 0) await listen().catch((error) => {
      if (error.code === "ERR_ASSERTION") throw error;  // else it was killed while it answered
      return new Promise((resolve) => setTimeout(resolve, 5));
    });
    arm(0);
    if (alive) break;
    kills += 1;
    const written = waiting(arn);
    between += written.length;
    await everseal.end();
    await everseal.launch();
    connect();
    // Unless it was accepted before the kill, and is done by now or on its way.
    if (!answered) await renew(arn).catch(({ name }) =>
      assert.ok(["ValidationException", "RequestInProgressException"].includes(name), name));
    const renewed = await until(() => look(acm, arn), (found) => found.Serial !== Serial, `step ${step}: a renewal`);
    assert.equal(renewed.RenewalSummary.RenewalStatus, "SUCCESS");
    await until(listen, () => told(arn).length > 0, `step ${step}: the event of the renewal`);
    for (const body of written) assert.equal(heard.get(JSON.parse(body).id), body, `step ${step}: what was written arrived`);
    assert.equal(told(arn).length, 1, `step ${step}: one event tells of one renewal`);
    assert.match(told(arn)[0].detail.eventDescription[0].latestDescription, /completed the renewal/);
  }
  assert.ok(kills >= 20 / stride, `only ${kills} steps`);
  assert.ok(between >= 3 / stride, `only ${between} steps between the renewal and the delivery of its event`);
  console.log(`ok: killed at ${kills} steps, at ${between} of them while the event of a renewal waited; each arrived as it was written`);
} finally {
  arm(0);
  await everseal.stop();
}
