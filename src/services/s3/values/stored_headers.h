#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

// The headers that an object keeps: Content-Type, Cache-Control, Content-Disposition,
// Content-Encoding (without aws-chunked, which is S3's own framing), Content-Language, Expires and
// x-amz-meta-*. Without a type it is binary/octet-stream. `headers` are all of the request.
// MetadataTooLarge: more than 2 KB of metadata. InvalidArgument: a name that is no token, a value
// with control characters. InvalidStorageClass, NotImplemented: the request asks for what is not
// kept here.
Result<HeaderMap, ApiError> headers_to_store(const HeaderMap& headers);

// "name: value" a line.
std::string to_lines(const HeaderMap& headers);
// Headers that no object keeps are left out.
HeaderMap from_lines(std::string_view lines);

}  // namespace everseal::s3
