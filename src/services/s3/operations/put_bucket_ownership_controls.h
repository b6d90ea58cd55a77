#pragma once

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
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// PutBucketOwnershipControls: from now on ACLs count in the bucket, or no longer do.
struct PutBucketOwnershipControls {
  static constexpr std::string_view name = "PutBucketOwnershipControls";
  static constexpr aws::Http http{"PUT", "/{Bucket}?ownershipControls"};
  struct Rule {
    std::string object_ownership;
    static constexpr auto fields =
        std::tuple{aws::required("ObjectOwnership", &Rule::object_ownership)};
  };
  struct Configuration {
    std::vector<Rule> rules;
    static constexpr auto fields =
        std::tuple{aws::required("Rule", &Configuration::rules, aws::flattened())};
  };
  struct Request {
    std::string bucket;
    HeaderMap headers;
    std::optional<Bytes> body;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("OwnershipControls", &Request::body, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidRequest: the body has no checksum. BadDigest; MalformedXML: not one known rule.
  // InvalidBucketAclWithObjectOwnership: the bucket has an ACL that would no longer count.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
