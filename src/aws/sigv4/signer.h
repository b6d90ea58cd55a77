#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "http/message.h"
#include "secret/secret.h"

namespace everseal::aws::sigv4 {

// Whose signature, and for what.
struct SigningKey {
  std::string access_key_id;
  const SecretBytes& secret;
  std::optional<std::string> session_token;
  std::string region;
  std::string service;  // signing name: "acm-pca"; "s3" follows the rules of S3
};

// Adds X-Amz-Date, X-Amz-Security-Token (if any), X-Amz-Content-Sha256 (S3) and Authorization to a
// request that has its Host header already; signs all headers but those that proxies change.
void sign(http::RequestHead& head, ByteView body, const SigningKey& key, TimePoint now);

// Adds the signature to the query instead, good for `expires_seconds` (1 to 604800) from now on.
// The body of S3 requests is not signed, that of others is empty.
void presign(http::RequestHead& head, const SigningKey& key, TimePoint now,
             std::uint32_t expires_seconds);

}  // namespace everseal::aws::sigv4
