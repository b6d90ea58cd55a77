#pragma once

#include "aws/api_error.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

// For operations whose body must come with a checksum. InvalidRequest: it has none, and no
// Content-MD5. BadDigest, and what announced_checksum refuses.
Result<void, ApiError> check_body(const HeaderMap& headers, ByteView body);

}  // namespace everseal::s3
