// The published automation, when the administrator works with SDK v3 and the function is Node's: the
// function, its role and policy, the rule and its target; a certificate is renewed, and the log of
// the function has it. Whatever is judged is read from that log.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate, createPublicKey } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { RenewCertificateCommand } from "@aws-sdk/client-acm";
import { GetCertificateAuthorityCertificateCommand } from "@aws-sdk/client-acm-pca";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { AttachRolePolicyCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { exported, issued, look, newCa, permit } from "./acm.mjs";
import { Everseal, judge, until } from "./harness.mjs";
import { roleForLambda } from "./lambda.mjs";

const passphrase = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
const source = `
import { ACMClient, ExportCertificateCommand } from "@aws-sdk/client-acm";
const acm = new ACMClient({});
const Passphrase = Uint8Array.from(${JSON.stringify([...passphrase])});
export const handler = async (event) => {
  const [CertificateArn] = event.resources;
  if (!event.detail.eventDescription[0].latestDescription.includes("completed the renewal")) return { statusCode: 200 };
  const exported = await acm.send(new ExportCertificateCommand({ CertificateArn, Passphrase }));
  for (const member of ["Certificate", "CertificateChain", "PrivateKey"]) console.log(exported[member]);
  return { statusCode: 200 };
};
`;

// The function with the SDK that it brings: of the clients only those that it needs.
function packed() {
  const folder = mkdtempSync(join(tmpdir(), "everseal-node-"));
  try {
    const modules = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
    const inside = join(folder, "function");
    cpSync(modules, join(inside, "node_modules"), { recursive: true });
    const clients = join(inside, "node_modules/@aws-sdk");
    for (const name of readdirSync(clients)) {
      if (/^client-(?!acm$|sso$|sso-oidc$|sts$)/.test(name)) rmSync(join(clients, name), { recursive: true });
    }
    writeFileSync(join(inside, "index.mjs"), source);
    execFileSync("zip", ["-qr", join(folder, "function.zip"), "."], { cwd: inside });
    return readFileSync(join(folder, "function.zip"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a renewal that a Node function hears of", () => {
  let server, lambda, events, acm, ca, root, Role;
  before(async () => {
    server = await Everseal.start();
    [lambda, events, acm] = [server.client(LambdaClient), server.events(), server.acm()];
    ca = await newCa(server.pca());
    await permit(server.pca(), ca);
    root = (await server.pca().send(new GetCertificateAuthorityCertificateCommand({
      CertificateAuthorityArn: ca }))).Certificate;
    Role = await roleForLambda(server, "exporter");
    await server.iam().send(new AttachRolePolicyCommand({ RoleName: "exporter",
      PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }));
    await allow();
    await server.s3().send(new CreateBucketCommand({ Bucket: "code",
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }));
    await server.s3().send(new PutObjectCommand({ Bucket: "code", Key: "function.zip", Body: packed() }));
  });
  after(() => server?.stop());

  const allow = () => server.iam().send(new PutRolePolicyCommand({ RoleName: "exporter", PolicyName: "export",
    PolicyDocument: JSON.stringify({ Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "acm:ExportCertificate", Resource: "*" }] }) }));
  const certificate = async (DomainName) => {
    const arn = await issued(acm, ca, { DomainName });
    await exported(acm, arn);
    return arn;
  };
  const makeFunction = async (FunctionName) => {
    const { FunctionArn } = await lambda.send(new CreateFunctionCommand({ FunctionName, Role,
      Runtime: "nodejs20.x", Handler: "index.handler", Timeout: 60, MemorySize: 512,
      Code: { S3Bucket: "code", S3Key: "function.zip" } }));
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10 }, { FunctionName });
    return FunctionArn;
  };
  // The published pattern, and the function as its target.
  const makeRule = async (Name, certificateArn, functionArn) => {
    const { RuleArn } = await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify({
      source: ["aws.health"], "detail-type": ["AWS Health Event"],
      detail: { service: ["ACM"], eventTypeCategory: ["scheduledChange"],
        eventTypeCode: ["AWS_ACM_RENEWAL_STATE_CHANGE"] },
      resources: [certificateArn] }) }));
    await lambda.send(new AddPermissionCommand({ FunctionName: functionArn, StatementId: Name,
      Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn: RuleArn }));
    const put = await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "1", Arn: functionArn }] }));
    assert.deepEqual([put.FailedEntryCount, put.FailedEntries], [0, []]);
  };
  // Answers the serial number that it has then.
  const renew = async (arn) => {
    const { Serial } = await look(acm, arn);
    await acm.send(new RenewCertificateCommand({ CertificateArn: arn }));
    const renewed = await until(() => look(acm, arn),
      (found) => found.Serial !== Serial && found.RenewalSummary?.RenewalStatus === "SUCCESS", "a renewal");
    return renewed.Serial;
  };
  // All that a function wrote; Node prints with carriage returns what belongs to one event.
  const written = async (name) => {
    let text = "";
    let nextToken;
    do {
      const page = await server.logs().send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, nextToken }))
        .catch((error) => {
          if (error.name !== "ResourceNotFoundException") throw error;
          return { events: [] };
        });
      for (const { message } of page.events) text += `${message.replaceAll("\r", "\n")}\n`;
      nextToken = page.nextToken;
    } while (nextToken);
    return text;
  };
  const parts = (text, what) =>
    text.match(new RegExp(`-----BEGIN ${what}-----[^]*?-----END ${what}-----`, "g")) ?? [];
  const exportedBy = async (name) => {
    const text = await until(() => written(name), (said) => /END ENCRYPTED PRIVATE KEY/.test(said), "an export", 6000);
    const [leaf, ...chain] = parts(text, "CERTIFICATE");
    const keys = parts(text, "ENCRYPTED PRIVATE KEY");
    assert.equal(keys.length, 1, "it exported more than once");
    assert.equal(chain.length, 1);
    return { leaf, chain: chain[0], key: keys[0] };
  };

  // openssl judges: the chain is the CA's and proves the certificate, which is the renewed one, and
  // the passphrase opens the key, which is the certificate's.
  const judgeExport = ({ leaf, chain, key }, serial, domain) => {
    assert.equal(new X509Certificate(chain).fingerprint256, new X509Certificate(root).fingerprint256);
    assert.match(judge("openssl", ["verify", "-CAfile", "root.pem", "leaf.pem"], { "root.pem": chain, "leaf.pem": leaf }), /OK/);
    assert.equal(new X509Certificate(leaf).serialNumber, serial.replaceAll(":", "").toUpperCase());
    assert.equal(new X509Certificate(leaf).subjectAltName, `DNS:${domain}`);
    const opened = judge("openssl", ["pkey", "-in", "key.pem", "-passin", "file:passphrase", "-pubout"],
      { "key.pem": key, passphrase });
    const publicKey = new X509Certificate(leaf).publicKey;
    assert.ok(createPublicKey(opened).equals(publicKey));
    assert.throws(() => judge("openssl", ["pkey", "-in", "key.pem", "-passin", "pass:another", "-noout"], { "key.pem": key }));
  };

  test("is exported when the rule was made before it", async () => {
    const arn = await certificate("before.corp.internal");
    await makeRule("before", arn, await makeFunction("before"));
    const serial = await renew(arn);
    judgeExport(await exportedBy("before"), serial, "before.corp.internal");
  });

  test("is not heard of when the rule was made after it; the next one is", async () => {
    const arn = await certificate("after.corp.internal");
    const missed = await renew(arn);
    const watched = await certificate("watched.corp.internal");
    await makeRule("watched", watched, await makeFunction("watched"));
    await makeRule("after", arn, await makeFunction("after"));
    // A renewal that came later was heard of meanwhile.
    const heard = await renew(watched);
    judgeExport(await exportedBy("watched"), heard, "watched.corp.internal");
    assert.equal(await written("after"), "");
    await exported(acm, arn);
    const serial = await renew(arn);
    assert.notEqual(serial, missed);
    judgeExport(await exportedBy("after"), serial, "after.corp.internal");
  });

  test("is not exported by a role that may not, and its log says so", async () => {
    const arn = await certificate("refused.corp.internal");
    await makeRule("refused", arn, await makeFunction("refused"));
    await server.iam().send(new DeleteRolePolicyCommand({ RoleName: "exporter", PolicyName: "export" }));
    await renew(arn);
    const text = await until(() => written("refused"), (said) => /AccessDenied/.test(said), "a refusal", 6000);
    assert.deepEqual(parts(text, "CERTIFICATE"), []);
    await allow();
  });
});
