#include <gtest/gtest.h>

#include "services/elbv2/operations/add_tags.h"
#include "services/elbv2/operations/delete_load_balancer.h"
#include "services/elbv2/operations/describe_account_limits.h"
#include "services/elbv2/operations/describe_load_balancer_attributes.h"
#include "services/elbv2/operations/describe_tags.h"
#include "services/elbv2/operations/modify_load_balancer_attributes.h"
#include "services/elbv2/operations/remove_tags.h"
#include "services/elbv2/operations/set_ip_address_type.h"
#include "services/elbv2/operations/set_security_groups.h"
#include "services/elbv2/operations/set_subnets.h"
#include "services/elbv2/test_world.h"

namespace everseal::elbv2 {
namespace {

using Texts = std::vector<std::string>;
constexpr const char* absent =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/edge/0123456789abcdef";

class LoadBalancerTest : public testing::Test {
 protected:
  auto modify(const std::string& arn, std::vector<shapes::Attribute> attributes) {
    return ModifyLoadBalancerAttributes{*world.database}({arn, std::move(attributes)}, world.call);
  }
  std::string attribute(const std::string& arn, const std::string& key) {
    return value_of(
        need(DescribeLoadBalancerAttributes{*world.database}({arn}, world.call)).attributes, key);
  }
  auto remove(const std::string& arn) {
    return DeleteLoadBalancer{*world.database, world.certificates}({arn}, world.call);
  }
  auto tag(const std::string& arn, std::vector<shapes::Tag> tags) {
    return AddTags{*world.database, world.trust_stores}({{arn}, std::move(tags)}, world.call);
  }
  std::string tags(const std::string& arn) {
    const auto all = need(DescribeTags{*world.database, world.trust_stores}({{arn}}, world.call));
    std::string text;
    for (const auto& each : all.tag_descriptions[0].tags)
      text += each.key + "=" + *each.value + ";";
    return text;
  }
  TestWorld world;
};

TEST_F(LoadBalancerTest, is_named_by_arn_and_address_and_is_active) {
  const auto made = world.create("edge");
  EXPECT_TRUE(made.load_balancer_arn.starts_with(
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/edge/"));
  EXPECT_EQ(made.load_balancer_arn.size() - made.load_balancer_arn.rfind('/') - 1, 16U);
  EXPECT_TRUE(made.dns_name.starts_with("edge-"));
  EXPECT_TRUE(made.dns_name.ends_with(".eu-west-1.elb.amazonaws.com"));
  EXPECT_EQ(made.state.code, LoadBalancerState::Active);
  EXPECT_EQ(made.created_time, world.clock.now());
  EXPECT_EQ(made.availability_zones[1].subnet_id, "subnet-b");
  EXPECT_EQ(made.security_groups, Texts{"sg-1"});
  const auto found = world.describe({made.load_balancer_arn}).load_balancers[0];
  EXPECT_EQ(found.dns_name, made.dns_name);
  EXPECT_EQ(found.availability_zones.size(), 2U);
}

TEST_F(LoadBalancerTest, is_answered_again_if_it_is_made_the_same_again) {
  const auto made = world.create("edge");
  EXPECT_EQ(world.create("edge").load_balancer_arn, made.load_balancer_arn);
  auto other = TestWorld::request("edge");
  other.scheme = Scheme::Internal;
  EXPECT_EQ(code_of(world.try_create(other)), "DuplicateLoadBalancerName");
  EXPECT_EQ(world.describe().load_balancers.size(), 1U);
}

TEST_F(LoadBalancerTest, is_internal_if_told_so) {
  auto request = TestWorld::request("edge");
  request.scheme = Scheme::Internal;
  const auto made = need(world.try_create(request)).load_balancers[0];
  EXPECT_TRUE(made.dns_name.starts_with("internal-edge-"));
  EXPECT_EQ(attribute(made.load_balancer_arn, "ipv6.deny_all_igw_traffic"), "true");
}

TEST_F(LoadBalancerTest, is_refused_what_no_name_can_be) {
  for (const char* name :
       {"", "-edge", "edge-", "ed_ge", "internal-edge", "a23456789012345678901234567890123"}) {
    EXPECT_EQ(code_of(world.try_create(TestWorld::request(name))), "ValidationError") << name;
  }
  EXPECT_TRUE(world.try_create(TestWorld::request("a2345678901234567890123456789012")));
}

TEST_F(LoadBalancerTest, stands_in_subnets_or_mappings) {
  auto request = TestWorld::request("edge");
  request.subnet_mappings = {{"subnet-c", {}, "10.0.0.7", {}, {}}};
  EXPECT_EQ(code_of(world.try_create(request)), "ValidationError");
  request.subnets = {};
  const auto made = need(world.try_create(request)).load_balancers[0];
  EXPECT_EQ(made.availability_zones[0].load_balancer_addresses[0].private_ipv4_address, "10.0.0.7");
  request.subnet_mappings = {};
  EXPECT_EQ(message_of(world.try_create(request)), "At least one subnet must be specified");
}

TEST_F(LoadBalancerTest, is_an_application_load_balancer) {
  auto request = TestWorld::request("edge");
  request.type = LoadBalancerType::Network;
  EXPECT_EQ(code_of(world.try_create(request)), "ValidationError");
}

TEST_F(LoadBalancerTest, is_one_of_fifty) {
  for (int i = 0; i < 50; ++i) world.create("edge" + std::to_string(i));
  EXPECT_EQ(code_of(world.try_create(TestWorld::request("edge50"))), "TooManyLoadBalancers");
  EXPECT_TRUE(
      CreateLoadBalancer(*world.database, world.addresses, nullptr, world.random, world.clock)(
          TestWorld::request("edge50"), TestWorld::as("111122223333", "eu-north-1")));
}

TEST_F(LoadBalancerTest, is_listed_by_name_in_pages) {
  for (const char* name : {"c", "a", "b"}) world.create(name);
  const DescribeLoadBalancers list{*world.database, nullptr};
  const auto first = need(list({{}, {}, {}, 2}, world.call));
  ASSERT_EQ(first.load_balancers.size(), 2U);
  EXPECT_EQ(first.load_balancers[1].load_balancer_name, "b");
  const auto second = need(list({{}, {}, first.next_marker, 2}, world.call));
  EXPECT_EQ(second.load_balancers[0].load_balancer_name, "c");
  EXPECT_FALSE(second.next_marker);
  EXPECT_EQ(code_of(list({{}, {}, "nonsense", {}}, world.call)), "ValidationError");
  EXPECT_EQ(need(list({{}, {"a"}, {}, {}}, world.call)).load_balancers.size(), 1U);
  EXPECT_EQ(code_of(list({{}, {"d"}, {}, {}}, world.call)), "LoadBalancerNotFound");
}

TEST_F(LoadBalancerTest, is_hidden_from_other_accounts_and_regions) {
  const auto arn = world.create("edge").load_balancer_arn;
  const DescribeLoadBalancers list{*world.database, nullptr};
  for (const auto& stranger : {TestWorld::as("999988887777"), TestWorld::as("111122223333", "x")}) {
    EXPECT_TRUE(need(list({}, stranger)).load_balancers.empty());
    EXPECT_EQ(code_of(list({{arn}, {}, {}, {}}, stranger)), "LoadBalancerNotFound");
    need(DeleteLoadBalancer{*world.database, world.certificates}({arn}, stranger));
  }
  EXPECT_EQ(world.describe().load_balancers.size(), 1U);
}

TEST_F(LoadBalancerTest, has_attributes_with_usual_values) {
  const auto arn = world.create("edge").load_balancer_arn;
  EXPECT_EQ(attribute(arn, "idle_timeout.timeout_seconds"), "60");
  EXPECT_EQ(attribute(arn, "routing.http.xff_header_processing.mode"), "append");
  need(modify(arn, {{"idle_timeout.timeout_seconds", "4000"}, {"routing.http2.enabled", "false"}}));
  EXPECT_EQ(attribute(arn, "idle_timeout.timeout_seconds"), "4000");
  EXPECT_EQ(attribute(arn, "client_keep_alive.seconds"), "3600");
}

TEST_F(LoadBalancerTest, is_refused_attributes_that_do_not_suit) {
  const auto arn = world.create("edge").load_balancer_arn;
  const auto refused = [&](const std::string& key, const std::string& value) {
    return code_of(modify(arn, {{"routing.http2.enabled", "false"}, {key, value}}));
  };
  EXPECT_EQ(refused("idle_timeout.timeout_seconds", "0"), "ValidationError");
  EXPECT_EQ(refused("idle_timeout.timeout_seconds", "4001"), "ValidationError");
  EXPECT_EQ(refused("idle_timeout.timeout_seconds", "6 0"), "ValidationError");
  EXPECT_EQ(refused("deletion_protection.enabled", "yes"), "ValidationError");
  EXPECT_EQ(refused("routing.http.desync_mitigation_mode", "strict"), "ValidationError");
  EXPECT_EQ(refused("access_logs.s3.enabled", "true"), "InvalidConfigurationRequest");
  EXPECT_EQ(refused("connection_logs.s3.prefix", "a/AWSLogs"), "InvalidConfigurationRequest");
  EXPECT_EQ(attribute(arn, "routing.http2.enabled"), "true") << "all or none";
  EXPECT_NE(message_of(modify(arn, {{"no.such.key", "1"}}))
                .find("attribute key 'no.such.key' is not recognized"),
            std::string::npos)
      << "Terraform looks for this";
  EXPECT_EQ(code_of(modify(absent, {})), "LoadBalancerNotFound");
}

TEST_F(LoadBalancerTest, writes_a_test_object_when_a_log_is_switched_on) {
  const auto arn = world.create("edge").load_balancer_arn;
  const auto switched = [&](const std::vector<shapes::Attribute>& said) {
    return ModifyLoadBalancerAttributes{*world.database, &world.log_objects}({arn, said},
                                                                             world.call);
  };
  auto& objects = world.log_objects.objects;
  need(switched({{"access_logs.s3.enabled", "true"},
                 {"access_logs.s3.bucket", "logs"},
                 {"access_logs.s3.prefix", "a/b"}}));
  EXPECT_TRUE(objects["logs/a/b/AWSLogs/111122223333/ELBAccessLogTestFile"].starts_with(
      "Enable AccessLog for ELB: app/edge/"));
  need(switched({{"connection_logs.s3.enabled", "true"}, {"connection_logs.s3.bucket", "logs"}}));
  EXPECT_TRUE(objects.contains("logs/AWSLogs/111122223333/ELBConnectionLogTestFile"));
  EXPECT_EQ(objects.size(), 2U);
  need(switched({{"idle_timeout.timeout_seconds", "61"}}));
  world.log_objects.refusing = {"other"};
  const auto refused =
      switched({{"idle_timeout.timeout_seconds", "62"}, {"access_logs.s3.bucket", "other"}});
  EXPECT_EQ(code_of(refused), "InvalidConfigurationRequest");
  EXPECT_NE(message_of(refused).find("Access Denied for bucket: other"), std::string::npos);
  EXPECT_EQ(attribute(arn, "idle_timeout.timeout_seconds"), "61");
  EXPECT_EQ(attribute(arn, "access_logs.s3.bucket"), "logs");
  EXPECT_EQ(objects.size(), 2U);
}

TEST_F(LoadBalancerTest, is_deleted_unless_it_is_protected) {
  const auto arn = world.create("edge").load_balancer_arn;
  need(modify(arn, {{"deletion_protection.enabled", "true"}}));
  EXPECT_EQ(code_of(remove(arn)), "OperationNotPermitted");
  need(modify(arn, {{"deletion_protection.enabled", "false"}}));
  need(remove(arn));
  EXPECT_TRUE(world.describe().load_balancers.empty());
  need(remove(arn));
  need(remove(absent));
  EXPECT_EQ(code_of(remove("arn:aws:s3:::edge")), "ValidationError");
}

TEST_F(LoadBalancerTest, is_moved) {
  const auto arn = world.create("edge").load_balancer_arn;
  need(SetSubnets{*world.database}({arn, {"subnet-c"}, {}, {}}, world.call));
  need(SetSecurityGroups{*world.database}({arn, {"sg-2", "sg-3"}}, world.call));
  need(SetIpAddressType{*world.database}({arn, IpAddressType::Dualstack}, world.call));
  const auto found = world.describe({arn}).load_balancers[0];
  EXPECT_EQ(found.availability_zones[0].subnet_id, "subnet-c");
  EXPECT_EQ(found.security_groups, (Texts{"sg-2", "sg-3"}));
  EXPECT_EQ(found.ip_address_type, IpAddressType::Dualstack);
  EXPECT_EQ(code_of(SetSubnets{*world.database}({arn, {}, {}, {}}, world.call)), "ValidationError");
}

TEST_F(LoadBalancerTest, has_tags) {
  auto request = TestWorld::request("edge");
  request.tags = {{"team", "pki"}};
  const auto arn = need(world.try_create(request)).load_balancers[0].load_balancer_arn;
  need(tag(arn, {{"stage", "prod"}, {"team", "edge"}}));
  EXPECT_EQ(tags(arn), "stage=prod;team=edge;");
  need(RemoveTags{*world.database, world.trust_stores}({{arn}, {"stage", "other"}}, world.call));
  EXPECT_EQ(tags(arn), "team=edge;");
  EXPECT_EQ(code_of(tag(arn, {{"a", "1"}, {"A", "2"}})), "DuplicateTagKeys");
  EXPECT_EQ(code_of(tag(arn, {{"Team", "other"}})), "DuplicateTagKeys") << "beside the old one";
  EXPECT_EQ(code_of(tag(arn, {{"aws:a", "1"}})), "ValidationError");
  EXPECT_EQ(code_of(tag(arn, {{"AWS:a", "1"}})), "ValidationError");
  EXPECT_EQ(code_of(tag(absent, {{"a", "1"}})), "LoadBalancerNotFound");
  std::vector<shapes::Tag> many;
  for (int i = 0; i < 50; ++i) many.push_back({"tag" + std::to_string(i), "1"});
  EXPECT_EQ(code_of(tag(arn, many)), "TooManyTags");
  EXPECT_EQ(tags(arn), "team=edge;");
}

TEST_F(LoadBalancerTest, stands_beside_trust_stores_that_have_tags_too) {
  const std::string arn =
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/devices/0123456789abcdef";
  EXPECT_EQ(code_of(tag(arn, {{"a", "1"}})), "TrustStoreNotFound");
  world.trust_stores.statuses[arn] = TrustStores::Status::Active;
  need(tag(arn, {{"a", "1"}, {"b", "2"}}));
  need(RemoveTags{*world.database, world.trust_stores}({{arn}, {"a"}}, world.call));
  EXPECT_EQ(tags(arn), "b=2;");
  EXPECT_EQ(code_of(tag(arn, {{"B", "3"}})), "DuplicateTagKeys");
}

TEST_F(LoadBalancerTest, is_tagged_beside_trust_stores_by_whoever_may_for_the_tags_of_each) {
  auto request = TestWorld::request("edge");
  request.tags = {{"team", "edge"}};
  const auto arn = need(world.try_create(request)).load_balancers[0].load_balancer_arn;
  const auto store = world.trust_store("devices");
  need(tag(store, {{"team", "pki"}}));
  const auto unknown = world.trust_store("unknown");
  world.trust_stores.statuses.erase(unknown);
  const std::vector arns{store, arn, unknown};
  const AddTags add{*world.database, world.trust_stores};
  const RemoveTags remove_tags{*world.database, world.trust_stores};
  for (const auto& access : {add.access({arns, {{"a", "1"}}}, world.call),
                             remove_tags.access({arns, {"team"}}, world.call)}) {
    EXPECT_EQ(need(access.resource_tags()), (aws::Tags{{"team", "pki"}}));
    ASSERT_EQ(access.also.size(), 2U);
    EXPECT_EQ(need(access.also[0].resource_tags()), (aws::Tags{{"team", "edge"}}));
    EXPECT_EQ(need(access.also[1].resource_tags()), aws::Tags());
  }
}

TEST_F(LoadBalancerTest, asks_for_the_right_on_each_resource_that_it_tags) {
  const AddTags add{*world.database, world.trust_stores};
  const auto access = add.access({{absent, "arn:b"}, {{"team", "pki"}}}, world.call);
  EXPECT_EQ(access.resources, Texts{absent});
  ASSERT_EQ(access.also.size(), 1U);
  EXPECT_EQ(access.also[0].action, "elasticloadbalancing:AddTags");
  EXPECT_EQ(access.also[0].resources, Texts{"arn:b"});
  EXPECT_EQ(access.also[0].context, access.context);
}

TEST_F(LoadBalancerTest, is_made_and_moved_by_whoever_may_for_its_scheme_and_networking) {
  const CreateLoadBalancer create{*world.database, world.addresses, nullptr, world.random,
                                  world.clock};
  auto request = TestWorld::request("edge");
  auto access = create.access(request, world.call);
  EXPECT_EQ(values_of(access, "elasticloadbalancing:Scheme"), "internet-facing");
  EXPECT_EQ(values_of(access, "elasticloadbalancing:Subnet"), "subnet-a,subnet-b");
  EXPECT_EQ(values_of(access, "elasticloadbalancing:SecurityGroup"), "sg-1");
  EXPECT_EQ(tagging_of(access), "(none)");
  request.scheme = Scheme::Internal;
  request.subnets.clear();
  request.subnet_mappings = {{"subnet-c", {}, {}, {}, {}}};
  request.security_groups.clear();
  request.tags = {{"team", "pki"}};
  access = create.access(request, world.call);
  EXPECT_EQ(values_of(access, "elasticloadbalancing:Scheme"), "internal");
  EXPECT_EQ(values_of(access, "elasticloadbalancing:Subnet"), "subnet-c");
  EXPECT_EQ(values_of(access, "elasticloadbalancing:SecurityGroup"), "(none)");
  EXPECT_EQ(tagging_of(access), "elasticloadbalancing:AddTags " + access.resources[0] +
                                    " by CreateLoadBalancer of team");
  access = SetSubnets{*world.database}.access({absent, {"subnet-d"}, {}, {}}, world.call);
  EXPECT_EQ(values_of(access, "elasticloadbalancing:Subnet"), "subnet-d");
  access = SetSecurityGroups{*world.database}.access({absent, {"sg-2", "sg-3"}}, world.call);
  EXPECT_EQ(values_of(access, "elasticloadbalancing:SecurityGroup"), "sg-2,sg-3");
}

TEST_F(LoadBalancerTest, tells_who_carries_it_out_of_every_change) {
  int heard = 0;
  const auto listening = world.database->listen(change_topic, [&](std::int64_t) { ++heard; });
  const auto arn = world.create("edge").load_balancer_arn;
  EXPECT_EQ(heard, 1);
  need(modify(arn, {{"routing.http2.enabled", "false"}}));
  EXPECT_EQ(heard, 2);
  need(remove(arn));
  EXPECT_EQ(heard, 3);
}

TEST(AccountLimits, come_in_pages) {
  const DescribeAccountLimits limits;
  const auto call = TestWorld::as("111122223333");
  const auto first = need(limits({{}, 1}, call));
  EXPECT_EQ(first.limits[0].name, "application-load-balancers");
  EXPECT_EQ(first.limits[0].max, "50");
  const auto rest = need(limits({first.next_marker, {}}, call));
  EXPECT_EQ(rest.limits[0].name, "certificates-per-application-load-balancer");
  EXPECT_FALSE(rest.next_marker);
}

}  // namespace
}  // namespace everseal::elbv2
