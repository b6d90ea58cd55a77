#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/buckets/object_sink.h"
#include "sql/database.h"

namespace everseal::acmpca {

// The object that AWS writes to learn whether it may write CRLs, which everybody may read.
inline constexpr std::string_view permission_test_key = "acm-pca-permission-test-key";
inline constexpr std::string_view permission_test_text =
    "This is a test file to check the access permissions of the bucket";

// Whether the CA can put its CRLs where it is told to, and whoever tells it so could as well:
// writes the test object there that AWS writes, durably. A CA without CRLs needs no bucket.
// ValidationException: one of them cannot, and why.
Result<void, ApiError> try_crl_bucket(sql::Database& database, ObjectSink& sink,
                                      const Authority& authority, const aws::Call& call);

}  // namespace everseal::acmpca
