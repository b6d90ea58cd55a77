#include <signal.h>

#include <filesystem>

#include "gateway/haproxy/test_clients.h"

namespace everseal::gateway::haproxy {
namespace {

Outcome revoked_while_it_hangs(const VerifyingGateway& world, const Holder& holder) {
  const auto worker = world.worker();
  kill(worker, SIGSTOP);
  auto revoked = world.gateway->revoke("store", entry(holder.certificate));
  kill(worker, SIGCONT);
  return revoked;
}

}  // namespace

TEST(Revocation, a_revoked_client_is_refused_at_its_next_handshake_and_others_are_not) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto one = world.client_of_root();
  const auto other = world.client_of_root();
  for (const std::string version : {"-tls1_2", "-tls1_3"}) {
    SCOPED_TRACE(version);
    EXPECT_EQ(world.outcome(one, version), "200");
    need(gateway.revoke("store", entry(one.certificate)));
    EXPECT_EQ(world.outcome(one, version), "closed");
    EXPECT_EQ(world.outcome(other, version), "200");
    need(gateway.unrevoke("store", entry(one.certificate)));
    EXPECT_EQ(world.outcome(one, version), "200");
  }
  EXPECT_EQ(gateway.status().reloads, 0U);
}

TEST(Revocation, a_live_connection_is_refused_at_its_next_request) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  Connection connection(world.port.number(), holder.words());
  connection.get("/first");
  EXPECT_EQ(outcome_in(connection.hear_until("GET /first")), "200");
  need(gateway.revoke("store", entry(holder.certificate)));
  connection.get("/second");
  EXPECT_EQ(outcome_in(connection.hear_all()), "closed");
  EXPECT_EQ(world.target.requests().size(), 1U);
}

TEST(Revocation, a_request_that_runs_is_cut) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  const auto good = world.client_of_root();
  Connection connection(world.port.number(), holder.words());
  Connection other(world.port.number(), good.words());
  for (auto* each : {&connection, &other}) {
    each->say("POST /slow HTTP/1.1\r\nHost: edge\r\nContent-Length: 4\r\n\r\nab");
  }
  world.target.wait_for_heads(2);
  need(gateway.revoke("store", entry(holder.certificate)));
  EXPECT_EQ(outcome_in(connection.hear_all()), "closed");
  other.say("cd");
  EXPECT_EQ(outcome_in(other.hear_until("POST /slow")), "200");
}

TEST(Revocation, a_haproxy_that_hangs_does_not_hang_who_revokes_and_learns_of_it_later) {
  VerifyingGateway world;
  auto& gateway = world.start_with_little_patience();
  const auto holder = world.client_of_root();
  const auto revoked = revoked_while_it_hangs(world, holder);
  ASSERT_FALSE(revoked);
  EXPECT_EQ(revoked.error().kind, Fault::Kind::Unavailable);
  EXPECT_EQ(gateway.status().last_fault, revoked.error().cause);
  EXPECT_TRUE(wait_until([&] { return gateway.heal().has_value(); }));
  EXPECT_EQ(world.outcome(holder), "closed");
}

TEST(Revocation, nothing_is_said_to_be_in_force_before_a_haproxy_that_hung_learns_who_is_revoked) {
  VerifyingGateway world;
  auto& gateway = world.start_with_little_patience();
  const auto holder = world.client_of_root();
  EXPECT_FALSE(revoked_while_it_hangs(world, holder));
  EXPECT_TRUE(wait_until([&] { return gateway.apply(world.state).has_value(); }));
  EXPECT_EQ(world.outcome(holder), "closed");
}

TEST(Revocation, what_a_hung_haproxy_did_not_take_is_in_force_once_revoking_again_succeeds) {
  VerifyingGateway world;
  auto& gateway = world.start_with_little_patience();
  const auto holder = world.client_of_root();
  EXPECT_FALSE(revoked_while_it_hangs(world, holder));
  EXPECT_FALSE(revoked_while_it_hangs(world, holder));
  EXPECT_TRUE(
      wait_until([&] { return gateway.revoke("store", entry(holder.certificate)).has_value(); }));
  EXPECT_EQ(world.outcome(holder), "closed");
}

TEST(Revocation, while_haproxy_does_not_run_revoking_is_kept_for_its_next_start) {
  VerifyingGateway world;
  auto& pki = world.pki;
  TestCa issuing = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  world.state.trust_stores.front().bundle += issuing.certificate.pem();
  const auto program = world.folder / "haproxy";
  std::filesystem::create_symlink(world.settings.program, program);
  world.settings.program = program;
  world.settings.most_pause = world.settings.least_pause;
  auto& gateway = world.start();
  const auto chainless = pki.holder(issuing, {.with_chain = false});
  const auto revoked = world.client_of_root();
  EXPECT_EQ(world.outcome(chainless), "200");
  std::filesystem::rename(program, world.folder / "hidden");
  ASSERT_EQ(kill(world.worker(), SIGKILL), 0);
  EXPECT_NE(world.deaths.first(), "(none)");
  for (const auto& certificate : {revoked.certificate, issuing.certificate}) {
    const auto outcome = gateway.revoke("store", entry(certificate));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, Fault::Kind::Unavailable);
    EXPECT_EQ(outcome.error().cause, "HAProxy does not run");
  }
  std::filesystem::rename(world.folder / "hidden", program);
  EXPECT_TRUE(wait_until([&] { return gateway.status().running; }));
  EXPECT_EQ(world.outcome(revoked), "closed");
  EXPECT_NE(world.outcome(chainless), "200");
  need(gateway.revoke("store", entry(revoked.certificate)));
  EXPECT_EQ(world.outcome(pki.holder(pki.root())), "200");
}

TEST(Revocation, a_live_connection_of_before_a_reload_is_refused_at_its_next_request) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  const auto good = world.client_of_root();
  Connection connection(world.port.number(), holder.words());
  Connection other(world.port.number(), good.words());
  // The first half of a second request keeps both with the old worker.
  for (auto* each : {&connection, &other}) {
    each->get("/first");
    EXPECT_EQ(outcome_in(each->hear_until("GET /first")), "200");
    each->say("GET /second HTTP/1.1\r\nHost: edge\r\n");
  }
  world.state.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  need(gateway.apply(world.state));
  EXPECT_EQ(gateway.status().reloads, 1U);
  need(gateway.revoke("store", entry(holder.certificate)));
  connection.say("\r\n");
  EXPECT_EQ(outcome_in(connection.hear_all()), "closed");
  other.say("\r\n");
  EXPECT_EQ(outcome_in(other.hear_until("GET /second")), "200");
}

TEST(Revocation, whoever_is_below_a_revoked_intermediate_is_refused) {
  VerifyingGateway world;
  auto& gateway = world.start();
  auto& pki = world.pki;
  TestCa issuing = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  TestCa other = TestPki::below(pki.root(), "Other CA", "SubordinateCACertificate_PathLen0");
  const auto below = pki.holder(issuing);
  const auto below_other = pki.holder(other);
  EXPECT_EQ(world.outcome(below), "200");
  Connection connection(world.port.number(), below.words());
  connection.get("/first");
  EXPECT_EQ(outcome_in(connection.hear_until("GET /first")), "200");
  need(gateway.revoke("store", entry(issuing.certificate)));
  EXPECT_EQ(world.outcome(below), "closed");
  EXPECT_EQ(world.outcome(below_other), "200");
  connection.get("/second");
  EXPECT_EQ(outcome_in(connection.hear_all()), "closed");
}

TEST(Revocation, an_intermediate_is_revoked_by_one_that_the_store_does_not_have) {
  VerifyingGateway world;
  auto& gateway = world.start();
  auto& pki = world.pki;
  TestCa upper = TestPki::below(pki.root(), "Upper CA", "SubordinateCACertificate_PathLen1");
  TestCa lower = TestPki::below(upper, "Lower CA", "SubordinateCACertificate_PathLen0");
  TestCa other = TestPki::below(upper, "Other CA", "SubordinateCACertificate_PathLen0");
  const auto below = pki.holder(lower);
  const auto below_other = pki.holder(other);
  EXPECT_EQ(world.outcome(below), "200");
  need(gateway.revoke("store", entry(lower.certificate)));
  EXPECT_EQ(world.outcome(below), "closed");
  EXPECT_EQ(world.outcome(below_other), "200");
  EXPECT_EQ(gateway.status().reloads, 0U);
  // The next worker knows it, too.
  world.state.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  need(gateway.apply(world.state));
  EXPECT_EQ(world.outcome(below), "closed");
  EXPECT_EQ(world.outcome(below_other), "200");
}

TEST(Revocation, a_revoked_intermediate_of_the_store_vouches_for_nobody) {
  VerifyingGateway world;
  auto& pki = world.pki;
  TestCa issuing = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  world.state.trust_stores.front().bundle += issuing.certificate.pem();
  auto& gateway = world.start();
  const auto chainless = pki.holder(issuing, {.with_chain = false});
  EXPECT_EQ(world.outcome(chainless), "200");
  need(gateway.revoke("store", entry(issuing.certificate)));
  EXPECT_NE(world.outcome(chainless), "200");
  EXPECT_NE(world.outcome(pki.holder(issuing)), "200");
  EXPECT_EQ(world.outcome(pki.holder(pki.root())), "200");
  need(gateway.unrevoke("store", entry(issuing.certificate)));
  EXPECT_EQ(world.outcome(chainless), "200");
}

TEST(Revocation, haproxy_is_started_again_and_knows_who_is_revoked) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto revoked = world.client_of_root();
  const auto other = world.client_of_root();
  need(gateway.revoke("store", entry(revoked.certificate)));
  ASSERT_EQ(kill(world.worker(), SIGKILL), 0);
  EXPECT_NE(world.deaths.first(), "(none)");
  need(gateway.apply(world.state));  // returns once it runs again
  EXPECT_EQ(gateway.status().starts, 2U);
  EXPECT_EQ(world.outcome(revoked), "closed");
  EXPECT_EQ(world.outcome(other), "200");
}

TEST(Revocation, a_map_that_is_half_written_on_disk_is_written_anew_before_it_is_read) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto revoked = world.client_of_root();
  auto many = entry(revoked.certificate);
  for (int count = 0; count < 9; ++count) {
    many.front().serials.push_back(world.client_of_root().certificate.serial());
  }
  need(gateway.revoke("store", many));
  const auto file = world.settings.folder / "current" / revoked_file("store");
  for (const std::string half : {"", "0A", "0A:0123456789ABCDEF 1\n0B:01"}) {
    std::ofstream(file) << half;
    const auto deaths = gateway.status().starts;
    ASSERT_EQ(kill(world.worker(), SIGKILL), 0);
    EXPECT_TRUE(wait_until([&] { return gateway.status().starts > deaths; }));
    need(gateway.apply(world.state));  // returns once it runs again
    EXPECT_EQ(world.outcome(revoked), "closed");
    const auto healed = need(gateway.heal());
    EXPECT_EQ(healed.missing + healed.foreign, 0U);
  }
}

TEST(Revocation, a_map_that_is_not_what_it_should_be_is_healed) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto revoked = world.client_of_root();
  const auto other = world.client_of_root();
  need(gateway.revoke("store", entry(revoked.certificate)));
  const auto api = world.api();
  const auto worker = world.worker();
  const auto map = revoked_file("store");
  const auto foreign = need(revocation_keys(entry(other.certificate))).front();
  EXPECT_EQ(need(api.ask(worker, "clear map " + map)), "");
  EXPECT_EQ(need(api.ask(worker, "add map " + map, foreign + " 1")), "");
  EXPECT_EQ(world.outcome(revoked), "200");
  EXPECT_EQ(world.outcome(other), "closed");
  const auto healed = need(gateway.heal());
  EXPECT_EQ(healed.missing, 1U);
  EXPECT_EQ(healed.foreign, 1U);
  EXPECT_EQ(world.outcome(revoked), "closed");
  EXPECT_EQ(world.outcome(other), "200");
  const auto again = need(gateway.heal());
  EXPECT_EQ(again.missing + again.foreign, 0U);
}

TEST(Revocation, between_two_comparisons_a_map_that_lacks_an_entry_is_healed) {
  for (const auto interval : {std::chrono::seconds(0), std::chrono::seconds(600)}) {
    SCOPED_TRACE(interval.count());
    VerifyingGateway world;
    world.settings.compare_interval = interval;
    auto& gateway = world.start();
    const auto revoked = world.client_of_root();
    need(gateway.revoke("store", entry(revoked.certificate)));
    EXPECT_EQ(need(gateway.heal()).missing, 0U);
    const auto clear = "clear map " + revoked_file("store");
    EXPECT_EQ(need(world.api().ask(world.worker(), clear)), "");
    EXPECT_EQ(need(gateway.heal()).missing, 1U);
    EXPECT_EQ(world.outcome(revoked), "closed");
  }
}

TEST(Revocation, ten_thousand_entries_are_told_in_pieces_and_all_are_there) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto last = world.client_of_root();
  Revoked many{.issuer = world.pki.root().certificate.subject(), .serials = {}};
  SystemRandom random;
  for (int count = 0; count < 10'000; ++count) {
    many.serials.push_back(x509::SerialNumber::random(random));
  }
  many.serials.push_back(last.certificate.serial());
  need(gateway.revoke("store", {many}));
  EXPECT_EQ(world.outcome(last), "closed");
  const auto healed = need(gateway.heal());
  EXPECT_EQ(healed.missing + healed.foreign, 0U);
  need(gateway.set_revoked("store", {}));
  EXPECT_EQ(world.outcome(last), "200");
  EXPECT_EQ(need(gateway.heal()).foreign, 0U);
}

}  // namespace everseal::gateway::haproxy
