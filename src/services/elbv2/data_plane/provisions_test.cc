#include "services/elbv2/data_plane/provisions.h"

#include "services/elbv2/data_plane/test_world.h"
#include "services/elbv2/operations/delete_listener.h"
#include "services/elbv2/operations/delete_load_balancer.h"
#include "services/elbv2/trust_stores/operations/delete_trust_store.h"

namespace everseal::elbv2::data_plane {
namespace {

using trust_stores::crl_of;
using ProvisionsTest = DataPlaneTest;

class RefusingTest : public DataPlaneTest {
 protected:
  RefusingTest() : DataPlaneTest(OutdatedLists::RefuseAll) {}
  bool revokes(const std::string& store, const std::set<std::string>& serials) {
    return told.comes_to([&](const Told& now) {
      const auto revoked = now.revoked.find(store);
      return revoked != now.revoked.end() && revoked->second == serials;
    });
  }
};

TEST_F(ProvisionsTest, knows_who_is_revoked_before_it_listens) {
  const auto store = stores.create();
  stores.add(store, crl_of("Devices", {"0a", "0b"}));
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  EXPECT_TRUE(told.comes_to([](const Told& now) {
    const auto revoked = position(now, "set_revoked 0a,0b");
    return revoked < std::ssize(now.calls) && revoked < position(now, "apply");
  }));
}

TEST_F(ProvisionsTest, tells_what_changed_of_who_is_revoked) {
  const auto store = stores.create();
  const auto old = stores.add(store, crl_of("Devices", {"0a", "0b"}));
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  stores.add(store, crl_of("Devices", {"0b", "0c"}));
  EXPECT_TRUE(told.comes_to(
      [](const Told& now) { return position(now, "revoke 0c") < std::ssize(now.calls); }));
  need(stores.remove(store, {old}));
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return position(now, "unrevoke 0a") < std::ssize(now.calls) &&
           now.revoked.at(store) == std::set<std::string>{"0b", "0c"};
  }));
}

TEST_F(ProvisionsTest, tells_what_a_private_ca_revoked_since) {
  const auto store = follower();
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  stores.cas.revoke("0a");
  EXPECT_TRUE(told.comes_to(
      [](const Told& now) { return position(now, "revoke 0a") < std::ssize(now.calls); }));
  stores.add(store, crl_of("Devices", {"0a", "0c"}));
  EXPECT_TRUE(told.comes_to([](const Told& now) {
    return position(now, "revoke 0c") < std::ssize(now.calls);
  })) << "what was told is not told again";
  stores.cas.revoke("0d");
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return position(now, "revoke 0d") < std::ssize(now.calls) &&
           now.revoked.at(store) == std::set<std::string>{"0a", "0b", "0c", "0d"};
  }));
}

TEST_F(ProvisionsTest, gives_a_certificate_anew_when_it_was_replaced) {
  const auto edge = balancer("edge");
  listen(edge);
  plane.start();
  ASSERT_TRUE(listens(edge));
  identities.put(certificate, "leaf 2");
  plane.certificate_replaced(world.certificate("of somebody else"));
  plane.certificate_replaced(certificate);
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.certificates == std::map<std::string, Bytes>{{certificate, to_bytes("leaf 2")}};
  }));

  need(DeleteLoadBalancer{*world.database, world.certificates}({edge}, world.call));
  EXPECT_TRUE(told.comes_to([](const Told& now) { return now.certificates.empty(); }));
}

TEST_F(ProvisionsTest, brings_again_what_could_not_be_read_for_a_moment) {
  const auto store = follower();
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  stores.cas.faults = 2;
  stores.cas.revoke("0a");
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    const auto revoked = now.revoked.find(store);
    return revoked != now.revoked.end() && revoked->second.contains("0a");
  }));
  identities.put(certificate, "leaf 2");
  identities.faults = 1;
  plane.certificate_replaced(certificate);
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.certificates == std::map<std::string, Bytes>{{certificate, to_bytes("leaf 2")}};
  }));
}

TEST_F(ProvisionsTest, waits_a_moment_for_certificates_before_anything_is_in_force) {
  const auto edge = balancer("edge");
  listen(edge);
  identities.faults = 1;
  plane.start();
  ASSERT_TRUE(listens(edge));
  EXPECT_TRUE(told.comes_to([](const Told& now) {
    return std::ranges::count(now.calls, "apply") == 1;
  })) << "nothing was put in force without it";
}

TEST_F(ProvisionsTest, whoever_is_revoked_stays_so_while_a_listener_is_in_force) {
  const auto store = stores.create();
  stores.add(store, crl_of("Devices", {"0a"}));
  const auto edge = balancer("edge");
  const auto verifying = listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  told.change([&] {
    told.judge = [](const auto&) -> Outcome { return Fault::unavailable("the port is taken"); };
  });
  need(DeleteListener{*world.database, world.certificates}({verifying}, world.call));
  need(trust_stores::DeleteTrustStore{*stores.database, &stores.listeners}({store}, stores.call));
  EXPECT_TRUE(told.comes_to([&](const Told&) { return plane.fault_of(edge).has_value(); }));
  EXPECT_TRUE(told.comes_to(
      [&](const Told& now) { return now.revoked.at(store) == std::set<std::string>{"0a"}; }));

  told.change([&] { told.judge = [](const auto&) { return Outcome(); }; });
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return !now.revoked.contains(store) || now.revoked.at(store).empty();
  }));
}

TEST_F(RefusingTest, all_that_an_issuer_issued_is_refused_while_all_of_its_lists_are_outdated) {
  const auto store = stores.create();
  const auto list = [&](const std::string& serial, int days) {
    auto crl = trust_stores::draft_crl("Devices", {serial});
    crl.next_update = stores.clock.now() + std::chrono::days{days};
    stores.add(store, trust_stores::crl_pem(crl.der(x509::testing::the_key())));
  };
  list("0a", 10);
  list("0b", 20);
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  EXPECT_TRUE(revokes(store, {"0a", "0b"}));
  stores.clock.advance(std::chrono::days{10});
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.events.contains("Everseal Revocation List Expired " + store);
  }));
  EXPECT_TRUE(revokes(store, {"0a", "0b"}));
  stores.clock.advance(std::chrono::days{10});
  EXPECT_TRUE(revokes(store, {"*", "0a", "0b"}));
  list("0c", 30);
  EXPECT_TRUE(revokes(store, {"0a", "0b", "0c"}));
}

}  // namespace
}  // namespace everseal::elbv2::data_plane
