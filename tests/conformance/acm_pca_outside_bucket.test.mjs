// A bucket whose objects lie with an outside service, too: another Everseal plays that service.
import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { UpdateCertificateAuthorityCommand } from "@aws-sdk/client-acm-pca";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { DeleteObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  activeRoot, createBucket, crlIn, crlKeyOf, csrFor, describeCrl, issue, letPrivateCaWrite, readObject, revoke, serialOf,
} from "./acm_pca.mjs";
import { Everseal, refused, region, until } from "./harness.mjs";
import { octets } from "./s3.mjs";

const bucket = "crls", there = "crls-of-plant";
const secret = "a-secret-that-nobody-may-see";
let outside, everseal, credentials, key;

const write = ({ AccessKeyId, SecretAccessKey }, mode = 0o600) => {
  writeFileSync(credentials, `# made by a test\n[other]\naws_access_key_id = x\n[default]\n` +
    `aws_access_key_id = ${AccessKeyId}\naws_secret_access_key = ${SecretAccessKey}\n`);
  chmodSync(credentials, mode);
};
const seenOutside = (name) => readObject(outside.s3(), there, name).catch(() => undefined);
const warnings = (event) => everseal.log.map((line) => JSON.parse(line))
  .filter((line) => line.event === event && (event !== "job.failed" || line.kind === "s3.outside"));
// The next try of what was not taken is at most eight minutes later.
const later = () => everseal.advance("8m");

before(async () => {
  outside = await Everseal.start({ data: true });
  await createBucket(outside.s3(), there);
  const iam = outside.iam();
  await iam.send(new CreateUserCommand({ UserName: "everseal" }));
  await iam.send(new PutUserPolicyCommand({ UserName: "everseal", PolicyName: "write", PolicyDocument: JSON.stringify({
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"],
      Resource: `arn:aws:s3:::${there}/*` }] }) }));
  key = (await iam.send(new CreateAccessKeyCommand({ UserName: "everseal" }))).AccessKey;
  credentials = join(outside.folder, "credentials");
  write(key);
  const { port } = new URL(outside.endpoint);
  outside.command.splice(outside.command.indexOf("127.0.0.1:0"), 1, `127.0.0.1:${port}`);  // where it comes back
  everseal = await Everseal.start({ clock: "virtual", config:
    `[s3.outside.${bucket}]\nendpoint = "${outside.endpoint}"\nregion = "${region}"\nbucket = "${there}"\n` +
    `credentials_file = "${credentials}"\n` });
  await createBucket(everseal.s3(), bucket);
  await letPrivateCaWrite(everseal.s3(), bucket);
});
after(async () => {
  await everseal.stop();
  await outside.stop();
});

describe("A bucket that lies outside, too", () => {
  let ca, pca;
  const revokeOne = async () => {
    const serial = serialOf((await issue(pca, ca, csrFor("/CN=out.internal"))).Certificate);
    await revoke(pca, ca, serial);
    return serial;
  };
  const arrives = (serial) => until(() => seenOutside(crlKeyOf(ca)),
    (der) => der && describeCrl(der).includes(serial), "the CRL outside");

  before(async () => {
    pca = everseal.pca();
    ca = await activeRoot(pca, crlIn(bucket));
  });

  test("gets the test object and each CRL, in both encodings", async () => {
    assert.match((await seenOutside("acm-pca-permission-test-key")).toString(), /^This is a test file/);
    await arrives(await revokeOne());
    const der = await readObject(everseal.s3(), bucket, crlKeyOf(ca));
    assert.deepEqual(await seenOutside(crlKeyOf(ca)), der);
    const pem = await until(() => seenOutside(crlKeyOf(ca).replace(".crl", ".pem")), Boolean, "the PEM outside");
    assert.match(pem.toString(), /^-----BEGIN X509 CRL-----/);
    const { ContentType } = await outside.s3().send(new HeadObjectCommand({ Bucket: there, Key: crlKeyOf(ca) }));
    assert.equal(ContentType, "application/pkix-crl");
  });

  test("gets what users put, in many pieces, too, and loses what they delete", async () => {
    const Key = "a folder/é+%.bin", Body = octets(3_000_000);
    await everseal.s3().send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: "application/x-test", Metadata: { of: "us" } }));
    assert.ok(Body.equals(await until(() => seenOutside(Key), (got) => got?.length === Body.length, "the object outside")));
    const { Metadata } = await outside.s3().send(new HeadObjectCommand({ Bucket: there, Key }));
    assert.deepEqual(Metadata, { of: "us" });
    await everseal.s3().send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    await until(() => seenOutside(Key), (got) => !got, "the object to go");
  });

  test("is given the list later where its credentials are refused", async () => {
    write({ ...key, SecretAccessKey: secret });
    const serial = await revokeOne();
    const [warning] = await until(() => warnings("job.failed"), (all) => all.length > 0, "the warning");
    assert.match(warning.cause, /crls-of-plant at http.* answered PUT of crl\/.* with 403 SignatureDoesNotMatch/);
    assert.ok(!describeCrl(await seenOutside(crlKeyOf(ca))).includes(serial));
    assert.ok(!everseal.log.join("\n").includes(secret));
    await refused(pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn(bucket) })),
      "ValidationException", /Permission error with your S3 bucket 'crls'.*SignatureDoesNotMatch/);
    write(key, 0o644);
    await refused(pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn(bucket) })),
      "ValidationException", /credentials file .* may be read or changed by others/);
    write(key);
    later();
    await arrives(serial);
  });

  test("is given the newest list when it was gone and comes back", async () => {
    await outside.end();
    const failed = warnings("job.failed").length;
    const serials = [await revokeOne(), await revokeOne()];
    await until(() => warnings("s3.outside.unavailable"), (all) => all.length === 1, "the warning");
    assert.match(warnings("s3.outside.unavailable")[0].cause, /cannot be reached/);
    // Here it is at once, in the bucket and over HTTP.
    const url = `${everseal.publication}/${crlKeyOf(ca)}`;
    await until(async () => describeCrl(Buffer.from(await (await fetch(url)).arrayBuffer())),
      (text) => serials.every((serial) => text.includes(serial)), "the CRL over HTTP");
    await outside.launch();
    later();
    for (const serial of serials) await arrives(serial);
    assert.equal(warnings("s3.outside.unavailable").length, 1);
    assert.equal(warnings("s3.outside.available_again").length, 1);
    assert.equal(warnings("job.failed").length, failed);
  });

  test("is named with the check that failed, to whoever configures it", async () => {
    const { Contents } = await outside.s3().send(new ListObjectsV2Command({ Bucket: there }));
    assert.ok(Contents.length >= 3);
    await outside.end();
    await refused(pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn(bucket) })),
      "ValidationException", /Permission error with your S3 bucket 'crls'.*cannot be reached/);
    await outside.launch();
    await pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn(bucket) }));
  });
});

describe("Whoever names a bucket for CRLs", () => {
  test("must be allowed to write there, too", async () => {
    const iam = everseal.iam(), UserName = "operator";
    await iam.send(new CreateUserCommand({ UserName }));
    const allow = (Action, Resource) => iam.send(new PutUserPolicyCommand({ UserName, PolicyName: Action.split(":")[0],
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }) }));
    await allow("acm-pca:*", "*");
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const pca = everseal.pca({ credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const ca = await activeRoot(pca);
    const update = () => pca.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: ca, ...crlIn("of-operators") }));
    await createBucket(everseal.s3(), "of-operators");
    await letPrivateCaWrite(everseal.s3(), "of-operators");
    await refused(update(), "ValidationException",
      /user\/operator is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::of-operators\/acm-pca-permission-test-key-private/);
    await allow("s3:PutObject", "arn:aws:s3:::of-operators/*");
    await update();
  });
});
