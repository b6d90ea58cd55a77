// Partitioned CRLs: each certificate names the list that speaks of it, and a revocation rewrites
// that one only.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { after, before, describe, test } from "node:test";
import {
  DescribeCertificateAuthorityCommand, GetCertificateCommand, IssueCertificateCommand,
  UpdateCertificateAuthorityCommand,
} from "@aws-sdk/client-acm-pca";
import { HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import {
  activeRoot, certificateOf, createBucket, crlIn, crlKeyOf, csrFor, describeCrl, idOf, issue,
  letPrivateCaWrite, order, readObject, revoke as revokeAt, serialOf,
} from "./acm_pca.mjs";
import { Everseal, judge, refused, region, until } from "./harness.mjs";

const bucket = "partitioned-crls";
const partitioned = (options) => crlIn(bucket, { CrlType: "PARTITIONED", ...options });

let everseal, pca, s3;
before(async () => {
  everseal = await Everseal.start({ config: "[publication]\npartition_certificates = 3\n" });
  pca = everseal.pca();
  s3 = everseal.s3();
  await createBucket(s3, bucket);
  await letPrivateCaWrite(s3, bucket);
});
after(() => everseal.stop());

const update = (CertificateAuthorityArn, options) =>
  pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, ...options }));
const leaf = async (ca) => (await issue(pca, ca, csrFor("/CN=app.internal"))).Certificate;
const revoke = (ca, pem) => revokeAt(pca, ca, serialOf(pem));
const extension = (pem, name) =>
  judge("openssl", ["x509", "-in", "c.pem", "-noout", "-ext", name], { "c.pem": pem });
const pointOf = (pem) => /URI:(\S+)/.exec(extension(pem, "crlDistributionPoints"))[1];
const keyOf = (uri) => new URL(uri).pathname.slice(1);
const listAt = (uri) => until(() => readObject(s3, bucket, keyOf(uri)).catch(() => undefined), Boolean, "the CRL");
// The list once it says that the certificate is revoked.
const listWith = (uri, pem) => until(() => readObject(s3, bucket, keyOf(uri)).catch(() => undefined),
  (der) => der && describeCrl(der).includes(serialOf(pem)), "the CRL");
const placeIn = (der) => /X509v3 Issuing Distribution Point: critical\s+Full Name:\s+URI:(\S+)/.exec(describeCrl(der))?.[1];
const pemOf = (der) => judge("openssl", ["crl", "-in", "c", "-inform", "DER"], { c: der });
const look = (uri) => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(uri) }));

describe("a CA with partitions", () => {
  let ca, root;
  const leaves = [];
  before(async () => {
    ca = await activeRoot(pca, partitioned());
    root = (await certificateOf(pca, ca)).Certificate;
    for (let i = 0; i < 7; ++i) leaves.push(await leaf(ca));
  });

  test("repeats what it was told", async () => {
    const { CertificateAuthority } = await pca.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn: ca }));
    assert.equal(CertificateAuthority.RevocationConfiguration.CrlConfiguration.CrlType, "PARTITIONED");
  });

  test("fills one partition after the other, each with a list from the beginning", async () => {
    const points = leaves.map(pointOf);
    assert.deepEqual(points, [0, 0, 0, 3, 3, 3, 6].map((first) => points[first]));
    assert.equal(new Set(points).size, 3);
    for (const uri of new Set(points)) {
      assert.match(uri, new RegExp(`^http://${bucket}\\.s3\\.${region}\\.amazonaws\\.com/crl/${idOf(ca)}/[0-9a-f-]{36}\\.crl$`));
      const der = await listAt(uri);
      assert.equal(placeIn(der), uri);
      assert.match(describeCrl(der), /No Revoked Certificates/);
    }
  });

  test("rewrites the one partition that a revoked certificate names", async () => {
    const uris = [0, 3, 6].map((index) => pointOf(leaves[index]));
    const seen = () => Promise.all(uris.map(async (uri) => {
      const { ETag, LastModified } = await look(uri);
      return { ETag, LastModified };
    }));
    for (const uri of uris) await listAt(uri);
    const earlier = await seen();
    await revoke(ca, leaves[4]);
    await listWith(uris[1], leaves[4]);
    const later = await seen();
    assert.deepEqual(later[0], earlier[0]);
    assert.notEqual(later[1].ETag, earlier[1].ETag);
    assert.deepEqual(later[2], earlier[2]);
  });

  test("is understood by OpenSSL and GnuTLS", async () => {
    await revoke(ca, leaves[1]);
    const uri = pointOf(leaves[1]);
    const der = await listWith(uri, leaves[1]);
    const own = pemOf(der), other = pemOf(await listAt(pointOf(leaves[6])));
    const files = { "root.pem": root, "own.pem": own, "other.pem": other, "all.pem": other + own,
      "good.pem": leaves[0], "bad.pem": leaves[1], "last.pem": leaves[6] };
    judge("openssl", ["crl", "-in", "own.pem", "-CAfile", "root.pem", "-verify", "-noout"], files);
    const check = (crls, name) => judge("openssl",
      ["verify", "-crl_check", "-CAfile", "root.pem", "-CRLfile", crls, name], files);
    for (const crls of ["own.pem", "all.pem"]) {
      assert.match(check(crls, "good.pem"), /OK/);
      assert.throws(() => check(crls, "bad.pem"), /certificate revoked/);
    }
    // The list of another partition does not count, whatever it says.
    assert.throws(() => check("other.pem", "bad.pem"), /different CRL scope/i);
    assert.match(check("other.pem", "last.pem"), /OK/);
    assert.match(judge("certtool", ["--verify-crl", "--load-ca-certificate", "root.pem", "--infile", "own.pem"], files),
      /Verification output: Verified/);
    const gnutls = (name) => judge("certtool", ["--verify", "--load-ca-certificate", "root.pem", "--load-crl", "all.pem",
      "--infile", name], files);
    assert.match(gnutls("good.pem"), /Chain verification output: Verified/);
    assert.throws(() => gnutls("bad.pem"), ({ stdout }) => /revoked/.test(stdout));
    assert.match(judge("certtool", ["--crl-info", "--infile", "own.pem"], files), /Revoked certificates \(1\)/);
  });

  test("publishes partitions as PEM and over HTTP, too", async () => {
    const key = keyOf(pointOf(leaves[1]));
    const der = await listWith(pointOf(leaves[1]), leaves[1]);
    assert.equal((await readObject(s3, bucket, key.replace(/crl$/, "pem"))).toString(), pemOf(der));
    const got = await fetch(`${everseal.publication}/${key}`);
    assert.equal(got.headers.get("content-type"), "application/pkix-crl");
    assert.deepEqual(Buffer.from(await got.arrayBuffer()), der);
    assert.equal((await fetch(`${everseal.publication}/${bucket}/${key}`)).status, 200);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `crl/${idOf(ca)}` }));
    assert.ok(Contents.every(({ Key }) => Key.startsWith(`crl/${idOf(ca)}/`)));
  });

  test("takes CustomCname and CustomPath", async () => {
    await update(ca, partitioned({ CustomCname: "crl.example", CustomPath: "lists/new" }));
    const young = await leaf(ca);
    assert.match(pointOf(young), /^http:\/\/crl\.example\/lists\/new\/[0-9a-f-]{36}\.crl$/);
    await revoke(ca, young);
    assert.equal(placeIn(await listWith(pointOf(young), young)), pointOf(young));
    // What was issued before names another place, and is found there.
    await revoke(ca, leaves[6]);
    assert.equal(placeIn(await listWith(pointOf(leaves[6]), leaves[6])), pointOf(leaves[6]));
  });

  test("may be silent about it in certificates", async () => {
    await update(ca, partitioned({ CrlDistributionPointExtensionConfiguration: { OmitExtension: true } }));
    const silent = await leaf(ca);
    assert.doesNotMatch(judge("openssl", ["x509", "-in", "c.pem", "-noout", "-text"], { "c.pem": silent }), /Distribution/);
    await revoke(ca, silent);
    const crls = async () => {
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `crl/${idOf(ca)}/` }));
      const lists = await Promise.all(Contents.filter(({ Key }) => Key.endsWith(".crl")).map(({ Key }) => readObject(s3, bucket, Key)));
      return lists.filter((der) => describeCrl(der).includes(serialOf(silent))).length;
    };
    assert.equal(await until(crls, (count) => count > 0, "the revocation"), 1);
  });
});

describe("a CA that changes its mind", () => {
  test("goes on with the list of those who name it, and abandons partitions", async () => {
    const ca = await activeRoot(pca, crlIn(bucket));
    const root = (await certificateOf(pca, ca)).Certificate;
    const old = await leaf(ca);
    assert.equal(keyOf(pointOf(old)), crlKeyOf(ca));
    assert.equal(placeIn(await listAt(pointOf(old))), undefined);
    await update(ca, partitioned());
    const young = await leaf(ca), another = await leaf(ca);
    assert.notEqual(pointOf(young), pointOf(old));
    await revoke(ca, old);
    const list = await listWith(pointOf(old), old);
    assert.equal(placeIn(list), pointOf(old));
    assert.throws(() => judge("openssl", ["verify", "-crl_check", "-CAfile", "root.pem", "-CRLfile", "crl.pem", "old.pem"],
      { "root.pem": root, "crl.pem": pemOf(list), "old.pem": old }), /certificate revoked/);
    await revoke(ca, young);
    await listWith(pointOf(young), young);

    await update(ca, crlIn(bucket));
    await refused(revoke(ca, another), "InvalidRequestException", /partition/);
    const newest = await leaf(ca);
    assert.equal(pointOf(newest), pointOf(old));
    await revoke(ca, newest);
    const last = await listWith(pointOf(newest), newest);
    assert.equal(placeIn(last), undefined);
    // It is the one file that clients load, and speaks of partitions, too.
    const check = (name) => judge("openssl", ["verify", "-crl_check", "-CAfile", "root.pem", "-CRLfile", "crl.pem", name],
      { "root.pem": root, "crl.pem": pemOf(last), "young.pem": young, "another.pem": another });
    assert.throws(() => check("young.pem"), /certificate revoked/);
    assert.match(check("another.pem"), /OK/);
  });

  test("may not name a host and be silent", async () => {
    const ca = await activeRoot(pca);
    await refused(update(ca, partitioned({ CustomCname: "crl.example",
      CrlDistributionPointExtensionConfiguration: { OmitExtension: true } })), "InvalidArgsException");
  });
});

describe("partitions under fire", () => {
  const room = 20, atOnce = 8, rounds = 4;
  let server;
  before(async () => {
    server = await Everseal.start({ data: true, config: `[publication]\npartition_certificates = ${room}\n` });
  });
  after(() => server.stop());

  test("are not overfilled, however often the process is killed", async () => {
    await createBucket(server.s3(), bucket);
    await letPrivateCaWrite(server.s3(), bucket);
    const ca = await activeRoot(server.pca(), partitioned());
    const csr = csrFor("/CN=app.internal");
    const answered = [];
    for (let round = 0; round < rounds; ++round) {
      const client = server.pca();
      let left = 20 + Math.floor(Math.random() * 20);  // answers until it is killed
      const issueUntilKilled = async () => {
        for (;;) {
          const { CertificateArn } = await client.send(new IssueCertificateCommand(order(ca, csr)));
          answered.push(CertificateArn);
          if (--left === 0) server.process.kill("SIGKILL");
        }
      };
      await Promise.all(Array.from({ length: atOnce }, () => issueUntilKilled().catch(() => {})));
      await server.restart();
    }
    const client = server.pca();
    // OpenSSL would take its time for so many.
    const pointIn = (pem) => /http:[!-~]+\.crl/.exec(new X509Certificate(pem).raw.toString("latin1"))[0];
    const certificates = await Promise.all(answered.map(async (CertificateArn) =>
      (await client.send(new GetCertificateCommand({ CertificateAuthorityArn: ca, CertificateArn }))).Certificate));
    const points = new Map();
    for (const uri of certificates.map(pointIn)) points.set(uri, (points.get(uri) ?? 0) + 1);
    for (const [uri, count] of points) assert.ok(count <= room + atOnce, `${uri} has ${count}`);
    assert.ok(points.size >= answered.length / (room + atOnce));
    for (const uri of points.keys()) {
      const read = () => readObject(server.s3(), bucket, keyOf(uri)).catch(() => undefined);
      assert.equal(placeIn(await until(read, Boolean, "the CRL")), uri);
    }
  });
});
