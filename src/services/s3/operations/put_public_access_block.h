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

// PutPublicAccessBlock: from the next request on the bucket is kept from being opened in these
// ways, and no longer in the others.
struct PutPublicAccessBlock {
  static constexpr std::string_view name = "PutPublicAccessBlock";
  static constexpr aws::Http http{"PUT", "/{Bucket}?publicAccessBlock"};
  struct Configuration {
    std::optional<bool> block_public_acls;
    std::optional<bool> ignore_public_acls;
    std::optional<bool> block_public_policy;
    std::optional<bool> restrict_public_buckets;
    static constexpr auto fields =
        std::tuple{aws::optional("BlockPublicAcls", &Configuration::block_public_acls),
                   aws::optional("IgnorePublicAcls", &Configuration::ignore_public_acls),
                   aws::optional("BlockPublicPolicy", &Configuration::block_public_policy),
                   aws::optional("RestrictPublicBuckets", &Configuration::restrict_public_buckets)};
  };
  struct Request {
    std::string bucket;
    HeaderMap headers;
    std::optional<Bytes> body;
    static constexpr auto fields = std::tuple{
        aws::required("Bucket", &Request::bucket, aws::in_label()),
        aws::optional("", &Request::headers, aws::in_header({})),
        aws::optional("PublicAccessBlockConfiguration", &Request::body, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidRequest: the body has no checksum. BadDigest, MalformedXML.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
