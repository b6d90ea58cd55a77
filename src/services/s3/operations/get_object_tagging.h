#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/s3/values/tagging.h"
#include "sql/database.h"

namespace everseal::s3 {

// GetObjectTagging: the tags of an object or of one of its versions.
struct GetObjectTagging {
  static constexpr std::string_view name = "GetObjectTagging";
  static constexpr aws::Http http{"GET", "/{Bucket}/{Key+}?tagging", 200, "Tagging"};
  struct Request {
    std::string bucket;
    std::string key;
    std::optional<std::string> version_id;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::optional("VersionId", &Request::version_id, aws::in_query("versionId"))};
  };
  struct Response {
    std::vector<Tag> tag_set;
    static constexpr auto fields =
        std::tuple{aws::always("TagSet", &Response::tag_set, aws::elements_named("Tag"))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // As GetObject.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const aws::endpoint::Authorizer& authorizer;
};

}  // namespace everseal::s3
