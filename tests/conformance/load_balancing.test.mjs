// What load balancers do with traffic: told through the AWS SDK on
// one side, tried by Node's and OpenSSL's TLS on the other.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { DeleteCertificateCommand, RenewCertificateCommand } from "@aws-sdk/client-acm";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { exported, issued, look, newCa, permit } from "./acm.mjs";
import { activeRoot, certificateOf, createBucket, crlIn, crlKeyOf, issue, keyAndCsr, letPrivateCaWrite,
  readObject, revoke, serialOf } from "./acm_pca.mjs";
import { Everseal, judge, refused, until } from "./harness.mjs";
import { Balancing, answer, forward, get, keepAlive, outcome, refusedAtOnce, served, target } from "./load_balancing.mjs";

const Bucket = "edge-files";
let server, balancing, acm, pca, s3, ca, root, certificate;
const edges = new Map();
const edge = async (name) => {
  if (!edges.has(name)) edges.set(name, await balancing.edge(name));
  return edges.get(name);
};
const send = (command, input) => balancing.send(command, input);
const signalHaproxy = (signal) => {
  const pids = judge("pgrep", ["-f", `^/usr/sbin/haproxy.*/everseal-gateway-${server.process.pid}/`]);
  for (const pid of pids.trim().split("\n")) process.kill(Number(pid), signal);
};

before(async () => {
  server = await Everseal.start();
  [balancing, acm, pca, s3] = [new Balancing(server), server.acm(), server.pca(), server.s3()];
  ca = await newCa(pca);
  await permit(pca, ca);
  root = (await certificateOf(pca, ca)).Certificate;
  certificate = await issued(acm, ca, { DomainName: "app.corp.internal" });
  await createBucket(s3, Bucket);
});
after(() => server?.stop());

describe("a listener", () => {
  test("answers, redirects and forwards as its rules say", async () => {
    const { arn: LoadBalancerArn, address } = await edge("rules");
    const one = await target();
    try {
      const ListenerArn = await balancing.listen({ LoadBalancerArn, Protocol: "HTTP", Port: 8080,
        DefaultActions: answer("404", "nothing here") });
      const at = { address, port: 8080 };
      await served(at, 404);
      assert.equal((await get(at)).body, "nothing here");
      const group = await balancing.group("api", one.port);
      const rule = (Priority, path, Actions) => send("CreateRule", { ListenerArn, Priority, Actions,
        Conditions: [{ Field: "path-pattern", Values: [path] }] });
      await rule(1, "/api/*", forward(group));
      await rule(2, "/old/*", [{ Type: "redirect", RedirectConfig: { Path: "/new/#{path}", StatusCode: "HTTP_301" } }]);
      await served({ ...at, path: "/api/one?a=b" });
      assert.equal((await get({ ...at, path: "/api/one?a=b" })).body, "target: /api/one?a=b");
      assert.match(one.headers["x-forwarded-for"], /^127\./);
      await served({ ...at, path: "/old/x" }, 301);
      assert.equal((await get({ ...at, path: "/old/x" })).headers.location, "http://app.corp.internal:8080/new/old/x");
      const health = await until(() => send("DescribeTargetHealth", { TargetGroupArn: group }),
        ({ TargetHealthDescriptions: [{ TargetHealth }] }) => TargetHealth.State === "healthy", "a healthy target", 1500);
      assert.equal(health.TargetHealthDescriptions[0].Target.Port, one.port);
    } finally {
      one.end();
    }
  });

  test("says and leaves out the headers that its attributes name", async () => {
    const { arn: LoadBalancerArn, address } = await edge("headers");
    const ListenerArn = await balancing.listen({ LoadBalancerArn, Protocol: "HTTP", Port: 8080,
      DefaultActions: answer("404", "nothing here") });
    const at = { address, port: 8080 };
    await served(at, 404);
    assert.equal((await get(at)).headers.server, "awselb/2.0");
    const policy = "default-src 'self'; img-src *";
    await send("ModifyListenerAttributes", { ListenerArn, Attributes: [
      { Key: "routing.http.response.server.enabled", Value: "false" },
      { Key: "routing.http.response.content_security_policy.header_value", Value: policy },
      { Key: "routing.http.response.strict_transport_security.header_value", Value: "max-age=63072000" },
    ] });
    const { headers } = await until(() => get(at), ({ headers }) => !headers.server, "no name of the server");
    assert.equal(headers["content-security-policy"], policy);
    assert.equal(headers["strict-transport-security"], "max-age=63072000");
  });

  test("shows the certificate that ACM has, and the renewed one, while connections stand", async () => {
    const { arn: LoadBalancerArn, address } = await edge("renewed");
    const own = await issued(acm, ca, { DomainName: "app.corp.internal" });
    await balancing.listen({ LoadBalancerArn, Protocol: "HTTPS", Port: 8443, DefaultActions: answer("200", "hello"),
      Certificates: [{ CertificateArn: own }] });
    const at = { address, port: 8443, tls: { ca: root } };
    await served(at);
    const old = (await get(at)).serial;
    const { Serial, InUseBy } = await look(acm, own);
    assert.equal(old.toLowerCase(), Serial.replaceAll(":", ""));
    assert.deepEqual(InUseBy, [LoadBalancerArn]);
    await refused(acm.send(new DeleteCertificateCommand({ CertificateArn: own })), "ResourceInUseException");

    await exported(acm, own);
    const agent = keepAlive(at.tls);
    try {
      assert.equal((await get({ ...at, agent })).status, 200);
      await acm.send(new RenewCertificateCommand({ CertificateArn: own }));
      await until(() => look(acm, own), (now) => now.Serial !== Serial, "a renewal");
      const { serial } = await until(() => get(at), (found) => found.serial !== old, "the renewed certificate");
      assert.equal(serial.toLowerCase(), (await look(acm, own)).Serial.replaceAll(":", ""));
      const { status, reused } = await get({ ...at, agent });
      assert.ok(status === 200 && reused, "the connection that stands was not kept");
    } finally {
      agent.destroy();
    }
    await send("DeleteLoadBalancer", { LoadBalancerArn });
    await acm.send(new DeleteCertificateCommand({ CertificateArn: own }));
    await refusedAtOnce(at);
  });

  test("chooses among certificates by the name that the client calls", async () => {
    const { arn: LoadBalancerArn, address } = await edge("names");
    const other = await issued(acm, ca, { DomainName: "other.corp.internal" });
    const ListenerArn = await balancing.listen({ LoadBalancerArn, Protocol: "HTTPS", Port: 443,
      DefaultActions: answer("200"), Certificates: [{ CertificateArn: certificate }] });
    const at = (host) => ({ address, port: 443, host, tls: { ca: root } });
    await served(at("app.corp.internal"));
    assert.equal(await outcome(at("other.corp.internal")), "ERR_TLS_CERT_ALTNAME_INVALID");
    await send("AddListenerCertificates", { ListenerArn, Certificates: [{ CertificateArn: other }] });
    await served(at("other.corp.internal"));
    await served(at("app.corp.internal"));
  });
});

describe("mutual TLS", () => {
  let clients, client, stranger;
  before(async () => {
    await letPrivateCaWrite(s3, Bucket);
    clients = await activeRoot(pca, crlIn(Bucket));
    await s3.send(new PutObjectCommand({ Bucket, Key: "clients.pem",
      Body: (await certificateOf(pca, clients)).Certificate }));
    client = await newClient("/CN=client");
    stranger = { ca: root, ...selfSigned("/CN=stranger") };
  });
  const newClient = async (subject) => {
    const { key, csr } = keyAndCsr(subject);
    return { ca: root, cert: (await issue(pca, clients, csr)).Certificate, key };
  };
  const selfSigned = (subject) => {
    const { key } = keyAndCsr(subject);
    return { key, cert: judge("openssl", ["req", "-x509", "-key", "key.pem", "-subj", subject, "-days", "1"], { "key.pem": key }) };
  };
  const verifying = async (name, TrustStoreArn, DefaultActions) => {
    const { arn: LoadBalancerArn, address } = await edge(name);
    await balancing.listen({ LoadBalancerArn, Protocol: "HTTPS", Port: 443, DefaultActions,
      Certificates: [{ CertificateArn: certificate }], MutualAuthentication: { Mode: "verify", TrustStoreArn } });
    return { address, port: 443 };
  };
  const store = async (Name, more) => (await send("CreateTrustStore", { Name,
    CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: "clients.pem", ...more }))
    .TrustStores[0].TrustStoreArn;

  test("lets in whom the trust store knows, tells the target who it is, and nobody else can say so", async () => {
    const one = await target();
    try {
      const at = await verifying("verified", await store("verified"), forward(await balancing.group("told", one.port)));
      await served({ ...at, tls: client });
      await get({ ...at, tls: client, headers: { "X-Amzn-Mtls-Clientcert-Subject": "CN=admin" } });
      assert.equal(one.headers["x-amzn-mtls-clientcert-subject"], "CN=client");
      assert.equal(one.headers["x-amzn-mtls-clientcert-serial-number"].toLowerCase(),
        serialOf(client.cert).replaceAll(":", "").toLowerCase());
      assert.equal(typeof await outcome({ ...at, tls: { ca: root } }), "string");
      assert.equal(typeof await outcome({ ...at, tls: stranger }), "string");
    } finally {
      one.end();
    }
  });

  test("refuses whom a CRL revokes, at the next request of a connection that stands, until it is removed", async () => {
    const TrustStoreArn = await store("by-crl");
    const at = await verifying("by-crl", TrustStoreArn, answer("200"));
    const [bad, good] = [await newClient("/CN=bad"), client];
    await served({ ...at, tls: bad });
    const agent = keepAlive(bad);
    assert.equal((await get({ ...at, tls: bad, agent })).status, 200);
    await revoke(pca, clients, serialOf(bad.cert));
    const der = await until(() => readObject(s3, Bucket, crlKeyOf(clients)).catch(() => undefined), (found) => found &&
      judge("openssl", ["crl", "-inform", "DER", "-in", "c", "-noout", "-text"], { c: found }).includes("Serial Number"), "a CRL");
    await s3.send(new PutObjectCommand({ Bucket, Key: "revoked.pem",
      Body: judge("openssl", ["crl", "-inform", "DER", "-in", "c"], { c: der }) }));
    assert.equal(await outcome({ ...at, tls: bad }), 200);
    const { TrustStoreRevocations: [{ RevocationId, NumberOfRevokedEntries }] } = await send("AddTrustStoreRevocations",
      { TrustStoreArn, RevocationContents: [{ S3Bucket: Bucket, S3Key: "revoked.pem" }] });
    assert.equal(NumberOfRevokedEntries, 1);
    await refusedAtOnce({ ...at, tls: bad });
    assert.equal(typeof await outcome({ ...at, tls: bad, agent }), "string");
    agent.destroy();
    assert.equal(await outcome({ ...at, tls: good }), 200);
    await send("RemoveTrustStoreRevocations", { TrustStoreArn, RevocationIds: [RevocationId] });
    await served({ ...at, tls: bad });
  });

  test("follows a private CA by itself, also through the death of HAProxy", async () => {
    const TrustStoreArn = await store("following", { Tags: [{ Key: "everseal:ca-arn", Value: clients }] });
    const at = await verifying("following", TrustStoreArn, answer("200"));
    const bad = await newClient("/CN=soon revoked");
    await served({ ...at, tls: bad });
    await revoke(pca, clients, serialOf(bad.cert));
    await refusedAtOnce({ ...at, tls: bad });
    assert.equal(await outcome({ ...at, tls: client }), 200);

    // HAProxy dies, and comes back with what it knew.
    signalHaproxy("SIGKILL");
    await until(() => server.log.filter((line) => line.includes('"gateway.died"')), (lines) => lines.length > 0, "the news");
    await served({ ...at, tls: client });
    await refusedAtOnce({ ...at, tls: bad });
  });

  test("is in force once a HAProxy that hangs goes on, and meanwhile the server answers", async () => {
    const at = await verifying("hung", await store("hung", { Tags: [{ Key: "everseal:ca-arn", Value: clients }] }), answer("200"));
    const bad = await newClient("/CN=revoked meanwhile");
    await served({ ...at, tls: bad });
    signalHaproxy("SIGSTOP");
    try {
      const began = Date.now();
      await revoke(pca, clients, serialOf(bad.cert));
      const { arn: LoadBalancerArn } = await edge("made-meanwhile");
      await balancing.listen({ LoadBalancerArn, Protocol: "HTTP", Port: 8080, DefaultActions: answer("200") });
      assert.equal((await send("DescribeLoadBalancers", { Names: ["hung"] })).LoadBalancers.length, 1);
      assert.ok(Date.now() - began < 3000, "the server waited for HAProxy");
    } finally {
      signalHaproxy("SIGCONT");
    }
    await refusedAtOnce({ ...at, tls: bad });
    assert.equal(await outcome({ ...at, tls: client }), 200);
    await served({ address: (await edge("made-meanwhile")).address, port: 8080 });
  });
});

describe("a server", () => {
  test("is restarted, and its load balancers go on meanwhile", async () => {
    const kept = await Everseal.start({ data: true });
    try {
      const own = new Balancing(kept);
      const { arn: LoadBalancerArn, address } = await own.edge("kept");
      await own.listen({ LoadBalancerArn, Protocol: "HTTP", Port: 8080, DefaultActions: answer("200", "kept") });
      await served({ address, port: 8080 });
      const agent = keepAlive();
      assert.equal((await get({ address, port: 8080, agent })).body, "kept");
      await kept.end();
      assert.equal(await outcome({ address, port: 8080 }), 200);
      await kept.launch();
      const { body, reused } = await get({ address, port: 8080, agent });
      assert.ok(body === "kept" && reused);
      agent.destroy();
      await new Balancing(kept).send("DeleteLoadBalancer", { LoadBalancerArn });
      await refusedAtOnce({ address, port: 8080 });
    } finally {
      await kept.stop();
    }
  });

  test("without HAProxy says so, and does all else", async () => {
    const without = await Everseal.start({ config: '[load_balancers]\nhaproxy = "/none/haproxy"\n' });
    try {
      const own = new Balancing(without);
      const error = await until(() => own.edge("none").catch((caught) => caught), Boolean, "an answer");
      assert.equal(error.name, "OperationNotPermittedException");
      assert.match(error.message, /HAProxy is not installed: there is no \/none\/haproxy/);
      assert.ok(await newCa(without.pca()));
    } finally {
      await without.stop();
    }
  });
});
