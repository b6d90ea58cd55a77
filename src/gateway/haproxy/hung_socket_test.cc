#include <signal.h>

#include "gateway/haproxy/call_faults.h"
#include "gateway/haproxy/test_clients.h"

// HAProxy serves, but whoever has something to tell it gets no answer.
namespace everseal::gateway::haproxy {
namespace {

template <class Answer>
void expect_no_answer(const Answer& answer) {
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Fault::Kind::Unavailable);
  EXPECT_NE(answer.error().cause.find("HAProxy"), std::string::npos) << answer.error().cause;
}

}  // namespace

TEST(HungSocket, is_waited_for_by_nobody_for_long_and_told_all_once_it_answers) {
  VerifyingGateway world;
  world.settings.start_patience = std::chrono::seconds(1);
  auto& gateway = world.start_with_little_patience();
  const auto revoked = world.client_of_root();
  const auto good = world.client_of_root();
  const auto renewed = tls::testing::make_identity("edge");
  auto changed = world.state;
  changed.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  pid_t master = 0;
  EXPECT_TRUE(wait_until([&] { return (master = need(world.api().processes()).master) != 0; }));
  const auto starts = gateway.status().starts;

  kill(master, SIGSTOP);  // its socket takes connections, and the worker goes on
  const Stopwatch watch;
  expect_no_answer(gateway.revoke("store", entry(revoked.certificate)));
  expect_no_answer(gateway.set_certificate("certificate", renewed));
  expect_no_answer(gateway.health("group"));
  expect_no_answer(gateway.heal());
  expect_no_answer(gateway.apply(changed));
  EXPECT_LT(watch.elapsed(), kPatience / 2);
  EXPECT_NE(gateway.status().last_fault, "");
  EXPECT_EQ(world.outcome(good), "200");
  kill(master, SIGCONT);

  EXPECT_TRUE(wait_until([&] { return gateway.heal().has_value(); }));
  EXPECT_EQ(world.outcome(revoked), "closed");
  EXPECT_EQ(world.outcome(good), "200");
  EXPECT_EQ(gateway.status().starts, starts);
  const auto pem = need(x509::Certificate::parse(renewed.chain.front())).pem();
  EXPECT_TRUE(wait_until([&] {
    Connection connection(world.port.number(), good.words());
    return connection.hear_until("-----END CERTIFICATE-----\n").find(pem) != std::string::npos;
  }));
}

TEST(HungSocket, whichever_call_failed_the_next_state_comes_into_force) {
  TestGateway world;
  auto& gateway = world.start();
  auto other = world.state;
  other.load_balancers.front().listeners.front().otherwise = FixedResponse{.status = 404};
  int failed = 0;
  for (int number = 1; failed == number - 1; ++number) {
    SCOPED_TRACE(number);
    call_to_fail = number;
    static_cast<void>(gateway.apply(other));
    if (call_to_fail.exchange(0) == 0) failed = number;
    need(gateway.apply(world.state));
    EXPECT_EQ(answer_to(*world.client(), get("/")), "200 target: GET /");
    EXPECT_EQ(gateway.status().last_fault, "");
  }
  EXPECT_GT(failed, 3);
}

}  // namespace everseal::gateway::haproxy
