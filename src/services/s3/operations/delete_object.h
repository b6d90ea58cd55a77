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
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/shapes.h"
#include "sql/database.h"

namespace everseal::s3 {

// DeleteObject: the key has no object any more, or that version of it is gone for good. With
// versioning nothing goes without its version id: a delete marker hides it.
struct DeleteObject {
  static constexpr std::string_view name = "DeleteObject";
  static constexpr aws::Http http{"DELETE", "/{Bucket}/{Key+}", 204};
  struct Request {
    std::string bucket;
    std::string key;
    std::optional<std::string> version_id;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::optional("VersionId", &Request::version_id, aws::in_query("versionId"))};
  };
  using Response = shapes::OnlyHeaders;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // Succeeds, too, when there is no such object.
  Result<Response, ApiError> operator()(const Request& request) const;

  sql::Database& database;
  ObjectFiles& files;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::s3
