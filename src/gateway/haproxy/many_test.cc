#include <signal.h>

#include <future>
#include <list>

#include "gateway/haproxy/test_clients.h"

// Many entries whose telling fails half-way, and many listeners.
namespace everseal::gateway::haproxy {
namespace {

struct ManyEntries : VerifyingGateway {
  const Holder revoked = client_of_root();
  const Holder good = client_of_root();

  // So many that telling HAProxy takes a while, the revoked one's among them.
  std::vector<Revoked> entries() {
    constexpr std::size_t count = 100'000;
    auto all = entry(revoked.certificate);
    SystemRandom random;
    while (all.front().serials.size() < count) {
      all.front().serials.push_back(x509::SerialNumber::random(random));
    }
    return all;
  }

  // Tells them, and does that to the worker in the middle.
  Outcome set_revoked_and_signal(int number) {
    const auto the_worker = worker();
    const auto before = told(the_worker);
    auto telling =
        std::async(std::launch::async, [&] { return gateway->set_revoked("store", entries()); });
    EXPECT_TRUE(wait_until([&] { return told(the_worker) > before; }));
    kill(the_worker, number);
    return telling.get();
  }

 private:
  // How many entries a worker has: "... (s_1.revoked) pattern loaded ... entry_cnt=12".
  std::size_t told(pid_t the_worker) const {
    const auto maps = need(api().ask(the_worker, "show map"));
    const auto line = maps.substr(maps.find(revoked_file("store")));
    constexpr std::string_view name = "entry_cnt=";
    return std::stoul(line.substr(line.find(name) + name.size()));
  }
};

}  // namespace

TEST(ManyEntries, a_haproxy_killed_while_it_is_told_knows_all_at_its_next_start) {
  ManyEntries world;
  auto& gateway = world.start();
  const auto set = world.set_revoked_and_signal(SIGKILL);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, Fault::Kind::Unavailable);
  need(gateway.apply(world.state));  // returns once it runs again
  EXPECT_EQ(world.outcome(world.revoked), "closed");
  EXPECT_EQ(world.outcome(world.good), "200");
  const auto healed = need(gateway.heal());
  EXPECT_EQ(healed.missing + healed.foreign, 0U);
}

TEST(ManyEntries, while_they_replace_others_who_is_in_both_is_refused_even_if_haproxy_hangs) {
  ManyEntries world;
  auto& gateway = world.start_with_little_patience();
  auto before = world.entries();
  auto& serials = before.front().serials;
  serials.erase(serials.begin() + 1000, serials.end());
  EXPECT_TRUE(wait_until([&] { return gateway.set_revoked("store", before).has_value(); }));
  const auto set = world.set_revoked_and_signal(SIGSTOP);
  kill(world.worker(), SIGCONT);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, Fault::Kind::Unavailable);
  EXPECT_EQ(world.outcome(world.revoked), "closed");
  EXPECT_TRUE(wait_until([&] { return gateway.heal().has_value(); }));
  EXPECT_EQ(world.outcome(world.revoked), "closed");
  EXPECT_EQ(world.outcome(world.good), "200");
  EXPECT_TRUE(wait_until([&] {
    const auto healed = gateway.heal();
    return healed && healed->missing + healed->foreign == 0;
  }));
}

TEST(ManyEntries, a_haproxy_that_hangs_is_waited_for_by_nobody_for_long) {
  VerifyingGateway world;
  auto& gateway = world.start_with_little_patience();
  auto changed = world.state;
  changed.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  const auto worker = world.worker();
  kill(worker, SIGSTOP);
  const Stopwatch watch;
  const auto healed = gateway.heal();
  const auto health = gateway.health("group");
  const auto revoked = gateway.unrevoke("store", entry(world.client_of_root().certificate));
  EXPECT_LT(watch.elapsed(), kPatience / 2);
  kill(worker, SIGCONT);
  ASSERT_FALSE(healed);
  ASSERT_FALSE(health);
  EXPECT_EQ(healed.error().kind, Fault::Kind::Unavailable);
  EXPECT_EQ(health.error().kind, Fault::Kind::Unavailable);
  EXPECT_TRUE(revoked);  // there was nothing to tell
  EXPECT_TRUE(wait_until([&] { return gateway.apply(changed).has_value(); }));
  EXPECT_EQ(world.outcome(world.client_of_root()), "200");
}

TEST(ManyListeners, two_that_share_a_store_refuse_the_same_clients) {
  VerifyingGateway world;
  const FreePort second;
  auto other = world.the_listener();
  other.id = "second";
  other.port = second.number();
  world.state.load_balancers.push_back({.id = "other", .listeners = {other}});
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  const auto outcomes = [&] {
    return world.outcome(holder) + " " + outcome_of(second.number(), holder.words());
  };
  EXPECT_EQ(outcomes(), "200 200");
  need(gateway.revoke("store", entry(holder.certificate)));
  EXPECT_EQ(outcomes(), "closed closed");
  // The store stays what it is for the one that is left.
  world.state.load_balancers.erase(world.state.load_balancers.begin());
  need(gateway.apply(world.state));
  EXPECT_EQ(outcome_of(second.number(), holder.words()), "closed");
  need(gateway.unrevoke("store", entry(holder.certificate)));
  EXPECT_EQ(outcome_of(second.number(), holder.words()), "200");
}

TEST(ManyListeners, a_hundred_are_put_in_force_and_each_judges_its_clients) {
  VerifyingGateway world;
  constexpr std::size_t count = 100;
  constexpr std::size_t step = 11;  // of those that are tried
  std::list<FreePort> ports;
  auto& listeners = world.state.load_balancers.front().listeners;
  while (listeners.size() < count) {
    listeners.push_back(listeners.front());
    listeners.back().id = "listener-" + std::to_string(listeners.size());
    listeners.back().port = ports.emplace_back().number();
  }
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  for (std::size_t at = 0; at < count; at += step) {
    EXPECT_EQ(outcome_of(listeners[at].port, holder.words()), "200");
  }
  need(gateway.revoke("store", entry(holder.certificate)));
  for (std::size_t at = 0; at < count; at += step) {
    EXPECT_EQ(outcome_of(listeners[at].port, holder.words()), "closed");
  }
}

}  // namespace everseal::gateway::haproxy
