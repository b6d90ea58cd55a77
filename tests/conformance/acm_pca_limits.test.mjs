// The quota of Private CA, and what happens to changes of one CA that come at the same moment.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  ConcurrentModificationException, CreateCertificateAuthorityCommand, DeleteCertificateAuthorityCommand,
  InvalidStateException, UpdateCertificateAuthorityCommand,
} from "@aws-sdk/client-acm-pca";
import { activeRoot, certificateOf, configuration, install, look } from "./acm_pca.mjs";
import { Everseal, refused, until } from "./harness.mjs";

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

  // Both look at the CA, and try its bucket or judge the certificate, before the transaction that
  // changes it: who comes second finds it changed.
  test("takes changes of one CA that come at once, or says that another one came first", async () => {
    const client = everseal.pca({ region: "eu-north-1" });
    const CertificateAuthorityArn = await activeRoot(client);
    const own = await certificateOf(client, CertificateAuthorityArn);
    const set = (Status) => client.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, Status }));
    const atOnce = async (change) => {
      const answers = await Promise.allSettled(Array.from({ length: 40 }, (_, number) => change(number)));
      assert.ok(answers.some(({ status }) => status === "fulfilled"));
      const refusals = answers.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
      for (const refusal of refusals) {
        assert.ok(refusal instanceof ConcurrentModificationException, refusal.message);
        assert.equal(refusal.$metadata.httpStatusCode, 400);
        assert.equal(refusal.message, `The certificate authority ${CertificateAuthorityArn} was changed by another request.`);
      }
      return refusals.length;
    };
    for (const change of [() => install(client, CertificateAuthorityArn, own),
      (number) => set(number % 2 === 0 ? "ACTIVE" : "DISABLED")]) {
      await until(() => atOnce(change), (refusals) => refusals > 0, "two changes at the same moment", 50);
    }
    await set("ACTIVE");
    assert.equal((await look(client, CertificateAuthorityArn)).Status, "ACTIVE");
  });

  test("is deleted once by those who come at once", async () => {
    const client = everseal.pca({ region: "eu-north-1" });
    const CertificateAuthorityArn = await activeRoot(client);
    await client.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, Status: "DISABLED" }));
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () =>
      client.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn }))));
    const refusals = answers.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
    assert.equal(refusals.length, 9);
    for (const refusal of refusals) assert.ok(refusal instanceof InvalidStateException, refusal.message);
  });
});
