// What load balancers tell of what they do: files in buckets as AWS documents them, and live.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { ListObjectsV2Command, PutBucketPolicyCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { issued, newCa, permit } from "./acm.mjs";
import { activeRoot, certificateOf, createBucket, issue, keyAndCsr, readObject } from "./acm_pca.mjs";
import { account, binary, Everseal, judge, refused, region, until } from "./harness.mjs";
import { Balancing, answer, forward, get, outcome, outcomeOverHttp2, served, target } from "./load_balancing.mjs";

const Bucket = "edge-logs";
let server, balancing, s3;
const send = (command, input) => balancing.send(command, input);
const log = (kind, bucket = Bucket, prefix = "edge") => [
  { Key: `${kind}_logs.s3.enabled`, Value: "true" },
  { Key: `${kind}_logs.s3.bucket`, Value: bucket },
  { Key: `${kind}_logs.s3.prefix`, Value: prefix },
];
const switchOn = (LoadBalancerArn, ...Attributes) =>
  send("ModifyLoadBalancerAttributes", { LoadBalancerArn, Attributes: Attributes.flat() });
// As AWS documents it for load balancers.
const letLogsIn = (Principal = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }) =>
  s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{
    Effect: "Allow", Principal, Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${Bucket}/edge/AWSLogs/${account}/*` }] }) }));
const keys = async () => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);
const id = (arn) => arn.split("loadbalancer/")[1];
// The entries of a load balancer's files, each as its fields.
async function entries(arn, kind) {
  const name = `${kind === "connection" ? "conn_log_" : ""}${account}_elasticloadbalancing_${region}_${id(arn).replaceAll("/", ".")}_`;
  const files = (await keys()).filter((key) => key.split("/").at(-1).startsWith(name));
  const texts = await Promise.all(files.map(async (key) => gunzipSync(await readObject(s3, Bucket, key)).toString()));
  return texts.join("").split("\n").filter(Boolean)
    .map((line) => line.match(/"[^"]*"|\S+/g).map((field) => field.replaceAll('"', "")));
}
const requests = async (path, status) => {
  const metrics = await (await fetch(`${server.endpoint}/metrics`)).text();
  return Number(metrics.match(new RegExp(`everseal_gateway_${path}\\{[^}]*"${status}"\\} (\\d+)`))?.[1] ?? 0);
};

before(async () => {
  server = await Everseal.start({ clock: "virtual" });
  [balancing, s3] = [new Balancing(server), server.s3()];
  await createBucket(s3, Bucket);
});
after(() => server?.stop());

describe("a log in a bucket", () => {
  test("is refused where the bucket does not let it in, and else begins with a test object", async () => {
    const { arn } = await balancing.edge("asked");
    await refused(switchOn(arn, log("access", "no-such-bucket")), "InvalidConfigurationRequestException",
      /Access Denied for bucket: no-such-bucket/);
    await refused(switchOn(arn, log("access")), "InvalidConfigurationRequestException", /Access Denied for bucket: edge-logs/);
    const described = await send("DescribeLoadBalancerAttributes", { LoadBalancerArn: arn });
    assert.equal(described.Attributes.find(({ Key }) => Key === "access_logs.s3.enabled").Value, "false");
    await letLogsIn({ AWS: "arn:aws:iam::156460612806:root" }); // as older policies for eu-west-1 have it
    await switchOn(arn, log("access"));
    await letLogsIn();
    await switchOn(arn, log("access"), log("connection"));
    assert.deepEqual(await keys(), [`edge/AWSLogs/${account}/ELBAccessLogTestFile`,
      `edge/AWSLogs/${account}/ELBConnectionLogTestFile`]);
    await refused(switchOn(arn, log("access", Bucket, "elsewhere")), "InvalidConfigurationRequestException");
    await send("DeleteLoadBalancer", { LoadBalancerArn: arn });
  });

  test("has an entry of 34 fields for each request, when its interval ends", async () => {
    await letLogsIn();
    const { arn: LoadBalancerArn, address } = await balancing.edge("access");
    const one = await target();
    try {
      const group = await balancing.group("logged", one.port);
      const ListenerArn = await balancing.listen({ LoadBalancerArn, Protocol: "HTTP", Port: 8080, DefaultActions: forward(group) });
      await send("CreateRule", { ListenerArn, Priority: 7, Conditions: [{ Field: "path-pattern", Values: ["/old"] }],
        Actions: [{ Type: "redirect", RedirectConfig: { Path: "/new", StatusCode: "HTTP_302" } }] });
      const at = { address, port: 8080 };
      await served(at);
      await served({ ...at, path: "/old" }, 302);
      const before = await until(() => requests("requests_total", "3xx"), (count) => count > 0, "a request that is counted");
      await switchOn(LoadBalancerArn, log("access"));
      await get({ ...at, path: "/a?b=c", headers: { "user-agent": "device \"1\"" } });
      await get({ ...at, path: "/old" });
      await until(() => requests("requests_total", "3xx"), (count) => count === before + 1, "a redirection that is counted");
      assert.equal((await entries(LoadBalancerArn, "access")).length, 0);
      server.advance("5m");
      const [first, second, ...more] = await entries(LoadBalancerArn, "access");
      assert.equal(more.length, 0);
      assert.equal(first.length, 34);
      assert.deepEqual([first[0], first[2], first[4], first[8], first[9]],
        ["http", id(LoadBalancerArn), `127.0.0.1:${one.port}`, "200", "200"]);
      assert.match(first[1], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      assert.equal(first[12], "GET http://app.corp.internal:8080/a?b=c HTTP/1.1");
      assert.deepEqual([first[13], first[16], first[20], first[22], first[33]],
        ["device \\x221\\x22", group, "0", "forward", address]);
      assert.equal(first[17], one.headers["x-amzn-trace-id"]);
      assert.match(first[29], /^TID_[0-9a-f]{32}$/);
      assert.deepEqual([second[8], second[20], second[22], second[23]],
        ["302", "7", "redirect", "http://app.corp.internal:8080/new"]);
    } finally {
      one.end();
    }
  });
});

describe("mutual TLS", () => {
  let clients, at, arn;
  const client = async (subject) => {
    const { key, csr } = keyAndCsr(subject);
    return { cert: (await issue(server.pca(), clients, csr)).Certificate, key };
  };
  before(async () => {
    const [acm, pca] = [server.acm(), server.pca()];
    const ca = await newCa(pca);
    await permit(pca, ca);
    clients = await activeRoot(pca);
    await s3.send(new PutObjectCommand({ Bucket, Key: "clients.pem", Body: (await certificateOf(pca, clients)).Certificate }));
    const { TrustStores: [{ TrustStoreArn }] } = await send("CreateTrustStore", { Name: "clients",
      CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: "clients.pem" });
    await letLogsIn();
    const { arn: LoadBalancerArn, address } = await balancing.edge("mutual");
    arn = LoadBalancerArn;
    await switchOn(arn, log("connection"));
    await balancing.listen({ LoadBalancerArn, Protocol: "HTTPS", Port: 443, DefaultActions: answer("200"),
      Certificates: [{ CertificateArn: await issued(acm, ca, { DomainName: "app.corp.internal" }) }],
      MutualAuthentication: { Mode: "verify", TrustStoreArn } });
    at = { address, port: 443 };
    const root = (await certificateOf(pca, ca)).Certificate;
    at.tls = (holder) => ({ ...at, tls: { ca: root, ...holder } });
  });

  test("leaves an entry of 15 fields for each connection, with what came of it and the same id", async () => {
    await served(at.tls(await client("/CN=dev-0001")));
    assert.equal(typeof await outcome(at.tls({})), "string");
    await until(() => requests("handshakes_total", "UnmappedConnectionError"), (count) => count > 0, "a failure that is counted");
    assert.ok(await requests("handshakes_total", "Success") > 0);
    server.advance("5m");
    const all = await entries(arn, "connection");
    const good = all.find((fields) => fields[10] === "Success");
    const bad = all.find((fields) => fields[10] === "Failed:UnmappedConnectionError");
    assert.deepEqual([good.length, bad.length], [15, 15]);
    assert.deepEqual([good[3], good[4], good[7], good[13], good[14]], ["443", "TLSv1.2", "CN=dev-0001", id(arn), at.address]);
    assert.match(good[8], /^NotBefore=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ;NotAfter=/);
    assert.match(good[9], /^[0-9A-F]+$/);
    assert.match(good[6], /^\d+\.\d{3}$/);
    assert.match(bad[11], /^TID_[0-9a-f]{32}$/);
    assert.deepEqual([bad[6], bad[7], bad[8], bad[9]], ["-", "-", "-", "-"]);
  });

  test("is told live by `everseal gateway tail`", async () => {
    const tail = spawn(binary, ["gateway", "tail", "--json", "--load-balancer", "mutual", "--endpoint-url", server.endpoint,
      "--region", region], { env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }, stdio: ["ignore", "pipe", "pipe"] });
    try {
      const heard = [];
      createInterface({ input: tail.stdout }).on("line", (line) => heard.push(JSON.parse(line)));
      const holder = at.tls(await client("/CN=watched"));
      await until(() => outcome({ ...holder, path: "/live" }), () => heard.some(({ Url }) => Url?.endsWith("/live")), "a request that is told");
      const connection = heard.find(({ Type }) => Type === "connection");
      assert.deepEqual([connection.Outcome, connection.Subject, connection.LoadBalancer], ["Success", "CN=watched", id(arn)]);
      const told = heard.find(({ Type }) => Type === "request");
      assert.deepEqual([told.Method, told.Status, told.Action], ["GET", 200, "fixed-response"]);
    } finally {
      tail.kill();
    }
  });
});

// A CA of OpenSSL's, a client whom its list revokes and one whom it does not; the list expired in 2025.
function devicesWithExpiredList() {
  const made = (subject, files, ...more) => {
    const { key } = keyAndCsr(subject);
    return { key, cert: judge("openssl", ["req", "-x509", "-key", "key.pem", "-subj", subject, "-days", "30", ...more],
      { ...files, "key.pem": key }) };
  };
  const ca = made("/CN=Devices", {}, "-addext", "keyUsage=critical,keyCertSign,cRLSign");
  const files = { "ca.pem": ca.cert, "ca.key": ca.key };
  const leaf = (subject, serial) => made(subject, files, "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", serial,
    "-addext", "basicConstraints=critical,CA:FALSE");
  const list = judge("openssl", ["ca", "-gencrl", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key",
    "-crl_lastupdate", "20250101000000Z", "-crl_nextupdate", "20250201000000Z"], { ...files,
    "ca.cnf": "[ca]\ndefault_ca = own\n[own]\ndatabase = index\ncrlnumber = number\ndefault_md = sha256\n" +
      "crl_extensions = more\n[more]\nauthorityKeyIdentifier = keyid:always\n",
    "index": "R\t300101000000Z\t250101000000Z\t1A07\tunknown\t/CN=bad\n", "number": "01\n" });
  return { ca: ca.cert, list, bad: leaf("/CN=bad", "0x1A07"), good: leaf("/CN=good", "0x1A08") };
}

describe("an expired list of a trust store", () => {
  test("goes on to revoke whom it names, and nobody else", async () => {
    const { ca: devices, list, bad, good } = devicesWithExpiredList();
    const [acm, pca] = [server.acm(), server.pca()];
    const ca = await newCa(pca);
    await permit(pca, ca);
    const root = (await certificateOf(pca, ca)).Certificate;
    await s3.send(new PutObjectCommand({ Bucket, Key: "devices.pem", Body: devices }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "expired.pem", Body: list }));
    const { TrustStores: [{ TrustStoreArn }] } = await send("CreateTrustStore", { Name: "devices",
      CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: "devices.pem" });
    await send("AddTrustStoreRevocations", { TrustStoreArn, RevocationContents: [{ S3Bucket: Bucket, S3Key: "expired.pem" }] });
    await letLogsIn();
    const { arn: LoadBalancerArn, address } = await balancing.edge("expired");
    await switchOn(LoadBalancerArn, log("connection"));
    await balancing.listen({ LoadBalancerArn, Protocol: "HTTPS", Port: 443, DefaultActions: answer("200"),
      Certificates: [{ CertificateArn: await issued(acm, ca, { DomainName: "app.corp.internal" }) }],
      SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", MutualAuthentication: { Mode: "verify", TrustStoreArn } });
    const at = (holder, version) => ({ address, port: 443,
      tls: { ca: root, ...holder, minVersion: version, maxVersion: version } });
    await served(at(good, "TLSv1.3"));
    const expected = [];
    for (const version of ["TLSv1.2", "TLSv1.3"]) {
      for (const ask of [outcome, outcomeOverHttp2]) {
        assert.equal(await ask(at(good, version)), 200);
        assert.equal(typeof await ask(at(bad, version)), "string");
        expected.push(`${version} CN=bad 1A07 Failed:ClientCertCrlHit`, `${version} CN=good 1A08 Success`);
      }
    }
    await until(() => requests("handshakes_total", "ClientCertCrlHit"), (count) => count >= 4, "refusals that are counted");
    server.advance("5m");
    const told = (await entries(LoadBalancerArn, "connection")).map((fields) => [4, 7, 9, 10].map((at) => fields[at]).join(" "));
    assert.deepEqual(told.slice(1).sort(), expected.sort());
  });
});

describe("a server that ends", () => {
  test("has written what it had gathered", async () => {
    const kept = await Everseal.start({ data: true });
    try {
      [balancing, s3] = [new Balancing(kept), kept.s3()];
      await createBucket(s3, Bucket);
      await letLogsIn();
      const { arn: LoadBalancerArn, address } = await balancing.edge("kept");
      await switchOn(LoadBalancerArn, log("access"));
      await balancing.listen({ LoadBalancerArn, Protocol: "HTTP", Port: 8080, DefaultActions: answer("200", "kept") });
      await served({ address, port: 8080 });
      await kept.restart();
      [balancing, s3] = [new Balancing(kept), kept.s3()];
      assert.equal((await entries(LoadBalancerArn, "access")).at(-1)[8], "200");
    } finally {
      await kept.stop();
    }
  });
});
