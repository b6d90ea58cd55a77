// Private CAs as time goes by, on a virtual clock.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  DeleteCertificateAuthorityCommand, RestoreCertificateAuthorityCommand, UpdateCertificateAuthorityCommand,
} from "@aws-sdk/client-acm-pca";
import {
  activeRoot, activeSubordinate, create, csrFor, csrOf, days, install, issue, look, template,
} from "./acm_pca.mjs";
import { Everseal, refused } from "./harness.mjs";

describe("Private CA as time goes by", () => {
  let everseal, pca;
  before(async () => {
    everseal = await Everseal.start({ clock: "virtual" });
    pca = everseal.pca();
  });
  after(() => everseal?.stop());

  test("reads EXPIRED when its certificate has ended, and goes on with a new one", async () => {
    const root = await activeRoot(pca);
    const ca = await activeSubordinate(pca, root, 0, 30);
    everseal.advance("31d");
    assert.equal((await look(pca, ca)).Status, "EXPIRED");
    const leaf = csrFor("/CN=app.corp.internal");
    await refused(issue(pca, ca, leaf), "InvalidStateException");
    await refused(pca.send(new UpdateCertificateAuthorityCommand({
      CertificateAuthorityArn: ca, Status: "DISABLED" })), "InvalidStateException");
    await install(pca, ca, await issue(pca, root, await csrOf(pca, ca), {
      TemplateArn: template("SubordinateCACertificate_PathLen0"), Validity: days(90) }));
    assert.equal((await look(pca, ca)).Status, "ACTIVE");
    await issue(pca, ca, leaf);
  });

  test("is gone when its restoration window ends", async () => {
    const ca = await create(pca);
    await pca.send(new DeleteCertificateAuthorityCommand({
      CertificateAuthorityArn: ca, PermanentDeletionTimeInDays: 7 }));
    everseal.advance("6d");
    assert.equal((await look(pca, ca)).Status, "DELETED");
    everseal.advance("1d");
    await refused(look(pca, ca), "ResourceNotFoundException");
    await refused(pca.send(new RestoreCertificateAuthorityCommand({ CertificateAuthorityArn: ca })),
      "ResourceNotFoundException");
  });
});
