#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// PutBucketVersioning: from now on what is replaced or deleted is kept, or no longer is.
struct PutBucketVersioning {
  static constexpr std::string_view name = "PutBucketVersioning";
  static constexpr aws::Http http{"PUT", "/{Bucket}?versioning"};
  struct Configuration {
    std::optional<std::string> status;
    std::optional<std::string> mfa_delete;
    static constexpr auto fields =
        std::tuple{aws::optional("Status", &Configuration::status),
                   aws::optional("MfaDelete", &Configuration::mfa_delete)};
  };
  struct Request {
    std::string bucket;
    HeaderMap headers;
    std::optional<Bytes> body;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("VersioningConfiguration", &Request::body, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidRequest: the body has no checksum. BadDigest; MalformedXML: neither Enabled nor
  // Suspended; NotImplemented: MfaDelete.
  Result<aws::Empty, ApiError> operator()(const Request& request) const;

  sql::Database& database;
};

}  // namespace everseal::s3
