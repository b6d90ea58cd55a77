#include <signal.h>
#include <unistd.h>

#include "gateway/haproxy/process.h"
#include "gateway/haproxy/test_world.h"

namespace everseal::gateway::haproxy {

TEST(Forwarding, a_request_over_tls_reaches_the_target) {
  TestGateway world;
  world.start();
  EXPECT_EQ(answer_to(*world.client(), get("/a?b=c")), "200 target: GET /a?b=c");
  EXPECT_EQ(world.target.header("X-Forwarded-Proto"), "https");
  EXPECT_EQ(world.target.header("X-Forwarded-For"), "127.0.0.1");
  EXPECT_EQ(world.target.header("X-Forwarded-Port"), std::to_string(world.port.number()));
  EXPECT_TRUE(world.gateway->status().running);
}

TEST(Forwarding, without_haproxy_the_gateway_says_so) {
  TestGateway world;
  world.settings.program = "/nonexistent/haproxy";
  const auto gateway = HaproxyGateway::create(world.settings, world.log, {});
  ASSERT_FALSE(gateway);
  EXPECT_EQ(gateway.error().kind, Fault::Kind::Unavailable);
  EXPECT_EQ(gateway.error().cause, "HAProxy is not installed: there is no /nonexistent/haproxy");
}

TEST(Forwarding, a_certificate_is_swapped_without_a_reload_and_connections_stay) {
  TestGateway world;
  auto& gateway = world.start();
  const auto before = world.client();
  EXPECT_EQ(answer_to(*before, get("/1")), "200 target: GET /1");
  const auto digest = gateway.digest();
  const auto renewed = tls::testing::make_identity("edge");
  need(gateway.set_certificate("certificate", renewed));
  EXPECT_NE(gateway.digest(), digest);
  EXPECT_EQ(answer_to(*world.client_trusting(renewed), get("/2")), "200 target: GET /2");
  EXPECT_EQ(answer_to(*before, get("/3")), "200 target: GET /3");
  EXPECT_EQ(gateway.status().reloads, 0U);
  // The next worker has it, too.
  world.state.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  need(gateway.apply(world.state));
  EXPECT_EQ(gateway.status().reloads, 1U);
  EXPECT_EQ(answer_to(*world.client_trusting(renewed), get("/4")), "200 target: GET /4");
}

TEST(Forwarding, a_certificate_that_a_hung_haproxy_did_not_take_is_there_once_healed) {
  TestGateway world;
  auto& gateway = world.start_with_little_patience();
  const auto renewed = tls::testing::make_identity("edge");
  const auto worker = world.worker();
  kill(worker, SIGSTOP);
  const auto set = gateway.set_certificate("certificate", renewed);
  kill(worker, SIGCONT);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, Fault::Kind::Unavailable);
  EXPECT_TRUE(wait_until([&] { return gateway.heal().has_value(); }));
  EXPECT_EQ(answer_to(*world.client_trusting(renewed), get("/")), "200 target: GET /");
}

TEST(Forwarding, a_swap_that_was_begun_and_lost_keeps_no_certificate_from_being_swapped) {
  TestGateway world;
  world.the_listener().tls->more = {"other"};
  auto& gateway = world.open();
  const auto other = tls::testing::make_identity("other");
  need(gateway.set_certificate("other", other));
  need(gateway.set_certificate("certificate", world.identity));
  need(gateway.apply(world.state));
  for (const std::string id : {"certificate", "other"}) {
    SCOPED_TRACE(id);
    const auto begun = need(world.api().ask(world.worker(), "set ssl cert " + certificate_file(id),
                                            tls::testing::pem_of(other)));
    EXPECT_NE(begun.find("ransaction created"), std::string::npos) << begun;
    const auto renewed = tls::testing::make_identity("edge");
    need(gateway.set_certificate("certificate", renewed));
    EXPECT_EQ(answer_to(*world.client_trusting(renewed), get("/")), "200 target: GET /");
  }
  EXPECT_EQ(gateway.status().reloads, 0U);
}

TEST(Forwarding, a_certificate_and_a_key_that_do_not_fit_are_refused) {
  TestGateway world;
  auto& gateway = world.open();
  auto mixed = tls::testing::make_identity("edge");
  mixed.private_key = SecretBytes::copy_of(world.identity.private_key.reveal());
  const auto set = gateway.set_certificate("certificate", mixed);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, Fault::Kind::Malformed);
  const auto applied = gateway.apply(world.state);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().cause, "no certificate certificate");
  EXPECT_FALSE(gateway.status().running);
}

TEST(Forwarding, rules_choose_by_priority_and_the_rest_falls_through) {
  TestGateway world;
  TestTarget second("second");
  world.state.target_groups.push_back(
      {.id = "second",
       .health_check = {.enabled = false},
       .targets = {{.id = "two", .address = "127.0.0.1", .port = second.port()}}});
  world.the_listener().rules = {
      {.priority = 50,
       .conditions = {PathCondition{{"/api/*"}}},
       .action = FixedResponse{.status = 200, .content_type = "text/plain", .body = "it's 50 %\n"}},
      {.priority = 7,
       .conditions = {PathCondition{{"/api/v2/*", "/v2"}}, MethodCondition{{"GET"}}},
       .action = TestGateway::to("second")},
      {.priority = 8,
       .conditions = {HeaderCondition{"X-Color", {"b?ue*"}}},
       .action = Redirect{.port = "8443", .path = "/moved/#{path}", .status = 302}},
      {.priority = 9,
       .conditions = {QueryCondition{{{"user", "a*"}}}},
       .action = FixedResponse{.status = 418}},
      {.priority = 10,
       .conditions = {HostCondition{{"*.example.com"}}},
       .action = FixedResponse{.status = 404}}};
  world.start();
  const auto client = world.client();
  const auto answer = [&](const std::string& path, const std::string& name = "X-None",
                          const std::string& value = "1") {
    auto head = get(path);
    head.headers.add(name, value);
    return answer_to(*client, head);
  };
  EXPECT_EQ(answer("/api/v2/x"), "200 second: GET /api/v2/x");
  EXPECT_EQ(answer("/v2"), "200 second: GET /v2");
  EXPECT_EQ(answer("/api/v1"), "200 it's 50 %\n");
  EXPECT_EQ(answer("/API/v1"), "200 target: GET /API/v1");
  EXPECT_EQ(answer("/?x=1&user=abc"), "418 ");
  EXPECT_EQ(answer("/?x=1&user=b&z=user=a"), "200 target: GET /?x=1&user=b&z=user=a");
  EXPECT_EQ(answer("/", "Host", "www.EXAMPLE.com:99"), "404 ");
  auto blue = get("/a?b=c");
  blue.headers.add("X-Color", "BLUEISH");
  const auto moved = need(client->send(blue, ""));
  EXPECT_EQ(moved.status, 302);
  EXPECT_EQ(moved.headers.find("Location"), "https://127.0.0.1:8443/moved/a?b=c");
}

TEST(Forwarding, a_state_that_cannot_be_leaves_the_one_before) {
  TestGateway world;
  auto& gateway = world.start();
  const auto digest = gateway.digest();
  auto broken = world.state;
  broken.load_balancers.front().listeners.front().otherwise = TestGateway::to("nowhere");
  const auto applied = gateway.apply(broken);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, Fault::Kind::Conflict);

  // Somebody else has that port: only HAProxy finds out, when it reloads.
  const TestTarget holder;
  auto taken = world.state;
  auto& listeners = taken.load_balancers.front().listeners;
  listeners.push_back(listeners.front());
  listeners.back().id = "other";
  listeners.back().port = holder.port();
  const auto refused = gateway.apply(taken);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Fault::Kind::Conflict);
  EXPECT_EQ(gateway.digest(), digest);
  EXPECT_EQ(answer_to(*world.client(), get("/")), "200 target: GET /");

  need(gateway.apply(world.state));
  world.the_listener().otherwise = FixedResponse{.status = 404};
  need(gateway.apply(world.state));
  EXPECT_EQ(answer_to(*world.client(), get("/")), "404 ");
}

TEST(Forwarding, unhealthy_targets_are_told_apart_and_used_when_all_are) {
  TestGateway world;
  auto& group = world.state.target_groups.front();
  group.health_check = {.path = "/health%41", .interval = std::chrono::seconds(1), .fall = 1};
  group.health_check.codes = {{204, 204}, {300, 399}};  // it answers 200
  auto& gateway = world.start();
  EXPECT_TRUE(wait_until(
      [&] { return need(gateway.health("group")).front().health == Health::Unhealthy; }));
  const auto health = need(gateway.health("group")).front();
  EXPECT_EQ(health.target, "one");
  EXPECT_EQ(health.health, Health::Unhealthy);
  EXPECT_EQ(health.reason, HealthReason::ResponseCodeMismatch);
  EXPECT_EQ(health.code, 200);
  EXPECT_EQ(world.target.header("User-Agent"), "ELB-HealthChecker/2.0");
  EXPECT_EQ(world.target.requests().back().target, "/health%41");
  EXPECT_EQ(answer_to(*world.client(), get("/")), "200 target: GET /");
}

TEST(Forwarding, a_sticky_client_keeps_its_target_until_that_one_drains) {
  TestGateway world;
  TestTarget second("second");
  auto& group = world.state.target_groups.front();
  group.stickiness = std::chrono::seconds(1000);
  group.targets.push_back({.id = "two", .address = "127.0.0.1", .port = second.port()});
  auto& gateway = world.start();
  const auto client = world.client();
  const auto given = need(client->send(get("/"), ""));
  auto again = get("/");
  const std::string cookie(given.headers.find("Set-Cookie").value_or("(none)"));
  again.headers.add("Cookie", cookie.substr(0, cookie.find(';')));
  const bool is_first = given.body == "target: GET /";
  for (int count = 0; count < 3; ++count) {
    EXPECT_EQ(answer_to(*client, again), "200 " + given.body);
  }
  group.targets[is_first ? 0 : 1].draining = true;
  need(gateway.apply(world.state));
  for (int count = 0; count < 3; ++count) {
    EXPECT_EQ(answer_to(*world.client(), again),
              is_first ? "200 second: GET /" : "200 target: GET /");
  }
}

// The line of a process's status that says who it is, real, effective, saved and in the file
// system.
std::string users_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  const std::string text(std::istreambuf_iterator<char>(status), {});
  const auto begin = text.find("\nUid:\t") + 6;
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::string four_times(const std::string& user) {
  return user + "\t" + user + "\t" + user + "\t" + user;
}

TEST(Forwarding, workers_of_root_become_another_user_and_those_of_others_do_not_begin) {
  TestGateway world;
  world.settings.user = "haproxy";
  auto& gateway = world.open();
  need(gateway.set_certificate("certificate", world.identity));
  const auto begun = gateway.apply(world.state);
  ASSERT_EQ(begun.has_value(), geteuid() == 0);
  if (!begun) return;
  EXPECT_EQ(answer_to(*world.client(), get("/")), "200 target: GET /");  // so it has become it
  const auto user = need(run({"/usr/bin/id", "-u", "haproxy"}, kPatience));
  EXPECT_EQ(users_of(world.worker()), four_times(user.substr(0, user.size() - 1)));
  need(gateway.set_certificate("certificate", tls::testing::make_identity("edge")));
  world.the_listener().otherwise = FixedResponse{.status = 404};
  need(gateway.apply(world.state));
}

TEST(Forwarding, workers_stay_who_the_server_is_if_nobody_else_is_named) {
  TestGateway world;
  world.start();
  EXPECT_EQ(answer_to(*world.client(), get("/")), "200 target: GET /");
  EXPECT_EQ(users_of(world.worker()), four_times(std::to_string(geteuid())));
}

TEST(Forwarding, nothing_of_the_gateway_is_for_others_and_nothing_stays) {
  namespace fs = std::filesystem;
  TestGateway world;
  world.start();
  const auto folder = world.settings.folder;
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_symlink()) continue;
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none)
        << entry.path();
  }
  const auto worker = world.worker();
  world.gateway.reset();
  EXPECT_FALSE(fs::exists(folder));
  EXPECT_EQ(kill(worker, 0), -1);
}

}  // namespace everseal::gateway::haproxy
