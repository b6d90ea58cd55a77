#include <gtest/gtest.h>

#include "services/elbv2/listener_store.h"
#include "services/elbv2/operations/attributes.h"
#include "services/elbv2/operations/delete_load_balancer.h"
#include "services/elbv2/operations/listener_certificates.h"
#include "services/elbv2/operations/listeners.h"
#include "services/elbv2/operations/target_groups.h"
#include "services/elbv2/operations/targets.h"
#include "services/elbv2/test_world.h"

namespace everseal::elbv2 {
namespace {

using Texts = std::vector<std::string>;
using Users = std::set<std::string>;

class ListenerTest : public testing::Test {
 protected:
  CreateListener::Request http(std::int32_t port = 80) {
    return TestWorld::listener_request(balancer, port);
  }
  CreateListener::Request https(std::int32_t port = 443) {
    auto request = http(port);
    request.protocol = Protocol::Https;
    request.certificates = {{certificate, {}}};
    return request;
  }
  std::string refused(const CreateListener::Request& request) {
    return code_of(world.try_listen(request));
  }
  std::string refused_action(const shapes::Action& action) {
    auto request = https();
    request.default_actions = {action};
    return refused(request);
  }
  std::string refused_authentication(const shapes::MutualAuthentication& said) {
    auto request = https();
    request.mutual_authentication = said;
    return refused(request);
  }
  auto modify(ModifyListener::Request request) {
    return ModifyListener{*world.database, world.certificates, world.trust_stores}(request,
                                                                                   world.call);
  }
  auto remove(const std::string& arn) {
    return DeleteListener{*world.database, world.certificates}({arn}, world.call);
  }
  auto add_certificate(const std::string& listener, const std::string& arn) {
    return AddListenerCertificates{*world.database, world.certificates}({listener, {{arn, {}}}},
                                                                        world.call);
  }
  auto remove_certificate(const std::string& listener, const std::string& arn) {
    return RemoveListenerCertificates{*world.database, world.certificates}({listener, {{arn, {}}}},
                                                                           world.call);
  }
  Texts certificates_of(const std::string& listener) {
    Texts all;
    for (const auto& each :
         need(DescribeListenerCertificates{*world.database}({listener, {}, {}}, world.call))
             .certificates) {
      all.push_back(*each.certificate_arn + (*each.is_default ? " default" : ""));
    }
    return all;
  }
  DescribeListeners::Response describe() {
    return need(DescribeListeners{*world.database}({balancer, {}, {}, {}}, world.call));
  }

  TestWorld world;
  const std::string balancer = world.create("edge").load_balancer_arn;
  const std::string group = world.create_group("api").target_group_arn;
  const std::string certificate = world.certificate("one");
};

TEST_F(ListenerTest, is_named_below_its_load_balancer) {
  const auto made = world.listen(http());
  EXPECT_TRUE(made.listener_arn.starts_with(
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/edge/"));
  EXPECT_EQ(made.load_balancer_arn, balancer);
  EXPECT_TRUE(made.certificates.empty());
  EXPECT_FALSE(made.ssl_policy);
  EXPECT_FALSE(made.mutual_authentication);
  EXPECT_EQ(describe().listeners[0].listener_arn, made.listener_arn);
}

TEST_F(ListenerTest, speaks_tls_with_one_certificate_and_the_usual_policy) {
  const auto made = world.listen(https());
  EXPECT_EQ(made.certificates[0].certificate_arn, certificate);
  EXPECT_FALSE(made.certificates[0].is_default);
  EXPECT_EQ(made.ssl_policy, "ELBSecurityPolicy-2016-08");
  EXPECT_EQ(made.mutual_authentication->mode, "off");
  EXPECT_FALSE(made.mutual_authentication->trust_store_arn);
}

TEST_F(ListenerTest, is_refused_what_does_not_go_together) {
  const auto with = [&](CreateListener::Request request, auto change) {
    change(request);
    return refused(request);
  };
  EXPECT_EQ(with(http(), [](auto& it) { it.port.reset(); }), "ValidationError");
  EXPECT_EQ(with(http(), [](auto& it) { it.protocol.reset(); }), "ValidationError");
  EXPECT_EQ(with(http(), [](auto& it) { it.protocol = Protocol::Tls; }), "UnsupportedProtocol");
  EXPECT_EQ(with(https(), [](auto& it) { it.protocol = Protocol::Http; }),
            "InvalidConfigurationRequest");
  EXPECT_EQ(with(http(), [](auto& it) { it.mutual_authentication.emplace(); }),
            "InvalidConfigurationRequest");
  EXPECT_EQ(with(https(), [](auto& it) { it.certificates = {}; }), "ValidationError");
  EXPECT_EQ(with(https(), [](auto& it) { it.certificates.push_back(it.certificates[0]); }),
            "ValidationError");
  EXPECT_EQ(with(https(), [](auto& it) { it.ssl_policy = "mine"; }), "SSLPolicyNotFound");
  EXPECT_EQ(with(http(), [](auto& it) { it.load_balancer_arn += "0"; }), "LoadBalancerNotFound");
  EXPECT_TRUE(describe().listeners.empty());
}

TEST_F(ListenerTest, has_only_certificates_that_are_issued_and_the_callers) {
  const auto with = [&](const std::string& arn) {
    auto request = https();
    request.certificates = {{arn, {}}};
    return refused(request);
  };
  EXPECT_EQ(with("arn:aws:acm:eu-west-1:111122223333:certificate/none"), "CertificateNotFound");
  const auto pending = world.certificate("pending");
  world.certificates.statuses[pending] = CertificateSource::Status::NotIssued;
  EXPECT_EQ(with(pending), "CertificateNotFound");
  const std::string foreign = "arn:aws:acm:eu-west-1:999988887777:certificate/one";
  world.certificates.statuses[foreign] = CertificateSource::Status::Issued;
  EXPECT_EQ(with(foreign), "CertificateNotFound");
}

TEST_F(ListenerTest, has_its_port_alone) {
  const auto made = world.listen(http());
  EXPECT_EQ(world.listen(http()).listener_arn, made.listener_arn) << "the same again";
  auto other = http();
  other.default_actions = {TestWorld::fixed("503")};
  EXPECT_EQ(refused(other), "DuplicateListener");
  EXPECT_EQ(refused(https(80)), "DuplicateListener");
  const auto second = world.listen(https());
  ModifyListener::Request move;
  move.listener_arn = second.listener_arn;
  move.port = 80;
  EXPECT_EQ(code_of(modify(move)), "DuplicateListener");
}

TEST_F(ListenerTest, is_one_of_fifty) {
  for (std::int32_t port = 1; port <= 50; ++port) world.listen(http(port));
  EXPECT_EQ(refused(http(51)), "TooManyListeners");
  EXPECT_EQ(describe().listeners.size(), 50U);
  const DescribeListeners list{*world.database};
  const auto first = need(list({balancer, {}, {}, 49}, world.call));
  EXPECT_EQ(need(list({balancer, {}, first.next_marker, 49}, world.call)).listeners.size(), 1U);
}

TEST_F(ListenerTest, forwards_and_says_so_in_both_forms) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  const auto action = world.listen(request).default_actions[0];
  EXPECT_EQ(action.target_group_arn, group);
  EXPECT_EQ(action.forward_config->target_groups[0].target_group_arn, group);
  EXPECT_EQ(action.forward_config->target_groups[0].weight, 1);
  EXPECT_EQ(action.forward_config->target_group_stickiness_config->enabled, false);
  const auto found =
      need(DescribeTargetGroups{*world.database}({balancer, {}, {}, {}, {}}, world.call));
  EXPECT_EQ(found.target_groups[0].load_balancer_arns, Texts{balancer});
}

TEST_F(ListenerTest, forwards_by_weight) {
  const auto other = world.create_group("other").target_group_arn;
  auto request = http();
  request.default_actions = {{}};
  auto& forward = request.default_actions[0].forward_config.emplace();
  forward.target_groups = {{group, 10}, {other, 0}};
  forward.target_group_stickiness_config = {true, 60};
  const auto action = world.listen(request).default_actions[0];
  EXPECT_FALSE(action.target_group_arn);
  EXPECT_EQ(action.forward_config->target_groups[1].weight, 0);
  EXPECT_EQ(action.forward_config->target_group_stickiness_config->duration_seconds, 60);
}

TEST_F(ListenerTest, is_refused_forwards_that_lead_nowhere) {
  const auto with = [&](auto change) {
    auto action = TestWorld::forward(group);
    auto& forward = action.forward_config.emplace();
    change(action, forward);
    return refused_action(action);
  };
  const std::string bad = "InvalidLoadBalancerAction";
  EXPECT_EQ(refused_action({}), bad);
  EXPECT_EQ(refused_action(TestWorld::forward(group + "0")), "TargetGroupNotFound");
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_groups = {{group + "0", 1}}; }), bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_groups = {{group, 1000}}; }), bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_groups = {{group, -1}}; }), bad);
  EXPECT_EQ(with([&](auto& action, auto& it) {
              action.target_group_arn.reset();
              it.target_groups = {{group, 1}, {group, 1}};
            }),
            bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_group_stickiness_config = {true, {}}; }), bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_group_stickiness_config = {true, 0}; }), bad);
  EXPECT_EQ(with([&](auto& action, auto&) { action.redirect_config.emplace(); }), bad);
}

TEST_F(ListenerTest, shares_no_target_group_with_another_load_balancer) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  request.load_balancer_arn = world.create("other").load_balancer_arn;
  EXPECT_EQ(refused(request), "TargetGroupAssociationLimit");
}

TEST_F(ListenerTest, forwards_grpc_over_tls_only) {
  auto made = TestWorld::group_request("grpc");
  made.protocol_version = "GRPC";
  const auto grpc = need(CreateTargetGroup{*world.database, world.random}(made, world.call));
  auto request = http();
  request.default_actions = {TestWorld::forward(grpc.target_groups[0].target_group_arn)};
  EXPECT_EQ(refused(request), "IncompatibleProtocols");
  auto encrypted = https();
  encrypted.default_actions = request.default_actions;
  world.listen(encrypted);
}

TEST_F(ListenerTest, redirects_what_it_does_not_say_to_where_it_was) {
  auto request = http();
  shapes::RedirectConfig config;
  config.protocol = "HTTPS";
  config.port = "443";
  request.default_actions = {TestWorld::redirect(config)};
  const auto said = *world.listen(request).default_actions[0].redirect_config;
  EXPECT_EQ(said.host, "#{host}");
  EXPECT_EQ(said.path, "/#{path}");
  EXPECT_EQ(said.query, "#{query}");
  EXPECT_EQ(said.status_code, RedirectStatus::Http301);
}

TEST_F(ListenerTest, is_refused_redirects_that_loop_or_weaken) {
  const auto with = [&](auto change) {
    shapes::RedirectConfig config;
    config.port = "8443";
    change(config);
    return refused_action(TestWorld::redirect(config));
  };
  const std::string bad = "InvalidLoadBalancerAction";
  EXPECT_EQ(with([](auto& it) { it.port.reset(); }), bad);
  EXPECT_EQ(with([](auto& it) { it.protocol = "HTTP"; }), bad);
  EXPECT_EQ(with([](auto& it) { it.port = "65536"; }), bad);
  EXPECT_EQ(with([](auto& it) { it.path = "there"; }), bad);
  EXPECT_EQ(with([](auto& it) { it.host = "a\r\nSet-Cookie: b"; }), bad);
  EXPECT_EQ(with([](auto&) {}), "(none)");
}

TEST_F(ListenerTest, answers_in_types_that_there_are) {
  auto action = TestWorld::fixed("200");
  action.fixed_response_config->content_type = "image/png";
  EXPECT_EQ(refused_action(action), "InvalidLoadBalancerAction");
  action.fixed_response_config->content_type.reset();
  action.fixed_response_config->message_body = "fine";
  auto request = http();
  request.default_actions = {action};
  EXPECT_EQ(world.listen(request).default_actions[0].fixed_response_config->content_type,
            "text/plain");
}

TEST_F(ListenerTest, does_one_thing_that_it_can) {
  auto request = http();
  request.default_actions = {};
  EXPECT_EQ(refused(request), "InvalidLoadBalancerAction");
  request.default_actions = {TestWorld::fixed("200"), TestWorld::fixed("404")};
  EXPECT_EQ(refused(request), "TooManyActions");
  request.default_actions = {TestWorld::fixed("200")};
  request.default_actions[0].type = ActionType::AuthenticateOidc;
  EXPECT_EQ(refused(request), "InvalidLoadBalancerAction");
}

TEST_F(ListenerTest, verifies_clients_against_a_trust_store) {
  const auto store = world.trust_store("devices");
  auto request = https();
  request.mutual_authentication = shapes::MutualAuthentication{"verify", store, {}, {}, {}};
  const auto made = world.listen(request);
  const auto& mutual = *made.mutual_authentication;
  EXPECT_EQ(mutual.mode, "verify");
  EXPECT_EQ(mutual.trust_store_arn, store);
  EXPECT_EQ(mutual.ignore_client_certificate_expiry, false);
  EXPECT_EQ(mutual.advertise_trust_store_ca_names, Switch::Off);
  EXPECT_EQ(mutual.trust_store_association_status, AssociationStatus::Active);
  const auto users = [&] {
    return need(world.database->read(
        [&](sql::Snapshot& view) { return users_of_trust_store(view, store, "", 10); }));
  };
  EXPECT_EQ(users(), Texts{balancer});
  ModifyListener::Request change;
  change.listener_arn = made.listener_arn;
  change.ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  EXPECT_EQ(need(modify(change)).listeners[0].mutual_authentication->mode, "verify");
  change.mutual_authentication = shapes::MutualAuthentication{"off", {}, {}, {}, {}};
  EXPECT_EQ(need(modify(change)).listeners[0].mutual_authentication->trust_store_arn, std::nullopt);
  EXPECT_EQ(users(), Texts{});
}

TEST_F(ListenerTest, is_refused_authentication_that_cannot_be) {
  const auto store = world.trust_store("devices");
  EXPECT_EQ(refused_authentication({"maybe", {}, {}, {}, {}}), "ValidationError");
  EXPECT_EQ(refused_authentication({"verify", {}, {}, {}, {}}), "ValidationError");
  EXPECT_EQ(refused_authentication({"passthrough", store, {}, {}, {}}), "ValidationError");
  EXPECT_EQ(refused_authentication({"off", {}, true, {}, {}}), "ValidationError");
  EXPECT_EQ(refused_authentication({"verify", group, {}, {}, {}}), "ValidationError");
  EXPECT_EQ(refused_authentication({"verify", store + "0", {}, {}, {}}), "TrustStoreNotFound");
  world.trust_stores.statuses[store] = TrustStores::Status::Creating;
  EXPECT_EQ(refused_authentication({"verify", store, {}, {}, {}}), "TrustStoreNotReady");
  EXPECT_EQ(refused_authentication({"passthrough", {}, {}, {}, {}}), "(none)");
}

TEST_F(ListenerTest, is_one_of_two_that_verify) {
  auto request = https(1);
  request.mutual_authentication =
      shapes::MutualAuthentication{"verify", world.trust_store("devices"), {}, {}, {}};
  world.listen(request);
  request.port = 2;
  world.listen(request);
  request.port = 3;
  EXPECT_EQ(refused(request), "InvalidConfigurationRequest");
}

TEST_F(ListenerTest, makes_its_certificates_be_in_use) {
  const auto first = world.listen(https()).listener_arn;
  const auto second = world.listen(https(8443)).listener_arn;
  EXPECT_EQ(world.certificates.users[certificate], Users{balancer});
  need(remove(first));
  EXPECT_EQ(world.certificates.users[certificate], Users{balancer}) << "the other one has it";
  const auto newer = world.certificate("two");
  ModifyListener::Request change;
  change.listener_arn = second;
  change.certificates = {{newer, {}}};
  need(modify(change));
  EXPECT_EQ(world.certificates.users[certificate], Users{});
  EXPECT_EQ(world.certificates.users[newer], Users{balancer});
  need(DeleteLoadBalancer{*world.database, world.certificates}({balancer}, world.call));
  EXPECT_EQ(world.certificates.users[newer], Users{});
}

TEST_F(ListenerTest, has_further_certificates_for_other_names) {
  const auto arn = world.listen(https()).listener_arn;
  const auto two = world.certificate("two"), three = world.certificate("three");
  need(add_certificate(arn, two));
  need(add_certificate(arn, two));
  need(add_certificate(arn, certificate));
  EXPECT_EQ(certificates_of(arn), (Texts{certificate + " default", certificate, two}));
  EXPECT_EQ(world.certificates.users[two], Users{balancer});
  need(remove_certificate(arn, certificate));
  EXPECT_EQ(code_of(remove_certificate(arn, certificate)), "OperationNotPermitted");
  need(remove_certificate(arn, two));
  need(remove_certificate(arn, three));
  EXPECT_EQ(certificates_of(arn), Texts{certificate + " default"});
  EXPECT_EQ(world.certificates.users[two], Users{});
  EXPECT_EQ(code_of(add_certificate(arn, certificate + "0")), "CertificateNotFound");
  const AddListenerCertificates add{*world.database, world.certificates};
  EXPECT_EQ(code_of(add({arn, {{two, {}}, {three, {}}}}, world.call)), "ValidationError");
  EXPECT_EQ(code_of(add_certificate(world.listen(http()).listener_arn, two)),
            "InvalidConfigurationRequest");
}

TEST_F(ListenerTest, has_twenty_five_further_certificates_at_most) {
  const auto arn = world.listen(https()).listener_arn;
  for (int i = 0; i < 25; ++i) {
    need(add_certificate(arn, world.certificate("more" + std::to_string(i))));
  }
  const auto last = world.certificate("last");
  EXPECT_EQ(code_of(add_certificate(arn, last)), "TooManyCertificates");
  EXPECT_EQ(world.certificates.users.contains(last) && certificates_of(arn).size() > 26, false);
  const DescribeListenerCertificates list{*world.database};
  const auto first = need(list({arn, {}, 20}, world.call));
  EXPECT_EQ(first.certificates.size(), 21U);
  EXPECT_EQ(need(list({arn, first.next_marker, 20}, world.call)).certificates.size(), 5U);
}

TEST_F(ListenerTest, loses_what_belongs_to_tls_when_it_becomes_plain) {
  const auto arn = world.listen(https()).listener_arn;
  need(add_certificate(arn, world.certificate("two")));
  ModifyListener::Request change;
  change.listener_arn = arn;
  change.protocol = Protocol::Http;
  const auto plain = need(modify(change)).listeners[0];
  EXPECT_TRUE(plain.certificates.empty());
  EXPECT_FALSE(plain.ssl_policy);
  EXPECT_FALSE(plain.mutual_authentication);
  EXPECT_EQ(world.certificates.users[certificate], Users{});
  EXPECT_EQ(world.certificates.users[world.certificate("two")], Users{});
  change.protocol = Protocol::Https;
  EXPECT_EQ(code_of(modify(change)), "ValidationError") << "it has no certificate";
}

TEST_F(ListenerTest, does_another_thing_when_told_so) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  const auto arn = world.listen(request).listener_arn;
  const DeleteTargetGroup remove_group{*world.database};
  EXPECT_EQ(code_of(remove_group({group}, world.call)), "ResourceInUse");
  ModifyListener::Request change;
  change.listener_arn = arn;
  change.default_actions = {TestWorld::fixed("503")};
  EXPECT_EQ(need(modify(change)).listeners[0].default_actions[0].type, ActionType::FixedResponse);
  need(remove_group({group}, world.call));
}

TEST_F(ListenerTest, lets_targets_begin_and_drain) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  const shapes::TargetDescription target{"10.0.0.1", 8080, {}};
  need(RegisterTargets{*world.database, world.clock}({group, {target}}, world.call));
  const auto reason = [&] {
    const DescribeTargetHealth health{*world.database, world.clock, nullptr};
    const auto all = need(health({group, {target}}, world.call)).target_health_descriptions;
    EXPECT_EQ(all.size(), 1U);
    return *all[0].target_health.reason;
  };
  EXPECT_EQ(reason(), "Elb.RegistrationInProgress");
  need(DeregisterTargets{*world.database, world.clock}({group, {target}}, world.call));
  EXPECT_EQ(reason(), "Target.DeregistrationInProgress");
  world.clock.advance(std::chrono::seconds(299));
  EXPECT_EQ(reason(), "Target.DeregistrationInProgress");
  world.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(reason(), "Target.NotRegistered");
  need(RegisterTargets{*world.database, world.clock}({group, {target}}, world.call));
  EXPECT_EQ(reason(), "Elb.RegistrationInProgress");
}

TEST_F(ListenerTest, has_a_thousand_targets_in_all_groups_of_its_load_balancer) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  const auto other = world.create_group("other").target_group_arn;
  request = http(81);
  request.default_actions = {TestWorld::forward(other)};
  const auto second = world.listen(request).listener_arn;
  const RegisterTargets add{*world.database, world.clock};
  std::vector<shapes::TargetDescription> many;
  for (int port = 1; port <= 1000; ++port) many.push_back({"10.0.0.1", port, {}});
  need(add({group, many}, world.call));
  EXPECT_EQ(code_of(add({other, {{"10.0.0.2", 80, {}}}}, world.call)), "TooManyTargets");
  need(world.database->write([&](sql::Transaction& tx) {
    return add_target(tx, other, Target{"10.0.0.2", 80, {}, world.clock.now(), {}});
  }));
  ModifyListener::Request change;
  change.listener_arn = second;
  change.port = 82;
  need(modify(change));
  change.default_actions = {TestWorld::forward(other)};
  EXPECT_EQ(code_of(modify(change)), "TooManyTargets") << "only where it says what it does";
}

TEST_F(ListenerTest, keeps_no_more_targets_that_drain_than_live) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  const RegisterTargets add{*world.database, world.clock};
  const DeregisterTargets remove_targets{*world.database, world.clock};
  const auto thousand = [](const std::string& address) {
    std::vector<shapes::TargetDescription> many;
    for (int port = 1; port <= 1000; ++port) many.push_back({address, port, {}});
    return many;
  };
  need(add({group, thousand("10.0.0.1")}, world.call));
  need(remove_targets({group, thousand("10.0.0.1")}, world.call));
  need(add({group, thousand("10.0.0.2")}, world.call));
  need(remove_targets({group, {{"10.0.0.2", 1, {}}}}, world.call));
  EXPECT_EQ(code_of(add({group, {{"10.0.0.3", 1, {}}}}, world.call)), "TooManyTargets");
  world.clock.advance(std::chrono::seconds(300));
  need(remove_targets({group, {{"10.0.0.2", 2, {}}}}, world.call));
  EXPECT_EQ(need(world.database->read(
                [&](sql::Snapshot& view) { return count_kept_targets(view, group); })),
            999)
      << "those that have drained are forgotten";
  need(add({group, {{"10.0.0.3", 1, {}}}}, world.call));
}

TEST_F(ListenerTest, is_made_and_modified_by_whoever_may_for_its_protocol_and_policy) {
  const CreateListener create{*world.database, world.certificates, world.trust_stores,
                              world.random};
  const auto shown = [](const aws::Access& access) {
    return values_of(access, "elasticloadbalancing:ListenerProtocol") + " " +
           values_of(access, "elasticloadbalancing:SecurityPolicy");
  };
  auto request = https();
  EXPECT_EQ(shown(create.access(http(), world.call)), "HTTP (none)");
  EXPECT_EQ(shown(create.access(request, world.call)), "HTTPS ELBSecurityPolicy-2016-08");
  request.tags = {{"team", "pki"}};
  EXPECT_TRUE(
      tagging_of(create.access(request, world.call)).ends_with(" by CreateListener of team"));
  request.ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
  const ModifyListener modify_it{*world.database, world.certificates, world.trust_stores};
  ModifyListener::Request change;
  change.listener_arn = world.listen(request).listener_arn;
  EXPECT_EQ(shown(modify_it.access(change, world.call)),
            "HTTPS ELBSecurityPolicy-TLS13-1-2-Res-2021-06");
  change.ssl_policy = "ELBSecurityPolicy-2016-08";
  EXPECT_EQ(shown(modify_it.access(change, world.call)), "HTTPS ELBSecurityPolicy-2016-08");
  change.protocol = Protocol::Http;
  EXPECT_EQ(shown(modify_it.access(change, world.call)), "HTTP (none)");
}

TEST_F(ListenerTest, has_attributes) {
  const auto arn = world.listen(https()).listener_arn;
  const ModifyAttributes<ListenerAttributes> change{*world.database};
  const std::string name = "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name";
  EXPECT_EQ(value_of(need(change({arn, {}}, world.call)).attributes, name),
            "X-Amzn-Mtls-Clientcert-Leaf");
  EXPECT_EQ(value_of(need(change({arn, {{name, "X-Leaf"}}}, world.call)).attributes, name),
            "X-Leaf");
  EXPECT_EQ(code_of(change({arn, {{name, "X Leaf"}}}, world.call)), "ValidationError");
  EXPECT_EQ(code_of(change({arn, {{name, ""}}}, world.call)), "ValidationError");
  EXPECT_EQ(
      code_of(change({arn, {{"routing.http.response.x_frame_options.header_value", "a\r\nb: c"}}},
                     world.call)),
      "ValidationError");
}

TEST_F(ListenerTest, goes_with_its_load_balancer) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  const auto arn = world.listen(request).listener_arn;
  need(DeleteLoadBalancer{*world.database, world.certificates}({balancer}, world.call));
  EXPECT_EQ(code_of(remove(arn)), "ListenerNotFound");
  need(DeleteTargetGroup{*world.database}({group}, world.call));
}

}  // namespace
}  // namespace everseal::elbv2
