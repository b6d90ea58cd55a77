#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace everseal::aws::endpoint {

// Buckets that clients put before the name of the server: "http://bucket.s3.pki.example:4566/key"
// is what "/bucket/key" is elsewhere. The names that S3 has at AWS ("s3.amazonaws.com",
// "s3.eu-west-1.amazonaws.com", "s3.dualstack...") and "localhost" are known. Immutable.
class BucketHosts {
 public:
  // More names, in lower case: "s3.pki.example". The longest that fits counts.
  explicit BucketHosts(std::vector<std::string> names = {});

  // The same request with the bucket in its path; nothing if its host names none, or it is for
  // another service: `signing_name` is that of the credential scope, empty if there is none.
  std::optional<http::RequestHead> with_path(const http::RequestHead& head,
                                             std::string_view signing_name) const;

  // The bucket that the request's host names, if any.
  std::optional<std::string> bucket_of(const http::RequestHead& head) const;

 private:
  std::optional<std::string> bucket_in(std::string_view host) const;

  std::vector<std::string> names_;
};

}  // namespace everseal::aws::endpoint
