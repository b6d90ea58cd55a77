#pragma once

#include "aws/endpoint/service.h"
#include "sql/database.h"

namespace everseal::s3 {

// What S3 can be asked of buckets and objects and is not done here: each is an operation that
// answers what AWS answers of a bucket where it was never set up ("NoSuchCORSConfiguration"), or
// NotImplemented; never as if it were the plain bucket or object.
void add_unsupported(aws::Service& service, sql::Database& database);

}  // namespace everseal::s3
