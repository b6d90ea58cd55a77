#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "http/message.h"
#include "result/result.h"
#include "services/s3/incoming_body.h"
#include "services/s3/object_files.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {

// What x-amz-copy-source names: "/bucket/key?versionId=id", percent-encoded, with or without the
// first slash.
struct CopySource {
  std::string bucket;
  std::string key;
  std::optional<std::string> version_id;
};

// InvalidArgument.
Result<CopySource, ApiError> read_copy_source(std::string_view header);

struct OpenSource {
  Seen seen;
  std::unique_ptr<http::BodySource> octets;
};

// The object as it is now. AccessDenied: the caller may not read it. NoSuchKey and its kin;
// PreconditionFailed: x-amz-copy-source-if-...;
// InvalidArgument: x-amz-copy-source-range is not "bytes=0-9" within it.
Result<OpenSource, ApiError> open_copy_source(sql::Database& database, ObjectFiles& files,
                                              const aws::endpoint::Authorizer& authorizer,
                                              const aws::Call& call, const CopySource& source,
                                              const HeaderMap& headers);

// All octets of the one into the other.
Result<void, ApiError> pour(http::BodySource& from, IncomingBody& into);

}  // namespace everseal::s3
