#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/sigv4/test_keys.h"
#include "aws/sigv4/verifier.h"
#include "clock/time_text.h"

// For the tests of this folder only.
namespace everseal::aws::sigv4 {

inline const TimePoint kNow = *parse_iso8601("2025-01-02T03:04:05Z");

// One client and one server, whose clocks and opinions a test may change.
struct Exchange {
  TestKeys keys;
  ManualClock clock{kNow};
  Expected expected{.service = "acm", .dialect = Dialect::Json};
  http::RequestHead head{.method = "POST", .target = "/"};
  std::string body = "{}";

  Exchange() { head.headers.add("Host", "127.0.0.1:4566"); }

  Exchange& of_s3() {
    expected = {.service = "s3", .region = "eu-west-1", .dialect = Dialect::S3};
    head.method = "PUT";
    head.target = "/bucket/key";
    return *this;
  }
  Exchange& sign(std::string service = {}, std::string region = "eu-west-1") {
    if (service.empty()) service = expected.service;
    sigv4::sign(head, as_bytes(body), signing_key(keys, std::move(service), std::move(region)),
                kNow);
    return *this;
  }
  Exchange& presign(std::uint32_t expires) {
    sigv4::presign(head, signing_key(keys, std::string(expected.service)), kNow, expires);
    return *this;
  }
  Result<Verified, Refusal> answer() const {
    const auto claim = read_claim(head);
    if (!claim) return claim.error();
    const Verifier verifier{keys, clock};
    return verifier.verify(head, *claim, expected, as_bytes(body));
  }
  Failure failure() const {
    const auto outcome = answer();
    if (outcome) throw std::logic_error("it was proven");
    return outcome.error().failure;
  }
  // "403 SignatureDoesNotMatch"
  std::string told(Dialect dialect) const {
    const auto error = to_api_error(answer().error(), dialect);
    return std::to_string(error.http_status) + " " + std::string(error.code);
  }
  std::vector<std::string> told_in_all() const {
    return {told(Dialect::Query), told(Dialect::Json), told(Dialect::RestJson), told(Dialect::S3)};
  }
  std::string detail(std::string_view name) const {
    for (const auto& [key, value] : to_api_error(answer().error(), expected.dialect).details) {
      if (key == name) return value;
    }
    return "(none)";
  }
};

inline std::string mentions(const Exchange& exchange, std::string_view text) {
  const auto message = exchange.answer().error().message;
  return message.find(text) == std::string::npos ? message : std::string(text);
}

}  // namespace everseal::aws::sigv4
