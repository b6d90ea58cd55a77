#include "services/elbv2/listener_store.h"
#include "services/elbv2/listener_test_world.h"
#include "services/elbv2/operations/delete_load_balancer.h"
#include "services/elbv2/operations/delete_target_group.h"
#include "services/elbv2/operations/modify_listener_attributes.h"

namespace everseal::elbv2 {
namespace {

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
  const ModifyListenerAttributes change{*world.database};
  const std::string name = "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name";
  EXPECT_EQ(value_of(need(change({arn, {}}, world.call)).attributes, name),
            "X-Amzn-Mtls-Clientcert-Leaf");
  EXPECT_EQ(value_of(need(change({arn, {{name, "X-Leaf"}}}, world.call)).attributes, name),
            "X-Leaf");
  EXPECT_EQ(code_of(change({arn, {{name, "X Leaf"}}}, world.call)), "ValidationError");
  for (const std::string of_the_connection : {"content-length", "Host", "Transfer-Encoding"}) {
    EXPECT_EQ(code_of(change({arn, {{name, of_the_connection}}}, world.call)), "ValidationError");
  }
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
