#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// PutObjectAcl: lets everybody read an object or one of its versions, or no longer.
struct PutObjectAcl {
  static constexpr std::string_view name = "PutObjectAcl";
  static constexpr aws::Http http{"PUT", "/{Bucket}/{Key+}?acl"};
  struct Request {
    std::string bucket;
    std::string key;
    std::optional<std::string> version_id;
    HeaderMap headers;
    std::optional<Bytes> body;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::optional("VersionId", &Request::version_id, aws::in_query("versionId")),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("AccessControlPolicy", &Request::body, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed: a delete marker.
  // AccessControlListNotSupported: no ACLs count there. AccessDenied: BlockPublicAcls. What
  // acl_in_request refuses.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const aws::endpoint::Authorizer& authorizer;
  const Clock& clock;
};

}  // namespace everseal::s3
