#include <signal.h>

#include <set>
#include <thread>

#include "gateway/haproxy/takeover_world.h"

namespace everseal::gateway::haproxy {
namespace {

std::vector<Revoked> both(const Holder& one, const Holder& other) {
  return {{.issuer = one.certificate.issuer(),
           .serials = {one.certificate.serial(), other.certificate.serial()}}};
}

// Connects again and again as long as it is there.
class Insisting {
 public:
  Insisting(const LeavingGateway& world, const Holder& holder)
      : thread_([this, &world, &holder](const std::stop_token& stop) {
          while (!stop.stop_requested()) add(world.outcome(holder));
        }) {}
  // All that came of it, once it was tried that often.
  std::set<std::string> outcomes_of(std::size_t least) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [&] { return count_ >= least; });
    return outcomes_;
  }

 private:
  void add(const std::string& outcome) {
    const std::lock_guard lock(mutex_);
    outcomes_.insert(outcome);
    ++count_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> outcomes_;
  std::size_t count_ = 0;
  std::jthread thread_;
};

}  // namespace

TEST(Takeover, whoever_insists_is_always_refused_and_others_never_are) {
  LeavingGateway world;
  world.start();
  const auto revoked = world.client_of_root();
  const auto good = world.client_of_root();
  need(world.gateway->revoke("store", entry(revoked.certificate)));
  Insisting refused(world, revoked);
  Insisting served(world, good);
  for (std::size_t count = 1; count <= 6; ++count) {
    if (count % 2 == 0) world.change_something();
    world.start_again(entry(revoked.certificate));
    EXPECT_EQ(refused.outcomes_of(2 * count), std::set<std::string>{"closed"});
    EXPECT_EQ(served.outcomes_of(2 * count), std::set<std::string>{"200"});
  }
}

TEST(Takeover, connections_that_stand_go_on_and_nothing_is_reloaded) {
  LeavingGateway world;
  world.start();
  const auto holder = world.client_of_root();
  Connection idle(world.port.number(), holder.words());
  Connection busy(world.port.number(), holder.words());
  idle.get("/first");
  EXPECT_EQ(outcome_in(idle.hear_until("GET /first")), "200");
  busy.say("POST /slow HTTP/1.1\r\nHost: edge\r\nContent-Length: 4\r\n\r\nab");
  world.target.wait_for_heads(2);
  const auto worker = world.worker();
  world.gateway.reset();
  EXPECT_EQ(world.outcome(holder), "200");
  world.start_again();
  EXPECT_EQ(world.worker(), worker);
  EXPECT_EQ(world.gateway->status().starts, 0U);
  EXPECT_EQ(world.gateway->status().reloads, 0U);
  EXPECT_TRUE(world.gateway->status().running);
  idle.get("/second");
  EXPECT_EQ(outcome_in(idle.hear_until("GET /second")), "200");
  busy.say("cd");
  EXPECT_EQ(outcome_in(busy.hear_until("POST /slow")), "200");
}

TEST(Takeover, what_changed_meanwhile_is_reloaded_and_requests_go_on) {
  LeavingGateway world;
  world.start();
  const auto holder = world.client_of_root();
  Connection busy(world.port.number(), holder.words());
  busy.say("POST /slow HTTP/1.1\r\nHost: edge\r\nContent-Length: 4\r\n\r\nab");
  world.target.wait_for_heads(1);
  for (int count = 0; count < 3; ++count) {
    world.change_something();
    world.start_again();
    EXPECT_EQ(world.gateway->status().starts, 0U);
    EXPECT_EQ(world.gateway->status().reloads, 1U);
    EXPECT_EQ(world.outcome(holder), "200");
  }
  busy.say("cd");
  EXPECT_EQ(outcome_in(busy.hear_until("POST /slow")), "200");
}

TEST(Takeover, who_is_revoked_stays_refused_while_nobody_watches_and_after) {
  LeavingGateway world;
  world.start();
  const auto revoked = world.client_of_root();
  const auto later = world.client_of_root();
  const auto good = world.client_of_root();
  Connection live(world.port.number(), later.words());
  live.get("/first");
  EXPECT_EQ(outcome_in(live.hear_until("GET /first")), "200");
  need(world.gateway->revoke("store", entry(revoked.certificate)));
  world.gateway.reset();
  EXPECT_EQ(world.outcome(revoked), "closed");
  auto& gateway = world.open();
  EXPECT_EQ(world.outcome(revoked), "closed");
  EXPECT_EQ(world.outcome(later), "200");
  need(gateway.set_certificate("certificate", world.identity));
  need(gateway.set_revoked("store", entry(revoked.certificate)));
  need(gateway.apply(world.state));
  EXPECT_EQ(world.outcome(revoked), "closed");
  need(gateway.revoke("store", entry(later.certificate)));
  EXPECT_EQ(world.outcome(later), "closed");
  live.get("/second");
  EXPECT_EQ(outcome_in(live.hear_all()), "closed");
  EXPECT_EQ(world.outcome(good), "200");
  const auto healed = need(gateway.heal());
  EXPECT_EQ(healed.missing + healed.foreign, 0U);
}

TEST(Takeover, revoked_before_the_first_apply_counts_from_it_on_for_old_workers_too) {
  for (const bool is_reloaded : {false, true}) {
    SCOPED_TRACE(is_reloaded);
    LeavingGateway world;
    world.start();
    const auto first = world.client_of_root();
    const auto second = world.client_of_root();
    const auto good = world.client_of_root();
    need(world.gateway->revoke("store", entry(first.certificate)));
    Connection busy(world.port.number(), second.words());
    busy.say("POST /slow HTTP/1.1\r\nHost: edge\r\nContent-Length: 4\r\n\r\nab");
    world.target.wait_for_heads(1);
    if (is_reloaded) world.change_something();
    world.start_again(entry(second.certificate));
    EXPECT_EQ(world.outcome(first), "200");
    EXPECT_EQ(world.outcome(second), "closed");
    EXPECT_EQ(world.outcome(good), "200");
    EXPECT_EQ(outcome_in(busy.hear_all()), "closed");
    world.start_again(both(first, second));
    EXPECT_EQ(world.outcome(first), "closed");
    EXPECT_EQ(world.outcome(second), "closed");
    EXPECT_EQ(world.outcome(good), "200");
    const auto healed = need(world.gateway->heal());
    EXPECT_EQ(healed.missing + healed.foreign, 0U);
  }
}

TEST(Takeover, a_certificate_that_was_renewed_meanwhile_is_served) {
  LeavingGateway world;
  world.mutual() = {};
  world.start();
  const auto before = world.client();
  EXPECT_EQ(answer_to(*before, get("/1")), "200 target: GET /1");
  world.identity = tls::testing::make_identity("edge");
  world.start_again();
  EXPECT_EQ(world.gateway->status().reloads, 0U);
  EXPECT_EQ(answer_to(*world.client(), get("/2")), "200 target: GET /2");
  EXPECT_EQ(answer_to(*before, get("/3")), "200 target: GET /3");
}

TEST(Takeover, a_haproxy_that_died_while_nobody_watched_is_started_anew) {
  LeavingGateway world;
  world.start();
  const auto revoked = world.client_of_root();
  world.gateway.reset();
  auto master = world.master();
  master.signal(SIGKILL);
  master.ending();
  EXPECT_TRUE(wait_until([&] { return processes_on(world.settings.folder).empty(); }));
  world.start_again(entry(revoked.certificate));
  EXPECT_EQ(world.gateway->status().starts, 1U);
  EXPECT_EQ(world.outcome(revoked), "closed");
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
}

TEST(Takeover, a_haproxy_that_dies_before_the_first_apply_waits_for_it) {
  LeavingGateway world;
  world.start();
  world.open_again();
  ASSERT_EQ(kill(world.worker(), SIGKILL), 0);
  EXPECT_NE(world.deaths.first(), "(none)");
  EXPECT_FALSE(world.gateway->status().running);
  need(world.gateway->set_certificate("certificate", world.identity));
  need(world.gateway->apply(world.state));
  EXPECT_EQ(world.gateway->status().starts, 1U);
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
}

TEST(Takeover, one_that_dies_after_it_is_started_again) {
  LeavingGateway world;
  world.start();
  const auto revoked = world.client_of_root();
  world.start_again(entry(revoked.certificate));
  ASSERT_EQ(kill(world.worker(), SIGKILL), 0);
  EXPECT_NE(world.deaths.first(), "(none)");
  need(world.gateway->apply(world.state));
  EXPECT_EQ(world.gateway->status().starts, 1U);
  EXPECT_EQ(world.outcome(revoked), "closed");
}

TEST(Takeover, a_haproxy_that_hangs_is_ended_and_started_anew) {
  LeavingGateway world;
  world.start();
  world.gateway.reset();
  const auto hung = world.master();
  hung.signal(SIGSTOP);
  world.settings.patience = world.settings.start_patience = std::chrono::milliseconds(500);
  world.open();
  EXPECT_TRUE(hung.has_ended());
  world.gateway.reset();
  world.settings.patience = world.settings.start_patience = kPatience;
  world.start_again();
  EXPECT_EQ(world.gateway->status().starts, 1U);
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
}

TEST(Takeover, what_cannot_be_leaves_the_one_that_was_taken_over) {
  LeavingGateway world;
  world.start();
  const auto worker = world.worker();
  auto& gateway = world.open_again();
  EXPECT_FALSE(gateway.apply(world.state));  // its certificate is not there
  need(gateway.set_certificate("certificate", world.identity));
  auto broken = world.state;
  broken.trust_stores.front().bundle = "-----BEGIN";
  EXPECT_FALSE(gateway.apply(broken));
  const TestTarget holder;
  auto taken = world.state;
  taken.load_balancers.front().listeners.push_back(
      {.id = "other", .port = holder.port(), .otherwise = FixedResponse{}});
  EXPECT_FALSE(gateway.apply(taken));
  EXPECT_EQ(world.worker(), worker);
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
  need(gateway.apply(world.state));
  EXPECT_EQ(world.worker(), worker);
}

}  // namespace everseal::gateway::haproxy
