// The aws CLI's own commands for S3, and what stays through a restart.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { Everseal, refusedWith as refused, region, until } from "./harness.mjs";
import { Signed, bytesOf, octets } from "./s3.mjs";

describe("aws s3", () => {
  let server, folder;
  before(async () => {
    server = await Everseal.start();
    folder = mkdtempSync(join(tmpdir(), "everseal-s3-"));
    mkdirSync(join(folder, "tree/inner"), { recursive: true });
    for (const name of ["one", "two é", "inner/three"]) writeFileSync(join(folder, "tree", name), name);
    writeFileSync(join(folder, "large"), octets(20_000_000));
    aws("mb", "s3://cli");
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  function aws(...args) {
    return execFileSync("aws", ["--endpoint-url", server.endpoint, "s3", ...args, ...(args[0] === "ls" ? [] : ["--no-progress"])]
      .filter((arg, at, all) => arg !== "--no-progress" || ["cp", "mv", "sync"].includes(all[3])), {
      cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: region,
        AWS_PAGER: "", AWS_EC2_METADATA_DISABLED: "true" } });
  }
  const names = (...args) => aws("ls", ...args).trim().split("\n").filter(Boolean)
    .map((line) => line.replace(/^.*?(PRE |\d\d:\d\d:\d\d +\d+ )/, ""));

  test("makes buckets and lists them", () => {
    assert.match(aws("ls"), / cli\n/);
    assert.deepEqual(names("s3://cli"), []);
    aws("mb", "s3://cli-gone");
    aws("rb", "s3://cli-gone");
    assert.doesNotMatch(aws("ls"), /cli-gone/);
  });

  test("copies files up and down", () => {
    aws("cp", "tree/one", "s3://cli/one");
    aws("cp", "s3://cli/one", "back");
    assert.equal(readFileSync(join(folder, "back"), "utf8"), "one");
    assert.equal(aws("cp", "s3://cli/one", "-"), "one");
  });

  test("copies large files in parts", () => {
    aws("cp", "large", "s3://cli/large");
    aws("cp", "s3://cli/large", "large back");
    assert.ok(readFileSync(join(folder, "large")).equals(readFileSync(join(folder, "large back"))));
    aws("cp", "s3://cli/large", "s3://cli/large copy");
    aws("cp", "s3://cli/large copy", "large back");
    assert.ok(readFileSync(join(folder, "large")).equals(readFileSync(join(folder, "large back"))));
    aws("rm", "s3://cli/large");
    aws("rm", "s3://cli/large copy");
  });

  test("synchronises folders, and nothing that is the same", () => {
    assert.equal(aws("sync", "tree", "s3://cli/tree").trim().split("\n").length, 3);
    assert.equal(aws("sync", "tree", "s3://cli/tree"), "");
    assert.deepEqual(names("s3://cli/tree/"), ["inner/", "one", "two é"]);
    assert.deepEqual(names("--recursive", "s3://cli/tree/"), ["tree/inner/three", "tree/one", "tree/two é"]);
    aws("sync", "s3://cli/tree", "tree back");
    assert.equal(readFileSync(join(folder, "tree back/two é"), "utf8"), "two é");
    aws("rm", "s3://cli/tree/one");
    aws("sync", "--delete", "s3://cli/tree", "tree back");
    assert.throws(() => statSync(join(folder, "tree back/one")));
  });

  test("signs URLs in advance", async () => {
    aws("cp", "tree/one", "s3://cli/signed é");
    for (const name of [region, "eu-central-1"]) {  // of which CLI v1 uses another version of signatures
      const url = aws("presign", "s3://cli/signed é", "--expires-in", "60", "--region", name).trim();
      const answer = await fetch(url);
      assert.deepEqual([answer.status, await answer.text()], [200, "one"], url);
      assert.equal((await fetch(url.replace("signed", "other"))).status, 403);
    }
    aws("rm", "s3://cli/signed é");
  });

  test("moves and removes", () => {
    aws("cp", "tree/one", "s3://cli/moving");
    aws("mv", "s3://cli/moving", "s3://cli/moved é");
    assert.equal(aws("cp", "s3://cli/moved é", "-"), "one");
    aws("mv", "s3://cli/moved é", "moved down");
    assert.equal(readFileSync(join(folder, "moved down"), "utf8"), "one");
    aws("rm", "--recursive", "s3://cli/tree");
    assert.throws(() => names("s3://cli/tree/"));
    assert.throws(() => aws("rb", "s3://cli"), /BucketNotEmpty/);
    aws("rb", "--force", "s3://cli");
    assert.doesNotMatch(aws("ls"), / cli\n/);
  });
});

describe("What is stored", () => {
  let server;
  const Bucket = "kept";
  before(async () => {
    server = await Everseal.start({ data: true });
    await server.s3().send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  });
  after(() => server.stop());
  const files = () => readdirSync(join(server.data, "objects"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const put = (Key, Body) => server.s3().send(new PutObjectCommand({ Bucket, Key, Body }));
  const get = (Key) => server.s3().send(new GetObjectCommand({ Bucket, Key }));

  test("is there after a restart, and files that nobody names are not", async () => {
    const data = octets(200_000);
    await put("crl/../ca.pem", data);
    assert.equal(files().length, 1);
    assert.doesNotMatch(files()[0], /ca\.pem/);
    await server.restart(() => {
      mkdirSync(join(server.data, "objects/00"), { recursive: true });
      writeFileSync(join(server.data, "objects/00/11223344556677889900112233aabb"), "orphan");
      writeFileSync(join(server.data, "objects/incoming/00112233445566778899001122334455"), "half");
    });
    assert.equal(files().length, 1);
    assert.ok(data.equals(await bytesOf((await get("crl/../ca.pem")).Body)));
  });

  test("takes no space once it is replaced or removed", async () => {
    await put("crl/../ca.pem", "second");
    assert.equal(files().length, 1);
    await server.s3().send(new DeleteObjectCommand({ Bucket, Key: "crl/../ca.pem" }));
    assert.equal(files().length, 0);
  });

  test("is there as a whole or not at all when the server is killed meanwhile", async () => {
    await put("before", octets(200_000));
    const stored = files();
    const { port, hostname } = new URL(server.endpoint);
    const { head } = new Signed(server.endpoint, "PUT", `/${Bucket}/half`, { hash: "UNSIGNED-PAYLOAD" });
    const socket = connect(Number(port), hostname, () =>
      socket.write(Buffer.concat([Buffer.from(`${head}content-length: 1000000\r\n\r\n`), octets(500_000)])));
    socket.on("error", () => {});  // it ends with the server
    await until(files, (all) => all.length > stored.length, "the upload has begun");
    const ended = once(server.process, "exit");
    server.process.kill("SIGKILL");
    await ended;
    await server.launch();
    assert.deepEqual(files(), stored);
    assert.ok(octets(200_000).equals(await bytesOf((await get("before")).Body)));
    await refused(get("half"), "NoSuchKey", 404);
    await server.s3().send(new DeleteObjectCommand({ Bucket, Key: "before" }));
  });

  test("is not sent when the disk has damaged it", async () => {
    await put("damaged", octets(1000));
    const [file] = files();
    const stored = readFileSync(file);
    stored[500] ^= 1;
    writeFileSync(file, stored);
    await refused(get("damaged"), "InternalError", 500);
    await until(() => server.log, (log) => log.some((line) => line.includes("is damaged in block 0")), "the damage in the log");
  });
});
