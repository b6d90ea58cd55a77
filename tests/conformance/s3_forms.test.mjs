// Objects from forms that browsers send, signed by a policy: Version 4, and Version 2 as older clients make it.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, ListObjectsV2Command,
} from "@aws-sdk/client-s3";
import { Everseal, region, until } from "./harness.mjs";
import { bytesOf, md5, octets } from "./s3.mjs";

let server, s3;
const Bucket = "forms";
const root = { accessKeyId: "test", secretAccessKey: "test" };
before(async () => {
  server = await Everseal.start();
  s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
});
after(() => server.stop());

const hmac = (key, data) => createHmac("sha256", key).update(data).digest();

// The fields of a form that says what it wants and is signed for exactly that.
function signed(fields, { conditions = [], by = root, expires = 60, sign = (text) => text } = {}) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [date.slice(0, 8), region, "s3", "aws4_request"];
  const all = { ...fields, "x-amz-algorithm": "AWS4-HMAC-SHA256", "x-amz-date": date,
    "x-amz-credential": `${by.accessKeyId}/${scope.join("/")}` };
  const policy = Buffer.from(JSON.stringify({ expiration: new Date(Date.now() + expires * 1000).toISOString(),
    conditions: [{ bucket: Bucket }, ...Object.entries(all).map(([name, value]) => name === "key" && value.includes("$")
      ? ["starts-with", "$key", value.split("$")[0]] : { [name]: value }), ...conditions] })).toString("base64");
  const key = scope.reduce(hmac, `AWS4${by.secretAccessKey}`);
  return { ...all, policy, "x-amz-signature": sign(hmac(key, policy).toString("hex")) };
}

// The same as the signer "s3" of boto3 makes it.
function signedAsBefore(fields, by = root) {
  const policy = Buffer.from(JSON.stringify({ expiration: new Date(Date.now() + 60_000).toISOString(),
    conditions: [{ bucket: Bucket }, ...Object.entries(fields).map(([name, value]) => ({ [name]: value }))] })).toString("base64");
  const signature = createHmac("sha1", by.secretAccessKey).update(policy).digest("base64");
  return { ...fields, AWSAccessKeyId: by.accessKeyId, policy, signature };
}

async function post(fields, content = "hello", { name = "a.txt", type = "text/plain", path = `/${Bucket}` } = {}) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (content !== null) form.append("file", new Blob([content], { type }), name);
  const answer = await fetch(`${server.endpoint}${path}`, { method: "POST", body: form, redirect: "manual" });
  const body = await answer.text();
  return { status: answer.status, body, code: /<Code>(.*)<\/Code>/.exec(body)?.[1],
    message: /<Message>(.*)<\/Message>/.exec(body)?.[1], headers: answer.headers };
}
const refusedAs = ({ status, code }, ...expected) => assert.deepEqual([status, code], expected);
const exists = (Key) => s3.send(new HeadObjectCommand({ Bucket, Key })).then(() => true, () => false);

describe("A form", () => {
  test("puts an object with what its fields say", async () => {
    const answer = await post(signed({ key: "in/${filename}", "Content-Type": "text/x-own", "Cache-Control": "no-cache",
      "x-amz-meta-of": "us", tagging: "<Tagging><TagSet><Tag><Key>team</Key><Value>pki</Value></Tag></TagSet></Tagging>" }));
    assert.deepEqual([answer.status, answer.body], [204, ""]);
    assert.equal(answer.headers.get("etag"), `"${md5("hello")}"`);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "in/a.txt" }));
    assert.equal(await got.Body.transformToString(), "hello");
    assert.deepEqual([got.ContentType, got.CacheControl, got.Metadata], ["text/x-own", "no-cache", { of: "us" }]);
    assert.deepEqual((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "in/a.txt" }))).TagSet, [{ Key: "team", Value: "pki" }]);
  });

  test("may be signed as older clients do", async () => {
    const fields = signedAsBefore({ key: "older", "x-amz-meta-of": "us" });
    assert.equal((await post(fields)).status, 204);
    assert.deepEqual((await s3.send(new HeadObjectCommand({ Bucket, Key: "older" }))).Metadata, { of: "us" });
    refusedAs(await post({ ...fields, key: "another" }), 403, "AccessDenied");
    refusedAs(await post({ ...fields, signature: "AAAA" }), 403, "SignatureDoesNotMatch");
    refusedAs(await post(signedAsBefore({ key: "k" }, { accessKeyId: "nobody", secretAccessKey: "x" })), 403, "InvalidAccessKeyId");
  });

  test("may be large, and hold anything", async () => {
    const content = Buffer.concat([octets(3_000_000), Buffer.from("\r\n--line\r\n\r\n------")]);
    assert.equal((await post(signed({ key: "large" }), content)).status, 204);
    assert.ok(content.equals(await bytesOf((await s3.send(new GetObjectCommand({ Bucket, Key: "large" }))).Body)));
  });

  test("is answered as it wants", async () => {
    assert.equal((await post(signed({ key: "k", success_action_status: "200" }))).status, 200);
    const made = await post(signed({ key: "a folder/é", success_action_status: "201" }));
    assert.equal(made.status, 201);
    assert.match(made.body, /<PostResponse[^>]*><Location>\/forms\/a%20folder\/%C3%A9<\/Location><Bucket>forms<\/Bucket><Key>a folder\/é<\/Key><ETag>&quot;/);
    const redirected = await post(signed({ key: "k", success_action_redirect: "https://app.example/done?a=1" }));
    assert.equal(redirected.status, 303);
    assert.equal(redirected.headers.get("location"),
      `https://app.example/done?a=1&bucket=forms&key=k&etag=%22${md5("hello")}%22`);
  });

  test("is refused where its policy does not allow it, and nothing is stored", async () => {
    const key = "refused";
    const plain = signed({ key });
    refusedAs(await post({ ...plain, acl: "private" }), 403, "AccessDenied");
    refusedAs(await post({ ...plain, key: "another" }), 403, "AccessDenied");
    refusedAs(await post(signed({ key }, { expires: -1 })), 403, "AccessDenied");
    assert.match((await post(signed({ key }, { expires: -1 }))).message, /Policy expired/);
    refusedAs(await post(signed({ key }, { sign: (text) => text.replace(/./g, "0") })), 403, "SignatureDoesNotMatch");
    refusedAs(await post(signed({ key }, { by: { accessKeyId: "nobody", secretAccessKey: "x" } })), 403, "InvalidAccessKeyId");
    refusedAs(await post({ ...plain, policy: "e30=" }), 403, "SignatureDoesNotMatch");
    refusedAs(await post({ key, policy: plain.policy, AWSAccessKeyId: "test", signature: "x" }), 403, "SignatureDoesNotMatch");
    const range = (least, most) => signed({ key }, { conditions: [["content-length-range", least, most]] });
    refusedAs(await post(range(6, 10)), 400, "EntityTooSmall");
    refusedAs(await post(range(1, 4)), 400, "EntityTooLarge");
    refusedAs(await post({ key }), 403, "AccessDenied");
    refusedAs(await post(signed({})), 400, "InvalidArgument");
    refusedAs(await post(plain, null), 400, "InvalidArgument");
    refusedAs(await post(signed({ key }), "x", { path: "/forms-nowhere" }), 403, "AccessDenied");
    assert.equal(await exists(key), false);
    assert.equal((await post(range(5, 5))).status, 204);
  });

  test("keeps a line break in a field from becoming a header", async () => {
    const type = "image/png\nx-amz-meta-of: others";
    const any = { conditions: [["starts-with", "$Content-Type", "image/"], ["starts-with", "$x-amz-meta-a", ""]] };
    refusedAs(await post({ ...signed({ key: "lines" }, any), "Content-Type": type, "x-amz-meta-a": "b" }), 400, "InvalidArgument");
    refusedAs(await post({ ...signed({ key: "lines" }, any), "Content-Type": "image/png", "x-amz-meta-a": "b\nc: d" }), 400, "InvalidArgument");
    assert.equal(await exists("lines"), false);
  });

  test("is refused before its key grows with the name of the file", async () => {
    refusedAs(await post({ key: "${filename}".repeat(500) }, "x", { name: "n".repeat(10_000) }), 400, "KeyTooLongError");
    refusedAs(await post({ key: "k" }, "x", { name: "n".repeat(40_000) }), 400, "MaxPostPreDataLengthExceeded");
  });

  test("counts no more than whoever signed it", async () => {
    const iam = server.iam(), UserName = "uploader";
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "drop", PolicyDocument: JSON.stringify({ Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/drop/*` }] }) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const by = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
    assert.equal((await post(signed({ key: "drop/a" }, { by }))).status, 204);
    const answer = await post(signed({ key: "elsewhere" }, { by }));
    refusedAs(answer, 403, "AccessDenied");
    assert.match(answer.message, /user\/uploader is not authorized to perform: s3:PutObject/);
    const ofTheirs = () => server.log.filter((line) => line.includes('"PostObject"')).map((line) => JSON.parse(line))
      .filter(({ access_key_id }) => access_key_id === by.accessKeyId);
    const lines = await until(ofTheirs, ({ length }) => length === 2, "two lines in the log");
    assert.deepEqual(lines.map(({ caller, access_key_id, status }) => [caller.split(":").at(-1), access_key_id, status]),
      [["user/uploader", by.accessKeyId, 204], ["user/uploader", by.accessKeyId, 403]]);
  });

  test("must be one, and come to its end", async () => {
    const send = (body, type) => fetch(`${server.endpoint}/${Bucket}`, { method: "POST", body, headers: { "content-type": type } });
    assert.equal((await send("key=k", "application/x-www-form-urlencoded")).status, 412);
    const cut = await send("--line\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhello", "multipart/form-data; boundary=line");
    assert.ok([400, 403].includes(cut.status), String(cut.status));
    const before = (await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount;
    const fields = Object.entries(signed({ key: "cut" })).map(([name, value]) =>
      `--line\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("");
    const half = await send(`${fields}--line\r\nContent-Disposition: form-data; name="file"\r\n\r\nhello`, "multipart/form-data; boundary=line");
    assert.equal(half.status, 400);
    assert.match(await half.text(), /MalformedPOSTRequest/);
    assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, before);
  });
});
