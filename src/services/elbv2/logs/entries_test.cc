#include "services/elbv2/logs/entries.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "services/elbv2/log_objects.h"

namespace everseal::elbv2::logs {
namespace {

using gateway::ConnectionRecord;
using gateway::Decision;
using gateway::Handshake;
using gateway::Instant;
using gateway::RequestRecord;
using std::chrono::microseconds;
using std::chrono::milliseconds;

const std::string arns = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:";
const std::string edge = arns + "loadbalancer/app/edge/0123456789abcdef";
constexpr std::string_view dns_name = "edge-1234567890.eu-west-1.elb.amazonaws.com";

RequestRecord request() {
  return {.began_at = Instant(microseconds(1'735'787'045'665'000)),
          .ended_at = Instant(microseconds(1'735'787'045'678'901)),
          .load_balancer = edge,
          .listener = arns + "listener/app/edge/0123456789abcdef/1111111111111111",
          .connection = "00112233445566778899aabbccddeeff",
          .client = {"198.51.100.7", 51234},
          .here = {"192.0.2.10", 443},
          .tls_version = "TLSv1.3",
          .tls_cipher = "TLS_AES_128_GCM_SHA256",
          .server_name = "edge.example.com",
          .certificate =
              "arn:aws:acm:eu-west-1:111122223333:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
          .method = "GET",
          .host = "edge.example.com:443",
          .path = "/v1/ping",
          .version = "HTTP/1.1",
          .user_agent = "device/1.0",
          .trace = "Root=1-677601e5-0123456789abcdef01234567",
          .rule = 10,
          .decision = Decision::Forward,
          .target_group = arns + "targetgroup/api/00112233445566aa",
          .target = gateway::Endpoint{"10.0.1.5", 8080},
          .request_time = milliseconds(1),
          .target_time = milliseconds(12),
          .response_time = milliseconds(0),
          .status = 200,
          .target_status = 200,
          .received_octets = 310,
          .sent_octets = 842};
}

ConnectionRecord connection() {
  return {.at = Instant(microseconds(1'735'787'045'665'000)),
          .load_balancer = edge,
          .listener = {},
          .id = "00112233445566778899aabbccddeeff",
          .client = {"198.51.100.7", 51234},
          .here = {"192.0.2.10", 443},
          .tls_version = "TLSv1.3",
          .tls_cipher = "TLS_AES_128_GCM_SHA256",
          .handshake_time = milliseconds(23),
          .handshake = Handshake::Success,
          .subject = "CN=dev-0001,O=Example,C=SE",
          .serial_number = "03A5B1",
          .not_before = "2025-01-01T00:00:00Z",
          .not_after = "2026-01-01T00:00:00Z"};
}

// As those do who read logs: blanks part fields, but for those in quotes.
std::vector<std::string> fields_of(const std::string& entry) {
  std::vector<std::string> fields(1);
  bool is_quoted = false;
  for (const char letter : entry) {
    if (letter == '"') is_quoted = !is_quoted;
    if (letter == ' ' && !is_quoted) {
      fields.emplace_back();
    } else if (letter != '"') {
      fields.back() += letter;
    }
  }
  return fields;
}

std::string field(const RequestRecord& record, std::size_t number) {
  return fields_of(access_log_entry(record, dns_name)).at(number - 1);
}

LogPlace place(LogKind kind, const std::string& prefix = "") {
  return {.kind = kind,
          .load_balancer_arn = edge,
          .account = "111122223333",
          .region = "eu-west-1",
          .bucket = "logs",
          .prefix = prefix};
}

}  // namespace

TEST(AccessLogEntry, is_the_documented_one) {
  EXPECT_EQ(
      access_log_entry(request(), dns_name),
      "https 2025-01-02T03:04:05.678901Z app/edge/0123456789abcdef 198.51.100.7:51234 "
      "10.0.1.5:8080 0.001 0.012 0.000 200 200 310 842 \"GET "
      "https://edge.example.com:443/v1/ping HTTP/1.1\" \"device/1.0\" TLS_AES_128_GCM_SHA256 "
      "TLSv1.3 arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/"
      "00112233445566aa \"Root=1-677601e5-0123456789abcdef01234567\" \"edge.example.com\" "
      "\"arn:aws:acm:eu-west-1:111122223333:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\" 10 "
      "2025-01-02T03:04:05.665000Z \"forward\" \"-\" \"-\" \"10.0.1.5:8080\" \"200\" \"-\" \"-\" "
      "TID_00112233445566778899aabbccddeeff \"-\" \"-\" \"-\" 192.0.2.10");
}

TEST(AccessLogEntry, has_a_hyphen_for_what_is_not_there) {
  const RequestRecord nothing{.began_at = Instant(microseconds(1'735'787'045'665'000)),
                              .ended_at = Instant(microseconds(1'735'787'045'665'000)),
                              .load_balancer = edge,
                              .is_malformed = true,
                              .client = {"198.51.100.7", 51234},
                              .here = {"192.0.2.10", 80},
                              .status = 400};
  EXPECT_EQ(access_log_entry(nothing, dns_name),
            "http 2025-01-02T03:04:05.665000Z app/edge/0123456789abcdef 198.51.100.7:51234 - -1 -1 "
            "-1 400 - 0 0 \"- http://edge-1234567890.eu-west-1.elb.amazonaws.com:80- -\" \"-\" - - "
            "- \"-\" \"-\" \"-\" - 2025-01-02T03:04:05.665000Z \"-\" \"-\" \"-\" \"-\" \"-\" "
            "\"Severe\" \"-\" - \"-\" \"-\" \"-\" 192.0.2.10");
}

TEST(AccessLogEntry, tells_protocols_apart) {
  auto record = request();
  record.version = "HTTP/2.0";
  EXPECT_EQ(field(record, 1), "h2");
  record.status = 101;
  record.version = "HTTP/1.1";
  EXPECT_EQ(field(record, 1), "wss");
  record.tls_version.clear();
  EXPECT_EQ(field(record, 1), "ws");
  record.status = 200;
  EXPECT_EQ(field(record, 1), "http");
  EXPECT_EQ(field(record, 13), "GET http://edge.example.com:443/v1/ping HTTP/1.1");
}

TEST(AccessLogEntry, tells_what_was_done) {
  auto record = request();
  record.decision = Decision::Redirect;
  record.location = "https://new.example/";
  EXPECT_EQ(field(record, 23) + " " + field(record, 24), "redirect https://new.example/");
  record.decision = Decision::FixedResponse;
  EXPECT_EQ(field(record, 23), "fixed-response");
  record.rule = 0;
  EXPECT_EQ(field(record, 21), "0");
  record.client_left = true;
  record.status.reset();
  EXPECT_EQ(field(record, 9), "460");
}

TEST(AccessLogEntry, writes_addresses_of_ipv6_with_brackets_and_hosts_without_ports) {
  auto record = request();
  record.client = {"2001:db8::7", 51234};
  EXPECT_EQ(field(record, 4), "[2001:db8::7]:51234");
  record.host = "[2001:db8::1]:8443";
  EXPECT_EQ(field(record, 13), "GET https://[2001:db8::1]:443/v1/ping HTTP/1.1");
  record.host = "[2001:db8::1]";
  EXPECT_EQ(field(record, 13), "GET https://[2001:db8::1]:443/v1/ping HTTP/1.1");
}

TEST(AccessLogEntry, nothing_that_a_client_chose_ends_a_field_or_a_line) {
  auto record = request();
  record.user_agent = "a\" \"b\\\n\xff";
  EXPECT_EQ(field(record, 14), "a\\x22 \\x22b\\x5C\\x0A\\xFF");
  rc::check([](const std::string& agent, const std::string& path, const std::string& host) {
    auto any = request();
    any.user_agent = agent;
    any.path = path;
    any.host = host;
    any.server_name = any.trace = any.location = agent;
    const auto entry = access_log_entry(any, dns_name);
    RC_ASSERT(fields_of(entry).size() == 34U);
    RC_ASSERT(std::ranges::all_of(entry, [](char c) { return c >= ' ' && c <= '~'; }));
  });
}

TEST(ConnectionLogEntry, is_the_documented_one) {
  EXPECT_EQ(connection_log_entry(connection()),
            "2025-01-02T03:04:05.665000Z 198.51.100.7 51234 443 TLSv1.3 TLS_AES_128_GCM_SHA256 "
            "0.023 \"CN=dev-0001,O=Example,C=SE\" "
            "NotBefore=2025-01-01T00:00:00Z;NotAfter=2026-01-01T00:00:00Z 03A5B1 Success "
            "TID_00112233445566778899aabbccddeeff - app/edge/0123456789abcdef 192.0.2.10");
}

TEST(ConnectionLogEntry, of_plain_http_has_hyphens) {
  const ConnectionRecord plain{.at = Instant(microseconds(1'735'787'045'665'000)),
                               .load_balancer = edge,
                               .id = "00112233445566778899aabbccddeeff",
                               .client = {"198.51.100.7", 51234},
                               .here = {"192.0.2.10", 80}};
  EXPECT_EQ(connection_log_entry(plain),
            "2025-01-02T03:04:05.665000Z 198.51.100.7 51234 80 - - - \"-\" - - - "
            "TID_00112233445566778899aabbccddeeff - app/edge/0123456789abcdef 192.0.2.10");
}

TEST(ConnectionLogEntry, has_every_outcome_in_its_documented_word) {
  const std::vector<std::pair<Handshake, std::string>> words = {
      {Handshake::None, "-"},
      {Handshake::Success, "Success"},
      {Handshake::MaxChainDepthExceeded, "Failed:ClientCertMaxChainDepthExceeded"},
      {Handshake::MaxSizeExceeded, "Failed:ClientCertMaxSizeExceeded"},
      {Handshake::CrlHit, "Failed:ClientCertCrlHit"},
      {Handshake::CrlProcessingError, "Failed:ClientCertCrlProcessingError"},
      {Handshake::Untrusted, "Failed:ClientCertUntrusted"},
      {Handshake::NotYetValid, "Failed:ClientCertNotYetValid"},
      {Handshake::Expired, "Failed:ClientCertExpired"},
      {Handshake::TypeUnsupported, "Failed:ClientCertTypeUnsupported"},
      {Handshake::Invalid, "Failed:ClientCertInvalid"},
      {Handshake::PurposeInvalid, "Failed:ClientCertPurposeInvalid"},
      {Handshake::Rejected, "Failed:ClientCertRejected"},
      {Handshake::Incompatible, "Failed:ClientCertIncompatible"},
      {Handshake::Unmapped, "Failed:UnmappedConnectionError"}};
  EXPECT_EQ(words.size(), gateway::handshake_kinds);
  for (const auto& [handshake, word] : words) {
    auto record = connection();
    record.handshake = handshake;
    EXPECT_EQ(fields_of(connection_log_entry(record)).at(10), word);
  }
}

TEST(ConnectionLogEntry, keeps_the_form_of_a_subject) {
  auto record = connection();
  record.subject = "CN=a\\, \\\"b\\\"\n,O=T";
  EXPECT_EQ(fields_of(connection_log_entry(record)).at(7), "CN=a\\, \\\\x22b\\\\x22\\x0A,O=T");
}

TEST(LogObjectKey, is_the_documented_one) {
  const auto end = std::chrono::floor<milliseconds>(Instant(microseconds(1'735'787'100'000'000)));
  EXPECT_EQ(log_object_key(place(LogKind::Access, "my/app"), end, "192.0.2.10", "4fz9a2b1"),
            "my/app/AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2025/01/02/"
            "111122223333_elasticloadbalancing_eu-west-1_app.edge.0123456789abcdef_20250102T0305Z_"
            "192.0.2.10_4fz9a2b1.log.gz");
  EXPECT_EQ(log_object_key(place(LogKind::Connection), end, "192.0.2.10", "4fz9a2b1"),
            "AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2025/01/02/"
            "conn_log_111122223333_elasticloadbalancing_eu-west-1_app.edge.0123456789abcdef_"
            "20250102T0305Z_192.0.2.10_4fz9a2b1.log.gz");
}

}  // namespace everseal::elbv2::logs
