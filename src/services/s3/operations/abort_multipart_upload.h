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
#include "services/s3/object_files.h"
#include "sql/database.h"

namespace everseal::s3 {

// AbortMultipartUpload: the upload and its parts are gone.
struct AbortMultipartUpload {
  static constexpr std::string_view name = "AbortMultipartUpload";
  static constexpr aws::Http http{"DELETE", "/{Bucket}/{Key+}?uploadId", 204};
  struct Request {
    std::string bucket;
    std::string key;
    std::string upload_id;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::required("UploadId", &Request::upload_id, aws::in_query("uploadId"))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchUpload.
  Result<aws::Empty, ApiError> operator()(const Request& request) const;

  sql::Database& database;
  ObjectFiles& files;
};

}  // namespace everseal::s3
