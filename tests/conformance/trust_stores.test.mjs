// Trust stores as the AWS SDK and the aws CLI see them: whom clients are authenticated against, and
// the published way to revoke one.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  AddTagsCommand, AddTrustStoreRevocationsCommand, CreateTrustStoreCommand, DeleteSharedTrustStoreAssociationCommand,
  DeleteTrustStoreCommand, DescribeTrustStoreAssociationsCommand, DescribeTrustStoreRevocationsCommand,
  DescribeTrustStoresCommand, ElasticLoadBalancingV2Client, GetResourcePolicyCommand,
  GetTrustStoreCaCertificatesBundleCommand, GetTrustStoreRevocationContentCommand, ModifyTrustStoreCommand,
  paginateDescribeTrustStoreRevocations, paginateDescribeTrustStores, RemoveTagsCommand,
  RemoveTrustStoreRevocationsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { activeRoot, certificateOf, createBucket, crlIn, crlKeyOf, csrFor, idOf, issue, letPrivateCaWrite,
  revoke, serialOf, unknown } from "./acm_pca.mjs";
import { clis, Everseal, account, judge, refused, region, until } from "./harness.mjs";

const Bucket = "trust-store-files";

// A CA by OpenSSL: its certificate, and CRLs that it signs.
class OpenSslCa {
  constructor(name) {
    this.folder = mkdtempSync(join(tmpdir(), "everseal-ca-"));
    this.key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });
    writeFileSync(join(this.folder, "key.pem"), this.key);
    this.certificate = judge("openssl", ["req", "-x509", "-key", "key.pem", "-subj", `/O=Example/CN=${name}`,
      "-days", "3650", "-addext", "keyUsage=critical,keyCertSign,cRLSign"], { "key.pem": this.key });
    writeFileSync(join(this.folder, "ca.pem"), this.certificate);
  }
  // `serials`: hexadecimal.
  crl(serials) {
    const at = (name) => join(this.folder, name);
    writeFileSync(at("index.txt"), serials.map((serial) =>
      `R\t400101000000Z\t250101000000Z,keyCompromise\t${serial}\tunknown\t/CN=${serial}\n`).join(""));
    writeFileSync(at("number"), "01\n");
    writeFileSync(at("ca.cnf"), `[ca]\ndefault_ca=own\n[own]\ndatabase=${at("index.txt")}\ncrlnumber=${at("number")}\n` +
      `default_md=sha256\ndefault_crl_days=7\n`);
    return judge("openssl", ["ca", "-config", at("ca.cnf"), "-gencrl", "-keyfile", at("key.pem"), "-cert", at("ca.pem")]);
  }
  end() { rmSync(this.folder, { recursive: true, force: true }); }
}
const serial = (number) => (0x1000 + number).toString(16).toUpperCase();
const serials = (count) => Array.from({ length: count }, (_, number) => serial(number));

describe("trust stores", () => {
  let everseal, elb, s3, devices, gates;
  before(async () => {
    everseal = await Everseal.start();
    elb = everseal.client(ElasticLoadBalancingV2Client);
    s3 = everseal.s3();
    [devices, gates] = [new OpenSslCa("Devices"), new OpenSslCa("Gates")];
    await createBucket(s3, Bucket);
    await put("devices.pem", devices.certificate);
    await put("both.pem", devices.certificate + gates.certificate);
  });
  after(async () => {
    devices?.end();
    gates?.end();
    await everseal?.stop();
  });

  const put = (Key, Body) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const create = (Name, key = "devices.pem", more = {}) => elb.send(new CreateTrustStoreCommand({ Name,
    CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: key, ...more }));
  const made = async (name, key) => (await create(name, key)).TrustStores[0].TrustStoreArn;
  const look = async (arn) => (await elb.send(new DescribeTrustStoresCommand({ TrustStoreArns: [arn] }))).TrustStores[0];
  const add = (TrustStoreArn, ...keys) => elb.send(new AddTrustStoreRevocationsCommand({ TrustStoreArn,
    RevocationContents: keys.map((S3Key) => ({ S3Bucket: Bucket, S3Key })) }));
  const revocations = async (TrustStoreArn, more = {}) => (await elb.send(
    new DescribeTrustStoreRevocationsCommand({ TrustStoreArn, ...more }))).TrustStoreRevocations;
  const remove = (TrustStoreArn, ...RevocationIds) =>
    elb.send(new RemoveTrustStoreRevocationsCommand({ TrustStoreArn, RevocationIds }));
  const absent = `arn:aws:elasticloadbalancing:${region}:${account}:truststore/no/0123456789abcdef`;

  test("are created, described, modified and deleted", async () => {
    const { TrustStores } = await create("life");
    assert.equal(TrustStores.length, 1);
    const { TrustStoreArn, ...rest } = TrustStores[0];
    assert.match(TrustStoreArn, new RegExp(`^arn:aws:elasticloadbalancing:${region}:${account}:truststore/life/[0-9a-f]{16}$`));
    assert.deepEqual(rest, { Name: "life", Status: "ACTIVE", NumberOfCaCertificates: 1, TotalRevokedEntries: 0 });
    assert.deepEqual(await look(TrustStoreArn), TrustStores[0]);
    const modified = await elb.send(new ModifyTrustStoreCommand({ TrustStoreArn,
      CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: "both.pem" }));
    assert.deepEqual(modified.TrustStores, [{ ...TrustStores[0], NumberOfCaCertificates: 2 }]);
    await elb.send(new DeleteTrustStoreCommand({ TrustStoreArn }));
    await refused(elb.send(new DescribeTrustStoresCommand({ TrustStoreArns: [TrustStoreArn] })),
      "TrustStoreNotFoundException");
  });

  test("are listed in pages", async () => {
    for (const name of ["page-1", "page-2", "page-3"]) await create(name);
    const names = [];
    for await (const page of paginateDescribeTrustStores({ client: elb, pageSize: 2 }, {})) {
      assert.ok(page.TrustStores.length <= 2);
      names.push(...page.TrustStores.map(({ Name }) => Name));
    }
    assert.deepEqual(names.filter((name) => name.startsWith("page-")), ["page-1", "page-2", "page-3"]);
    const { TrustStores } = await elb.send(new DescribeTrustStoresCommand({ Names: ["page-2"] }));
    assert.deepEqual(TrustStores.map(({ Name }) => Name), ["page-2"]);
  });

  test("refuse what cannot be, in the words of the model", async () => {
    await create("taken");
    await refused(create("taken", "both.pem"), "DuplicateTrustStoreNameException", /taken/);
    await refused(create("-bad"), "ValidationError", /name/i);
    await refused(create("none", "none.pem"), "CaCertificatesBundleNotFoundException", /none\.pem/);
    await refused(create("none", "none.pem", { CaCertificatesBundleS3Bucket: "no-such-bucket" }),
      "CaCertificatesBundleNotFoundException");
    await put("twenty-six.pem", devices.certificate.repeat(26));
    await refused(create("none", "twenty-six.pem"), "InvalidCaCertificatesBundleException",
      /The CA certificates bundle has too many certificates/);
    await refused(create("none", "devices.pem", { Tags: [{ Key: "a" }, { Key: "a" }] }), "DuplicateTagKeysException");
    for (const [command, input] of [[DescribeTrustStoreRevocationsCommand], [DeleteTrustStoreCommand],
      [DescribeTrustStoreAssociationsCommand], [GetTrustStoreCaCertificatesBundleCommand],
      [RemoveTrustStoreRevocationsCommand, { RevocationIds: [1] }],
      [GetTrustStoreRevocationContentCommand, { RevocationId: 1 }],
      [DeleteSharedTrustStoreAssociationCommand, { ResourceArn: "x" }]]) {
      await refused(elb.send(new command({ TrustStoreArn: absent, ...input })), "TrustStoreNotFoundException", /not found/);
    }
    for (const TrustStoreArn of [`arn:aws:iam::${account}:user/x`, "no-arn"]) {
      await refused(elb.send(new DeleteTrustStoreCommand({ TrustStoreArn })), "ValidationError",
        /is not a valid trust store ARN/);
    }
  });

  test("count what is revoked, and never give an ID twice", async () => {
    const arn = await made("counted", "both.pem");
    await put("a.crl", devices.crl(serials(3)));
    await put("b.crl", gates.crl(serials(2)));
    const first = await add(arn, "a.crl", "b.crl");
    assert.deepEqual(first.TrustStoreRevocations, [[1, 3], [2, 2]].map(([RevocationId, NumberOfRevokedEntries]) =>
      ({ TrustStoreArn: arn, RevocationId, RevocationType: "CRL", NumberOfRevokedEntries })));
    assert.equal((await look(arn)).TotalRevokedEntries, 5);
    await remove(arn, 2);
    const again = await add(arn, "b.crl");
    assert.equal(again.TrustStoreRevocations[0].RevocationId, 3);
    assert.deepEqual((await revocations(arn)).map(({ RevocationId }) => RevocationId), [1, 3]);
    assert.deepEqual((await revocations(arn, { RevocationIds: [3] })).map(({ RevocationId }) => RevocationId), [3]);
    const paged = [];
    for await (const page of paginateDescribeTrustStoreRevocations({ client: elb, pageSize: 1 }, { TrustStoreArn: arn })) {
      paged.push(...page.TrustStoreRevocations.map(({ RevocationId }) => RevocationId));
    }
    assert.deepEqual(paged, [1, 3]);
    await refused(remove(arn, 1, 2), "RevocationIdNotFoundException");
    await refused(revocations(arn, { RevocationIds: [2] }), "RevocationIdNotFoundException");
    assert.equal((await look(arn)).TotalRevokedEntries, 5);
  });

  test("say what is wrong with a revocation file", async () => {
    const arn = await made("strict");
    const crl = devices.crl(serials(3));
    const der = Buffer.from(crl.split("\n").slice(1, -2).join(""), "base64");
    const invalid = async (body, words) => {
      await put("wrong.crl", body);
      await refused(add(arn, "wrong.crl"), "InvalidRevocationContentException", words);
    };
    await invalid(der, /openssl crl -inform DER/);
    await invalid(der.toString("base64"), /-----BEGIN X509 CRL-----/);
    await invalid(crl + crl, /More than one CRL objects in the revocation file/);
    await invalid(gates.crl(serials(1)), /issuer of the CRL, 'CN=Gates,O=Example', is not among/);
    const other = new OpenSslCa("Devices");
    await invalid(other.crl(serials(1)), /signature/);
    other.end();
    await refused(add(arn, "none.crl"), "RevocationContentNotFoundException");
    await refused(add(arn), "ValidationError");
    assert.equal((await look(arn)).TotalRevokedEntries, 0);
  });

  test("hand out what they copied for a while, whatever became of the object", async () => {
    const arn = await made("copied");
    const crl = devices.crl(serials(4));
    await put("copied.crl", crl);
    const { TrustStoreRevocations: [{ RevocationId }] } = await add(arn, "copied.crl");
    await put("copied.crl", "something else");
    const bundle = await elb.send(new GetTrustStoreCaCertificatesBundleCommand({ TrustStoreArn: arn }));
    const content = await elb.send(new GetTrustStoreRevocationContentCommand({ TrustStoreArn: arn, RevocationId }));
    const read = async ({ Location }) => (await fetch(Location)).text();
    assert.equal(await read(bundle), devices.certificate);
    assert.equal(await read(content), crl);
    const other = bundle.Location.slice(0, -1) + (bundle.Location.endsWith("0") ? "1" : "0");
    assert.equal((await fetch(other)).status, 403);
    await refused(elb.send(new GetTrustStoreRevocationContentCommand({ TrustStoreArn: arn, RevocationId: 9 })),
      "RevocationIdNotFoundException");
  });

  test("read the version of an object that is asked for", async () => {
    await createBucket(s3, "versioned-files");
    await s3.send(new PutBucketVersioningCommand({ Bucket: "versioned-files",
      VersioningConfiguration: { Status: "Enabled" } }));
    const store = (Body) => s3.send(new PutObjectCommand({ Bucket: "versioned-files", Key: "ca.pem", Body }));
    const { VersionId } = await store(devices.certificate + gates.certificate);
    await store("not PEM");
    const { TrustStores } = await create("versioned", "ca.pem", { CaCertificatesBundleS3Bucket: "versioned-files",
      CaCertificatesBundleS3ObjectVersion: VersionId });
    assert.equal(TrustStores[0].NumberOfCaCertificates, 2);
  });

  test("have no users and no policy yet", async () => {
    const arn = await made("unused");
    const { TrustStoreAssociations } = await elb.send(new DescribeTrustStoreAssociationsCommand({ TrustStoreArn: arn }));
    assert.deepEqual(TrustStoreAssociations, []);
    await refused(elb.send(new DeleteSharedTrustStoreAssociationCommand({ TrustStoreArn: arn, ResourceArn: "x" })),
      "TrustStoreAssociationNotFoundException");
    assert.equal((await elb.send(new GetResourcePolicyCommand({ ResourceArn: arn }))).Policy, undefined);
    await refused(elb.send(new GetResourcePolicyCommand({ ResourceArn: absent })), "ResourceNotFoundException");
  });

  test("are made by whoever may, of objects that they may read", async () => {
    const iam = everseal.iam();
    await iam.send(new CreateUserCommand({ UserName: "edge" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "edge" }));
    const own = everseal.client(ElasticLoadBalancingV2Client, {
      credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const allow = (...Statement) => iam.send(new PutUserPolicyCommand({ UserName: "edge", PolicyName: "p",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }));
    const attempt = () => own.send(new CreateTrustStoreCommand({ Name: "by-edge",
      CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: "devices.pem" }));
    await assert.rejects(attempt(), (error) => error.$metadata.httpStatusCode === 403 &&
      /elasticloadbalancing:CreateTrustStore/.test(error.message));
    const may = { Effect: "Allow", Action: "elasticloadbalancing:*",
      Resource: `arn:aws:elasticloadbalancing:${region}:${account}:truststore/by-edge/*` };
    await allow(may);
    await refused(attempt(), "CaCertificatesBundleNotFoundException", /s3:GetObject/);
    await allow(may, { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` });
    assert.equal((await attempt()).TrustStores[0].Name, "by-edge");
  });

  test("follow a private CA, if they are told so", async () => {
    const pca = everseal.pca();
    const ca = await activeRoot(pca);
    const follow = (Name, Value) => create(Name, "none", { CaCertificatesBundleS3Bucket: "none",
      Tags: [{ Key: "everseal:ca-arn", Value }] });
    const { TrustStores: [store] } = await follow("follower", ca);
    assert.equal(store.NumberOfCaCertificates, 1);
    assert.equal(store.TotalRevokedEntries, 0);
    const { Location } = await elb.send(new GetTrustStoreCaCertificatesBundleCommand({ TrustStoreArn: store.TrustStoreArn }));
    assert.equal((await (await fetch(Location)).text()).trim(), (await certificateOf(pca, ca)).Certificate.trim());
    const leaf = await issue(pca, ca, csrFor("/CN=leaf.internal"));
    await revoke(pca, ca, serialOf(leaf.Certificate));
    assert.equal((await look(store.TrustStoreArn)).TotalRevokedEntries, 1);
    await refused(elb.send(new ModifyTrustStoreCommand({ TrustStoreArn: store.TrustStoreArn,
      CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: "both.pem" })), "ValidationError", /follows/);
    const ResourceArns = [store.TrustStoreArn];
    await elb.send(new AddTagsCommand({ ResourceArns, Tags: [{ Key: "team", Value: "edge" }] }));
    await refused(elb.send(new AddTagsCommand({ ResourceArns, Tags: [{ Key: "everseal:ca-arn", Value: unknown }] })),
      "ValidationError", /settled by the tag/);
    await refused(elb.send(new RemoveTagsCommand({ ResourceArns, TagKeys: ["everseal:ca-arn"] })),
      "ValidationError", /settled by the tag/);
    await refused(follow("stray", unknown), "ValidationError", /not the ARN of a private CA/);
  });

  test("outlive the server", async () => {
    const server = await Everseal.start({ data: true });
    try {
      const bucket = server.s3();
      await createBucket(bucket, Bucket);
      await bucket.send(new PutObjectCommand({ Bucket, Key: "ca.pem", Body: devices.certificate }));
      await bucket.send(new PutObjectCommand({ Bucket, Key: "a.crl", Body: devices.crl(serials(7)) }));
      const before = server.client(ElasticLoadBalancingV2Client);
      const { TrustStores: [{ TrustStoreArn }] } = await before.send(new CreateTrustStoreCommand({ Name: "kept",
        CaCertificatesBundleS3Bucket: Bucket, CaCertificatesBundleS3Key: "ca.pem" }));
      await before.send(new AddTrustStoreRevocationsCommand({ TrustStoreArn,
        RevocationContents: [{ S3Bucket: Bucket, S3Key: "a.crl" }] }));
      await before.send(new RemoveTrustStoreRevocationsCommand({ TrustStoreArn, RevocationIds: [1] }));
      await server.restart();
      const { TrustStoreRevocations } = await server.client(ElasticLoadBalancingV2Client).send(
        new AddTrustStoreRevocationsCommand({ TrustStoreArn, RevocationContents: [{ S3Bucket: Bucket, S3Key: "a.crl" }] }));
      assert.equal(TrustStoreRevocations[0].RevocationId, 2);
      assert.equal(TrustStoreRevocations[0].NumberOfRevokedEntries, 7);
    } finally {
      await server.stop();
    }
  });
});

// The published how-to, from the revocation to the count that has grown.
for (const leadingSlash of [false, true]) {
  const how = leadingSlash ? "word for word, where the setting allows it" : "with the key that the answer names";
  describe(`the way to revoke a client certificate, ${how}`, { skip: clis.length === 0 && "no aws CLI" }, () => {
    const crls = "example-bucket";
    let everseal, folder, ca, client, arn;
    before(async () => {
      everseal = await Everseal.start(leadingSlash ? { config: "[trust_stores]\nleading_slash = true\n" } : {});
      folder = mkdtempSync(join(tmpdir(), "everseal-how-to-"));
      const [pca, s3] = [everseal.pca(), everseal.s3()];
      await createBucket(s3, crls);
      await letPrivateCaWrite(s3, crls);
      ca = await activeRoot(pca, crlIn(crls));
      client = (await issue(pca, ca, csrFor("/CN=client.internal"))).Certificate;
      await s3.send(new PutObjectCommand({ Bucket: crls, Key: "ca/root.pem", Body: (await certificateOf(pca, ca)).Certificate }));
    });
    after(async () => {
      await everseal?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const elbv2 = (...args) => everseal.aws("elbv2", ...args);

    test("a trust store of the CA", () => {
      const { TrustStores } = elbv2("create-trust-store", "--name", "clients",
        "--ca-certificates-bundle-s3-bucket", crls, "--ca-certificates-bundle-s3-key", "ca/root.pem");
      arn = TrustStores[0].TrustStoreArn;
      assert.equal(TrustStores[0].Status, "ACTIVE");
      assert.equal(TrustStores[0].TotalRevokedEntries, 0);
    });

    test("revoke, fetch the CRL, convert it, upload it", async () => {
      writeFileSync(join(folder, "client.cert"), client);
      const colons = serialOf(client).toLowerCase().match(/../g).join(":");
      everseal.aws("acm-pca", "revoke-certificate", "--certificate-authority-arn", ca,
        "--certificate-serial", colons, "--revocation-reason", "KEY_COMPROMISE");
      await until(() => everseal.awsText("s3", "ls", `s3://${crls}/crl/`), (list) => list.includes(`${idOf(ca)}.crl`), "the CRL");
      const [der, pem] = [join(folder, "revoke_list.crl"), join(folder, "revoked_list_in_pem.crl")];
      await until(() => {
        everseal.awsText("s3", "cp", `s3://${crls}/${crlKeyOf(ca)}`, der);
        return judge("openssl", ["crl", "-in", der, "-inform", "DER", "-noout", "-text"]);
      }, (text) => text.includes(serialOf(client)), "the entry");
      judge("openssl", ["crl", "-in", der, "-inform", "DER", "-out", pem]);
      everseal.awsText("s3", "cp", pem, `s3://${crls}/crl/revoked_list_in_pem.crl`);
    });

    test("add it, and see the count grow", () => {
      const addOf = (key) => elbv2("add-trust-store-revocations", "--trust-store-arn", arn,
        "--revocation-contents", `S3Bucket=${crls},S3Key=${key},RevocationType=CRL`);
      if (!leadingSlash) {
        assert.throws(() => addOf("/crl/revoked_list_in_pem.crl"), (error) => /RevocationContentNotFound/.test(error.stderr) &&
          /the object that exists is 'crl\/revoked_list_in_pem\.crl'/.test(error.stderr));
        assert.throws(() => addOf(crlKeyOf(ca)), (error) => /InvalidRevocationContent/.test(error.stderr) &&
          /openssl crl -inform DER/.test(error.stderr));
      }
      const { TrustStoreRevocations } = addOf(leadingSlash ? "/crl/revoked_list_in_pem.crl" : "crl/revoked_list_in_pem.crl");
      assert.deepEqual(TrustStoreRevocations, [{ TrustStoreArn: arn, RevocationId: 1, RevocationType: "CRL", NumberOfRevokedEntries: 1 }]);
      assert.equal(elbv2("describe-trust-stores", "--trust-store-arns", arn).TrustStores[0].TotalRevokedEntries, 1);
    });

    test("look at it, and take it away", async () => {
      const own = ["--trust-store-arn", arn];
      assert.equal(elbv2("describe-trust-store-revocations", ...own).TrustStoreRevocations.length, 1);
      assert.deepEqual(elbv2("describe-trust-store-associations", ...own).TrustStoreAssociations, []);
      const { Location } = elbv2("get-trust-store-revocation-content", ...own, "--revocation-id", "1");
      assert.equal(await (await fetch(Location)).text(), readFileSync(join(folder, "revoked_list_in_pem.crl"), "utf8"));
      assert.match(await (await fetch(elbv2("get-trust-store-ca-certificates-bundle", ...own).Location)).text(), /BEGIN CERTIFICATE/);
      elbv2("remove-trust-store-revocations", ...own, "--revocation-ids", "1");
      assert.equal(elbv2("describe-trust-stores", "--names", "clients").TrustStores[0].TotalRevokedEntries, 0);
      elbv2("modify-trust-store", ...own, "--ca-certificates-bundle-s3-bucket", crls, "--ca-certificates-bundle-s3-key", "ca/root.pem");
      elbv2("delete-trust-store", ...own);
      assert.deepEqual(elbv2("describe-trust-stores").TrustStores, []);
    });
  });
}
