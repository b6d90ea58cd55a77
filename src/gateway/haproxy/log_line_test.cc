#include "gateway/haproxy/log_line.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "encoding/percent.h"
#include "gateway/haproxy/handshake_outcome.h"
#include "gateway/haproxy/log_records.h"
#include "gateway/haproxy/target_groups.h"
#include "gateway/haproxy/text.h"
#include "gateway/haproxy/writer.h"
#include "result/testing/need.h"

namespace everseal::gateway::haproxy {
namespace {

const std::string begin =
    " at=1735787045678901 accepted=1735787045660 front=" + name_of('l', "listener") +
    " id=00112233445566778899aabbccddeeff client=198.51.100.7:51234 here=192.0.2.10:443"
    " version=TLSv1.3 cipher=TLS_AES_128_GCM_SHA256 handshake_ms=5";

std::string request(const std::string& end) {
  return "request" + begin +
         " refused=- status=200 state=-- target_status=200 received=310 sent=842"
         " times=1/0/2/12/3/18 back=" +
         backend_of("group") + " target=10.0.1.5:8080 rule=10 own=-" + end + "\n";
}

std::string connection(int fc_err, int c_err, int ca_err, const std::string& hs_err = "0") {
  return "connection at=1735787045678901 accepted=1735787045660 front=" + name_of('l', "listener") +
         " id=- client=198.51.100.7:51234 here=192.0.2.10:443 refused=- status=0 state=PR fc_err=" +
         std::to_string(fc_err) + " hs_err=" + hs_err + " c_err=" + std::to_string(c_err) +
         " ca_err=" + std::to_string(ca_err);
}

struct Names : LogNames {
  Names() {
    State state;
    state.load_balancers = {
        {.id = "edge", .listeners = {{.id = "listener", .tls = Tls{.certificate = "one"}}}}};
    state.target_groups = {{.id = "group"}};
    learn(state);
  }
};

LogRecords records(const std::string& line) {
  const Names names;
  return need(records_of(need(parse_log_line(line)), names));
}

std::string failed(int fc_err, int c_err, int ca_err, const std::string& hs_err = "0") {
  const auto line = connection(fc_err, c_err, ca_err, hs_err);
  return std::string(name_of(handshake_of(need(parse_log_line(line)), /*has_tls=*/true)));
}

}  // namespace

TEST(LogLine, a_request_is_told_with_its_times_target_and_rule) {
  const auto told =
      records(request(" new=- method=GET http=HTTP/2.0 trace=Root%3D1-2 host=a%3A443"
                      " agent=x%20y location=- uri=https://a:443/p?q#22"));
  EXPECT_FALSE(told.connection);
  ASSERT_TRUE(told.request);
  const auto& request = *told.request;
  EXPECT_EQ(request.ended_at.time_since_epoch().count(), 1735787045678901);
  EXPECT_EQ((request.ended_at - request.began_at).count(), 18'000);
  EXPECT_EQ(request.load_balancer, "edge");
  EXPECT_EQ(request.target_group, "group");
  EXPECT_EQ(request.target, (Endpoint{"10.0.1.5", 8080}));
  EXPECT_EQ(request.request_time->count(), 3);
  EXPECT_EQ(request.target_time->count(), 12);
  EXPECT_EQ(request.response_time->count(), 3);
  EXPECT_EQ(request.rule, 10);
  EXPECT_EQ(request.decision, Decision::Forward);
  EXPECT_EQ(request.path, "/p?q\"");
  EXPECT_EQ(request.host, "a:443");
  EXPECT_EQ(request.user_agent, "x y");
  EXPECT_EQ(request.trace, "Root=1-2");
}

TEST(LogLine, the_first_request_tells_of_the_connection_too) {
  const auto told =
      records(request(" new=1 serial=03A5B1 not_before=250101000000Z not_after=260101000000Z"
                      " subject=CN%3Da%20b sni=- method=GET http=HTTP/1.1 uri=/"));
  ASSERT_TRUE(told.connection);
  EXPECT_EQ(told.connection->handshake, Handshake::Success);
  EXPECT_EQ(told.connection->at.time_since_epoch().count(), 1735787045665000);
  EXPECT_EQ(told.connection->handshake_time->count(), 5);
  EXPECT_EQ(told.connection->subject, "CN=a b");
  EXPECT_EQ(told.connection->serial_number, "03A5B1");
  EXPECT_EQ(told.connection->not_before, "2025-01-01T00:00:00Z");
  EXPECT_EQ(told.connection->not_after, "2026-01-01T00:00:00Z");
}

TEST(LogLine, errors_of_openssl_are_grouped) {
  const std::vector<std::pair<std::string, std::vector<int>>> groups = {
      {"ClientCertExpired", {10}},
      {"ClientCertNotYetValid", {9}},
      {"ClientCertMaxChainDepthExceeded", {22}},
      {"ClientCertCrlHit", {23}},
      {"ClientCertRejected", {28}},
      {"ClientCertUntrusted", {2, 18, 19, 20, 21, 27}},
      {"ClientCertCrlProcessingError", {3, 5, 8, 11, 12, 15, 16, 33, 35, 36, 44, 54}},
      {"ClientCertPurposeInvalid", {26, 39}},
      {"ClientCertTypeUnsupported", {66, 67, 68, 76}},
      {"ClientCertInvalid", {7, 25, 32, 34, 41, 47, 48, 79}},
      {"UnmappedConnectionError", {0, 1, 999}}};
  for (const auto& [name, codes] : groups) {
    for (const int code : codes) {
      EXPECT_EQ(failed(31, code, 0), name) << code;
      EXPECT_EQ(failed(30, 0, code), name) << code;
    }
  }
  EXPECT_EQ(failed(34, 10, 0, "000000000A0000C7"), "UnmappedConnectionError");
  EXPECT_EQ(failed(34, 0, 0, "000000000A000098"), "ClientCertMaxSizeExceeded");
  EXPECT_EQ(failed(34, 0, 0, "000000000A00017A"), "ClientCertTypeUnsupported");
  EXPECT_EQ(failed(34, 0, 0, "000000000A000172"), "ClientCertIncompatible");
}

TEST(LogLine, what_haproxy_says_of_itself_is_no_record) {
  for (const auto* line : {"", "Proxy l_1 started.", "requests at=1", "connection"}) {
    EXPECT_FALSE(parse_log_line(line)) << line;
  }
}

TEST(LogLine, of_a_word_that_comes_twice_the_first_counts) {
  const auto line = need(parse_log_line("request status=200 uri=/ status=404 uri=/evil"));
  EXPECT_EQ(line[Word::Status], "200");
  EXPECT_EQ(line[Word::Uri], "/");
}

TEST(LogLine, a_listener_that_nobody_knows_is_a_conflict) {
  const LogNames nobody;
  const auto told = records_of(need(parse_log_line(connection(34, 0, 0))), nobody);
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().kind, Fault::Kind::Conflict);
}

TEST(LogLine, whatever_a_client_chose_reads_back_and_is_no_other_word) {
  rc::check([](const std::string& agent, const std::string& subject) {
    const auto told = records(request(
        " new=1 serial=01 subject=" + encoding::percent_encode(subject) +
        " sni=- method=GET http=HTTP/1.1 agent=" + encoding::percent_encode(agent) + " uri=/"));
    RC_ASSERT(told.request->user_agent == (agent == "-" ? "" : agent));
    RC_ASSERT(told.connection->subject == (subject == "-" ? "" : subject));
    RC_ASSERT(told.request->path == "/");
  });
}

TEST(LogLine, a_cut_line_is_told_or_refused) {
  const auto whole = request(" new=1 serial=03A5B1 method=GET http=HTTP/1.1 uri=/abc");
  const Names names;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto line = parse_log_line(std::string_view(whole).substr(0, length));
    if (line) static_cast<void>(records_of(*line, names));
  }
}

TEST(LogNames, a_listener_is_known_for_16_states_after_its_last) {
  Names names;
  for (int count = 0; count < 15; ++count) names.learn(State{});
  EXPECT_TRUE(names.listener(name_of('l', "listener")));
  EXPECT_EQ(names.target_group(open_backend_of("group")), "group");
  names.learn(State{});
  EXPECT_FALSE(names.listener(name_of('l', "listener")));
  EXPECT_EQ(names.target_group(backend_of("group")), "");
}

TEST(LogNames, a_certificate_is_for_its_names_and_one_label_below_a_wildcard) {
  const LogNames::Certificate certificate{.id = "one", .servers = {"a.example", "*.b.example"}};
  for (const auto* name : {"a.example", "A.Example", "x.b.example"}) {
    EXPECT_TRUE(certificate.is_for(name)) << name;
  }
  for (const auto* name : {"", "b.example", "x.y.b.example", "x.a.example", "*"}) {
    EXPECT_FALSE(certificate.is_for(name)) << name;
  }
}

}  // namespace everseal::gateway::haproxy
