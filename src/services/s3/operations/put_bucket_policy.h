#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// PutBucketPolicy: what the bucket itself says about who may do what with it, instead of what it
// said before. It counts from the next request on.
struct PutBucketPolicy {
  static constexpr std::string_view name = "PutBucketPolicy";
  static constexpr aws::Http http{"PUT", "/{Bucket}?policy", 204};
  struct Request {
    std::string bucket;
    HeaderMap headers;
    std::optional<Bytes> policy;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("Policy", &Request::policy, aws::as_payload())};
  };

  // The root user of the account may always: no policy locks out whom the bucket belongs to.
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidRequest: the body has no checksum. BadDigest; MalformedPolicy; MethodNotAllowed: another
  // account's bucket. AccessDenied: it opens the bucket, and BlockPublicPolicy is on.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
