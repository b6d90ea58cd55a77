// The quota of Private CA, and what happens to changes of one CA that come at the same moment.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CreateCertificateAuthorityCommand, DeleteCertificateAuthorityCommand,
  UpdateCertificateAuthorityCommand,
} from "@aws-sdk/client-acm-pca";
import { activeRoot, configuration, look } from "./acm_pca.mjs";
import { Everseal, refused } from "./harness.mjs";

describe("Private CA at its limits", () => {
  let everseal, pca;
  before(async () => {
    everseal = await Everseal.start();
    pca = everseal.pca();
  });
  after(() => everseal?.stop());

  const make = (client) => client.send(new CreateCertificateAuthorityCommand({
    CertificateAuthorityType: "ROOT", CertificateAuthorityConfiguration: configuration("One of many") }));

  test("has room for two hundred CAs in a region, deleted ones included", async () => {
    const made = [];
    for (let i = 0; i < 20; ++i) {
      made.push(...await Promise.all(Array.from({ length: 10 }, () => make(pca))));
    }
    await refused(make(pca), "LimitExceededException", /200/);
    await pca.send(new DeleteCertificateAuthorityCommand(made[0]));
    await refused(make(pca), "LimitExceededException");
    await make(everseal.pca({ region: "eu-south-1" }));
  });

  // Whoever changes a CA is alone with it in its transaction, so that none of them meets
  // ConcurrentModificationException, which is for engines that let two go on; its unit test is
  // beside the code.
  test("takes changes of one CA that come at once, one after the other", async () => {
    const client = everseal.pca({ region: "eu-north-1" });
    const CertificateAuthorityArn = await activeRoot(client);
    const set = (Status) => client.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, Status }));
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) => set(i % 2 === 0 ? "ACTIVE" : "DISABLED")));
    for (const { status, reason } of answers) {
      assert.ok(status === "fulfilled" || reason.name === "ConcurrentModificationException", reason?.message);
    }
    await set("ACTIVE");
    assert.equal((await look(client, CertificateAuthorityArn)).Status, "ACTIVE");
  });
});
