#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "http/message.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

// A bucket of another service that speaks S3, reached as the operator says.
struct OutsideBucket {
  std::string name;      // of the bucket here whose objects lie there, too
  std::string endpoint;  // "https://s3.corp.example", perhaps with a path; http, too
  std::string region;    // that requests are signed for
  std::string bucket;    // its name there
  // As the AWS tools have it: aws_access_key_id, aws_secret_access_key and perhaps
  // aws_session_token in the section [default]. Mode 0600 or 0400. Read anew for each request.
  std::filesystem::path credentials_file;
  std::optional<std::filesystem::path> ca_file;  // PEM; nothing: what this system trusts
};

// An object on its way there.
struct OutgoingObject {
  HeaderMap headers{};  // Content-Type, x-amz-acl, ...
  std::uint64_t size = 0;
  Bytes sha256{};
};

// Speaks to that bucket: path-style, signed with Signature Version 4 by `wall`. Conflict: the
// service refused, or the credentials or certificates cannot be used; Unavailable: it could not be
// reached or has a fault of its own. The causes name the endpoint and never hold a secret.
class OutsideClient {
 public:
  OutsideClient(const OutsideBucket& bucket, const Clock& wall) : bucket_(bucket), wall_(wall) {}

  Outcome put(std::string_view key, const OutgoingObject& object, http::BodySource& octets) const;
  // A small one. Nothing: there is none of that key.
  Result<std::optional<std::string>> get(std::string_view key) const;
  // There may be none.
  Outcome remove(std::string_view key) const;

  const OutsideBucket& bucket() const { return bucket_; }

 private:
  struct Wish;
  Result<http::Response> ask(Wish wish) const;
  Fault refused(const Wish& wish, const http::Response& answer) const;

  const OutsideBucket& bucket_;
  const Clock& wall_;
};

}  // namespace everseal::s3
