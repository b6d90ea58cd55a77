// The console as somebody sees it who uses it in a browser. Whatever the browser complains of, or asks
// of another server, fails the test.
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import assert from "node:assert/strict";
import {
  CreateTrustStoreCommand, DescribeTagsCommand, DescribeTrustStoresCommand, ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateAccessKeyCommand, CreateUserCommand, DeleteUserPolicyCommand, PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { chromium } from "playwright-core";
import { activeRoot, certificateOf, configuration, createBucket, csrFor, issue, revoke, serialOf } from "./acm_pca.mjs";
import { Everseal, region } from "./harness.mjs";

let everseal, browser, page, complaints;

before(async () => {
  everseal = await Everseal.start();
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
});
after(async () => {
  await browser?.close();
  await everseal?.stop();
});

beforeEach(async () => {
  complaints = [];
  page = await browser.newPage({ colorScheme: "light" });
  page.on("console", (message) => {
    // The browser complains of each refusal of the API, and the page says what it means. A file that is
    // not there is another thing.
    const ofApi = message.location().url === `${everseal.endpoint}/` && message.text().startsWith("Failed to load resource:");
    if (message.type() !== "log" && !ofApi) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${everseal.endpoint}/`) && !request.url().startsWith("data:")) complaints.push(request.url());
  });
  await page.goto(`${everseal.endpoint}/console`);
});
afterEach(async () => {
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  await page.close();
  assert.deepEqual(complaints, []);
  assert.deepEqual(kept.filter((each) => each !== 0 && each !== ""), []);
});

const field = (label) => page.getByLabel(label, { exact: true });
const button = (name) => page.getByRole("button", { name, exact: true });
const heading = (name) => page.getByRole("heading", { name, level: 1 });
const reads = (text) => page.getByText(text).first().waitFor();
// What follows a page's being drawn: where the keyboard is, and the title.
const focused = (locator) => locator.and(page.locator(":focus")).waitFor();
const titled = (title) => page.waitForFunction((wanted) => document.title === wanted, title);

async function signIn({ AccessKeyId, SecretAccessKey } = { AccessKeyId: "test", SecretAccessKey: "test" }) {
  await field("Access key ID").fill(AccessKeyId);
  await field("Secret access key").fill(SecretAccessKey);
  await field("Region").fill(region);
  await button("Sign in").click();
  await heading("Trust stores").waitFor();
}

async function beginToCreate(name) {
  await page.getByRole("link", { name: "Create trust store" }).click();
  await heading("Create trust store").waitFor();
  await field("Name").fill(name);
}

// Somebody who may do what is named, until `loses` is called.
async function userWho(UserName, ...Action) {
  const iam = everseal.iam(), policy = { UserName, PolicyName: "may" };
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new PutUserPolicyCommand({ ...policy, PolicyDocument: JSON.stringify({ Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*" }] }) }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: policy.UserName }));
  return { key: AccessKey, loses: () => iam.send(new DeleteUserPolicyCommand(policy)) };
}

const follower = (store, ca) => new CreateTrustStoreCommand({
  Name: store, CaCertificatesBundleS3Bucket: "none", CaCertificatesBundleS3Key: "none",
  Tags: [{ Key: "everseal:ca-arn", Value: ca }] });

const theSwitch = () => page.getByRole("checkbox", { name: "Follow a private CA" });
const fact = (name) => page.locator("dt", { hasText: name }).locator("xpath=following-sibling::dd[1]");

const elb = () => everseal.client(ElasticLoadBalancingV2Client);
const storeNamed = async (name) => (await elb().send(new DescribeTrustStoresCommand({ Names: [name] }))).TrustStores[0];

describe("Signing in", () => {
  test("says what the API says of a wrong secret, and goes on from there", async () => {
    await field("Access key ID").fill("test");
    await field("Secret access key").fill("wrong");
    await button("Sign in").click();
    await reads("SignatureDoesNotMatch");
    await reads(/The request signature we calculated does not match/);
    await page.locator("[aria-live=assertive]", { hasText: "SignatureDoesNotMatch" }).waitFor({ state: "attached" });
    await signIn();
    await titled("Trust stores – Everseal");
    assert.ok(!(await page.content()).includes("value=\"test\""), "the page still has the credentials");
  });

  test("asks for what is missing before anything is sent, and takes what was pasted with a space", async () => {
    const sent = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    await field("Access key ID").fill("t\u00e9st");
    await button("Sign in").click();
    await reads("Enter an access key ID");
    await reads("Enter the secret of the access key.");
    assert.deepEqual(sent, []);
    await signIn({ AccessKeyId: " test", SecretAccessKey: "test " });
  });

  test("is light or dark, as the machine is", async () => {
    const isDark = () => document.body.classList.contains("awsui-dark-mode");
    assert.equal(await page.evaluate(isDark), false);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(isDark);
  });

  test("needs no mouse, and ends with a reload", async () => {
    await focused(field("Access key ID"));
    await page.keyboard.type("test");
    await page.keyboard.press("Tab");
    await page.keyboard.type("test");
    await page.keyboard.press("Enter");
    await focused(heading("Trust stores"));
    await page.reload();
    await heading("Sign in to Everseal").waitFor();
  });

  test("ends when somebody signs out", async () => {
    await signIn();
    await page.getByRole("button", { name: `in ${region}` }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await heading("Sign in to Everseal").waitFor();
    assert.equal(await page.getByRole("navigation").count(), 0);
    assert.equal(await field("Secret access key").inputValue(), "");
  });
});

describe("A trust store", () => {
  let ca, name = 0;
  before(async () => {
    ca = await activeRoot(everseal.pca(), { CertificateAuthorityConfiguration: configuration("Devices of the console") });
  });
  const newName = () => `of-console-${++name}`;

  test("follows a private CA where the switch is on", async () => {
    const store = newName();
    await signIn();
    await beginToCreate(store);
    assert.ok(await theSwitch().isChecked());
    await button("Create trust store").click();
    await reads("Choose the private CA to follow.");
    await page.getByRole("button", { name: "Private CA" }).click();
    await page.getByRole("option", { name: "Devices of the console" }).click();
    await button("Create trust store").click();
    await heading(store).waitFor();
    await reads(`The trust store ${store} has been created.`);
    assert.match(await fact("Follows").innerText(), new RegExp(ca));
    assert.equal(await fact("Revoked").innerText(), "0");
    const { TagDescriptions: [{ Tags }] } = await elb().send(new DescribeTagsCommand({
      ResourceArns: [(await storeNamed(store)).TrustStoreArn] }));
    assert.deepEqual(Tags, [{ Key: "everseal:ca-arn", Value: ca }]);

    const leaf = await issue(everseal.pca(), ca, csrFor("/CN=leaf.internal"));
    await revoke(everseal.pca(), ca, serialOf(leaf.Certificate));
    await button("Refresh").click();
    await fact("Revoked").getByText("1", { exact: true }).waitFor();
  });

  test("has the certificates of a file where it is off; what is refused can be mended", async () => {
    const store = newName();
    const s3 = everseal.s3();
    await createBucket(s3, "console-bundles");
    await s3.send(new PutObjectCommand({ Bucket: "console-bundles", Key: "ca.pem",
      Body: (await certificateOf(everseal.pca(), ca)).Certificate }));
    await signIn();
    await beginToCreate(store);
    await page.getByText("Follow a private CA").click();
    await field("Bucket").fill("console-bundles");
    await field("Key").fill("another.pem");
    await button("Create trust store").click();
    await reads("CaCertificatesBundleNotFoundException");
    assert.equal(await field("Name").inputValue(), store);
    await field("Key").fill("ca.pem");
    await button("Create trust store").click();
    await heading(store).waitFor();
    assert.equal(await fact("Follows").innerText(), "no private CA");
    assert.equal((await storeNamed(store)).NumberOfCaCertificates, 1);
  });

  test("is listed, and deleted once that is confirmed", async () => {
    const store = newName();
    await signIn();
    await elb().send(follower(store, ca));
    await button("Refresh").click();
    const row = page.getByRole("row", { name: store });
    await row.getByRole("link", { name: store }).click();
    await heading(store).waitFor();
    await button("Delete").click();
    const asked = page.getByRole("dialog", { name: `Delete ${store}?` });
    await asked.getByRole("button", { name: "Delete" }).click();
    await reads(`The trust store ${store} has been deleted.`);
    await button("Dismiss").click();
    await heading(/^Trust stores \(\d+\)$/).waitFor();
    assert.equal(await row.count(), 0);
    await assert.rejects(storeNamed(store), { name: "TrustStoreNotFoundException" });
  });

  test("stays in sight when the next look is refused; whoever saw none is not told that there are none", async () => {
    const store = newName();
    await elb().send(follower(store, ca));
    const { key, loses } = await userWho("lister", "elasticloadbalancing:Describe*");
    await signIn(key);
    const link = page.getByRole("link", { name: store });
    await link.waitFor();
    await loses();
    await button("Refresh").click();
    await reads(/not authorized to perform: elasticloadbalancing:DescribeTrustStores/);
    assert.equal(await link.count(), 1);
    await page.reload();
    await signIn(key);
    await reads("What there is, is not known.");
  });

  test("is shown to who may not see its tags and its revocations, without them", async () => {
    const store = newName();
    await elb().send(follower(store, ca));
    const { key } = await userWho("looker", "elasticloadbalancing:DescribeTrustStores");
    await signIn(key);
    await page.getByRole("row", { name: store }).getByText("not known").waitFor();
    await page.getByRole("link", { name: store }).click();
    await heading(store).waitFor();
    assert.equal(await fact("Follows").innerText(), "not known");
    assert.equal(await fact("CA certificates").innerText(), "1");
    await reads(/not authorized to perform: elasticloadbalancing:DescribeTrustStoreRevocations/);
    await reads(/not authorized to perform: elasticloadbalancing:DescribeTrustStoreAssociations/);
  });

  test("that is created late does not call back who has gone elsewhere", async () => {
    const store = newName();
    await signIn();
    await beginToCreate(store);
    await page.getByRole("button", { name: "Private CA" }).click();
    await page.getByRole("option", { name: "Devices of the console" }).click();
    let goOn;
    const held = new Promise((resolve) => { goOn = resolve; });
    await page.route(`${everseal.endpoint}/`, async (route) => {
      if (route.request().postData().includes("CreateTrustStore")) await held;
      await route.continue();
    });
    await button("Create trust store").click();
    await page.getByRole("link", { name: "Cancel" }).click();
    await heading("Trust stores").waitFor();
    goOn();
    await reads(`The trust store ${store} has been created.`);
    await heading("Trust stores").waitFor();
    assert.match(page.url(), /#\/trust-stores$/);
  });
});

describe("The shell", () => {
  test("shows the first page at an address that it does not know", async () => {
    await signIn();
    await page.goto(`${everseal.endpoint}/console/#/nonsense/x`);
    await heading("Trust stores").waitFor();
  });

  test("says so when Everseal cannot be reached", async () => {
    await signIn();
    await reads("Name");
    await page.route(`${everseal.endpoint}/`, (route) => route.abort());
    await button("Refresh").click();
    await reads("Everseal cannot be reached.");
  });
});
