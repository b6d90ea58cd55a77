#include "aws/sigv4/signer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/sigv4/canonical.h"
#include "aws/sigv4/derived_keys.h"
#include "clock/time_text.h"
#include "crypto/digest.h"
#include "encoding/ascii.h"
#include "encoding/hex.h"
#include "encoding/percent.h"

namespace everseal::aws::sigv4 {
namespace {

// Proxies change these, or the connection is told by them.
constexpr std::array<std::string_view, 12> kNotSigned = {"authorization",
                                                         "connection",
                                                         "expect",
                                                         "keep-alive",
                                                         "proxy-authenticate",
                                                         "proxy-authorization",
                                                         "te",
                                                         "trailer",
                                                         "transfer-encoding",
                                                         "upgrade",
                                                         "user-agent",
                                                         "x-amzn-trace-id"};

std::vector<std::string> headers_to_sign(const http::Headers& headers) {
  std::vector<std::string> names;
  for (const auto& header : headers) {
    auto name = encoding::lower_case(header.name);
    if (std::ranges::find(kNotSigned, name) == kNotSigned.end()) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Scope scope_of(const SigningKey& key, TimePoint now) {
  return {to_iso8601_basic(now).substr(0, 8), key.region, key.service, "aws4_request"};
}

std::string signature_of(const http::RequestHead& head, const std::vector<std::string>& names,
                         std::string_view payload_hash, const SigningKey& key, TimePoint now) {
  const auto rule = key.service == "s3" ? PathRule::AsSent : PathRule::Normalised;
  const auto headers = canonical_headers(head.headers, names).value_or("");
  const auto request = canonical_request(head, rule, headers, joined(names), payload_hash);
  const auto scope = scope_of(key, now);
  const auto to_sign = string_to_sign(to_iso8601_basic(now), scope.text(), request);
  auto derived = derive_key(key.secret, scope);
  const auto signature = encoding::to_hex(crypto::hmac_sha256(derived, to_sign));
  wipe(derived);
  return signature;
}

// The hash that the caller chose itself, such as UNSIGNED-PAYLOAD, or that of the body.
std::string payload_hash(const http::RequestHead& head, ByteView body) {
  const auto chosen = head.headers.find("X-Amz-Content-Sha256");
  return chosen ? std::string(*chosen) : encoding::to_hex(crypto::sha256(body));
}

void append_parameter(std::string& target, std::string_view name, std::string_view value) {
  target.push_back(target.find('?') == std::string::npos ? '?' : '&');
  target.append(name).append("=").append(encoding::percent_encode(value));
}

}  // namespace

void sign(http::RequestHead& head, ByteView body, const SigningKey& key, TimePoint now) {
  head.headers.remove("Authorization");
  head.headers.set("X-Amz-Date", to_iso8601_basic(now));
  if (key.session_token) head.headers.set("X-Amz-Security-Token", *key.session_token);
  const auto hash = payload_hash(head, body);
  if (key.service == "s3") head.headers.set("X-Amz-Content-Sha256", hash);
  const auto names = headers_to_sign(head.headers);
  std::string text = "AWS4-HMAC-SHA256 Credential=" + key.access_key_id + "/" +
                     scope_of(key, now).text() + ", SignedHeaders=" + joined(names) +
                     ", Signature=" + signature_of(head, names, hash, key, now);
  head.headers.add("Authorization", std::move(text));
}

void presign(http::RequestHead& head, const SigningKey& key, TimePoint now,
             std::uint32_t expires_seconds) {
  const auto names = headers_to_sign(head.headers);
  append_parameter(head.target, "X-Amz-Algorithm", "AWS4-HMAC-SHA256");
  append_parameter(head.target, "X-Amz-Credential",
                   key.access_key_id + "/" + scope_of(key, now).text());
  append_parameter(head.target, "X-Amz-Date", to_iso8601_basic(now));
  append_parameter(head.target, "X-Amz-Expires", std::to_string(expires_seconds));
  append_parameter(head.target, "X-Amz-SignedHeaders", joined(names));
  if (key.session_token) {
    append_parameter(head.target, "X-Amz-Security-Token", *key.session_token);
  }
  const auto hash =
      key.service == "s3" ? "UNSIGNED-PAYLOAD" : encoding::to_hex(crypto::sha256(ByteView{}));
  append_parameter(head.target, "X-Amz-Signature", signature_of(head, names, hash, key, now));
}

}  // namespace everseal::aws::sigv4
