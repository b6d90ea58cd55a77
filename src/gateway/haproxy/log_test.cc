#include <algorithm>
#include <deque>

#include "gateway/haproxy/log_receiver.h"
#include "gateway/haproxy/process.h"
#include "gateway/haproxy/test_clients.h"

namespace everseal::gateway::haproxy {
namespace {

class HeardRecords final : public LogSink {
 public:
  void take(ConnectionRecord record) override { add(connections_, std::move(record)); }
  void take(RequestRecord record) override { add(requests_, std::move(record)); }
  // The next, in the order in which they came; one without anything if none comes.
  ConnectionRecord connection() { return next(connections_); }
  RequestRecord request() { return next(requests_); }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return connections_.size() + requests_.size();
  }

 private:
  template <class Record>
  void add(std::deque<Record>& records, Record record) {
    const std::lock_guard lock(mutex_);
    records.push_back(std::move(record));
    changed_.notify_all();
  }
  template <class Record>
  Record next(std::deque<Record>& records) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, kPatience, [&] { return !records.empty(); })) {
      ADD_FAILURE() << "no record came";
      return {};
    }
    Record record = std::move(records.front());
    records.pop_front();
    return record;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ConnectionRecord> connections_;
  std::deque<RequestRecord> requests_;
};

struct LoggedGateway : VerifyingGateway {
  CountingRandom random;
  HeardRecords heard;
  std::unique_ptr<LogReceiver> receiver = std::make_unique<LogReceiver>(clock, random, heard);

  LoggedGateway() { settings.log_receiver = receiver.get(); }
  ~LoggedGateway() { gateway.reset(); }
  LoggedGateway(const LoggedGateway&) = delete;
  LoggedGateway& operator=(const LoggedGateway&) = delete;

  // A second listener that speaks plain HTTP.
  void add_plain(std::vector<Rule> rules, std::uint16_t number) {
    state.load_balancers.front().listeners.push_back(
        {.id = "plain", .port = number, .rules = std::move(rules), .otherwise = to("group")});
  }
};

// What comes when that is said over TCP, until the connection ends.
std::string said_to(std::uint16_t port, const std::string& text) {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return "(not connected)";
  }
  static_cast<void>(::send(socket.number(), text.data(), text.size(), MSG_NOSIGNAL));
  std::string heard;
  std::array<char, 8192> portion{};
  for (;;) {
    const auto count = recv(socket.number(), portion.data(), portion.size(), 0);
    if (count <= 0) return heard;
    heard.append(portion.data(), static_cast<std::size_t>(count));
  }
}

std::string request(const std::string& line, const std::string& headers = "") {
  return line + " HTTP/1.1\r\nHost: edge.example\r\nConnection: close\r\n" + headers + "\r\n";
}

}  // namespace

TEST(Log, each_handshake_is_told_in_the_words_of_a_load_balancer) {
  LoggedGateway world;
  auto& gateway = world.start();
  auto& pki = world.pki;
  auto& root = pki.root();
  TestCa third = TestPki::below(root, "Third", "SubordinateCACertificate_PathLen3");
  TestCa second = TestPki::below(third, "Second", "SubordinateCACertificate_PathLen2");
  TestCa first = TestPki::below(second, "First", "SubordinateCACertificate_PathLen1");
  TestCa lowest = TestPki::below(first, "Lowest", "SubordinateCACertificate_PathLen0");
  TestCa lost = TestPki::below(root, "Lost", "SubordinateCACertificate_PathLen0");
  TestCa stranger = TestCa::root();
  const auto revoked = pki.holder(root);
  need(gateway.revoke("store", entry(revoked.certificate)));
  need(gateway.revoke("store", entry(lost.certificate)));
  const auto outcome = [&](const Holder& holder) {
    world.outcome(holder);
    return world.heard.connection().handshake;
  };
  EXPECT_EQ(outcome(pki.holder(root)), Handshake::Success);
  EXPECT_EQ(outcome(revoked), Handshake::CrlHit);
  EXPECT_EQ(outcome(pki.holder(lost)), Handshake::CrlHit);
  EXPECT_EQ(outcome(pki.holder(lowest)), Handshake::MaxChainDepthExceeded);
  EXPECT_EQ(outcome(pki.holder(stranger)), Handshake::Untrusted);
  EXPECT_EQ(outcome(pki.holder(root, {.validity = days(30)})), Handshake::Expired);
  EXPECT_EQ(outcome(pki.holder(root, {.from = at("2033-01-01T00:00:00Z"), .validity = days(30)})),
            Handshake::NotYetValid);
  EXPECT_EQ(outcome(pki.holder(root, {.template_name = "EndEntityServerAuthCertificate"})),
            Handshake::PurposeInvalid);
  outcome_of(world.port.number(), {});
  EXPECT_EQ(world.heard.connection().handshake, Handshake::Unmapped);
  EXPECT_EQ(world.heard.request().status, 200);  // of the one that got in
  EXPECT_EQ(world.heard.waiting(), 0U);
}

TEST(Log, a_connection_is_told_with_its_client_and_once) {
  LoggedGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  std::string serial = holder.certificate.serial().plain_hex();
  std::ranges::transform(serial, serial.begin(), ::toupper);
  Connection connection(world.port.number(), holder.words());
  for (const auto* path : {"/1", "/2"}) {
    connection.get(path);
    connection.hear_until("target: GET");
  }
  const auto told = world.heard.connection();
  EXPECT_EQ(told.load_balancer, "edge");
  EXPECT_EQ(told.listener, "listener");
  EXPECT_EQ(told.handshake, Handshake::Success);
  EXPECT_TRUE(told.handshake_time);
  EXPECT_EQ(told.tls_version, "TLSv1.3");
  EXPECT_EQ(told.subject, "CN=dev-0001,C=US");
  EXPECT_EQ(told.serial_number, serial);
  EXPECT_EQ(told.not_before.size(), 20U);
  EXPECT_EQ(told.here.port, world.port.number());
  EXPECT_EQ(told.id.size(), 32U);
  const auto first = world.heard.request();
  const auto second = world.heard.request();
  EXPECT_EQ(first.path + second.path, "/1/2");
  EXPECT_EQ(first.connection, told.id);
  EXPECT_EQ(second.connection, told.id);
  EXPECT_EQ(first.client, told.client);
  EXPECT_EQ(first.certificate, "certificate");
  EXPECT_EQ(world.heard.waiting(), 0U);
  // Refused in the midst of it, it is told again.
  need(gateway.revoke("store", entry(holder.certificate)));
  connection.get("/3");
  connection.hear_all();
  const auto refused = world.heard.connection();
  EXPECT_EQ(refused.handshake, Handshake::CrlHit);
  EXPECT_EQ(refused.id, told.id);
  EXPECT_EQ(refused.serial_number, serial);
  EXPECT_EQ(world.heard.waiting(), 0U);
}

TEST(Log, what_was_done_with_a_request_is_told) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({{.priority = 5,
                    .conditions = {PathCondition{{"/fixed"}}},
                    .action = FixedResponse{.status = 418}},
                   {.priority = 9,
                    .conditions = {PathCondition{{"/old*"}}},
                    .action = Redirect{.protocol = "https", .host = "new.example", .port = "443"}}},
                  plain.number());
  world.start();
  const auto ask = [&](const std::string& line, const std::string& headers = "") {
    said_to(plain.number(), request(line, headers));
    EXPECT_EQ(world.heard.connection().handshake, Handshake::None);
    return world.heard.request();
  };
  const auto forwarded = ask("GET /a?b=c", "User-Agent: device/1.0\r\n");
  EXPECT_EQ(forwarded.decision, Decision::Forward);
  EXPECT_EQ(forwarded.method + " " + forwarded.host + forwarded.path, "GET edge.example/a?b=c");
  EXPECT_EQ(forwarded.version, "HTTP/1.1");
  EXPECT_EQ(forwarded.user_agent, "device/1.0");
  EXPECT_EQ(forwarded.rule, 0);
  EXPECT_EQ(forwarded.target_group, "group");
  EXPECT_EQ(forwarded.target, (Endpoint{"127.0.0.1", world.target.port()}));
  EXPECT_EQ(forwarded.status, 200);
  EXPECT_EQ(forwarded.target_status, 200);
  EXPECT_TRUE(forwarded.target_time);
  EXPECT_GT(forwarded.received_octets, 0U);
  EXPECT_GT(forwarded.sent_octets, 0U);
  EXPECT_EQ(forwarded.trace, world.target.header("X-Amzn-Trace-Id"));
  EXPECT_TRUE(forwarded.trace.starts_with("Root=1-"));
  const auto now = Instant(world.clock.now());
  EXPECT_LT(std::chrono::abs(now - forwarded.ended_at), std::chrono::minutes(1));
  EXPECT_LE(forwarded.began_at, forwarded.ended_at);

  const auto fixed = ask("GET /fixed");
  EXPECT_EQ(fixed.decision, Decision::FixedResponse);
  EXPECT_EQ(fixed.status, 418);
  EXPECT_EQ(fixed.rule, 5);
  EXPECT_FALSE(fixed.target_status || fixed.target || fixed.target_time);
  EXPECT_TRUE(fixed.trace.starts_with("Root=1-"));

  const auto moved = ask("GET /old/x?y=z");
  EXPECT_EQ(moved.decision, Decision::Redirect);
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(moved.location, "https://new.example:443/old/x?y=z");

  const auto traced = ask("GET /t", "X-Amzn-Trace-Id: Root=1-2-3;Sampled=1\r\n");
  EXPECT_TRUE(traced.trace.starts_with("Self=1-") &&
              traced.trace.ends_with(";Root=1-2-3;Sampled=1"))
      << traced.trace;
}

TEST(Log, what_is_no_request_is_told_as_that) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  EXPECT_NE(said_to(plain.number(), "GARBAGE\r\n\r\n").find(" 400 "), std::string::npos);
  const auto told = world.heard.request();
  EXPECT_TRUE(told.is_malformed);
  EXPECT_EQ(told.status, 400);
  EXPECT_EQ(world.heard.connection().id, told.connection);
  said_to(plain.number(), request("GET /") + "");
  EXPECT_EQ(world.heard.request().path, "/");
  EXPECT_EQ(world.heard.connection().handshake, Handshake::None);
  // What is no TLS at a port that speaks it.
  said_to(world.port.number(), request("GET /"));
  const auto failed = world.heard.connection();
  EXPECT_EQ(failed.handshake, Handshake::Unmapped);
  EXPECT_EQ(failed.tls_version + failed.tls_cipher, "");
  EXPECT_FALSE(failed.handshake_time);
  EXPECT_EQ(failed.id.size(), 32U);
  EXPECT_EQ(world.heard.waiting(), 0U);
}

TEST(Log, nothing_that_a_client_says_forges_a_word_or_a_line) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  const std::string evil = "a\" b=\t]\\\xff status=7 uri=/x #22 %41";
  said_to(plain.number(), request("GET /a\"b#c", ""));  // no address has a fragment
  EXPECT_EQ(world.heard.request().status, 400);
  said_to(plain.number(),
          request("GET /a\"%20b\\c|{}^%22?status=7",
                  "User-Agent: " + evil + "\r\nX-Amzn-Trace-Id: Root=1 " + evil + "\r\n"));
  const auto told = world.heard.request();
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.path, "/a\"%20b\\c|{}^%22?status=7");
  EXPECT_EQ(told.user_agent, evil);
  EXPECT_TRUE(told.trace.ends_with(";Root=1 " + evil)) << told.trace;
  EXPECT_EQ(told.target_group, "group");
  const auto holder = world.pki.holder(world.pki.root(),
                                       {.common_name = "a,b \"c\" id=x subject=y refused=revoked"});
  world.outcome(holder);
  world.heard.connection();
  world.heard.connection();
  const auto connection = world.heard.connection();
  EXPECT_EQ(connection.handshake, Handshake::Success);
  EXPECT_EQ(connection.subject, "CN=a\\,b \\\"c\\\" id=x subject=y refused=revoked,C=US");
  EXPECT_EQ(world.receiver->counts().unusable, 0U);
}

TEST(Log, what_is_too_long_is_cut_and_told) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  const auto ask = [&](const std::string& path, const std::string& agent) {
    said_to(plain.number(), request("GET " + path, "User-Agent: " + agent + "\r\n"));
    return world.heard.request();
  };
  const auto usual = ask("/" + std::string(2500, 'a'), "device");
  EXPECT_EQ(usual.path, "/" + std::string(2500, 'a'));
  const auto long_one = ask("/" + std::string(14'000, 'a'), "device");
  EXPECT_EQ(long_one.status, 200);
  EXPECT_GT(long_one.path.size(), 3000U);
  const auto hostile = ask("/" + std::string(14'000, '"'), std::string(9000, '"'));
  EXPECT_EQ(hostile.user_agent, std::string(512, '"'));
  EXPECT_TRUE(hostile.path.starts_with("/\"\"\""));
  EXPECT_EQ(ask("/next", "device").path, "/next");
}

TEST(Log, who_takes_over_hears_what_happened_meanwhile) {
  LoggedGateway world;
  world.settings.at_end = AtEnd::LeaveHaproxy;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  said_to(plain.number(), request("GET /before"));
  EXPECT_EQ(world.heard.request().path, "/before");
  world.gateway.reset();
  world.receiver = std::make_unique<LogReceiver>(world.clock, world.random, world.heard);
  world.settings.log_receiver = world.receiver.get();
  said_to(plain.number(), request("GET /meanwhile"));
  world.settings.at_end = AtEnd::EndHaproxy;
  world.start();
  EXPECT_EQ(world.heard.request().path, "/meanwhile");
  said_to(plain.number(), request("GET /after"));
  EXPECT_EQ(world.heard.request().path, "/after");
  EXPECT_EQ(world.gateway->status().starts, 0U) << "it was taken over";
  world.gateway.reset();
}

TEST(Log, a_certificate_that_was_chosen_by_name_is_told_with_the_name) {
  LoggedGateway world;
  world.mutual() = {};
  world.the_listener().tls->more = {"second"};
  auto& gateway = world.open();
  need(gateway.set_certificate("certificate", world.identity));
  need(gateway.set_certificate("second", tls::testing::make_identity("second.example")));
  need(gateway.apply(world.state));
  const auto ask = [&](const std::string& name) {
    outcome_of(world.port.number(), {"-servername", name});
    const auto told = world.heard.request();
    return told.certificate + " " + told.server_name;
  };
  EXPECT_EQ(ask("second.example"), "second second.example");
  EXPECT_EQ(ask("edge"), "certificate edge");
  EXPECT_EQ(ask("unknown"), "certificate ");
  // As long as connections have the old one, the new one's id is theirs too.
  Connection connection(world.port.number(), {"-servername", "edge"});
  connection.get("/old");
  connection.hear_until("target: GET");
  EXPECT_EQ(world.heard.request().certificate, "certificate");
  need(gateway.set_certificate("certificate", tls::testing::make_identity("edge")));
  EXPECT_EQ(ask("edge"), "certificate edge");
  connection.get("/older");
  connection.hear_until("target: GET");
  EXPECT_EQ(world.heard.request().certificate, "certificate");
}

TEST(Log, requests_of_http_2_are_told_alike) {
  LoggedGateway world;
  world.start();
  const auto holder = world.client_of_root();
  need(run({"/usr/bin/curl", "-sk", "--http2", "--cert", holder.certificate_file, "--key",
            holder.key_file, world.url() + "/a?b", world.url() + "/c"},
           kPatience));
  const auto first = world.heard.request();
  EXPECT_EQ(first.version + first.path, "HTTP/2.0/a?b");
  EXPECT_EQ(world.heard.request().path, "/c");
  EXPECT_EQ(world.heard.connection().id, first.connection);
  EXPECT_EQ(world.heard.waiting(), 0U);
}

TEST(Log, lines_go_on_after_a_reload_and_after_a_death) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  auto& gateway = world.start();
  const auto is_told = [&](const std::string& path) {
    said_to(plain.number(), request("GET " + path));
    return world.heard.request().path;
  };
  EXPECT_EQ(is_told("/1"), "/1");
  world.state.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  need(gateway.apply(world.state));
  EXPECT_EQ(is_told("/2"), "/2");
  kill(world.worker(), SIGKILL);
  EXPECT_NE(world.deaths.first(), "(none)");
  EXPECT_TRUE(wait_until([&] {
    return said_to(plain.number(), request("GET /3")).find(" 200 ") != std::string::npos;
  }));
  EXPECT_EQ(world.heard.request().path, "/3");
}

TEST(Log, lines_that_found_no_room_are_counted) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  auto& gateway = world.start();
  need(gateway.heal());
  EXPECT_EQ(world.receiver->counts().lost, 0U);
  // Of what two workers say, one after the other.
  world.receiver->count_lost(1, 5);
  world.receiver->count_lost(1, 7);
  world.receiver->count_lost(2, 2);
  world.receiver->count_lost(2, 2);
  EXPECT_EQ(world.receiver->counts().lost, 9U);
}

TEST(Log, another_clock_is_followed) {
  LoggedGateway world;
  ManualClock virtual_clock(at("2031-02-03T04:05:06Z"));
  LogReceiver receiver(virtual_clock, world.random, world.heard);
  world.settings.log_receiver = &receiver;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  said_to(plain.number(), request("GET /"));
  const auto told = world.heard.request();
  EXPECT_EQ(told.ended_at, Instant(virtual_clock.now()));
  EXPECT_LE(told.began_at, told.ended_at);
  EXPECT_EQ(world.heard.connection().at, Instant(virtual_clock.now()));
  world.gateway.reset();
}

}  // namespace everseal::gateway::haproxy
