#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/sigv4/refusal.h"
#include "clock/clock.h"
#include "http/message.h"
#include "result/result.h"

namespace everseal::aws::sigv4 {

// Where and when a signature counts: "20250102/eu-west-1/acm-pca/aws4_request".
struct Scope {
  std::string date;        // "20250102"
  std::string region;      // "eu-west-1"
  std::string service;     // the signing name: "acm-pca", "elasticloadbalancing"
  std::string terminator;  // "aws4_request", or else it is refused
  std::string text() const;
  friend bool operator==(const Scope&, const Scope&) = default;
};

// What a request says about who signed it: read, not yet proven. The router may look at the scope.
struct Claim {
  bool presigned = false;  // in the query, else in the headers
  std::string access_key_id{};
  Scope scope{};
  std::vector<std::string> signed_headers{};  // as sent
  std::string signature{};                    // as sent
  std::string signed_at_text{};               // "20250102T030405Z"
  TimePoint signed_at{};
  std::optional<std::uint32_t> expires_seconds{};  // presigned: 1 to 604800
  std::optional<std::string> session_token{};
  bool is_version_two = false;  // presigned; of the rest it has only the key, signature and token
  TimePoint expires_at{};       // of version two
};

// Reads the Authorization header or the presigned query. Refusals: NoCredentials, BothForms,
// Malformed, SigV2 (in a header), SigV4A.
Result<Claim, Refusal> read_claim(const http::RequestHead& head);

}  // namespace everseal::aws::sigv4
