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
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"
#include "services/s3/values/tagging.h"
#include "sql/database.h"

namespace everseal::s3 {

// PutObjectTagging: the tags of an object or of one of its versions, instead of those before.
struct PutObjectTagging {
  static constexpr std::string_view name = "PutObjectTagging";
  static constexpr aws::Http http{"PUT", "/{Bucket}/{Key+}?tagging"};
  struct Tagging {
    std::vector<Tag> tag_set;
    static constexpr auto fields =
        std::tuple{aws::required("TagSet", &Tagging::tag_set, aws::elements_named("Tag"))};
  };
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
                   aws::optional("Tagging", &Request::body, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchKey, NoSuchVersion, MethodNotAllowed: a delete marker. InvalidRequest: the body has no
  // checksum. BadDigest, MalformedXML, and what check_tags refuses.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const aws::endpoint::Authorizer& authorizer;
};

}  // namespace everseal::s3
