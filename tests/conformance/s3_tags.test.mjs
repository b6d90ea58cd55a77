// Tags of objects.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand,
  DeleteObjectTaggingCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand,
  PutBucketVersioningCommand, PutObjectCommand, PutObjectTaggingCommand, UploadPartCommand,
} from "@aws-sdk/client-s3";
import { Everseal, refusedWith, region } from "./harness.mjs";

let server, s3;
const Bucket = "tagged";
before(async () => {
  server = await Everseal.start();
  s3 = server.s3();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
});
after(() => server.stop());

const put = (Key, more) => s3.send(new PutObjectCommand({ Bucket, Key, Body: "x", ...more }));
const tags = async (Key, more) => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key, ...more }))).TagSet;
const tag = (Key, TagSet, more) => s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet }, ...more }));
const plant = [{ Key: "plant", Value: "7 é" }, { Key: "line/2", Value: "" }];

describe("Tags of an object", () => {
  test("come with it, are changed and deleted", async () => {
    await put("a", { Tagging: "plant=7%20%C3%A9&line%2F2=" });
    assert.deepEqual(await tags("a"), plant);
    assert.equal((await s3.send(new GetObjectCommand({ Bucket, Key: "a" }))).TagCount, 2);
    const { LastModified, ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "a" }));
    await tag("a", [{ Key: "plant", Value: "8" }]);
    assert.deepEqual(await tags("a"), [{ Key: "plant", Value: "8" }]);
    const changed = await s3.send(new HeadObjectCommand({ Bucket, Key: "a" }));
    assert.deepEqual([changed.LastModified, changed.ETag], [LastModified, ETag]);
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: "a" }));
    assert.deepEqual(await tags("a"), []);
  });

  test("go with a copy, unless it has its own", async () => {
    await put("from", { Tagging: "plant=7%20%C3%A9&line%2F2=" });
    const copy = (more) => s3.send(new CopyObjectCommand({ Bucket, Key: "to", CopySource: `${Bucket}/from`, ...more }));
    await copy();
    assert.deepEqual(await tags("to"), plant);
    await copy({ TaggingDirective: "REPLACE", Tagging: "own=1" });
    assert.deepEqual(await tags("to"), [{ Key: "own", Value: "1" }]);
  });

  test("come with an upload in parts", async () => {
    const object = { Bucket, Key: "parts" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...object, Tagging: "plant=7" }));
    const { ETag } = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber: 1, Body: "x" }));
    await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
    assert.deepEqual(await tags("parts"), [{ Key: "plant", Value: "7" }]);
  });

  test("are those of a version", async () => {
    await put("v", { Tagging: "plant=1" });
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    await put("v", { Tagging: "plant=2" });
    assert.deepEqual(await tags("v"), [{ Key: "plant", Value: "2" }]);
    assert.deepEqual(await tags("v", { VersionId: "null" }), [{ Key: "plant", Value: "1" }]);
    await tag("v", [], { VersionId: "null" });
    assert.deepEqual(await tags("v", { VersionId: "null" }), []);
  });

  test("are refused where there are too many, or one is none", async () => {
    await put("a");
    await refusedWith(put("a", { Tagging: "a=1&a=2" }), "InvalidTag", 400);
    await refusedWith(tag("a", [{ Key: "aws:a", Value: "1" }]), "InvalidTag", 400);
    await refusedWith(tag("a", Array.from({ length: 11 }, (_, i) => ({ Key: `k${i}`, Value: "" }))), "BadRequest", 400);
    await refusedWith(tag("none", plant), "NoSuchKey", 404);
    await refusedWith(tags("none"), "NoSuchKey", 404);
    assert.deepEqual(await tags("a"), []);
  });
});
