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

// PutBucketAcl: lets everybody list a bucket, or no longer.
struct PutBucketAcl {
  static constexpr std::string_view name = "PutBucketAcl";
  static constexpr aws::Http http{"PUT", "/{Bucket}?acl"};
  struct Request {
    std::string bucket;
    HeaderMap headers;
    std::optional<Bytes> body;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("AccessControlPolicy", &Request::body, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket. AccessControlListNotSupported: no ACLs count there. AccessDenied:
  // BlockPublicAcls. What acl_in_request refuses.
  Result<aws::Empty, ApiError> operator()(const Request& request) const;

  sql::Database& database;
};

}  // namespace everseal::s3
