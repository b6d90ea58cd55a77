// Elastic Load Balancing as SDK v3 and the aws CLI speak it: application load balancers, their target
// groups, listeners and rules, and what ACM knows of the certificates that listeners have.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { DeleteCertificateCommand, RevokeCertificateCommand } from "@aws-sdk/client-acm";
import * as elb from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { exported, issued, look, newCa, permit } from "./acm.mjs";
import { Everseal, account, clis, refused, region } from "./harness.mjs";

const arn = (kind) => new RegExp(`^arn:aws:elasticloadbalancing:${region}:${account}:${kind}/`);
const unknown = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/none/0123456789abcdef`;
const notFound = [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }];

let server, client, ca;
const send = (command, input) => client.send(new elb[`${command}Command`](input));
const refusedWith = (command, input, name, words) => refused(send(command, input), name, words);
const edge = async (Name) => (await send("CreateLoadBalancer", { Name, Subnets: ["subnet-a", "subnet-b"] }))
  .LoadBalancers[0].LoadBalancerArn;
const group = async (Name) => (await send("CreateTargetGroup",
  { Name, Protocol: "HTTP", Port: 8080, TargetType: "ip", VpcId: "vpc-1" })).TargetGroups[0].TargetGroupArn;
const listen = async (input) => (await send("CreateListener", { DefaultActions: notFound, ...input })).Listeners[0];

before(async () => {
  server = await Everseal.start();
  client = server.client(elb.ElasticLoadBalancingV2Client);
  ca = await newCa(server.pca());
  await permit(server.pca(), ca);
});
after(() => server?.stop());

describe("a load balancer", () => {
  test("is made, waited for, described, tagged and deleted", async () => {
    const { LoadBalancers: [made] } = await send("CreateLoadBalancer", { Name: "plant", Scheme: "internal",
      Subnets: ["subnet-a", "subnet-b"], SecurityGroups: ["sg-1"], Tags: [{ Key: "team", Value: "pki" }] });
    assert.match(made.LoadBalancerArn, arn("loadbalancer/app/plant"));
    assert.match(made.DNSName, /^internal-plant-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/);
    assert.ok(made.CreatedTime instanceof Date && Math.abs(Date.now() - made.CreatedTime) < 60_000);
    assert.equal(made.Type, "application");
    await elb.waitUntilLoadBalancerAvailable({ client, maxWaitTime: 20 }, { LoadBalancerArns: [made.LoadBalancerArn] });
    const { TagDescriptions } = await send("DescribeTags", { ResourceArns: [made.LoadBalancerArn] });
    assert.deepEqual(TagDescriptions[0].Tags, [{ Key: "team", Value: "pki" }]);
    await send("DeleteLoadBalancer", { LoadBalancerArn: made.LoadBalancerArn });
    await refusedWith("DescribeLoadBalancers", { LoadBalancerArns: [made.LoadBalancerArn] },
      "LoadBalancerNotFoundException", /not found/);
    await send("DeleteLoadBalancer", { LoadBalancerArn: made.LoadBalancerArn });
  });

  test("has attributes, and says which key it does not know", async () => {
    const LoadBalancerArn = await edge("attributed");
    const { Attributes } = await send("ModifyLoadBalancerAttributes", { LoadBalancerArn,
      Attributes: [{ Key: "idle_timeout.timeout_seconds", Value: "30" }] });
    assert.equal(Attributes.find(({ Key }) => Key === "idle_timeout.timeout_seconds").Value, "30");
    assert.equal(Attributes.find(({ Key }) => Key === "routing.http2.enabled").Value, "true");
    await refusedWith("ModifyLoadBalancerAttributes", { LoadBalancerArn, Attributes: [{ Key: "new.key", Value: "1" }] },
      "ValidationError", /attribute key 'new.key' is not recognized/);
    await send("ModifyLoadBalancerAttributes", { LoadBalancerArn,
      Attributes: [{ Key: "deletion_protection.enabled", Value: "true" }] });
    await refusedWith("DeleteLoadBalancer", { LoadBalancerArn }, "OperationNotPermittedException");
  });

  test("is refused in the words of the model", async () => {
    await edge("taken");
    await refusedWith("CreateLoadBalancer", { Name: "taken", Subnets: ["subnet-c"] }, "DuplicateLoadBalancerNameException");
    await refusedWith("DescribeListeners", { LoadBalancerArn: unknown }, "LoadBalancerNotFoundException");
    await refusedWith("CreateLoadBalancer", { Name: "-", Subnets: ["subnet-c"] }, "ValidationError");
    await refusedWith("DescribeLoadBalancers", { Marker: "nonsense" }, "ValidationError");
    await refusedWith("DescribeCapacityReservation", { LoadBalancerArn: unknown }, "InvalidAction");
  });

  test("comes in pages", async () => {
    for (const name of ["page-a", "page-b", "page-c"]) await edge(name);
    const names = [];
    for await (const page of elb.paginateDescribeLoadBalancers({ client }, { PageSize: 2 })) {
      assert.ok(page.LoadBalancers.length <= 2);
      names.push(...page.LoadBalancers.map(({ LoadBalancerName }) => LoadBalancerName));
    }
    assert.deepEqual(names, [...new Set(names)].sort());
    assert.ok(names.includes("page-c"));
  });
});

describe("a target group", () => {
  test("has targets, which nobody uses until a listener forwards to them", async () => {
    const TargetGroupArn = await group("targets");
    const Targets = [{ Id: "10.0.0.1" }, { Id: "10.0.0.2", Port: 81 }];
    await send("RegisterTargets", { TargetGroupArn, Targets });
    const states = async () => (await send("DescribeTargetHealth", { TargetGroupArn })).TargetHealthDescriptions
      .map(({ Target, TargetHealth }) => [Target.Id, Target.Port, TargetHealth.State, TargetHealth.Reason]);
    assert.deepEqual(await states(), [["10.0.0.1", 8080, "unused", "Target.NotInUse"],
      ["10.0.0.2", 81, "unused", "Target.NotInUse"]]);
    const LoadBalancerArn = await edge("forwarding");
    const { DefaultActions: [action] } = await listen({ LoadBalancerArn, Protocol: "HTTP", Port: 80,
      DefaultActions: [{ Type: "forward", TargetGroupArn }] });
    assert.equal(action.TargetGroupArn, TargetGroupArn);
    assert.deepEqual(action.ForwardConfig, { TargetGroups: [{ TargetGroupArn, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false } });
    assert.deepEqual((await states())[0], ["10.0.0.1", 8080, "initial", "Elb.RegistrationInProgress"]);
    await refusedWith("DeleteTargetGroup", { TargetGroupArn }, "ResourceInUseException");
    await refusedWith("RegisterTargets", { TargetGroupArn, Targets: [{ Id: "i-0123456789abcdef0" }] }, "InvalidTargetException");
    await send("DeregisterTargets", { TargetGroupArn, Targets: [{ Id: "10.0.0.1" }] });
    assert.equal((await states())[0][2], "draining");
    const { TargetGroups } = await send("DescribeTargetGroups", { LoadBalancerArn });
    assert.deepEqual(TargetGroups[0].LoadBalancerArns, [LoadBalancerArn]);
    assert.equal(TargetGroups[0].Matcher.HttpCode, "200");
  });
});

describe("a listener", () => {
  test("has ACM's certificates, which are in use as long as it has them", async () => {
    const acm = server.acm();
    const [one, two] = [await issued(acm, ca), await issued(acm, ca)];
    const LoadBalancerArn = await edge("secure");
    const made = await listen({ LoadBalancerArn, Protocol: "HTTPS", Port: 443, Certificates: [{ CertificateArn: one }] });
    assert.deepEqual(made.Certificates, [{ CertificateArn: one }]);
    assert.equal(made.SslPolicy, "ELBSecurityPolicy-2016-08");
    assert.deepEqual(made.MutualAuthentication, { Mode: "off" });
    const { ListenerArn } = made;
    await send("AddListenerCertificates", { ListenerArn, Certificates: [{ CertificateArn: two }] });
    assert.deepEqual((await send("DescribeListenerCertificates", { ListenerArn })).Certificates,
      [{ CertificateArn: one, IsDefault: true }, { CertificateArn: two, IsDefault: false }]);
    assert.deepEqual((await look(acm, two)).InUseBy, [LoadBalancerArn]);
    assert.equal((await look(acm, one)).RenewalEligibility, "ELIGIBLE");
    const inUse = new RegExp(`^Certificate ${one} in account ${account} is in use\\.$`);
    await refused(acm.send(new DeleteCertificateCommand({ CertificateArn: one })), "ResourceInUseException", inUse);
    await exported(acm, one);
    await refused(acm.send(new RevokeCertificateCommand({ CertificateArn: one, RevocationReason: "SUPERSEDED" })),
      "ResourceInUseException", inUse);
    await send("RemoveListenerCertificates", { ListenerArn, Certificates: [{ CertificateArn: two }] });
    await refusedWith("RemoveListenerCertificates", { ListenerArn, Certificates: [{ CertificateArn: one }] },
      "OperationNotPermittedException");
    assert.deepEqual((await look(acm, two)).InUseBy, []);
    await send("DeleteLoadBalancer", { LoadBalancerArn });
    await acm.send(new DeleteCertificateCommand({ CertificateArn: one }));
    await refusedWith("DescribeListeners", { ListenerArns: [ListenerArn] }, "ListenerNotFoundException");
  });

  test("is refused in the words of the model", async () => {
    const LoadBalancerArn = await edge("refusing");
    const attempt = (input) => ["CreateListener", { LoadBalancerArn, Protocol: "HTTPS", Port: 443, DefaultActions: notFound, ...input }];
    const none = `arn:aws:acm:${region}:${account}:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`;
    await refusedWith(...attempt({ Certificates: [{ CertificateArn: none }] }), "CertificateNotFoundException");
    const Certificates = [{ CertificateArn: await issued(server.acm(), ca) }];
    await refusedWith(...attempt({ Certificates, SslPolicy: "mine" }), "SSLPolicyNotFoundException");
    const TrustStoreArn = `arn:aws:elasticloadbalancing:${region}:${account}:truststore/none/0123456789abcdef`;
    await refusedWith(...attempt({ Certificates, MutualAuthentication: { Mode: "verify", TrustStoreArn } }),
      "TrustStoreNotFoundException");
    await refusedWith(...attempt({ Protocol: "TLS" }), "UnsupportedProtocolException");
    await refusedWith(...attempt({ Protocol: "HTTP", DefaultActions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301" } }] }),
      "InvalidLoadBalancerActionException");
  });
});

describe("a rule", () => {
  test("stands by priority, and changes places with others in one step", async () => {
    const { ListenerArn } = await listen({ LoadBalancerArn: await edge("ruled"), Protocol: "HTTP", Port: 80 });
    const rule = async (Priority, Conditions) => (await send("CreateRule",
      { ListenerArn, Priority, Conditions, Actions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_302", Path: "/new" } }] })).Rules[0];
    const first = await rule(1, [{ Field: "path-pattern", Values: ["/old/*"] }]);
    assert.match(first.RuleArn, arn("listener-rule/app/ruled"));
    assert.deepEqual(first.Conditions, [{ Field: "path-pattern", Values: ["/old/*"], PathPatternConfig: { Values: ["/old/*"] } }]);
    assert.equal(first.Priority, "1");
    const second = await rule(2, [{ Field: "query-string", QueryStringConfig: { Values: [{ Key: "v", Value: "1" }] } }]);
    await send("SetRulePriorities", { RulePriorities: [{ RuleArn: first.RuleArn, Priority: 2 }, { RuleArn: second.RuleArn, Priority: 1 }] });
    const { Rules } = await send("DescribeRules", { ListenerArn });
    assert.deepEqual(Rules.map(({ RuleArn, Priority, IsDefault }) => [RuleArn, Priority, IsDefault]).slice(0, 2),
      [[second.RuleArn, "1", false], [first.RuleArn, "2", false]]);
    assert.deepEqual([Rules[2].Priority, Rules[2].IsDefault], ["default", true]);
    await refused(rule(2, [{ Field: "host-header", Values: ["a.example.com"] }]), "PriorityInUseException");
    await refusedWith("DeleteRule", { RuleArn: Rules[2].RuleArn }, "OperationNotPermittedException");
  });
});

describe("who may", () => {
  test("is said by policies, on ARNs and tags", async () => {
    const iam = server.iam();
    await iam.send(new CreateUserCommand({ UserName: "balancer" }));
    const statement = (Effect, Action, Resource, Condition) => ({ Effect, Action, Resource, Condition });
    await iam.send(new PutUserPolicyCommand({ UserName: "balancer", PolicyName: "own", PolicyDocument: JSON.stringify({
      Version: "2012-10-17", Statement: [statement("Allow", "elasticloadbalancing:Describe*", "*"),
        statement("Allow", "elasticloadbalancing:DeleteLoadBalancer", "*", { StringEquals: { "aws:ResourceTag/team": "edge" } }),
        statement("Allow", "elasticloadbalancing:CreateLoadBalancer", "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/own-*/*")] }) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "balancer" }));
    const user = server.client(elb.ElasticLoadBalancingV2Client,
      { credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } });
    const as = (command, input) => user.send(new elb[`${command}Command`](input));
    const denied = async (promise) => {
      const error = await promise.then(() => undefined, (e) => e);
      assert.equal(error?.name, "AccessDenied", error?.message);
      assert.equal(error.$metadata.httpStatusCode, 403);
    };
    await as("DescribeLoadBalancers", {});
    const { LoadBalancers: [own] } = await as("CreateLoadBalancer", { Name: "own-one", Subnets: ["subnet-a"] });
    await denied(as("CreateLoadBalancer", { Name: "other", Subnets: ["subnet-a"] }));
    await denied(as("DeleteLoadBalancer", { LoadBalancerArn: own.LoadBalancerArn }));
    await send("AddTags", { ResourceArns: [own.LoadBalancerArn], Tags: [{ Key: "team", Value: "edge" }] });
    await as("DeleteLoadBalancer", { LoadBalancerArn: own.LoadBalancerArn });
  });
});

for (const { program, version } of clis) {
  test(`${version} makes a load balancer that forwards`, () => {
    const name = `cli${clis.findIndex((cli) => cli.program === program)}`;
    const aws = (...args) => server.awsOf(program, "elbv2", ...args);
    const { LoadBalancers: [{ LoadBalancerArn }] } = aws("create-load-balancer", "--name", name, "--subnets", "subnet-a", "subnet-b");
    aws("wait", "load-balancer-available", "--load-balancer-arns", LoadBalancerArn);
    const { TargetGroups: [{ TargetGroupArn }] } = aws("create-target-group", "--name", name, "--protocol", "HTTP",
      "--port", "8080", "--target-type", "ip", "--vpc-id", "vpc-1", "--health-check-path", "/up");
    aws("register-targets", "--target-group-arn", TargetGroupArn, "--targets", "Id=10.0.0.1", "Id=10.0.0.2,Port=81");
    const { Listeners: [{ ListenerArn }] } = aws("create-listener", "--load-balancer-arn", LoadBalancerArn, "--protocol", "HTTP",
      "--port", "80", "--default-actions", `Type=forward,TargetGroupArn=${TargetGroupArn}`);
    aws("create-rule", "--listener-arn", ListenerArn, "--priority", "5", "--conditions", "Field=path-pattern,Values=/img/*",
      "--actions", "Type=fixed-response,FixedResponseConfig={StatusCode=410,ContentType=text/plain,MessageBody=gone}");
    const { Rules } = aws("describe-rules", "--listener-arn", ListenerArn);
    assert.deepEqual(Rules.map(({ Priority }) => Priority), ["5", "default"]);
    assert.equal(Rules[0].Actions[0].FixedResponseConfig.MessageBody, "gone");
    const { SslPolicies } = aws("describe-ssl-policies", "--names", "ELBSecurityPolicy-TLS13-1-3-2021-06");
    assert.deepEqual(SslPolicies[0].SslProtocols, ["TLSv1.3"]);
    const { Limits } = aws("describe-account-limits");
    assert.equal(Limits.find(({ Name }) => Name === "targets-per-target-group").Max, "1000");
    aws("delete-load-balancer", "--load-balancer-arn", LoadBalancerArn);
    aws("delete-target-group", "--target-group-arn", TargetGroupArn);
    assert.throws(() => aws("describe-listeners", "--listener-arns", ListenerArn),
      (error) => /ListenerNotFound/.test(error.stderr));
  });
}
