#include <gtest/gtest.h>

#include "services/elbv2/operations/create_target_group.h"
#include "services/elbv2/operations/delete_target_group.h"
#include "services/elbv2/operations/deregister_targets.h"
#include "services/elbv2/operations/describe_ssl_policies.h"
#include "services/elbv2/operations/describe_target_groups.h"
#include "services/elbv2/operations/describe_target_health.h"
#include "services/elbv2/operations/modify_target_group.h"
#include "services/elbv2/operations/modify_target_group_attributes.h"
#include "services/elbv2/operations/register_targets.h"
#include "services/elbv2/ssl_policies.h"
#include "services/elbv2/test_world.h"

namespace everseal::elbv2 {
namespace {

using Texts = std::vector<std::string>;

class TargetGroupTest : public testing::Test {
 protected:
  auto refused(const CreateTargetGroup::Request& request) {
    return code_of(CreateTargetGroup{*world.database, world.random}(request, world.call));
  }
  auto modify(ModifyTargetGroup::Request request) {
    request.target_group_arn = arn;
    return ModifyTargetGroup{*world.database}(request, world.call);
  }
  auto attributes(std::vector<shapes::Attribute> said) {
    return ModifyTargetGroupAttributes{*world.database}({arn, std::move(said)}, world.call);
  }
  auto add(std::vector<shapes::TargetDescription> targets) {
    return RegisterTargets{*world.database, world.clock}({arn, std::move(targets)}, world.call);
  }
  auto remove(std::vector<shapes::TargetDescription> targets) {
    return DeregisterTargets{*world.database, world.clock}({arn, std::move(targets)}, world.call);
  }
  // "10.0.0.1:8080 unused Target.NotInUse; "
  std::string health(std::vector<shapes::TargetDescription> targets = {}) {
    const DescribeTargetHealth describe{*world.database, world.clock, nullptr};
    std::string text;
    for (const auto& each :
         need(describe({arn, std::move(targets)}, world.call)).target_health_descriptions) {
      text += each.target.id + ":" + std::to_string(each.target.port.value_or(0)) + " " +
              std::string(aws::name_of(each.target_health.state)) + " " +
              each.target_health.reason.value_or("-") + "; ";
    }
    return text;
  }

  TestWorld world;
  const std::string arn = world.create_group("api").target_group_arn;
};

TEST_F(TargetGroupTest, is_checked_in_the_usual_way) {
  const auto group =
      need(DescribeTargetGroups{*world.database}({{}, {arn}, {}, {}, {}}, world.call))
          .target_groups[0];
  EXPECT_TRUE(
      arn.starts_with("arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/"));
  EXPECT_EQ(group.port, 8080);
  EXPECT_EQ(group.protocol_version, "HTTP1");
  EXPECT_EQ(group.health_check_protocol, Protocol::Http);
  EXPECT_EQ(group.health_check_port, "traffic-port");
  EXPECT_EQ(group.health_check_path, "/");
  EXPECT_EQ(group.health_check_interval_seconds, 30);
  EXPECT_EQ(group.health_check_timeout_seconds, 5);
  EXPECT_EQ(group.healthy_threshold_count, 5);
  EXPECT_EQ(group.unhealthy_threshold_count, 2);
  EXPECT_EQ(group.matcher.http_code, "200");
  EXPECT_TRUE(group.load_balancer_arns.empty());
}

TEST_F(TargetGroupTest, speaks_grpc) {
  auto request = TestWorld::group_request("grpc");
  request.protocol_version = "GRPC";
  const auto group =
      need(CreateTargetGroup{*world.database, world.random}(request, world.call)).target_groups[0];
  EXPECT_EQ(group.health_check_path, "/AWS.ALB/healthcheck");
  EXPECT_EQ(group.matcher.grpc_code, "12");
  EXPECT_FALSE(group.matcher.http_code);
}

TEST_F(TargetGroupTest, is_answered_again_if_it_is_made_the_same_again) {
  EXPECT_EQ(world.create_group("api").target_group_arn, arn);
  auto other = TestWorld::group_request("api");
  other.port = 81;
  EXPECT_EQ(refused(other), "DuplicateTargetGroupName");
}

TEST_F(TargetGroupTest, is_refused_what_nobody_can_carry_out) {
  const auto with = [&](auto change) {
    auto request = TestWorld::group_request("other");
    change(request);
    return refused(request);
  };
  EXPECT_EQ(with([](auto& it) { it.target_type = TargetType::Lambda; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.protocol = Protocol::Tcp; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.protocol.reset(); }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.port.reset(); }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.protocol_version = "HTTP3"; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.name = "no_name"; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.health_check_enabled = false; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.health_check_path = "up"; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.health_check_path = "/a\r\nb"; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.health_check_port = "0"; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.health_check_timeout_seconds = 30; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.health_check_protocol = Protocol::Tls; }), "ValidationError");
  for (const char* code : {"", "500", "199", "200-", "299-200", "200,", "200 ,201", "2xx"}) {
    EXPECT_EQ(with([&](auto& it) { it.matcher = shapes::Matcher{code, {}}; }), "ValidationError")
        << code;
  }
  EXPECT_EQ(with([](auto& it) { it.matcher = shapes::Matcher{{}, "12"}; }), "ValidationError");
  EXPECT_EQ(with([](auto& it) { it.matcher = shapes::Matcher{"200-299,404", {}}; }), "(none)");
}

TEST_F(TargetGroupTest, is_checked_in_another_way_when_told_so) {
  ModifyTargetGroup::Request said;
  said.health_check_path = "/up";
  said.matcher = shapes::Matcher{"200-399", {}};
  const auto group = need(modify(said)).target_groups[0];
  EXPECT_EQ(group.health_check_path, "/up");
  EXPECT_EQ(group.matcher.http_code, "200-399");
  EXPECT_EQ(group.health_check_interval_seconds, 30);
  said.health_check_interval_seconds = 5;
  EXPECT_EQ(code_of(modify(said)), "ValidationError") << "as long as the timeout";
}

TEST_F(TargetGroupTest, is_listed_by_name_in_pages) {
  world.create_group("b");
  world.create_group("c");
  const DescribeTargetGroups list{*world.database};
  const auto first = need(list({{}, {}, {}, {}, 2}, world.call));
  EXPECT_EQ(first.target_groups[1].target_group_name, "b");
  const auto rest = need(list({{}, {}, {}, first.next_marker, 2}, world.call));
  EXPECT_EQ(rest.target_groups[0].target_group_name, "c");
  EXPECT_FALSE(rest.next_marker);
  EXPECT_EQ(need(list({{}, {}, {"c"}, {}, {}}, world.call)).target_groups.size(), 1U);
  EXPECT_EQ(code_of(list({{}, {}, {"d"}, {}, {}}, world.call)), "TargetGroupNotFound");
  EXPECT_EQ(code_of(list({{}, {arn}, {"c"}, {}, {}}, world.call)), "ValidationError");
}

TEST_F(TargetGroupTest, has_attributes) {
  need(attributes(
      {{"deregistration_delay.timeout_seconds", "0"}, {"slow_start.duration_seconds", "0"}}));
  EXPECT_EQ(code_of(attributes({{"slow_start.duration_seconds", "29"}})), "ValidationError");
  EXPECT_EQ(code_of(attributes({{"deregistration_delay.timeout_seconds", "3601"}})),
            "ValidationError");
  EXPECT_EQ(
      code_of(attributes({{"stickiness.enabled", "true"}, {"stickiness.type", "app_cookie"}})),
      "InvalidConfigurationRequest");
  const auto all = need(attributes({{"stickiness.enabled", "true"}}));
  EXPECT_EQ(value_of(all.attributes, "stickiness.lb_cookie.duration_seconds"), "86400");
  EXPECT_EQ(value_of(all.attributes, "deregistration_delay.timeout_seconds"), "0");
}

TEST_F(TargetGroupTest, has_targets_that_nobody_uses_yet) {
  need(add({{"10.0.0.1", {}, {}}, {"10.0.0.1", 81, "all"}, {"10.0.0.2", {}, {}}}));
  EXPECT_EQ(health(),
            "10.0.0.1:81 unused Target.NotInUse; 10.0.0.1:8080 unused Target.NotInUse; "
            "10.0.0.2:8080 unused Target.NotInUse; ");
  EXPECT_EQ(health({{"10.0.0.1", 81, {}}, {"10.0.0.9", {}, {}}}),
            "10.0.0.1:81 unused Target.NotInUse; 10.0.0.9:0 unused Target.NotRegistered; ");
  need(remove({{"10.0.0.1", {}, {}}}));
  EXPECT_EQ(health(), "10.0.0.2:8080 unused Target.NotInUse; ");
  EXPECT_EQ(code_of(remove({{"10.0.0.1", {}, {}}})), "InvalidTarget");
}

TEST_F(TargetGroupTest, takes_addresses_of_its_kind_only) {
  EXPECT_EQ(code_of(add({{"10.0.0.1", {}, {}}, {"i-0123456789abcdef0", {}, {}}})), "InvalidTarget");
  EXPECT_EQ(code_of(add({{"2001:db8::1", {}, {}}})), "InvalidTarget");
  EXPECT_EQ(code_of(add({{std::string("10.0.0.1\0.evil", 14), {}, {}}})), "InvalidTarget");
  EXPECT_EQ(code_of(add({{"10.0.0.1 ", {}, {}}})), "InvalidTarget");
  EXPECT_EQ(code_of(add({})), "ValidationError");
  EXPECT_EQ(health(), "") << "all or none";
  auto request = TestWorld::group_request("six");
  request.ip_address_type = TargetAddressType::Ipv6;
  const auto six = need(CreateTargetGroup{*world.database, world.random}(request, world.call));
  const RegisterTargets add_to{*world.database, world.clock};
  need(add_to({six.target_groups[0].target_group_arn, {{"2001:db8::1", {}, {}}}}, world.call));
  request = TestWorld::group_request("instances");
  request.target_type.reset();
  const auto instances =
      need(CreateTargetGroup{*world.database, world.random}(request, world.call)).target_groups[0];
  EXPECT_EQ(instances.target_type, TargetType::Instance);
  EXPECT_EQ(
      code_of(add_to({instances.target_group_arn, {{"i-0123456789abcdef0", {}, {}}}}, world.call)),
      "InvalidTarget");
}

TEST_F(TargetGroupTest, takes_no_addresses_where_no_server_can_be) {
  for (const char* address :
       {"169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "100.100.100.200"}) {
    EXPECT_EQ(code_of(add({{address, {}, {}}})), "InvalidTarget") << address;
  }
  auto request = TestWorld::group_request("six");
  request.ip_address_type = TargetAddressType::Ipv6;
  const auto six = need(CreateTargetGroup{*world.database, world.random}(request, world.call))
                       .target_groups[0]
                       .target_group_arn;
  const RegisterTargets add_to{*world.database, world.clock};
  for (const char* address : {"fe80::1", "::", "ff02::1", "fd00:ec2::254", "::ffff:169.254.169.254",
                              "64:ff9b::a9fe:a9fe"}) {
    EXPECT_EQ(code_of(add_to({six, {{address, {}, {}}}}, world.call)), "InvalidTarget") << address;
  }
}

TEST_F(TargetGroupTest, takes_targets_on_loopback_where_it_is_told_to) {
  EXPECT_EQ(code_of(add({{"127.0.0.1", {}, {}}})), "InvalidTarget");
  const RegisterTargets told{*world.database, world.clock, /*takes_loopback=*/true};
  need(told({arn, {{"127.0.0.1", {}, {}}}}, world.call));
}

TEST_F(TargetGroupTest, takes_a_thousand_targets) {
  std::vector<shapes::TargetDescription> many;
  for (int port = 1; port <= 1000; ++port) many.push_back({"10.0.0.1", port, {}});
  need(add(many));
  EXPECT_EQ(code_of(add({{"10.0.0.2", {}, {}}})), "TooManyTargets");
  need(add({{"10.0.0.1", 7, {}}}));
}

TEST_F(TargetGroupTest, is_made_with_tags_by_whoever_may_add_them) {
  auto request = TestWorld::group_request("tagged");
  request.tags = {{"team", "pki"}};
  const auto access = CreateTargetGroup{*world.database, world.random}.access(request, world.call);
  EXPECT_EQ(tagging_of(access), "elasticloadbalancing:AddTags " + access.resources[0] +
                                    " by CreateTargetGroup of team");
}

TEST_F(TargetGroupTest, is_deleted_with_its_targets) {
  need(add({{"10.0.0.1", {}, {}}}));
  const DeleteTargetGroup remove_group{*world.database};
  need(remove_group({arn}, world.call));
  need(remove_group({arn}, world.call));
  EXPECT_EQ(code_of(add({{"10.0.0.1", {}, {}}})), "TargetGroupNotFound");
  EXPECT_EQ(code_of(remove_group({"arn:aws:s3:::b"}, world.call)), "ValidationError");
}

TEST(SslPolicies, name_protocols_and_ciphers_in_their_order) {
  const DescribeSSLPolicies describe;
  const auto call = TestWorld::as("111122223333");
  const auto found = need(describe({{"ELBSecurityPolicy-TLS13-1-2-Res-2021-06"}, {}, {}, {}}, call))
                         .ssl_policies[0];
  EXPECT_EQ(found.ssl_protocols, (Texts{"TLSv1.2", "TLSv1.3"}));
  ASSERT_EQ(found.ciphers.size(), 7U);
  EXPECT_EQ(found.ciphers[0].name, "TLS_AES_128_GCM_SHA256");
  EXPECT_EQ(found.ciphers[0].priority, 1);
  EXPECT_EQ(found.ciphers[6].name, "ECDHE-RSA-AES256-GCM-SHA384");
  EXPECT_EQ(code_of(describe({{"ELBSecurityPolicy-None"}, {}, {}, {}}, call)), "SSLPolicyNotFound");
  const auto old = need(describe({{std::string(usual_ssl_policy)}, {}, {}, {}}, call));
  EXPECT_EQ(old.ssl_policies[0].ssl_protocols.front(), "TLSv1");
  EXPECT_EQ(old.ssl_policies[0].ciphers.back().name, "AES256-SHA");
}

TEST(SslPolicies, come_in_pages) {
  const DescribeSSLPolicies describe;
  const auto call = TestWorld::as("111122223333");
  std::set<std::string> seen;
  std::optional<std::string> marker;
  do {
    const auto page = need(describe({{}, marker, 5, {}}, call));
    for (const auto& policy : page.ssl_policies) EXPECT_TRUE(seen.insert(policy.name).second);
    marker = page.next_marker;
  } while (marker);
  EXPECT_EQ(seen.size(), ssl_policies().size());
}

}  // namespace
}  // namespace everseal::elbv2
