#include "gateway/haproxy/log_world.h"
#include "gateway/haproxy/process.h"

namespace everseal::gateway::haproxy {

TEST(LogOfRequests, what_was_done_with_a_request_is_told) {
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

TEST(LogOfRequests, nothing_that_a_client_says_forges_a_word_or_a_line) {
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

TEST(LogOfRequests, what_is_too_long_is_cut_and_told) {
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

TEST(LogOfRequests, a_certificate_that_was_chosen_by_name_is_told_with_the_name) {
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

TEST(LogOfRequests, requests_of_http_2_are_told_alike) {
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

}  // namespace everseal::gateway::haproxy
